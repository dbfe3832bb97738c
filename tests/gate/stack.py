"""All of it on this machine: nginx before the API, the app and a coaches' page, over the world of tests/access."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from fitintel.access import codes
from fitintel.core.settings import Settings
from fitintel.core.settings import read as read_settings
from fitintel.workbench import serving
from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import HOST, Service, coach, gateway
from fitintel.workbench.serving.running import running
from fitintel.workbench.sessions import Gate
from tests.access.world import PASSWORD, World
from tests.gate.browser import HOST as NAME
from tests.gate.browser import Browser
from tests.services import _program, free_port, server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
"""s; the machine may have other work"""


@dataclass
class Stack:
    """Where it answers."""

    world: World
    settings: Settings
    origin: str
    certificate: Path
    upstreams: dict[str, str]
    """front end -> host:port, behind the gateway's back"""
    secrets: dict[str, str]
    """account -> secret of its second factor"""

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def tls(self) -> ssl.SSLContext:
        """Trusts this gateway's certificate and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))

    @contextmanager
    def browser(self, account: str = "") -> Iterator[Browser]:
        """A browser of its own; with an account one that has logged in, without a password for it."""
        with httpx.Client(base_url=self.origin, transport=Named(self.tls(), self.port), timeout=PATIENCE) as client:
            found = Browser(client)
            if account:
                found.cookies = self.cookies(account)
            yield found

    def cookies(self, account: str) -> dict[str, str]:
        """The cookies of a new log-in with a second factor."""
        from fitintel.api.login import cookies

        with Workbench(self.settings) as bench:
            tokens = Gate(self.settings, bench.vault).let_in(bench.vault.account(account), strong=True, surface="page")
        return {cookies.ACCESS: tokens.access, cookies.REFRESH: tokens.refresh}

    def code(self, account: str) -> str:
        """What the account's device shows now."""
        return codes.code_at(self.secrets[account], datetime.now(UTC))


class Named(httpx.HTTPTransport):
    """Finds the gateway's name on this machine, whatever the machine's names are."""

    def __init__(self, context: ssl.SSLContext, port: int) -> None:
        super().__init__(verify=context)
        self._port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        here = request.url.copy_with(host=HOST, port=request.url.port or self._port)
        return super().handle_request(httpx.Request(
            request.method, here, headers=request.headers, stream=request.stream,
            extensions={**request.extensions, "sni_hostname": NAME},
        ))  # fmt: skip


@contextmanager
def running_stack(world: World, folder: Path, *, apps: int = 1) -> Iterator[Stack]:
    """Started, and stopped at the end."""
    _program("nginx")
    https, http = free_port(), free_port()
    origin = f"https://{NAME}:{https}"
    settings = read_settings({"FITINTEL_ACCESS": "gate", "FITINTEL_PUBLIC_URL": origin}, home=world.settings.home)
    secrets = _people(settings)
    made = [
        *serving.services(settings, ("api",), {"api": free_port()}),
        _coach(settings, folder),
        *_apps(settings, apps),
    ]
    environment = {"FITINTEL_PUBLIC_URL": origin, "FITINTEL_ACCESS": "gate"}
    made = [Service(one.name, one.address, one.ready, one.command, {**one.environment, **environment}) for one in made]
    places: dict[str, list[str]] = {}
    for one in made:
        places.setdefault(one.name.partition("-")[0], []).append(one.address.split("/")[2])
    certificate, key = gateway.self_signed(folder / "gate", NAME)
    configuration = gateway.write(gateway.Gateway(
        folder / "gate", NAME, certificate, key, places, https_port=https, http_port=http, address=HOST, workers="1",
        limits=gateway.Limits(forms="600r/m", pages="1000r/s", api="1000r/s", burst=1_000),
    ))  # fmt: skip
    with running(made, folder / "logs"), server(gateway.command(configuration), folder / "nginx.log",
                                                lambda: _answers(origin, certificate, https)):  # fmt: skip
        yield Stack(world, settings, origin, certificate, {name: found[0] for name, found in places.items()}
                    | {"http": f"{HOST}:{http}"}, secrets)  # fmt: skip


def _coach(settings: Settings, folder: Path) -> Service:
    """The squad's page alone: each page has a kernel that waits."""
    pages = folder / "pages"
    pages.mkdir()
    shutil.copy(ROOT / "notebooks" / "dashboards" / "squad_board.ipynb", pages)
    port = free_port()
    line, environment = coach.command(settings, port, notebooks=pages)
    address = f"http://{HOST}:{port}/coach/"
    return Service(
        "coach", address, f"{address}voila/templates/{coach.TEMPLATE}/static/page.js", tuple(line), environment
    )


def _apps(settings: Settings, many: int) -> Iterator[Service]:
    for number in range(many):
        (one,) = serving.services(settings, ("app",), {"app": free_port()})
        yield Service(f"app-{number}", one.address, one.ready, one.command, one.environment)


def _people(settings: Settings) -> dict[str, str]:
    """Passwords and second factors of a coach, an athlete and an administrator."""
    secrets = {}
    with Workbench(settings) as bench:
        for name in ("coach-red", "red1", "scientist"):
            bench.set_password(name, PASSWORD)
        for name in ("coach-red", "scientist"):
            made = bench.begin_second_factor(name)
            # a code is good once: the one of half a minute ago leaves that of now for the log-in
            bench.confirm_second_factor(codes.code_at(made.secret, _before()), name)
            secrets[name] = made.secret
    return secrets


def _before() -> datetime:
    from datetime import timedelta

    return datetime.now(UTC) - timedelta(seconds=codes.STEP)


def _answers(origin: str, certificate: Path, port: int) -> bool:
    try:
        with httpx.Client(transport=Named(ssl.create_default_context(cafile=str(certificate)), port)) as client:
            return client.get(f"{origin}/auth/log-in").status_code == 200
    except httpx.TransportError:
        return False
