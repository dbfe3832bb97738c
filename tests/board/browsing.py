"""The coaches' pages served from a workspace, and a browser that notes what it should not see."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import settings as settings_
from fitintel.workbench.serving import coach

DAY = "2026-11-23"
PATIENCE = int(os.environ.get("FITINTEL_PATIENCE", "120000"))
"""ms; the machine may have other work"""
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of the pages' folder of a workspace, until the block ends."""
    pytest.importorskip("voila", reason="voila is not installed (pip install 'fitintel[lab]')")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    line, environment = coach.command(settings_.read(home=home), port)
    with open(home / "voila.log", "wb") as log:
        done = subprocess.Popen(line, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}{coach.ready_at()}", done, home / "voila.log")
            yield f"http://127.0.0.1:{port}/voila/render/"
        finally:
            done.terminate()
            try:
                done.wait(60)
            except subprocess.TimeoutExpired:
                done.kill()


def _wait(address: str, done: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        assert done.poll() is None, log.read_text(errors="replace")[-3000:]
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text(errors="replace")[-3000:])


SHIFTS = """
window.fiShift = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.fiShift += one.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Visitor:
    """A page in the browser, and everything on it that should not happen."""

    page: Any
    server: str
    wrong: list[str] = field(default_factory=list)

    def open(self, notebook: str, **query: str) -> Any:
        """Open a page and wait until it is live."""
        said = "&".join(f"{name}={value}" for name, value in {"day": DAY, **query}.items() if value)
        self.page.goto(f"{self.server}{notebook}.ipynb?{said}")
        return self.live()

    def live(self) -> Any:
        """The page, once it answers."""
        self.page.wait_for_selector("body[data-state=live]")
        return self.page

    def follow(self, link: Any) -> Any:
        """Follow a link, and wait until the page that it leads to is live."""
        with self.page.expect_navigation(wait_until="commit"):
            link.click()
        return self.live()

    def until(self, holds: str, argument: Any = None) -> None:
        """Wait until an expression is true. The page's policy lets no text be run, so it is asked from outside."""
        until = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(holds, argument):
            assert time.monotonic() < until, holds
            self.page.wait_for_timeout(50)

    def shift(self) -> float:
        """How much of the page has moved without anybody's doing."""
        return float(self.page.evaluate("window.fiShift"))

    def sound(self) -> None:
        """Nothing has moved by itself, nothing is wider than the window, and no traceback is shown."""
        assert self.shift() <= 0.1
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert "Traceback" not in self.page.content()
        assert not self.wrong

    def serious(self) -> list[str]:
        """What axe-core finds serious or critical."""
        api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing")
        found = api.Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['help']} ({len(one['nodes'])}) {one['nodes'][0]['html'][:160]}" for one in found
                if one["impact"] in ("serious", "critical")]  # fmt: skip

    def picture(self, name: str) -> None:
        """A picture, where FITINTEL_SCREENSHOTS names a folder."""
        if folder := os.environ.get("FITINTEL_SCREENSHOTS"):
            self.page.screenshot(path=str(Path(folder, f"coach-{name}.png")))


@contextmanager
def visiting(chromium: Any, server: str, width: str = "desktop", *scripts: str) -> Iterator[Visitor]:
    """A visitor at the width of a desktop or a phone; fails where a page complains or asks another host."""
    across, down = WIDTHS[width]
    context = chromium.new_context(viewport={"width": across, "height": down}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    for script in (SHIFTS, *scripts):
        context.add_init_script(script)
    made = Visitor(context.new_page(), server)
    own = server.split("/voila/")[0]

    def asked(request: Any) -> None:
        if not request.url.startswith((own, own.replace("http", "ws"), "data:", "blob:")):
            made.wrong.append(f"asked {request.url}")

    made.page.on("request", asked)
    made.page.on("console", lambda said: made.wrong.append(said.text) if said.type in ("error", "warning") else None)
    made.page.on("pageerror", lambda error: made.wrong.append(str(error)))
    made.page.on("dialog", lambda shown: (made.wrong.append(f"dialog {shown.message}"), shown.dismiss()))
    try:
        yield made
    finally:
        context.close()
    assert not made.wrong
