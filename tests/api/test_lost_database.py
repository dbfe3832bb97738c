"""A database that is lost at any point of any request: the answer is whole, or 503 with the time to come again."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.api.hub import Hub
from fitintel.api.login import cookies
from fitintel.storage import engine
from fitintel.workbench.door import Workbench
from tests.access.world import PASSWORD, World
from tests.api.losses import Loss, losing
from tests.api.people import V1, server, shown

Ask = Callable[[TestClient, World, str], Any]
AWAY = [(stays, late) for stays in (False, True) for late in (False, True)]
_numbers = itertools.count()


@pytest.fixture
def loss(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loss]:
    monkeypatch.setattr(engine, "PAUSE", 0.0)
    monkeypatch.setattr(engine, "RESTART", 0.0)

    async def deaf(_: Hub) -> None:
        await asyncio.Event().wait()

    # the reader of events asks by itself, and would be counted
    monkeypatch.setattr(Hub, "_read", deaf)
    with losing(monkeypatch) as made:
        yield made


@pytest.fixture
def client(world: World, loss: Loss, cheap_passwords: None) -> Iterator[TestClient]:
    with server(world, raise_server_exceptions=False, follow_redirects=False) as made:
        yield made


def brief(world: World) -> str:
    return f"{V1}/athletes/red1/briefs/{world.objects['red1']['day']}"


def kept(client: TestClient, world: World, token: str) -> Any:
    return client.get(brief(world), headers={"authorization": token})


def made(client: TestClient, world: World, token: str) -> Any:
    return client.get(f"{brief(world)}?new={next(_numbers)}", headers={"authorization": token})


def unseen(client: TestClient, world: World, token: str) -> Any:
    return client.get(f"{V1}/athletes/blue1/workouts?new={next(_numbers)}", headers={"authorization": token})


def everybody(client: TestClient, world: World, token: str) -> Any:
    return client.get(f"{V1}/athletes?new={next(_numbers)}", headers={"authorization": token})


def remark(client: TestClient, world: World, token: str) -> Any:
    number = next(_numbers)
    return client.post(f"{V1}/athletes/red1/comments", json={"text": f"well run {number}"},
                       headers={"authorization": token, "idempotency-key": f"key {number}"})  # fmt: skip


def queried(client: TestClient, world: World, token: str) -> Any:
    query = "{ athletes { items { id alerts { record } workouts(first: 3) { items } } } }"
    return client.post(f"{V1}/graphql?new={next(_numbers)}", json={"query": query}, headers={"authorization": token})


def log_in(client: TestClient, world: World, token: str) -> Any:
    return client.post(f"{V1}/sessions", json={"name": "red2", "password": PASSWORD})


def page(client: TestClient, world: World, token: str) -> Any:
    return client.get("/auth/check/app", headers={"cookie": f"{cookies.ACCESS}={token.split()[1]}"})


ASKS = {one.__name__: one for one in (kept, made, unseen, everybody, remark, queried, log_in, page)}
RIGHT = {"unseen": 404, "remark": 201, "log_in": 201, "page": 204}
"""statuses with a database; else 200"""


def walk(ask: Ask, client: TestClient, world: World, loss: Loss, *, stays: bool, late: bool, step: int = 1) -> int:
    """Ask with the loss at each point; at how many."""
    right = RIGHT.get(ask.__name__, 200)
    token = shown(world, "red1")["authorization"]
    assert ask(client, world, token).status_code == right
    loss.set()
    whole = ask(client, world, token)
    assert whole.status_code == right
    points = loss.seen
    for point in range(0, points, step):
        loss.set(point, stays=stays, late=late)
        said = ask(client, world, token)
        where = f"{ask.__name__} at {point} of {points}: {said.status_code} {said.text[:300]}"
        if stays and said.status_code != right:
            assert said.status_code == 503, where
            assert said.headers["content-type"].startswith("application/problem+json"), where
            assert int(said.headers["retry-after"]) > 0, where
            assert said.headers["x-content-type-options"] == "nosniff", where
            assert "Traceback" not in said.text, where
        else:
            assert said.status_code == right, where
        loss.set()
    assert ask(client, world, token).status_code == right
    return points


@pytest.mark.parametrize(("stays", "late"), AWAY)
@pytest.mark.parametrize("name", ASKS)
def test_a_database_lost_at_any_point_of_a_request_is_waited_for_or_503(
    name: str, stays: bool, late: bool, client: TestClient, world: World, loss: Loss, monkeypatch: pytest.MonkeyPatch
) -> None:
    # one that comes to nothing is a guess too
    monkeypatch.setattr("fitintel.workbench.sessions.ATTEMPTS", 1000)
    if name == "log_in":
        with Workbench(world.settings) as bench:
            bench.set_password("red2", PASSWORD)
    # a brief that is made asks 150 times, of few kinds
    points = walk(ASKS[name], client, world, loss, stays=stays, late=late, step=13 if name == "made" else 1)
    assert points >= 4


def test_a_remark_whose_connection_is_lost_once_is_kept_once(client: TestClient, world: World, loss: Loss) -> None:
    def said() -> int:
        with Workbench(world.settings) as bench:
            return len(bench.comments("red1"))

    token = shown(world, "red1")["authorization"]
    for late in (False, True):
        loss.set()
        assert remark(client, world, token).status_code == 201
        for point in range(loss.seen):
            before = said()
            loss.set(point, late=late)
            assert remark(client, world, token).status_code == 201
            loss.set()
            assert said() == before + 1, point
