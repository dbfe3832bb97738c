"""The one door outwards: only to hosts that are named, never into a private network, no redirect, no endless answer.

A name is looked up once, every address it has must be of the public internet, and the connection goes to the address
that was looked at: a name that is given another address in between leads nowhere else (DNS rebinding). Hosts of private
networks are asked only where the operator names them in FITINTEL_PRIVATE_HOSTS. Proxies of the environment are not
used: they would look the name up again.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from dataclasses import dataclass

import httpx

from fitintel.core.counted import count
from fitintel.core.errors import AnswerTooLarge, UnsafeAddress

SIZE = 4 * 1024 * 1024
"""bytes of an answer"""
SECONDS = 20.0
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one part of the program may go."""

    hosts: frozenset[str]
    private: frozenset[str] = frozenset()
    """those of them that may stand in a private network"""

    def check(self, url: httpx.URL) -> None:
        """Raise UnsafeAddress unless it is HTTPS to one of the hosts; HTTP on this machine alone.

        >>> Reach(frozenset({"a.example"})).check(httpx.URL("https://b.example/"))
        Traceback (most recent call last):
        fitintel.core.errors.UnsafeAddress: The address is not one where fitintel goes. Where: b.example. ...
        """
        proper = url.scheme == "https" or (url.scheme == "http" and loopback(url.host))
        if not proper or url.userinfo or url.host not in self.hosts:
            count("outbound", why="host")
            raise UnsafeAddress("The address is not one where fitintel goes", where=url.host,
                                why="HTTPS to a host that the settings name is expected",
                                next="let the operator add the host, and try again")  # fmt: skip

    def addresses(self, url: httpx.URL) -> list[str]:
        """The addresses of the host, all looked at; raises UnsafeAddress, or httpx.ConnectError where it has none."""
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = [str(one[4][0]) for one in socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)]
        except OSError as error:
            raise httpx.ConnectError(f"the host has no address: {error.strerror or error}") from error
        if url.host not in self.private and not loopback(url.host) and not all(map(public, found)):
            count("outbound", why="address")
            raise UnsafeAddress("The host stands in a private network", where=url.host,
                                why="it has an address that is not of the public internet",
                                next="if it is meant, add it to FITINTEL_PRIVATE_HOSTS")  # fmt: skip
        return list(dict.fromkeys(found))


class Outbound(httpx.BaseTransport):
    """Sends what may be sent, and reads answers whole."""

    def __init__(self, reach: Reach, size: int = SIZE) -> None:
        self._reach, self._size = reach, size
        self._inner = httpx.HTTPTransport(trust_env=False, retries=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The whole answer. Raises UnsafeAddress, also for a redirect; AnswerTooLarge; httpx.TransportError."""
        self._reach.check(request.url)
        answer = self._first(request)
        try:
            if answer.is_redirect:
                count("outbound", why="redirect")
                raise UnsafeAddress("The service points to another address", where=request.url.host,
                                    why="redirects are not followed", next="set the final address")  # fmt: skip
            parts, size = [], 0
            for part in answer.iter_bytes():
                size += len(part)
                if size > self._size:
                    count("outbound", why="size")
                    raise AnswerTooLarge("The answer is too large", where=request.url.host,
                                         why=f"the limit is {self._size:,} bytes")  # fmt: skip
                parts.append(part)
        finally:
            answer.close()
        kept = [(name, value) for name, value in answer.headers.raw
                if name.lower() not in (b"content-encoding", b"content-length", b"transfer-encoding")]  # fmt: skip
        return httpx.Response(answer.status_code, headers=kept, content=b"".join(parts), request=request)

    def _first(self, request: httpx.Request) -> httpx.Response:
        """The answer of the first address that can be connected to."""
        failed: httpx.ConnectError | None = None
        for address in self._reach.addresses(request.url):
            try:
                return self._inner.handle_request(pinned(request, address))
            except httpx.ConnectError as error:
                failed = error
        raise failed or httpx.ConnectError("the host has no address")

    def close(self) -> None:
        """Release connections."""
        self._inner.close()


def client(hosts: Collection[str], private: Collection[str] = (), *, seconds: float = SECONDS) -> httpx.Client:
    """A client that goes to these hosts only, of which some may stand in a private network."""
    return httpx.Client(transport=Outbound(Reach(frozenset(hosts), frozenset(private))), follow_redirects=False,
                        trust_env=False, timeout=seconds, headers={"user-agent": "fitintel"})  # fmt: skip


def pinned(request: httpx.Request, address: str) -> httpx.Request:
    """The request to one address of its host; the certificate still has to be the host's."""
    named = {**request.extensions, "sni_hostname": request.url.host}
    return httpx.Request(request.method, request.url.copy_with(host=address), headers=request.headers,
                         stream=request.stream, extensions=named)  # fmt: skip


def public(address: str) -> bool:
    """Whether an address is of the public internet, also where it wraps one of the older kind.

    >>> public("9.9.9.9"), public("10.0.0.1"), public("::ffff:127.0.0.1"), public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = None
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return (inner or found).is_global and not (inner or found).is_multicast


def loopback(host: str) -> bool:
    """Whether a host, as it is written, is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names(text: str | None) -> frozenset[str]:
    """Hosts of a setting, separated by commas.

    >>> sorted(names("a.example, B.example,"))
    ['a.example', 'b.example']
    """
    return frozenset(one.strip().lower() for one in (text or "").split(",") if one.strip())
