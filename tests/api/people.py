"""A server with accounts over a small world, and the tokens of its people."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import Gate
from tests.access.world import World

V1 = "/api/v1"


@contextlib.contextmanager
def server(world: World, **more: Any) -> Iterator[TestClient]:
    """The server of a world."""
    with TestClient(create_app(world.settings), base_url="http://127.0.0.1", **more) as client:
        yield client


def shown(world: World, name: str, *, strong: bool = True) -> dict[str, str]:
    """The header that an account sends after a log-in."""
    with Workbench(world.settings) as bench:
        token = Gate(world.settings, bench.vault).let_in(bench.vault.account(name), strong=strong).access
    return {"authorization": f"Bearer {token}"}
