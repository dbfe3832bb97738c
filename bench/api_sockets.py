"""Many WebSockets in one process that do little themselves, so that what is measured is the server."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import Callable
from typing import cast

TEXT, PING = 1, 9


class Socket(asyncio.Protocol):
    """Follows briefs; says of each event when it came."""

    def __init__(self, address: str, token: str, said: Callable[[float, bytes], None]) -> None:
        self._host, self._token, self._said = address.partition("//")[2], token, said
        self._held, self._open = b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(
            f"GET /api/v1/live HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {self._token}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take whole frames (RFC 6455): what a server sends is not masked."""
        now = time.perf_counter()
        self._held += data
        if not self._open:
            head, found, rest = self._held.partition(b"\r\n\r\n")
            if not found:
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self._open, self._held = True, rest
        while len(self._held) >= 2:
            length, begin = self._held[1] & 127, 2
            if length == 126:
                length, begin = int.from_bytes(self._held[2:4]), 4
            if len(self._held) < begin + length:
                return
            kind, message = self._held[0] & 15, self._held[begin : begin + length]
            self._held = self._held[begin + length :]
            if kind == TEXT:
                self._said(now, message)
            elif kind == PING:
                self._send(10, message)
            if b'"connected"' in message:
                self._send(TEXT, b'{"type": "subscribe", "topic": "briefs"}')

    def _send(self, kind: int, message: bytes) -> None:
        # a mask of zeros: a client's frames are masked, and these are short
        self._transport.write(bytes((0x80 | kind, 0x80 | len(message))) + bytes(4) + message)


async def heard(got: list[tuple[float, bytes]], count: int) -> None:
    """Return once so many messages are there."""
    until = time.monotonic() + 60
    while len(got) < count:
        assert time.monotonic() < until, f"{len(got)} of {count}"
        await asyncio.sleep(0.002)
