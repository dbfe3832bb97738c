"""Answers packed with zstd or gzip, whichever who asks can read."""

from __future__ import annotations

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 1024
"""bytes; a smaller answer is not worth it"""
PACKABLE = ("application/json", "application/problem+json", "text/", "application/vnd.apache.arrow.stream")
LEVEL = 5


class Packing:
    """Packs answers that come in one piece; an archive that is sent in parts is packed already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, packed."""
        chosen = _chosen(Headers(scope=scope).get("accept-encoding", "")) if scope["type"] == "http" else ""
        if not chosen:
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def packed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is None:
                await send(message)
                return
            begun, start = start, None
            headers, body = MutableHeaders(raw=begun["headers"]), message.get("body", b"")
            headers.add_vary_header("accept-encoding")
            whole = message["type"] == "http.response.body" and not message.get("more_body")
            if (
                whole and len(body) >= SMALLEST and "content-encoding" not in headers
                and headers.get("content-type", "").startswith(PACKABLE)
            ):  # fmt: skip
                body = await run_in_threadpool(pack, chosen, body)
                headers["content-encoding"], headers["content-length"] = chosen, str(len(body))
                message = {**message, "body": body}
            await send(begun)
            await send(message)

        await self._app(scope, receive, packed)


def pack(how: str, body: bytes) -> bytes:
    """The bytes packed as `zstd` or `gzip`.

    >>> gzip.decompress(pack("gzip", b"abc"))
    b'abc'
    """
    if how == "gzip":
        return gzip.compress(body, LEVEL, mtime=0)
    import pyarrow as pa

    found: bytes = pa.Codec("zstd", LEVEL).compress(body, asbytes=True)
    return found


def _chosen(accepted: str) -> str:
    """The way that is accepted and packs best; empty for none.

    >>> _chosen("gzip, deflate, br, zstd"), _chosen("gzip;q=0.5"), _chosen("zstd;q=0, identity")
    ('zstd', 'gzip', '')
    """
    wanted = {}
    for one in accepted.lower().split(","):
        name, _, weight = one.strip().partition(";")
        wanted[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("zstd", "gzip") if wanted.get(name)), "")
