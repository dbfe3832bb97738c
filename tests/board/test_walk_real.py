"""A coach's day with a person's real history: from the board to the export, on a phone and on a desktop."""

from __future__ import annotations

import json
import re

import pytest

from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from tests.board.browsing import serving, visiting
from tests.board.papers import titles

LOUD = "2025-06-25"
"""a day on which an alert stands"""


@pytest.fixture(scope="module")
def real(tmp_path_factory, real_history):
    """(workspace, address of its pages) of one person's history."""
    home = tmp_path_factory.mktemp("real") / "home"
    with Workbench.open(home) as bench:
        bench.import_files([real_history], workers=1)
        bench.board(LOUD)
    with serving(home) as address:
        yield home, address


@pytest.mark.parametrize(
    ("width", "scheme"), [("desktop", "light"), pytest.param("phone", "dark", marks=pytest.mark.slow)]
)
def test_a_coach_walks_through_a_real_history(chromium, real, width, scheme):
    home, address = real
    with visiting(chromium, address, width) as visitor, Workbench.open(home) as bench:
        visitor.page.emulate_media(color_scheme=scheme)
        page = visitor.open("squad_board", day=LOUD)

        # who needs a look first, and why
        row = page.locator("#rows > li").first
        why = [one.replace("\xa0", " ") for one in row.locator(".fi-why li").all_inner_texts()]
        brief = view_of(bench.open_brief("me", LOUD))
        lines = {f"{line.text} {line.said.reason}".strip() for part in brief.sections for line in part.lines}
        assert why
        assert set(why) <= lines
        assert not visitor.serious()
        visitor.sound()

        # the alert is acknowledged, by name
        row.get_by_role("button", name="Acknowledge").click()
        page.locator("#row-me").get_by_text("Acknowledged by").wait_for()
        assert [one.action for one in bench.answers("me")] == ["acknowledge"]
        page.locator("#row-me").get_by_role("button", name="Reopen").click()
        page.locator("#row-me").get_by_role("button", name="Acknowledge").wait_for()

        # the squad on paper names the athlete
        with page.expect_download() as waited:
            if width == "phone":
                page.get_by_text("Filter and export").click()
            page.click("#as-pdf")
        content = waited.value.path().read_bytes()
        assert waited.value.suggested_filename == f"squad-{LOUD}.pdf"
        assert content.startswith(b"%PDF-")
        assert brief.header.athlete in titles(content)

        # the athlete is opened from the row, a label is corrected, and its effect is said
        visitor.follow(page.locator("#row-me h2 a"))
        assert page.locator("h1").inner_text() == brief.header.athlete
        assert not visitor.serious()
        visitor.follow(page.locator("#workouts tbody a").first)
        workout = page.evaluate("new URLSearchParams(location.search).get('workout')")
        said = "walk" if page.locator("#label-activity").input_value() != "walk" else "hike"
        page.select_option("#label-activity", said)
        page.click("#label-keep")
        page.locator("#effect li").first.wait_for()
        assert {one.value for one in bench.labels("me") if one.workout_id == workout} >= {said}
        assert page.locator("#effect .fi-said li").count() >= 1
        visitor.sound()
        visitor.picture(f"real-effect-{width}-{scheme}")
        bench.unlabel(workout, athlete_id="me")

        # a plan is compared
        visitor.follow(page.locator("nav a[href^='what_if']"))
        row = "document.querySelectorAll('#outcome .fi-table-plain tbody tr')[1].textContent"
        before = page.evaluate(row)
        page.locator("#B-sessions").focus()
        page.keyboard.press("ArrowRight")
        visitor.until(f"before => {row} !== before", before)
        assert re.search(r"\d", page.evaluate(row))
        assert not visitor.serious()
        visitor.sound()

        # and it is read how a figure of this person was computed
        visitor.follow(page.locator("nav a[href^='algorithms']"))
        assert page.locator("pre").count() >= 1
        assert not visitor.serious()
        visitor.sound()
        assert json.loads(page.locator("#fi-theme").inner_text())["template"]
