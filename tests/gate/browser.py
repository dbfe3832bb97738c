"""A browser without scripts: it keeps cookies, reads forms, and sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.core.settings import Settings

HOST = "gate.example"


class Browser:
    """One browser, at one server."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    @property
    def cookies(self) -> dict[str, str]:
        return {one.name: one.value or "" for one in self.client.cookies.jar}

    @cookies.setter
    def cookies(self, held: dict[str, str]) -> None:
        self.client.cookies.clear()
        for name, value in held.items():
            self.client.cookies.set(name, value)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(path, **more)

    def form(self) -> str:
        """The token of a form of the page that one sees now."""
        shown = self.get("/auth/")
        if shown.status_code == 303:
            shown = self.get("/auth/log-in")
        found = re.search(r'name="form" value="(\w+)"', shown.text)
        assert found is not None, shown.text
        return found[1]

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.client.post(path, data={"form": self.form(), **fields})

    def log_in(self, name: str, password: str, code: str = "", to: str = "/auth/") -> httpx.Response:
        return self.post("/auth/log-in", name=name, password=password, code=code, to=to)


@contextmanager
def browser_of(settings: Settings) -> Iterator[Browser]:
    """A browser of its own at a server of the workspace, without a network in between."""
    with TestClient(create_app(settings, hosts=[HOST]), base_url=f"https://{HOST}", follow_redirects=False,
                    client=("192.0.2.1", 1)) as client:  # fmt: skip
        yield Browser(client)
