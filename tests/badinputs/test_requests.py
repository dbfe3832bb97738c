"""Requests and sockets that are hostile are refused as listed, change nothing, and what stands beside them goes on."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from fitintel.api.app import create_app
from fitintel.core import settings
from fitintel.core.records import Athlete
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate
from tests.badinputs import requests_sent
from tests.badinputs.case import generated
from tests.badinputs.requests_sent import V1, Asked
from tests.badinputs.test_catalogue import SAID
from tests.services import free_port, server

REQUESTS = generated(requests_sent)
CASES = [pytest.param(one, id=f"{name}-{one.variant}") for name, make in REQUESTS.items() for one in make()]


@dataclass
class Front:
    """A server of a workspace with two people, and the token of one."""

    home: Path
    client: TestClient
    token: str

    def state(self) -> tuple[Any, ...]:
        """All that requests could have changed."""
        with Workbench.open(self.home) as bench:
            return tuple((bench.vault.comments(one), bench.vault.answers(one), bench.vault.imports(one))
                         for one in ("anna", "bob"))  # fmt: skip


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    home = tmp_path_factory.mktemp("requests") / "home"
    with Workbench.open(home) as bench:
        for name in ("anna", "bob"):
            bench.store.put_athlete(Athlete(name, f"{name.upper()}S NAME"))
            bench.add_account(name, ["athlete"], athlete_id=name)
        token = Gate(bench.settings, bench.vault).let_in(bench.vault.account("anna"), strong=False).access
    app = create_app(settings.read({}, home=home))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield Front(home, client, token)


@pytest.mark.parametrize("asked", CASES)
def test_a_request_ends_as_listed(asked: Asked, front: Front) -> None:
    before = front.state()
    headers = {"authorization": f"Bearer {front.token}", **asked.headers}
    headers = {name: value for name, value in headers.items() if value}
    answer = front.client.request(asked.method, asked.path, content=asked.content, headers=headers)
    assert answer.status_code in asked.statuses, (answer.status_code, answer.text[:300])
    if asked.path.endswith("/export"):
        assert "content-range" not in answer.headers
        return
    assert not SAID.search(answer.text)
    assert asked.says in answer.text.replace(" ", "") or asked.says in answer.text
    assert not asked.silent or asked.silent not in answer.text
    assert len(answer.text) < 20_000
    assert front.state() == before
    mine = front.client.get(f"{V1}/athletes/anna", headers={"authorization": f"Bearer {front.token}"})
    assert mine.json()["name"] == "ANNAS NAME"


RAW = {
    "two-lengths": b"content-length: 5\r\ncontent-length: 50\r\n\r\nhello",
    "both": b"content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/health HTTP/1.1\r\n\r\n",
    "bad-chunk": b"transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    "no-name": b": nothing\r\n\r\n",
    "folded": b"x-a: b\r\n c: d\r\n\r\n",
    "long-header": b"x-a: " + b"y" * 200_000 + b"\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(front: Front, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    from fitintel.workbench.serving.api import command

    chosen = free_port()
    line, environment = command(settings.read({}, home=front.home), chosen)
    folder = tmp_path_factory.mktemp("uvicorn")

    def ready() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", chosen)) == 0

    program = ["env", *(f"{name}={value}" for name, value in environment.items()), *line]
    with server(program, folder / "log", ready):
        yield chosen


def said_to(port: int, content: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(content)
        raw.settimeout(3)
        parts = []
        # who waits for the rest of a request has not let it in
        with contextlib.suppress(TimeoutError, ConnectionError):
            while part := raw.recv(65_536):
                parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("name", RAW)
def test_net_01_what_is_no_http_is_refused_and_hides_no_second_request(name: str, port: int) -> None:
    content = b"POST /api/v1/sessions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n" + RAW[name]
    try:
        answer = said_to(port, content)
    except ConnectionError:  # closed at once: refused as well
        answer = b""
    assert answer[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 413", b"HTTP/1.1 431", b"HTTP/1.1 422"), answer[:200]
    assert b'"status":"up"' not in answer
    assert b'"status":"up"' in said_to(
        port, b"GET /api/v1/health HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
    )


def test_net_03_net_04_ws_02_limits_of_the_server_are_those_of_the_application(port: int) -> None:
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    with connect(f"ws://127.0.0.1:{port}{V1}/live") as live:
        assert live.protocol.extensions == [], "nothing packed, nothing that bursts"
        with contextlib.suppress(ConnectionClosed):
            live.send("x" * 10_000_000)
        with pytest.raises(ConnectionClosed) as closed:
            live.recv(timeout=20)
        # while it is still being sent, the word of it may be lost with the connection
        assert closed.value.rcvd is None or closed.value.rcvd.code == 1009


SOCKETS: dict[str, tuple[dict[str, str], list[str | bytes], int]] = {
    "ws_01-no-token": ({}, ['{"type": "subscribe", "topic": "briefs"}'], 4401),
    "ws_01-expired": ({}, [json.dumps({"type": "connect", "token": "fia_" + "A" * 43})], 4401),
    "ws_01-header": ({"authorization": "Bearer fia_" + "A" * 43}, [], 4401),
    "ws_02-long": ({"authorization": "TOKEN"}, ["x" * 70_000], 1009),
    "ws_02-many": ({"authorization": "TOKEN"}, ['{"type": "ping"}'] * 1000, 1008),
    "ws_02-bytes": ({"authorization": "TOKEN"}, [b"\xff\xfe"], 1003),
}


@pytest.mark.parametrize("name", SOCKETS)
def test_a_socket_ends_as_listed(name: str, front: Front) -> None:
    headers, messages, code = SOCKETS[name]
    headers = {key: value.replace("TOKEN", f"Bearer {front.token}") for key, value in headers.items()}
    with front.client.websocket_connect(f"{V1}/live", headers=headers) as live:
        for message in messages:
            live.send_text(message) if isinstance(message, str) else live.send_bytes(message)
        with pytest.raises(WebSocketDisconnect) as closed:
            heard(live)
    assert closed.value.code == code


def heard(live: Any) -> None:
    """Hear until it is closed; nothing but greetings comes before."""
    while True:
        assert live.receive_json()["type"] in ("connected", "pong")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://[::1"])
@pytest.mark.parametrize("path", ["live", "graphql"])
def test_ws_01_no_page_of_another_site_opens_a_socket(origin: str, path: str, front: Front) -> None:
    headers = {"origin": origin, "authorization": f"Bearer {front.token}"}
    with pytest.raises(WebSocketDisconnect), front.client.websocket_connect(f"{V1}/{path}", headers=headers):
        pass


def test_ws_02_text_in_a_message_is_text(front: Front) -> None:
    with front.client.websocket_connect(f"{V1}/live", headers={"authorization": f"Bearer {front.token}"}) as live:
        live.receive_json()
        for text in ("' UNION SELECT 1;--", "<script>alert(1)</script>", "bob"):
            live.send_json({"type": "subscribe", "topic": "briefs", "athlete": text})
            refused = live.receive_json()
            assert (refused["type"], refused["what"]) == ("refused", "There is nothing to follow")
