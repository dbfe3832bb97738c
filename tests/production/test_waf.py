"""The web application firewall with real nginx: attacks are stopped, what our programs send is not."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import ServiceMissing
from fitintel.workbench.production.firewall import firewall
from fitintel.workbench.production.places import Places
from fitintel.workbench.serving import gateway
from tests.services import _program, folder, free_port, server

CORPUS = Path(__file__).resolve().parents[2] / "deploy" / "waf" / "corpus"
Case = dict[str, Any]
STOPPED = (400, 403, 405)
NAME = "fit.test"


def cases(name: str) -> list[Case]:
    return list(json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8")))


class _Takes(BaseHTTPRequestHandler):
    """Stands for every front end: says 200 to whatever comes."""

    protocol_version = "HTTP/1.1"

    def _take(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        self.rfile.read(length)
        self.send_response(200)
        self.send_header("X-Fitintel-Identity", "of a test")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_TRACE = _take

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def waf() -> Iterator[int]:
    """Port of a gateway with the firewall, before front ends that take everything."""
    _program("nginx")
    with folder("waf") as home:
        home.chmod(0o711)
        place = Places(home / "production")
        place.make()
        try:
            rules, module = firewall(place)
        except ServiceMissing as missing:
            if os.environ.get("FITINTEL_REQUIRE_SERVICES") == "1":
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        behind = ThreadingHTTPServer(("127.0.0.1", 0), _Takes)
        threading.Thread(target=behind.serve_forever, daemon=True).start()
        certificate, key = gateway.self_signed(home / "tls", NAME)
        at = (f"127.0.0.1:{behind.server_port}",)
        port = free_port()
        path = gateway.write(gateway.Gateway(
            place.gateway, NAME, certificate, key, dict.fromkeys(("api", "app", "coach", "lab", "mlflow"), at),
            https_port=port, http_port=free_port(), address="127.0.0.1", workers="1", waf=rules, modules=(module,),
            limits=gateway.Limits(forms="1000r/s", pages="1000r/s", api="1000r/s"),
        ))  # fmt: skip
        with server(gateway.command(path), home / "log", lambda: _ready(port)):
            yield port
        behind.shutdown()
        behind.server_close()


def _ready(port: int) -> bool:
    try:
        return send(port, {"method": "GET", "path": "/api/v1/health", "headers": {}, "body": None}) == 200
    except OSError:
        return False


def send(port: int, case: Case) -> int:
    """The status that the gateway answers a request with."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    raw = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection = http.client.HTTPSConnection(NAME, port, context=context, timeout=60)
    # by its name: a numeric host is a sign of an attack by itself
    connection.sock = context.wrap_socket(raw, server_hostname=NAME)
    body = case["body"].encode("utf-8") if case["body"] is not None else None
    try:
        connection.request(case["method"], case["path"], body, {"user-agent": "Mozilla/5.0", **case["headers"]})
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_corpus_is_large_enough_and_no_case_stands_in_it_twice() -> None:
    attacks, benign = cases("attacks"), cases("benign")
    assert len(attacks) >= 20
    assert len(benign) >= 60
    names = [case["name"] for case in (*attacks, *benign)]
    assert len(names) == len(set(names))


def test_every_attack_is_stopped(waf: int) -> None:
    passed = [case["name"] for case in cases("attacks") if send(waf, case) not in STOPPED]
    print(f"attacks stopped: {len(cases('attacks')) - len(passed)} of {len(cases('attacks'))}")
    assert passed == []


def test_at_most_one_of_sixty_benign_requests_is_stopped(waf: int) -> None:
    answers = {case["name"]: send(waf, case) for case in cases("benign")}
    stopped = {name: status for name, status in answers.items() if status >= 400}
    print(f"benign requests passed: {len(answers) - len(stopped)} of {len(answers)}; stopped: {sorted(stopped)}")
    assert len(stopped) * 60 <= len(answers), stopped
