"""Live events: each once, in order, from where somebody was; nothing that they may not know of."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from fitintel.api.app import create_app
from fitintel.core import settings
from fitintel.core.events import Topic
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event

LIVE = "/api/v1/live"


@contextlib.contextmanager
def following(client: TestClient, topic: str, **more: Any) -> Iterator[Any]:
    with client.websocket_connect(LIVE) as socket:
        assert socket.receive_json() == {"type": "connected"}
        socket.send_json({"type": "subscribe", "topic": topic, **more})
        yield socket


def happen(home: Path, *athletes: str, topic: Topic = Topic.BRIEFS) -> None:
    with Workbench.open(home) as bench:
        bench.vault.put_events([event(topic, "made", name, brief="b") for name in athletes])


def test_what_happens_is_told_once_and_in_order(client: TestClient, home: Path) -> None:
    with following(client, "briefs", athlete="ann") as socket:
        assert socket.receive_json()["type"] == "subscribed"
        happen(home, "ann", "bob", "ann")
        happen(home, "ann", topic=Topic.ALERTS)
        told = [socket.receive_json(), socket.receive_json()]
        assert [(one["topic"], one["athlete"]) for one in told] == [("briefs", "ann")] * 2
        assert told[0]["id"] < told[1]["id"]
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}


def test_a_new_connection_goes_on_where_the_last_one_was(client: TestClient, home: Path) -> None:
    happen(home, "ann", "ann", "ann")
    with following(client, "briefs", after=0) as socket:
        every = []
        while (said := socket.receive_json())["type"] == "event":
            every.append(said["id"])
    assert every == sorted(set(every))
    seen = every[-2]
    happen(home, "ann")
    with following(client, "briefs", after=seen) as socket:
        first, second = socket.receive_json(), socket.receive_json()
        assert first["id"] == every[-1]
        assert second["id"] > every[-1]
        assert socket.receive_json()["type"] == "subscribed"


def test_an_import_and_a_brief_are_told_from_whatever_front_end(client: TestClient, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("date,sport,duration (min),distance (km)\n2026-01-01,run,33,7\n")
    with following(client, "imports", athlete="bob") as socket:
        socket.receive_json()
        with Workbench.open(home) as bench:
            bench.import_files([path], athlete_id="bob")
        while (said := socket.receive_json())["kind"] != "done":
            assert said["kind"] == "progress"
        assert (said["detail"]["imported"] + said["detail"]["warned"], said["detail"]["read"]) == (1, 1)


@pytest.mark.parametrize(
    "message",
    ["[]", "no json", '{"type": "execute"}', '{"type": "subscribe", "topic": "secrets"}', '{"type": "subscribe"}',
     '{"type": "subscribe", "topic": "briefs", "after": "1"}', '{"type": "subscribe", "topic": "briefs", "athlete": 1}',
     '{"type": "subscribe", "topic": "briefs", "after": true}', "[" * 5000],
)  # fmt: skip
def test_a_message_that_is_none_is_refused_and_the_socket_goes_on(client: TestClient, message: str) -> None:
    with client.websocket_connect(LIVE) as socket:
        socket.receive_json()
        socket.send_text(message)
        assert socket.receive_json()["type"] == "refused"
        socket.send_json({"type": "ping"})
        assert socket.receive_json() == {"type": "pong"}


def test_too_much_closes_the_socket(client: TestClient) -> None:
    with client.websocket_connect(LIVE) as socket:
        socket.receive_json()
        socket.send_text("x" * 70_000)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 1009


def test_a_page_of_another_site_cannot_open_it(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(LIVE, headers={"origin": "https://evil.example"}):
        pass


def test_the_owner_is_nobody_once_there_are_accounts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Workbench.open(home) as bench:
        bench.vault.newest_event()
    app = create_app(settings.read({}, home=home))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        with client.websocket_connect(LIVE) as socket:
            assert socket.receive_json() == {"type": "connected"}
            with Workbench.open(home) as bench:
                bench.add_account("boss", ["admin"])
            with pytest.raises(WebSocketDisconnect) as closed:
                socket.receive_json()
        assert closed.value.code == 4401
        assert client.get("/api/v1/athletes").status_code == 401
