"""GraphQL subscriptions: the same events under the same rules as the plain feed, in the newer protocol alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from fitintel.core.events import Topic
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event
from tests.access.world import World
from tests.api.people import V1, server, shown

PROTOCOL = "graphql-transport-ws"
QUERY = """subscription ($athlete: String, $after: Int) {
  events(topic: "briefs", athleteId: $athlete, after: $after) { id athleteId kind detail } }"""


@pytest.fixture
def client(world: World) -> Iterator[TestClient]:
    with server(world) as made:
        yield made


@contextlib.contextmanager
def opened(client: TestClient, token: str | None) -> Iterator[Any]:
    with client.websocket_connect(f"{V1}/graphql", subprotocols=[PROTOCOL]) as socket:
        socket.send_json({"type": "connection_init", "payload": {"token": token} if token else {}})
        yield socket


def follow(socket: Any, number: str, athlete: str | None, after: int | None = None) -> None:
    socket.send_json({"id": number, "type": "subscribe",
                      "payload": {"query": QUERY, "variables": {"athlete": athlete, "after": after}}})  # fmt: skip


def happen(world: World, *athletes: str) -> None:
    with Workbench(world.settings) as bench:
        bench.vault.put_events([event(Topic.BRIEFS, "made", one) for one in athletes])


def token_of(world: World, name: str) -> str:
    return shown(world, name)["authorization"].removeprefix("Bearer ")


def events(socket: Any) -> Iterator[dict[str, Any]]:
    """Events until the subscription is over."""
    while (said := socket.receive_json())["type"] == "next" and said["payload"].get("data"):
        yield said["payload"]["data"]["events"]


def test_a_coach_follows_the_squad_and_goes_on_where_the_last_connection_ended(
    world: World, client: TestClient
) -> None:
    happen(world, "red1", "blue1", "red1")
    with opened(client, token_of(world, "coach-red")) as socket:
        assert socket.receive_json() == {"type": "connection_ack"}
        follow(socket, "1", None, 0)
        told = [next(events(socket))]
        happen(world, "red1", "blue1", "red2", "red3", "red1")
        with Workbench(world.settings) as bench:
            newest = bench.vault.newest_event()
        while told[-1]["id"] < newest:
            told.append(next(events(socket)))
    # red2 and red3 share no briefs
    assert {one["athleteId"] for one in told} == {"red1"}
    ids = [one["id"] for one in told]
    assert ids == sorted(set(ids))
    with opened(client, token_of(world, "coach-red")) as again:
        again.receive_json()
        follow(again, "1", "red1", ids[-3])
        assert [next(events(again))["id"] for _ in range(2)] == ids[-2:]


def test_a_withdrawal_ends_a_subscription_and_a_new_one_is_refused(world: World, client: TestClient) -> None:
    with opened(client, token_of(world, "coach-red")) as socket:
        socket.receive_json()
        happen(world, "red1")
        follow(socket, "1", "red1", 0)
        next(events(socket))
        with Workbench(world.settings) as bench:
            bench.withdraw_consent(athlete_id="red1")
            before = bench.vault.newest_event()
        happen(world, "red1")
        said = socket.receive_json()
        while said["type"] == "next":
            assert said["payload"]["data"]["events"]["id"] <= before
            said = socket.receive_json()
        assert said == {"id": "1", "type": "complete"}
        follow(socket, "2", "red1", 0)
        assert "nothing to follow" in str(socket.receive_json())


def test_a_log_in_that_ends_ends_what_it_follows(world: World, client: TestClient) -> None:
    mine = token_of(world, "coach-red")
    with opened(client, mine) as socket:
        socket.receive_json()
        follow(socket, "1", None)
        with client.websocket_connect(f"{V1}/live", headers={"authorization": f"Bearer {mine}"}) as plain:
            plain.receive_json()
            with Workbench(world.settings) as bench:
                bench.end_log_ins("coach-red")
            with pytest.raises(WebSocketDisconnect) as closed:
                plain.receive_json()
            assert closed.value.code == 4401
        assert "over" in str(socket.receive_json())


@pytest.mark.parametrize("token", [None, "fia_" + "x" * 43, "no token"])
def test_nobody_is_let_in_without_a_token_that_holds(token: str | None, world: World, client: TestClient) -> None:
    with opened(client, token) as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert closed.value.code == 4403


def test_before_anybody_has_said_who_they_are_nothing_is_answered(world: World, client: TestClient) -> None:
    with client.websocket_connect(f"{V1}/graphql", subprotocols=[PROTOCOL]) as socket:
        follow(socket, "1", None, 0)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 4401


def test_the_older_protocol_is_not_spoken(world: World, client: TestClient) -> None:
    mine = shown(world, "coach-red")
    with client.websocket_connect(f"{V1}/graphql", subprotocols=["graphql-ws"], headers=mine) as socket:
        socket.send_json({"id": "1", "type": "start", "payload": {"query": QUERY}})
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 4406


def test_a_socket_follows_so_many_and_no_more(world: World, client: TestClient) -> None:
    from fitintel.api import hub

    with client.websocket_connect(f"{V1}/live", headers=shown(world, "red1")) as socket:
        socket.receive_json()
        follower = next(iter(client.app.state.hub._followers))  # type: ignore[attr-defined]
        follower.wants.update({(Topic.ALERTS, f"a{n}"): 0 for n in range(1, hub.SUBSCRIPTIONS)})
        follower.wants[Topic.ALERTS, None] = 0
        socket.send_json({"type": "subscribe", "topic": "briefs", "athlete": "red1"})
        assert "refused" in {socket.receive_json()["type"] for _ in range(hub.SUBSCRIPTIONS)}


def test_what_waits_in_a_queue_while_a_consent_is_withdrawn_is_not_delivered(world: World, client: TestClient) -> None:
    with client.websocket_connect(f"{V1}/live", headers=shown(world, "coach-red")) as socket:
        socket.receive_json()
        socket.send_json({"type": "subscribe", "topic": "briefs"})
        socket.receive_json()
        follower = next(iter(client.app.state.hub._followers))  # type: ignore[attr-defined]

        async def held() -> None:
            await follower.turn.acquire()

        async def let_go() -> None:
            follower.turn.release()

        client.portal.call(held)  # type: ignore[union-attr]
        happen(world, "red1")
        while not follower.queue.qsize() and not follower.turn.locked():
            pass
        with Workbench(world.settings) as bench:
            bench.withdraw_consent(athlete_id="red1")
        seen = client.app.state.hub._rights  # type: ignore[attr-defined]
        while client.app.state.hub._rights == seen:  # type: ignore[attr-defined]
            pass
        client.portal.call(let_go)  # type: ignore[union-attr]
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}
