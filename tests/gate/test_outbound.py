"""The one door outwards: where it leads, and where not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from fitintel.core.counted import counts
from fitintel.core.errors import AnswerTooLarge, UnsafeAddress
from fitintel.core.outbound import Reach, client, public

PRIVATE = ("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
           "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1",
           "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::a00:1", "ff02::1", "192.0.2.1", "nonsense")  # fmt: skip


@pytest.fixture
def heard() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine, and what it was asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['host']} {self.path}")
            if self.path == "/away":
                self.send_response(302)
                self.send_header("location", "http://127.0.0.1:1/inner")
            else:
                self.send_response(200)
            self.end_headers()
            if self.path == "/endless":
                for _ in range(200):
                    self.wfile.write(b"x" * 65_536)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1]), asked
        server.shutdown()


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name has these addresses."""
    real = socket.getaddrinfo

    def found(host: Any, port: Any, *more: Any, **others: Any) -> Any:
        if str(host)[0].isdigit():
            return real(host, port, *more, **others)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def why(reason: str) -> int:
    return counts().get(("outbound", (("why", reason),)), 0)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet_is_none(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "127.0.0.1", "::1"])
def test_a_name_that_leads_into_a_private_network_is_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to(monkeypatch, "9.9.9.9", address)  # one of its addresses is enough
    before = why("address")
    with client(["a.example"]) as asks, pytest.raises(UnsafeAddress, match="private network"):
        asks.get("https://a.example/")
    assert why("address") == before + 1


@pytest.mark.parametrize("url", ["https://b.example/", "http://a.example/", "https://user@a.example/", "ftp://a.example/",
                                 "https://a.example.b.example/", "https://127.0.0.1/", "https://[::1]/"])  # fmt: skip
def test_only_hosts_that_are_named_are_asked_and_over_tls(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("its name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    before = why("host")
    with client(["a.example"]) as asks, pytest.raises(UnsafeAddress):
        asks.get(url)
    assert why("host") == before + 1


def test_the_connection_goes_to_the_address_that_was_looked_at(
    heard: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = heard
    sent: list[httpx.Request] = []
    inner = httpx.HTTPTransport.handle_request

    def noting(self: Any, request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return inner(self, request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", noting)
    leads_to(monkeypatch, "127.0.0.1")
    with client(["inner.example"], ["inner.example"], seconds=30) as asks, pytest.raises(httpx.ConnectError):
        asks.get(f"https://inner.example:{port}/")  # a private host that the operator names; it speaks no TLS
    assert (sent[0].url.host, sent[0].extensions["sni_hostname"]) == ("127.0.0.1", "inner.example")
    assert sent[0].headers["host"] == f"inner.example:{port}"
    with client(["localhost"]) as asks:
        assert asks.get(f"http://localhost:{port}/x").status_code == 200
    assert asked == [f"localhost:{port} /x"]


def test_redirects_are_not_followed_and_endless_answers_end(heard: tuple[int, list[str]]) -> None:
    port, asked = heard
    with client(["127.0.0.1"]) as asks:
        with pytest.raises(UnsafeAddress, match="another address"):
            asks.get(f"http://127.0.0.1:{port}/away")
        with pytest.raises(AnswerTooLarge):
            asks.get(f"http://127.0.0.1:{port}/endless")
    assert len(asked) == 2


def test_proxies_of_the_environment_are_not_used(heard: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, asked = heard
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    leads_to(monkeypatch, "10.0.0.1")
    with client(["a.example"]) as asks, pytest.raises(UnsafeAddress):
        asks.get("https://a.example/")
    assert not asked


def test_a_reach_names_hosts_not_parts_of_them() -> None:
    with pytest.raises(UnsafeAddress):
        Reach(frozenset({"example"})).check(httpx.URL("https://a.example/"))
