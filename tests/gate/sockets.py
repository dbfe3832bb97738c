"""What a page's scripts do, without a browser: the app's socket, and the channels of a kernel."""

from __future__ import annotations

import json
import socket
import ssl
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from fitintel.workbench.serving import HOST
from tests.gate.browser import HOST as NAME

PATIENCE = 120.0
"""s; the machine may have other work"""


@contextmanager
def opened(
    path: str, port: int, tls: ssl.SSLContext | None, cookies: Mapping[str, str], *, origin: str | None = None,
    headers: Mapping[str, str] | None = None, subprotocols: list[Any] | None = None,
) -> Iterator[ClientConnection]:  # fmt: skip
    """A socket through the gateway, or with no TLS past it; raises InvalidStatus where it is refused."""
    sent = {**({"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}),
            **(headers or {})}  # fmt: skip
    with socket.create_connection((HOST, port), timeout=PATIENCE) as plain:
        name = NAME if tls else HOST
        with connect(f"{'wss' if tls else 'ws'}://{name}:{port}{path}", sock=plain, ssl=tls, origin=origin,
                     server_hostname=NAME if tls else None, additional_headers=sent, subprotocols=subprotocols,
                     max_size=None, open_timeout=PATIENCE) as made:  # fmt: skip
            yield made


class App:
    """One session of the app."""

    def __init__(self, made: ClientConnection) -> None:
        self._made = made

    def run(self, query: str = "") -> str:
        """Everything that one run of the script sends."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        asked = BackMsg()
        asked.rerun_script.query_string = query
        self._made.send(asked.SerializeToString())
        found = []
        while True:
            data = self._made.recv(timeout=PATIENCE)
            assert isinstance(data, bytes)
            message = ForwardMsg()
            message.ParseFromString(data)
            found.append(data.decode("utf-8", "replace"))
            if message.WhichOneof("type") == "script_finished":
                return "".join(found)


class Channels:
    """The channels of a kernel, with the comm of a coaches' page open."""

    def __init__(self, made: ClientConnection) -> None:
        self._made, self._comm, self._session = made, uuid.uuid4().hex, uuid.uuid4().hex
        self._send("comm_open", {"comm_id": self._comm, "target_name": "fitintel", "data": {}})
        self._hear(lambda said: said.get("live"))

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """What the page answers."""
        self._send("comm_msg", {"comm_id": self._comm, "data": {"id": 7, "do": do, "fields": fields}})
        return self._hear(lambda said: said.get("for") == 7)

    def send(self, kind: str, content: Mapping[str, Any]) -> None:
        """Any message."""
        self._send(kind, content)

    def _send(self, kind: str, content: Mapping[str, Any]) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self._session, "username": "",
                  "version": "5.3", "date": "2026-01-01T00:00:00Z"}  # fmt: skip
        self._made.send(json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {},
                                    "content": content, "buffers": []}))  # fmt: skip

    def _hear(self, wanted: Any) -> dict[str, Any]:
        while True:
            text = self._made.recv(timeout=PATIENCE)
            assert isinstance(text, str)
            message = json.loads(text)
            said: dict[str, Any] = message["content"].get("data") or {}
            if message["header"]["msg_type"] == "comm_msg" and wanted(said):
                return said
