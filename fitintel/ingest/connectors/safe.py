"""Where requests may go, and how much may come back: one host, HTTPS, limits of time and size, checked while reading.

Everything that is sent passes through `SafeTransport`, tokens and data alike. A redirect is not followed here; `wire`
follows it only within the same host. Where the host's name leads is decided in `core.outbound`.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

import anyio
import anyio.to_thread
import httpx

from fitintel.core.errors import AnswerTooLarge, UnsafeAddress, UpstreamError, UsageError
from fitintel.core.outbound import Reach, loopback, pinned


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, how much to read, how often to try."""

    connect: float = 10.0
    """s"""
    read: float = 30.0
    """s without a byte"""
    total: float = 120.0
    """s for one request with its whole answer"""
    size: int = 64 * 1024 * 1024
    """bytes of one answer, unpacked"""
    attempts: int = 5
    pause: float = 1.0
    """s before the second attempt; doubled for each further one, with jitter"""
    longest_pause: float = 30.0
    """s"""
    patience: float = 60.0
    """s that are waited when the service asks for it; beyond it the sync stops and says when to go on"""
    longest_wait: float = 86_400.0
    """s; no service is believed that asks for more"""


def origin(url: str, setting: str) -> httpx.URL:
    """The address of a service: HTTPS, or HTTP on loopback; raises UsageError, naming the setting it came from.

    >>> origin("https://www.strava.com/", "STRAVA_URL").host, origin("http://127.0.0.1:8000", "STRAVA_URL").port
    ('www.strava.com', 8000)
    """
    try:
        found = httpx.URL(url.rstrip("/"))
    except httpx.InvalidURL as error:
        raise UsageError("The address of a service is not a URL", where=setting, why=str(error)) from error
    if found.userinfo or found.query or found.fragment or found.path not in ("", "/"):
        raise UsageError("The address of a service has more than a host", where=setting,
                         next="write https:// and the host, nothing else")  # fmt: skip
    if found.scheme != "https" and not (found.scheme == "http" and loopback(found.host)):
        raise UsageError("The address of a service must begin with https://", where=setting,
                         why="tokens would cross the network in clear text", next="correct the setting")  # fmt: skip
    return found


def same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether two addresses have scheme, host and port in common."""
    return _place(one) == _place(other)


def _place(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or {"https": 443, "http": 80}.get(url.scheme)


class SafeTransport(httpx.AsyncBaseTransport):
    """Sends to one host only and reads answers whole, within limits."""

    def __init__(self, base: httpx.URL, limits: Limits, private: Collection[str] = ()) -> None:
        self._base, self._limits = base, limits
        self._reach = Reach(frozenset({base.host}), frozenset(private))
        self._inner = httpx.AsyncHTTPTransport(verify=ssl.create_default_context(), trust_env=False, retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The whole answer. Raises UnsafeAddress, AnswerTooLarge, or httpx.TransportError."""
        if not same_origin(request.url, self._base):
            raise unsafe(self._base, request.url)
        request.headers["accept-encoding"] = "gzip"
        try:
            with anyio.fail_after(self._limits.total):
                return await self._whole(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout(f"no whole answer within {self._limits.total:g} s") from error

    async def _whole(self, request: httpx.Request) -> httpx.Response:
        response = await self._first(request)
        try:
            stream = response.stream
            assert isinstance(stream, httpx.AsyncByteStream)
            packed = response.headers.get("content-encoding", "identity").strip().lower()
            body = await self._read(stream, packed, request.url)
        finally:
            await response.aclose()
        kept = [(name, value) for name, value in response.headers.raw
                if name.lower() not in (b"content-encoding", b"content-length", b"transfer-encoding")]  # fmt: skip
        return httpx.Response(response.status_code, headers=kept, content=body, request=request)

    async def _first(self, request: httpx.Request) -> httpx.Response:
        """The answer of the first address that can be connected to."""
        failed: httpx.ConnectError | None = None
        for address in await anyio.to_thread.run_sync(self._reach.addresses, request.url):
            try:
                return await self._inner.handle_async_request(pinned(request, address))
            except httpx.ConnectError as error:
                failed = error
        raise failed or httpx.ConnectError("the host has no address")

    async def _read(self, stream: AsyncIterator[bytes] | httpx.AsyncByteStream, packed: str, url: httpx.URL) -> bytes:
        if packed not in ("identity", "", "gzip"):
            raise UpstreamError("The answer is packed in a way that was not asked for", where=said(url), why=packed)
        limit, out, size = self._limits.size, [], 0
        engine = zlib.decompressobj(wbits=31) if packed == "gzip" else None
        async for chunk in stream:
            try:
                # at most one byte over the limit is ever unpacked, whatever the answer claims to be
                part = chunk if engine is None else engine.decompress(chunk, limit - size + 1)
            except zlib.error as error:
                raise httpx.RemoteProtocolError(f"the answer is not gzip: {error}") from error
            size += len(part)
            if size > limit or (engine is not None and engine.unconsumed_tail):
                raise AnswerTooLarge("The answer is too large", where=said(url), why=f"the limit is {limit:,} bytes",
                                     next="nothing was read from it; report it if it happens again")  # fmt: skip
            out.append(part)
        if engine is not None and size and not engine.eof:
            raise httpx.RemoteProtocolError("the packed answer ends early")
        return b"".join(out)

    async def aclose(self) -> None:
        """Release connections."""
        await self._inner.aclose()


def said(url: httpx.URL) -> str:
    """An address for messages: without its query, which may hold secrets."""
    return f"{url.host}{url.path}"


def unsafe(base: httpx.URL, url: httpx.URL) -> UnsafeAddress:
    """The refusal to go to another host."""
    return UnsafeAddress(
        f"The service points to another address, {url.scheme}://{url.host}", where=base.host,
        why=f"fitintel goes to {base.scheme}://{base.host} only", next="nothing was sent there; report it",
    )  # fmt: skip
