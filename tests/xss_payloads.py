"""Thirty texts that try to become markup, and what shows that one of them did.

Each is written into every field that people fill; a page shows it letter by letter and does nothing else. What a
payload would do is noted three ways: a dialog, a call of a function that `NOTICE` watches, and a request to `canary`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "canary.invalid"
"""stands in PAYLOADS where a real canary's address is put"""
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "'><b onmouseover=alert(1)>x</b>",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    f"<script src=http://{HOST}/s.js></script>",
    f"<img src=http://{HOST}/i.png>",
    f"<link rel=stylesheet href=http://{HOST}/c.css>",
    f"<style>*{{background:url(http://{HOST}/b.png)}}</style>",
    f"![seen](http://{HOST}/m.png)",
    "[open](javascript:alert(1))",
    f"<iframe src=http://{HOST}/f></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    f"<object data=http://{HOST}/o></object>",
    f"<meta http-equiv=refresh content='0;url=http://{HOST}/r'>",
    f"<base href=http://{HOST}/>",
    f"<form action=http://{HOST}/p><button autofocus>x</button></form>",
    "\" autofocus onfocus=alert(1) x=\"",
    "' onclick='alert(1)",
    "<details open ontoggle=alert(1)>",
    "<math><mi xlink:href=data:x,alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "${alert(1)}`${alert(1)}`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "<!--><script>alert(1)</script>-->]]>",
)  # fmt: skip

NOTICE = """
window.fiCalled = [];
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = (...said) => { (window.top.fiCalled || window.fiCalled).push(name + ": " + said.join(" ")); };
"""
"""script of every frame, before any of the page's own"""


def payloads(address: str) -> tuple[str, ...]:
    """The thirty, asking `address` ("127.0.0.1:8080") where one asks a host.

    >>> len(set(payloads("127.0.0.1:9")))
    30
    """
    return tuple(one.replace(HOST, address) for one in PAYLOADS)


@dataclass
class Canary:
    """A server that nobody has a reason to ask."""

    address: str
    asked: list[str] = field(default_factory=list)
    """method and path of each request"""


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary on a free port of the loopback interface, until the block ends."""

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            noted.asked.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_POST = do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_said: Any) -> None:
            """The list is the log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Noting) as server:
        noted = Canary(f"127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield noted
        finally:
            server.shutdown()


def called(page: Any) -> list[str]:
    """What a payload has called on a page of the browser; needs NOTICE as an init script of the context."""
    found: list[str] = page.evaluate("window.fiCalled")
    return found
