"""Events, on every store: ids grow in the order in which they can be read."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fitintel.core.events import Event, Topic
from fitintel.storage.store import Store

AT = datetime(2026, 3, 1, 4, 0, 0, 123, tzinfo=UTC)
ONE = Event(Topic.BRIEFS, "made", "anna", AT, {"brief": "b-1"})


def test_events_come_back_equal_after_an_id(store: Store) -> None:
    assert store.newest_event() == 0
    other = Event(Topic.PROMOTIONS, "promote", None, AT + timedelta(hours=1), {})
    assert store.put_events([ONE, other]) == 2
    assert store.put_events([]) == 2
    assert store.events(0) == (replace(ONE, id=1), replace(other, id=2))
    assert store.events(1) == (replace(other, id=2),)
    assert store.events(0, limit=1) == (replace(ONE, id=1),)
    assert store.drop_events(AT + timedelta(minutes=1)) == 1
    assert store.events(0) == (replace(other, id=2),)
    assert store.put_events([ONE]) == 3


def test_who_reads_after_the_newest_id_misses_none_of_several_writers(store: Store) -> None:
    writers = [threading.Thread(target=lambda: [store.put_events([ONE, ONE]) for _ in range(10)]) for _ in range(4)]
    for writer in writers:
        writer.start()
    read: list[int] = []
    while any(writer.is_alive() for writer in writers) or store.events(read[-1] if read else 0):
        read += [one.id for one in store.events(read[-1] if read else 0)]
    assert read == list(range(1, 81))
