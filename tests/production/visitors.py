"""Visitors of pages that stay: each opens a socket through the gateway, asks over it steadily, and comes again."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from websockets.exceptions import WebSocketException

from tests.gate.sockets import App, Channels, opened
from tests.gate.stack import Named
from tests.production.up import Up

SQUAD_PAGE = "/coach/voila/render/squad_board.ipynb"
STREAM = "/app/_stcore/stream"
FAILS = (OSError, WebSocketException, AssertionError, EOFError, httpx.HTTPError)
Ask = Callable[[], object]


@dataclass
class Visitors:
    """Threads that visit until they are told to stop."""

    up: Up
    cookies: Callable[[str], Mapping[str, str]]
    """of an account, as they are now: a log-in lasts for minutes"""
    athlete: str
    coach: str
    stay: float = 30.0
    """s of one visit"""
    asked: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)

    def begin(self, rates: Mapping[str, float]) -> list[threading.Thread]:
        """Visit `live`, `app` and `coach`, each with so many questions a second."""
        made = [threading.Thread(target=self._visit, args=(name, rate), daemon=True) for name, rate in rates.items()]
        for one in made:
            one.start()
        return made

    def end(self) -> None:
        self._over.set()

    def _visit(self, name: str, rate: float) -> None:
        opens = {"live": self._live, "app": self._app, "coach": self._coach}[name]
        while not self._over.is_set():
            try:
                with opens() as ask:
                    began, number = time.monotonic(), 0
                    while time.monotonic() < began + self.stay and not self._over.is_set():
                        ask()
                        self.asked[name] += 1
                        number += 1
                        self._over.wait(max(0.0, began + number / rate - time.monotonic()))
            except FAILS as error:
                self.failures[f"{name}: {type(error).__name__} {str(error)[:80]}"] += 1
                self._over.wait(1.0)

    @contextmanager
    def _live(self) -> Iterator[Ask]:
        token = next(iter(self.cookies(self.athlete).values()))
        with opened("/api/v1/live", self.up.port, self.up.tls(), {},
                    headers={"authorization": f"Bearer {token}"}) as made:  # fmt: skip
            assert json.loads(made.recv(timeout=60))["type"] == "connected"

            def ask() -> None:
                made.send(json.dumps({"type": "ping"}))
                while json.loads(made.recv(timeout=60))["type"] != "pong":
                    pass

            yield ask

    @contextmanager
    def _app(self) -> Iterator[Ask]:
        with opened(STREAM, self.up.port, self.up.tls(), self.cookies(self.athlete), origin=self.up.origin,
                    subprotocols=["streamlit"]) as made:  # fmt: skip
            yield App(made).run

    @contextmanager
    def _coach(self) -> Iterator[Ask]:
        import re

        held = dict(self.cookies(self.coach))
        with httpx.Client(base_url=self.up.origin, transport=Named(self.up.tls(), self.up.port), timeout=120,
                          cookies=held) as browser:  # fmt: skip
            page = browser.get(SQUAD_PAGE)
        found = re.search(r'data-kernel="([^"]+)"', page.text)
        assert found is not None, (page.status_code, page.text[:80])
        with opened(f"/coach/api/kernels/{found[1]}/channels", self.up.port, self.up.tls(), held,
                    origin=self.up.origin) as made:  # fmt: skip
            channels = Channels(made)
            yield lambda: channels.ask("filter")
