"""A visitor of the app in a real browser, and everything that must not happen while they look."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import services
from fitintel.workbench.serving.running import running

PATIENCE = 120_000
"""ms; the machine may have other work"""
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
MAIN = '[data-testid="stMain"]'
MOST_SHIFT = 0.1
SHIFTS = """window.shifted = 0; new PerformanceObserver(list => { for (const each of list.getEntries())
  if (!each.hadRecentInput) window.shifted += each.value; }).observe({type: "layout-shift", buffered: true})"""
"""adds up how far the page has moved under the reader's eyes"""


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of the app over a workspace, as `fitintel serve app` starts it."""
    with Workbench.open(home) as bench:
        wanted = services(bench.settings, ("app",), {"app": 0})
        with running(wanted, home / "serve") as started:
            yield started[0].service.address


class Visit:
    """One visitor."""

    def __init__(self, chromium: Any, address: str, width: str, scheme: str = "light", script: str = "") -> None:
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        self.page = chromium.new_page(viewport=size, color_scheme=scheme)
        self.page.set_default_timeout(PATIENCE)
        self.address, self.width = address, width
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        self.page.on("request", self._asked)
        self.page.add_init_script(SHIFTS + ";" + script)

    def _asked(self, request: Any) -> None:
        local = (self.address.rstrip("/"), self.address.rstrip("/").replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(local):
            self.wrong.append(request.url)

    def open(self, athlete: str = "demo-01") -> Visit:
        self.page.goto(f"{self.address}?athlete={athlete}")
        self.settled()
        return self

    def settled(self) -> None:
        """Wait until the screen is drawn."""
        self.page.wait_for_selector(f"{MAIN} h1")
        self.page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')")
        self.page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')")
        self.page.wait_for_timeout(300)

    def go(self, title: str) -> None:
        """To another screen, by its name in the navigation."""
        kind = "stTopNavLink" if self.width == "desk" else "stSidebarNavLink"
        link = self.page.locator(f'[data-testid="{kind}"]', has_text=title).first
        if not self._in_sight(link):
            self.page.locator('[data-testid="stExpandSidebarButton"]').click()
            self.page.wait_for_timeout(500)
        link.click()
        self.page.wait_for_timeout(700)
        if self.width == "phone" and self._in_sight(link):
            self.page.locator('[data-testid="stSidebarCollapseButton"] button').click()
        self.settled()

    def _in_sight(self, link: Any) -> bool:
        box = link.bounding_box()
        return box is not None and box["x"] >= 0

    def text(self) -> str:
        return str(self.page.inner_text(MAIN))

    def until(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.page.locator(MAIN).get_by_text(re.compile(re.escape(text))).first.wait_for()
        self.settled()

    def press(self, word: str) -> None:
        """A button that is to be seen, by its word."""
        self.page.locator(MAIN).get_by_role("button", name=word, exact=False).locator("visible=true").first.click()
        self.page.wait_for_timeout(300)
        self.settled()

    def tab(self, word: str) -> None:
        """A tab of the screen."""
        self.page.get_by_role("tab", name=word).click()
        self.page.wait_for_timeout(200)

    def fill(self, label: str, text: str) -> None:
        """A field that is to be seen, by the beginning of its label."""
        self.page.locator(MAIN).get_by_label(re.compile(f"^{re.escape(label)}")).locator("visible=true").first.fill(
            text
        )

    def choose(self, label: str, option: str) -> None:
        """An option of a list."""
        field = self.page.locator(f'input[aria-label="{label}"]').locator("visible=true").first
        field.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)  # a list closes when the page scrolls
        field.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def shifted(self) -> float:
        """How far the page has moved by itself since it was opened."""
        return float(self.page.evaluate("window.shifted"))

    def sound(self, where: str = "") -> None:
        """Nothing happened that must not: no error, no dialog, no other host, no traceback; as wide as the window."""
        assert not self.wrong, (where, self.wrong)
        assert "Traceback" not in self.text(), where
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{where} is {wide} px too wide"

    def accessible(self, where: str = "") -> None:
        """axe-core finds nothing serious."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright",
                                  reason="axe-playwright-python is not installed")  # fmt: skip
        checked = axe.Axe().run(self.page, options={"resultTypes": ["violations"]})
        grave = [each for each in checked.response["violations"] if each["impact"] in ("serious", "critical")]
        assert not grave, (where, [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in grave])

    def picture(self, name: str) -> None:
        """A picture, where they are asked for; of a desk only what looks different there."""
        folder = os.environ.get("FITINTEL_SCREENSHOTS")
        if folder and (self.width == "phone" or name in ("today", "trends")):
            self.page.wait_for_timeout(1500)
            self.page.screenshot(path=str(Path(folder, f"app-{name}-{self.width}.png")))
