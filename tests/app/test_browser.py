"""The app in a real browser, on a phone and on a desk: a file is brought in, seen in Today, and read in other units.

With FITINTEL_SCREENSHOTS naming a folder the pictures of docs/athlete.md are made.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import services
from fitintel.workbench.serving.running import running
from tests.app.conftest import SCREENS

PATIENCE = 120_000
"""ms; the machine may have other work"""
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
HOSTILE = "<img src=x onerror=alert(1)> ![a](x.png) **b**.csv"


@pytest.fixture(scope="module")
def served(squad: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(workspace, address) of the app as `fitintel serve app` starts it."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(squad, home)
    with Workbench.open(home) as bench:
        wanted = services(bench.settings, ("app",), {"app": 0})
        with running(wanted, home / "serve") as started:
            yield home, started[0].service.address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install 'fitintel[dev]')")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


SHIFTS = """window.shifted = 0; new PerformanceObserver(list => { for (const each of list.getEntries())
  if (!each.hadRecentInput) window.shifted += each.value; }).observe({type: "layout-shift", buffered: true})"""
"""adds up how far the page has moved under the reader's eyes"""


class Visit:
    """One visitor, and everything that must not happen while they look."""

    def __init__(self, chromium: Any, address: str, width: str, scheme: str = "light") -> None:
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        self.page = chromium.new_page(viewport=size, color_scheme=scheme)
        self.page.set_default_timeout(PATIENCE)
        self.address, self.width = address, width
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        self.page.on("request", self._asked)
        self.page.add_init_script(SHIFTS)

    def _asked(self, request: Any) -> None:
        local = (self.address.rstrip("/"), self.address.rstrip("/").replace("http", "ws"), "data:", "blob:")
        if not request.url.startswith(local):
            self.wrong.append(request.url)

    def open(self, athlete: str = "demo-01") -> None:
        self.page.goto(f"{self.address}?athlete={athlete}")
        self.settled()

    def settled(self) -> None:
        """Wait until the screen is drawn."""
        self.page.wait_for_selector('[data-testid="stMain"] h1')
        self.page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')")
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
        return str(self.page.inner_text('[data-testid="stMain"]'))

    def choose(self, label: str, option: str) -> None:
        """An option of a list."""
        self.page.get_by_label(label).first.click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def picture(self, name: str) -> None:
        """A picture, where they are asked for; of a desk only what looks different there."""
        folder = os.environ.get("FITINTEL_SCREENSHOTS")
        if folder and (self.width == "phone" or name in ("today", "trends")):
            self.page.wait_for_timeout(1500)
            self.page.screenshot(path=str(Path(folder, f"app-{name}-{self.width}.png")))


@pytest.fixture
def visit(served: tuple[Path, str], chromium: Any) -> Iterator[Any]:
    visits: list[Visit] = []

    def begun(width: str, scheme: str = "light") -> Visit:
        visits.append(Visit(chromium, served[1], width, scheme))
        visits[-1].open()
        return visits[-1]

    yield begun
    for one in visits:
        one.page.close()


@pytest.fixture(autouse=True)
def fresh(served: tuple[Path, str]) -> Iterator[None]:
    """Whoever comes next reads as nobody has chosen yet."""
    yield
    with Workbench.open(served[0]) as bench:
        bench.prefer(units="auto", language="en", time_zone="")


@pytest.mark.parametrize("width", ["phone", pytest.param("desk", marks=pytest.mark.slow)])
def test_an_athlete_brings_a_file_sees_it_and_reads_in_other_units(visit, served, width, tmp_path):
    one = visit(width)
    assert one.page.locator('[data-testid="stMain"] h1').count() == 1
    today = days.today()
    rows = "".join(
        f"{days.iso(today - back)},Run,{30 + back},{5 + back / 10 + len(width)}\n" for back in range(1, 60, 2)
    )
    one.go("Add")
    one.page.set_input_files('input[type="file"]', {
        "name": HOSTILE, "mimeType": "text/csv",
        "buffer": f"date,sport,duration (min),distance (km)\n{rows}".encode()})  # fmt: skip
    one.page.get_by_role("button", name="Take them in").click()
    one.page.wait_for_selector("text=What happened to each file")
    report = one.text()
    assert "30 workouts" in report
    assert "onerror=alert(1)" in report, "the name of the file is text"
    one.picture("report")
    one.page.get_by_role("link", name="See it in Today").click()
    one.page.wait_for_selector("text=Readiness")
    one.settled()
    assert "You" in one.text()
    one.go("Workouts")
    with Workbench.open(served[0]) as bench:
        assert len(bench.workouts("me")) >= 30
    one.go("Me")
    one.choose("Units", "imperial")
    one.page.get_by_role("button", name="Save").click()
    one.page.wait_for_timeout(500)
    one.settled()
    one.go("Today")
    assert " mi" in one.text()
    assert " km" not in one.text()
    one.go("Me")
    one.choose("Language", "Deutsch")
    one.page.get_by_role("button", name="Save").click()
    one.page.wait_for_selector('[data-testid="stMain"] >> text=Speichern')
    assert not one.wrong, one.wrong


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_is_sound_and_fits_its_width(visit, served, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    one = visit(width)
    for name, title in zip(SCREENS, ("Today", "Calendar", "Trends", "Workouts", "Add", "Goals and plans", "Query",
                                     "Algorithms", "Me"), strict=True):  # fmt: skip
        one.go(title)
        wide = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
        assert "did not work" not in one.text(), name
        one.picture(name)
        checked = axe.Axe().run(one.page, options={"resultTypes": ["violations"]})
        # the parts of Streamlit itself that only it can name are its own
        grave = [each for each in checked.response["violations"] if each["impact"] in ("serious", "critical")]
        assert not grave, (name, [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in grave])
    assert not one.wrong, one.wrong


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_today_does_not_move_under_the_readers_eyes(visit, width):
    one = visit(width)
    one.page.wait_for_timeout(1500)
    assert one.page.evaluate("window.shifted") <= 0.1


@pytest.mark.slow
def test_today_is_read_in_the_dark_too(visit):
    one = visit("phone", "dark")
    colour = one.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    from fitintel.views import theme

    assert colour == "rgb({}, {}, {})".format(*(int(theme.DARK.paper[i : i + 2], 16) for i in (1, 3, 5)))
    one.picture("dark")
    assert not one.wrong, one.wrong
