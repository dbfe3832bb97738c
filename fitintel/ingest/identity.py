"""The id of a workout: from what it is, never from where it stood. Equal on every import, in any row order."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.ingest.normalise import Draft
from fitintel.ingest.source import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEPARATOR = "\x1f"
LONGEST = 191
"""characters of an identity that are kept"""


def source_ids(draft: Draft, source: Source) -> list[str]:
    """The identity of each row in its source, '' where it has none; over-long ones are replaced by their hash."""
    use = draft.profile.use("source_id")
    if use is None:
        return [""] * len(draft)
    found = source.identity(draft.table.column(use.header))
    if max(map(len, found), default=0) <= LONGEST:
        return found
    return [text if len(text) <= LONGEST else "sha256:" + _hex(text) for text in found]


def workout_ids(draft: Draft, source: Source, identities: list[str], athlete_id: str) -> NDArray[Any]:
    """Ids of all rows, object [rows]: `w-` and 16 hex digits of SHA-256.

    A vendor's number identifies alone. An id of some table does so within its day: two tables may both count from 1.
    Without identity the id is made of day, start, sport, duration (to 1 ms) and distance (to 1 cm).
    """
    keys: list[str]
    if source.global_identity and all(identities):
        keys = identities
    else:
        days = draft.columns["day"].tolist()
        content = _contents(draft) if not all(identities) else [""] * len(draft)
        keys = [
            (text if source.global_identity else f"{day}:{text}") if text else "content" + SEPARATOR + key
            for text, day, key in zip(identities, days, content, strict=True)
        ]
    # the same typed or tabled content is the same workout, whichever source brought it
    named = f"{athlete_id}{SEPARATOR}{source.name}{SEPARATOR}".encode()
    nameless = f"{athlete_id}{SEPARATOR}".encode()
    sha256 = hashlib.sha256
    ids = np.empty(len(keys), dtype=object)
    if keys is identities:
        ids[:] = ["w-" + sha256(named + key.encode("utf-8", "backslashreplace")).hexdigest()[:16] for key in keys]
    else:
        ids[:] = [
            "w-" + sha256((named if identity else nameless) + key.encode("utf-8", "backslashreplace")).hexdigest()[:16]
            for key, identity in zip(keys, identities, strict=True)
        ]
    return ids


def _contents(draft: Draft) -> list[str]:
    columns = draft.columns
    rows = zip(
        columns["day"].tolist(), columns["start"].tolist(), columns["sport"].tolist(),
        columns["source_sport"].tolist(), columns["duration"].tolist(), columns["distance"].tolist(), strict=True,
    )  # fmt: skip
    return [
        # two classes of sport "other" are told apart by what they are called
        f"{day}|{start:.3f}|{(word or '').lower() if sport == 'other' else sport}|{duration:.3f}|{distance:.2f}"
        for day, start, sport, word, duration, distance in rows
    ]


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
