"""The reader of live events outlives a database that goes away, and tells then what has happened."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from fitintel.access.actor import LOCAL_OWNER
from fitintel.api.hub import Hub
from fitintel.core.errors import StorageUnavailable
from fitintel.core.events import Event, Topic

HAPPENED = tuple(Event(Topic.BRIEFS, "made", "ann", datetime(2026, 11, 23, tzinfo=UTC), id=number) for number in (1, 2))


class Vault:
    """Away when it is asked `where` for the first time."""

    def __init__(self, where: str) -> None:
        self._where, self.asked = where, 0

    def away(self, here: str) -> None:
        if here == self._where:
            self.asked += 1
            if self.asked == 1:
                raise StorageUnavailable("The database cannot be used")

    def newest_event(self) -> int:
        self.away("newest")
        return 0

    def stamp(self) -> Any:
        self.away("stamp")
        return SimpleNamespace(rights=1)

    def accounts(self) -> tuple[()]:
        return ()

    def events(self, after: int) -> list[Event]:
        return [one for one in HAPPENED if one.id > after]

    def await_event(self, heard: int, within: float) -> int:
        self.away("await")
        return heard


@pytest.mark.parametrize("where", ["newest", "stamp", "permits", "await"])
def test_after_the_database_was_away_every_event_is_told_once(where: str) -> None:
    vault = Vault(where)

    def permits(*_: object) -> bool:
        vault.away("permits")
        return True

    bench: Any = SimpleNamespace(actor=LOCAL_OWNER, facts=None, permits=permits)

    async def told() -> list[int]:
        hub = Hub(SimpleNamespace(vault=vault))  # type: ignore[arg-type]
        with hub.joined(bench) as follower:
            follower.wants[Topic.BRIEFS, None] = 0
            async with hub.running():
                found = [await asyncio.wait_for(follower.queue.get(), 30) for _ in HAPPENED]
                await asyncio.sleep(0.05)
            assert follower.queue.empty()
        return [word.event.id for word in found if word.event is not None]

    assert asyncio.run(told()) == [1, 2]
    assert vault.asked >= 1
