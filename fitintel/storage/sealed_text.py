"""Free text, sealed with its athlete's key: what it belongs to is its athlete, table, column and id.

A sealed text is still text, `sealed:ID:BASE64`, so that every database and cache keeps it like any other.
"""

from __future__ import annotations

import base64
import binascii

from fitintel.core.errors import SealBroken
from fitintel.storage.keyring import Keyring
from fitintel.storage.sealed import Sealer, name_of

PREFIX = "sealed:"
COLUMNS: dict[str, str] = {
    "workouts": "notes", "planned_workouts": "notes", "excused_days": "notes", "comments": "text", "answers": "why",
    "labels": "why",
}  # fmt: skip
"""table -> its column of free text; its rows are named by `athlete_id` and `id`"""


def seal(sealer: Sealer, athlete_id: str, table: str, row_id: str, text: str) -> str:
    """The text as it is kept, sealed with the athlete's `sealer`; an empty one stays empty."""
    if not text:
        return text
    sealed = sealer.seal(text.encode(), athlete_id, table, COLUMNS[table], row_id)
    return f"{PREFIX}{row_id}:{base64.b64encode(sealed).decode()}"


def open_(keyring: Keyring, athlete_id: str, table: str, kept: str) -> tuple[str, str | None]:
    """(text, id of the row that it was sealed for); None for a text that was never sealed.

    Raises SealBroken for one that was changed, is another athlete's or another table's, or has no key any more.
    """
    row_id, sealed = _parts(kept)
    if row_id is None or (name := name_of(sealed)) is None:
        return kept, None
    opener = keyring.opener(keyring.mark(athlete_id), name)
    return opener.open(sealed, athlete_id, table, COLUMNS[table], row_id).decode(), row_id


def open_of(keyring: Keyring, athlete_id: str, table: str, row_id: str, kept: str) -> str:
    """The text of a row; raises SealBroken also for one that was moved here from another row."""
    text, of = open_(keyring, athlete_id, table, kept)
    if of not in (None, row_id):
        raise SealBroken("A sealed text stands in another row than it was sealed for", where=f"{table}/{row_id}",
                         next="restore the database from its backup")  # fmt: skip
    return text


def is_sealed(kept: str) -> bool:
    """Whether a kept text is sealed.

    >>> is_sealed("sealed: a letter"), is_sealed("")
    (False, False)
    """
    return key_of(kept) is not None


def key_of(kept: str) -> str | None:
    """Name of the key of a sealed text; None for a plain one."""
    return name_of(_parts(kept)[1])


def _parts(kept: str) -> tuple[str | None, bytes]:
    if not kept.startswith(PREFIX):
        return None, b""
    row_id, _, data = kept[len(PREFIX) :].rpartition(":")
    try:
        return row_id, base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None, b""
