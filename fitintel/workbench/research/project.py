"""Project: pseudonyms and shifted times of one study. The key stays with the identities; another study has another.

Source: EDPB Guidelines 01/2025 on pseudonymisation: a keyed digest, with the key kept apart. The result is still
personal data.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from pathlib import Path

from fitintel.core.errors import UsageError
from fitintel.storage.keys import Purpose, kept_key

FOLDER = "research"
"""of the keyring: a key for each project"""
WEEKS = 26
"""most weeks by which an athlete's dates are shifted, to either side"""
QUARTER = 900.0
"""s; times of day are rounded to quarters of an hour"""
YEARS = 5
"""of a band of years of birth"""
PSEUDONYM = 16
"""characters"""


class Project:
    """What a study calls an athlete, and when.

    >>> study = Project(bytes(range(32)))
    >>> study.pseudonym("anna") == Project(bytes(range(1, 33))).pseudonym("anna")
    False
    >>> -182 <= study.shift("anna") <= 182, study.shift("anna") % 7
    (True, 0)
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def named(cls, name: str, keyring: Path) -> Project:
        """The project of that name; its key is made when it is first asked for. Raises UsageError for no name."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
            raise UsageError(f"{name!r} is no name of a project", next="use small letters, digits and hyphens")
        return cls(kept_key(Purpose("makes pseudonyms", "FITINTEL_RESEARCH_KEY", f"{name}.key"), keyring / FOLDER))

    def pseudonym(self, athlete_id: str) -> str:
        """16 characters of base32 that stand for the athlete in this project."""
        return base64.b32encode(self._digest("athlete", athlete_id)).decode()[:PSEUDONYM].lower()

    def row_id(self, kind: str, athlete_id: str, row_id: str) -> str:
        """An id in the place of a row's: 16 characters, for the ids of workouts are made of what they hold."""
        digest = self._digest(kind, athlete_id, row_id)
        return f"{kind}-{base64.b32encode(digest).decode()[:PSEUDONYM].lower()}"

    def shift(self, athlete_id: str) -> int:
        """d, whole weeks: the day of the week and every gap stay as they are."""
        number = int.from_bytes(self._digest("shift", athlete_id)[:8], "big")
        return 7 * (number % (2 * WEEKS + 1) - WEEKS)

    def _digest(self, *parts: str) -> bytes:
        return hmac.new(self._key, "\0".join(parts).encode(), hashlib.sha256).digest()


def note_place(keyring: Path, name: str, home: Path) -> None:
    """Note where a project's workspace lies: who is erased is erased there as well."""
    with (keyring / FOLDER / f"{name}.places").open("a", encoding="utf-8") as file:
        file.write(f"{home.resolve()}\n")


def places(keyring: Path) -> list[tuple[str, Path]]:
    """(project, workspace) of everything that was built and is still there."""
    found = [(path.stem, Path(line)) for path in sorted((keyring / FOLDER).glob("*.places"))
             for line in dict.fromkeys(path.read_text(encoding="utf-8").splitlines())]  # fmt: skip
    return [(name, home) for name, home in found if home.is_dir()]


def rounded(seconds: float) -> float:
    """A time [s] to the nearest quarter of an hour.

    >>> rounded(1_700_000_123.0) % 900.0
    0.0
    """
    return QUARTER * round(seconds / QUARTER)


def born_band(year: int) -> int:
    """First year of the band of five that a year of birth is in.

    >>> born_band(1987), born_band(1985)
    (1985, 1985)
    """
    return year - year % YEARS
