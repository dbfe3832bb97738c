"""Front ends on this machine: started together, each at an address of its own, stopped together.

Each kind is a file: `command` says how it is started, `first_page` what a person opens, `ready_at` a path that answers
once it is up. They listen on the loopback interface only.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core.errors import ServiceMissing, UnknownName

if TYPE_CHECKING:
    from fitintel.core.settings import Settings

HOST = "127.0.0.1"
PORTS = {"coach": 8866, "app": 8501, "lab": 8888, "api": 8000}
"""kind of front end -> where it is looked for"""
TOKEN = "JUPYTER_TOKEN"
"""variable of a front end that lets only those in who have its address"""
INSTALLED = Path(__file__).parents[1] / "checkout"
"""what a wheel brings of the checkout (setup.py): pages, notebooks, templates of what is deployed"""
ROOT = INSTALLED if INSTALLED.is_dir() else Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Service:
    """A front end that can be started."""

    name: str
    address: str
    """where a person opens it"""
    ready: str
    """what answers once it is up"""
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    """beside that of this process"""


def services(settings: Settings, names: tuple[str, ...], ports: Mapping[str, int] | None = None) -> list[Service]:
    """How these front ends are started; `all` stands for every one. A port that is taken gives way to a free one.

    Raises UnknownName; ServiceMissing or NotFound where a package or the checkout is not here.
    """
    made = []
    for name in dict.fromkeys(PORTS if "all" in names else names):
        if name not in PORTS:
            raise UnknownName("front end", name, (*PORTS, "all"))
        kind = import_module(f"{__name__}.{name}")
        port = free_port((ports or {}).get(name, PORTS[name]))
        command, environment = kind.command(settings, port)
        address = f"http://{HOST}:{port}{base_of(settings, name).rstrip('/')}"
        token = f"?token={environment[TOKEN]}" if TOKEN in environment else ""
        made.append(Service(name, f"{address}{kind.first_page()}{token}", f"{address}{kind.ready_at()}",
                            tuple(command), {**environment, "FITINTEL_ACCESS": settings.access}))  # fmt: skip
    return made


def base_of(settings: Settings, name: str) -> str:
    """The path below which a front end answers: behind the gate they share one host."""
    return f"/{name}/" if settings.access == "gate" and name != "api" else "/"


def need(packages: tuple[str, ...], extra: str) -> None:
    """Raise ServiceMissing unless these are installed."""
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise ServiceMissing(f"{', '.join(missing)} is not installed", next=f"pip install 'fitintel[{extra}]'")


def free_port(wanted: int) -> int:
    """`wanted` if nothing listens there, else one that is free."""
    for port in (wanted, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((HOST, port))
            except OSError:
                continue
            found: int = tried.getsockname()[1]
            return found
    raise ServiceMissing("No port is free on this machine", next="end a program that listens on one")


def from_checkout(*parts: str) -> Path:
    """A file or folder of the checkout, as the wheel has brought it or as it is; raises ServiceMissing."""
    found = ROOT.joinpath(*parts)
    if not found.exists():
        raise ServiceMissing(f"{'/'.join(parts)} is not here", where=str(ROOT),
                             why="it comes with the package, or with the checkout",
                             next="install the package again, or in a checkout: make setup")  # fmt: skip
    return found
