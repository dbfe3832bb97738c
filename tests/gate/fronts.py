"""A gateway with the real API behind it, and in place of each page a program that says what it was sent."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

import httpx
import uvicorn

from fitintel.api.app import create_app
from fitintel.core.settings import Settings
from fitintel.workbench.serving import HOST, gateway
from tests.gate.browser import HOST as NAME
from tests.gate.browser import Browser
from tests.gate.stack import Named
from tests.services import _program, free_port, server

FAST = gateway.Limits(forms="6000r/m")
PAGES = ("app", "coach", "lab", "mlflow")


@dataclass
class Front:
    """Where it answers."""

    settings: Settings
    origin: str
    https: int
    http: int
    certificate: Path

    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        with httpx.Client(base_url=self.origin, transport=Named(self.tls(), self.https), timeout=60) as client:
            yield Browser(client)


class Saying(BaseHTTPRequestHandler):
    """Answers with what it was sent, and with headers that a careless page might have."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = json.dumps({"path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()},
                           "port": self.server.server_address[1]}).encode()  # fmt: skip
        self.send_response(200)
        for name, value in (("content-type", "application/json"), ("content-length", str(len(said))),
                            ("cache-control", "public, max-age=600"), ("x-frame-options", "ALLOWALL"),
                            ("content-security-policy", "default-src *"), ("x-powered-by", "a page")):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def front(
    settings: Settings, folder: Path, limits: gateway.Limits = FAST, *, https: int = 0,
    places_of: Mapping[str, str] = MappingProxyType({}), **more: object,
) -> Iterator[Front]:  # fmt: skip
    """Started, and stopped at the end; `places_of`: page -> host:port of the real one."""
    _program("nginx")
    https, http, api = https or free_port(), free_port(), free_port()
    says = [ThreadingHTTPServer((HOST, 0), Saying) for _ in (*PAGES, "app")]
    for one in says:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    places = [f"{HOST}:{one.server_address[1]}" for one in says]
    upstreams = {"api": [f"{HOST}:{api}"], **{name: [place] for name, place in zip(PAGES, places, strict=False)}}
    upstreams["app"].append(places[-1])
    upstreams |= {name: [place] for name, place in places_of.items()}
    certificate, key = gateway.self_signed(folder / "gate", NAME)
    configuration = gateway.write(gateway.Gateway(folder / "gate", NAME, certificate, key, upstreams, https_port=https,
                                                  http_port=http, address=HOST, workers="1",
                                                  limits=limits, **more))  # fmt: skip
    program = uvicorn.Server(uvicorn.Config(create_app(settings, hosts=[NAME]), HOST, api, log_level="error",
                                            server_header=False))  # fmt: skip
    thread = threading.Thread(target=program.run, daemon=True)
    thread.start()
    try:
        with server(gateway.command(configuration), folder / "nginx.log", lambda: program.started and _open(https)):
            yield Front(settings, f"https://{NAME}:{https}", https, http, certificate)
    finally:
        program.should_exit = True
        thread.join(20)
        for one in says:
            one.shutdown()
            one.server_close()


def _open(port: int) -> bool:
    import socket

    with socket.socket() as tried:
        return tried.connect_ex((HOST, port)) == 0
