"""Comments on an athlete: said, and read."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from fitintel.core.comments import Comment, checked
from fitintel.core.errors import NotFound
from fitintel.storage.store import Store


def say(
    store: Store, athlete_id: str, text: str, *, by: str, day: int, key: str = "", now: datetime | None = None
) -> Comment:  # fmt: skip
    """Keep a comment; the same text by the same person about the same thing on one day is kept once.

    Raises UsageError for an empty or too long text, NotFound for a `key` that was never told.
    """
    said = checked(text)
    if key and not store.told(athlete_id, key=key):
        raise NotFound(f"Nothing was told under {key!r}", next="see the keys with: fitintel alerts list")
    for one in store.comments(athlete_id):
        if (one.text, one.by, one.day, one.key) == (said, by, day, key):
            return one
    made = Comment(f"c-{uuid.uuid4().hex[:20]}", athlete_id, day, key, said, by, now or datetime.now(UTC))
    store.put_comments([made])
    return made
