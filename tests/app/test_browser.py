"""The app in a real browser, on a phone and on a desk, with the demo squad.

With FITINTEL_SCREENSHOTS naming a folder the pictures of docs/athlete.md are made.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.answers import Action
from fitintel.views import theme
from fitintel.workbench.door import Workbench
from tests.app.browser import MOST_SHIFT, WIDTHS, Visit, serving
from tests.app.conftest import SCREENS

TITLES = dict(zip(SCREENS, ("Today", "Calendar", "Trends", "Workouts", "Add", "Goals and plans", "Query", "Algorithms",
                            "Me"), strict=True))  # fmt: skip
HOSTILE = "<img src=x onerror=alert(1)> ![a](x.png) **b**.csv"
EACH_WIDTH = pytest.mark.parametrize("width", ["phone", pytest.param("desk", marks=pytest.mark.slow)])


@pytest.fixture(scope="module")
def served(squad: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(workspace, address)."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(squad, home)
    with serving(home) as address:
        yield home, address


@pytest.fixture
def visit(served: tuple[Path, str], chromium: Any) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []

    def begun(width: str, scheme: str = "light", athlete: str = "demo-01") -> Visit:
        visits.append(Visit(chromium, served[1], width, scheme))
        return visits[-1].open(athlete)

    yield begun
    for one in visits:
        one.page.close()


@pytest.fixture(autouse=True)
def fresh(served: tuple[Path, str]) -> Iterator[None]:
    """Whoever comes next reads as nobody has chosen yet."""
    yield
    with Workbench.open(served[0]) as bench:
        bench.prefer(units="auto", language="en", time_zone="", theme="auto")


@EACH_WIDTH
def test_an_athlete_brings_a_file_sees_it_and_reads_in_other_units(visit, served, width):
    one = visit(width)
    assert one.page.locator('[data-testid="stMain"] h1').count() == 1
    today = days.today()
    rows = "".join(
        f"{days.iso(today - back)},Run,{30 + back},{5 + back / 10 + len(width)}\n" for back in range(1, 60, 2)
    )
    one.go("Add")
    one.page.set_input_files('input[type="file"]', [
        {"name": HOSTILE, "mimeType": "text/csv",
         "buffer": f"date,sport,duration (min),distance (km)\n{rows}{days.iso(today)},Run,soon,5\n".encode()},
        {"name": "noise.fit", "mimeType": "application/octet-stream", "buffer": b"\x0e\x10nothing that a watch wrote"},
    ])  # fmt: skip
    one.press("Take them in")
    one.until("What happened to each file")
    report = one.text()
    assert "30 workouts" in report
    assert "1 row waits to be mended" in report
    assert "Needs a look" in report, "the file that is none"
    assert "onerror=alert(1)" in report, "the name of the file is text"
    one.picture("report")
    one.page.get_by_role("link", name="See it in Today").click()
    one.until("Readiness")
    assert "You" in one.text()
    with Workbench.open(served[0]) as bench:
        assert len(bench.workouts("me")) >= 30
    one.go("Me")
    one.choose("Units", "imperial")
    one.press("Save")
    one.go("Today")
    assert " mi" in one.text()
    assert " km" not in one.text()
    one.go("Me")
    one.choose("Language", "Deutsch")
    one.press("Save")
    one.until("Speichern")
    one.sound()


@EACH_WIDTH
def test_a_card_is_answered_put_off_opened_and_computed_again(visit, served, width):
    one = visit(width, athlete="demo-02")
    page = one.page
    page.locator(".fi-how summary").first.click()
    page.locator(".fi-run button").first.click()
    one.until("The same value came out again, bit for bit.")
    page.locator('.fi-answers button[aria-label="Helpful"]').first.click()
    one.until("Noted: helpful")
    assert page.locator(".fi-how[open]").count() == 1, "what was open stays open"
    later = page.locator(".fi-cards > .fi-card:has(.fi-later)")
    before = later.count()
    later.first.locator(".fi-later summary").click()
    later.first.locator(".fi-later button").click()
    page.wait_for_function("count => document.querySelectorAll('.fi-cards > .fi-card:has(.fi-later)').length < count",
                           arg=before)  # fmt: skip
    with Workbench.open(served[0]) as bench:
        assert [each.action for each in bench.answers("demo-02")][-2:] == [Action.HELPFUL, Action.SNOOZE]
    one.sound()


def test_news_are_said_quietly_and_shown_when_asked_for(visit, served):
    one = visit("phone", athlete="demo-03")
    one.go("Calendar")
    with Workbench.open(served[0]) as bench:
        workout = str(bench.workouts("demo-03")["id"][-1])
        bench.leave_out(workout, athlete_id="demo-03")
    one.page.locator(".fi-news").wait_for()
    assert "Something new has come in." in one.page.inner_text(".fi-news")
    one.page.get_by_role("button", name="Show").click()
    one.page.locator(".fi-news").wait_for(state="detached")
    one.sound()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_is_sound_accessible_and_at_rest(visit, served, width, scheme):
    one = visit(width, scheme)
    for name, title in TITLES.items():
        if name != "today":
            one.go(title)
        assert "did not work" not in one.text(), name
        if scheme == "light":
            one.picture(name)
        one.sound(name)
        one.accessible(name)
        assert one.shifted() <= MOST_SHIFT, name


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_workspace_without_anybody_says_what_to_do_on_every_screen(chromium, tmp_path, width, scheme):
    with serving(tmp_path / "nobody") as address:
        one = Visit(chromium, address, width, scheme)
        one.page.goto(address)
        for name, title in TITLES.items():
            if name != "today":
                one.go(title)
            one.until("FIT, GPX, TCX, CSV" if name == "add" else "Bring in a file")
            one.sound(name)
            one.accessible(name)
            assert one.shifted() <= MOST_SHIFT, name
        one.page.close()


@pytest.mark.parametrize("width", ["phone"])
def test_today_is_read_in_the_dark_and_does_not_move(visit, served, width):
    one = visit(width, "dark")
    one.page.wait_for_timeout(1500)
    assert _paper(one) == theme.DARK.paper
    one.picture("dark")
    one.accessible("today, dark")
    assert one.shifted() <= MOST_SHIFT
    with Workbench.open(served[0]) as bench:
        bench.prefer(theme="light")
    one.open()
    one.page.wait_for_function("localStorage.getItem('fi-theme') === 'light'")
    one.settled()
    assert _paper(one) == theme.LIGHT.paper, "what the reader prefers wins over the system"
    one.sound()


def _paper(one: Visit) -> str:
    said = one.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    return "#" + "".join(f"{int(part):02x}" for part in said[4:-1].split(","))
