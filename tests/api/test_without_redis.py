"""With a real Redis that is stopped: what was revoked is refused, events arrive, answers are the same."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from fitintel.core.events import Topic
from fitintel.storage.bell import RedisBell, local_bell
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event
from tests.access.world import World
from tests.api.people import V1, server, shown
from tests.services import redis_server


@pytest.fixture
def redis() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with redis_server() as found:
        yield found


def test_revoked_tokens_and_withdrawn_consents_hold_with_redis_stopped(
    world: World, redis: tuple[str, subprocess.Popen[bytes]]
) -> None:
    url, process = redis
    there = replace(world, settings=replace(world.settings, cache_url=url))
    path = f"{V1}/athletes/red1/briefs/{world.objects['red1']['day']}"
    coach, athlete = shown(there, "coach-red"), shown(there, "red1")
    with server(there) as client:
        warm = [client.get(path, headers=one) for one in (coach, athlete) for _ in range(2)]
        assert {one.status_code for one in warm} == {200}
        process.terminate()
        process.wait()
        assert client.get(path, headers=coach).content == warm[0].content
        with Workbench(there.settings) as bench:
            bench.end_log_ins("coach-red")
        assert client.get(path, headers=coach).status_code == 401
        coach = shown(there, "coach-red")
        assert client.get(path, headers=coach).status_code == 200
        with client.websocket_connect(f"{V1}/live", headers=coach) as socket:
            socket.receive_json()
            socket.send_json({"type": "subscribe", "topic": "briefs", "athlete": "red1"})
            assert socket.receive_json()["type"] == "subscribed"
            with Workbench(there.settings) as bench:
                bench.vault.put_events([event(Topic.BRIEFS, "made", "red1")])
                assert socket.receive_json()["kind"] == "made"
                bench.withdraw_consent(athlete_id="red1")
            began = time.monotonic()
            assert socket.receive_json()["type"] == "ended"
            assert time.monotonic() - began < 5, "seconds, as specified"
        assert client.get(path, headers=coach).status_code in (403, 404)
        assert client.get(path, headers=athlete).status_code == 200


def test_a_ring_is_heard_in_another_process_and_while_redis_is_away_in_this_one(
    redis: tuple[str, subprocess.Popen[bytes]],
) -> None:
    url, process = redis

    class Silent:
        """The bell of this process, as another one has it: nobody rings it here."""

        def ring(self) -> None: ...

        def wait(self, heard: int, seconds: float) -> int:
            return heard

        def close(self) -> None: ...

    here, there = RedisBell(url, "db", local_bell("db")), RedisBell(url, "db", Silent())
    there.wait(0, 0.05)  # it listens from here on
    here.ring()
    began = time.monotonic()
    there.wait(0, 30.0)
    assert time.monotonic() - began < 25, "woken, not waited"
    process.terminate()
    process.wait()
    heard = here.wait(-1, 0.0)
    here.ring()
    assert here.wait(heard, 5.0) == heard + 1
    for bell in (here, there):
        bell.close()


def test_an_event_of_another_workbench_is_told_without_redis(world: World) -> None:
    told: list[Any] = []
    with server(world) as client, client.websocket_connect(f"{V1}/live", headers=shown(world, "red1")) as socket:
        socket.receive_json()
        socket.send_json({"type": "subscribe", "topic": "alerts"})
        socket.receive_json()
        with Workbench(world.settings) as bench:
            bench.vault.put_events([event(Topic.ALERTS, "opened", "red1"), event(Topic.ALERTS, "opened", "red2")])
        told.append(socket.receive_json())
    assert [one["athlete"] for one in told] == ["red1"]
