"""A coach's day in a real browser: who needs a look and why, open them, correct a label, answer, compare, export."""

from __future__ import annotations

import json

from fitintel.views.coach.address import Address
from fitintel.views.coach.squad import board_view
from tests.board.browsing import DAY


def test_a_coach_walks_from_the_board_to_the_export(visitor, bench, width):
    page = visitor.open("squad_board")
    view = board_view(bench.board(DAY).standings, Address(day=DAY))
    first = view.rows[0]

    # the board says who needs a look first, and why
    row = page.locator("#rows > li").first
    assert row.locator("h2").inner_text() == first.athlete
    assert [one.replace("\xa0", " ") for one in row.locator(".fi-why li").all_inner_texts()] == \
        [one.text for one in first.reasons]  # fmt: skip
    assert page.locator("#rows > li").count() == len(view.rows)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.picture(f"board-{width}")

    # a filter narrows it, and stands in the address
    if width == "phone":
        page.get_by_text("Filter and export").click()
    page.select_option("#filter-flag", "alert")
    visitor.until("location.search.includes('flag=alert')")
    assert 0 < page.locator("#rows > li").count() < len(view.rows)
    page.reload()
    assert visitor.live().locator("#filter-flag").input_value() == "alert"

    # an alert is acknowledged, and it says by whom
    row = page.locator("#rows > li").first
    athlete = row.get_attribute("data-athlete")
    row.get_by_role("button", name="Acknowledge").click()
    said = page.locator(f"#row-{athlete}").get_by_text("Acknowledged by")
    said.wait_for()
    assert "local-owner" in said.inner_text()
    page.locator(f"#row-{athlete}").get_by_role("button", name="Reopen").click()
    page.locator(f"#row-{athlete}").get_by_role("button", name="Acknowledge").wait_for()

    # a comment is kept
    page.locator(f"#says-{athlete} summary").click()
    page.fill(f"#text-{athlete}", "Called: back on Monday.")
    page.locator(f"#says-{athlete}").get_by_role("button", name="Comment").click()
    page.locator(f"#says-{athlete}").get_by_text("Called: back on Monday.").wait_for()
    assert [one.text for one in bench.comments(athlete)][-1] == "Called: back on Monday."

    # the export holds what is shown
    with page.expect_download() as waited:
        page.click("#as-csv")
    text = waited.value.path().read_text("utf-8-sig")
    assert waited.value.suggested_filename == f"squad-{DAY}.csv"
    assert "Called: back on Monday." in text
    assert len(text.splitlines()) == 1 + page.locator("#rows > li").count()
    assert visitor.shift() < 0.1


def test_a_label_that_is_corrected_shows_what_it_has_changed(visitor, bench, width):
    athlete = "demo-02"
    page = visitor.open("athlete", athlete=athlete)
    visitor.follow(page.locator("#workouts tbody a").first)
    workout = page.evaluate("new URLSearchParams(location.search).get('workout')")
    before = page.locator("#label-activity").input_value()
    said = "walk" if before != "walk" else "hike"
    page.select_option("#label-activity", said)
    page.click("#label-keep")
    page.locator("#effect").wait_for()
    visitor.picture(f"label-{width}")
    held = {one.level: one.value for one in bench.labels(athlete) if one.workout_id == workout}
    assert held["activity"] == said
    assert page.locator("#effect li").count() >= 1
    bench.unlabel(workout, athlete_id=athlete)
    assert visitor.shift() < 0.1


def test_two_plans_are_compared_by_moving_a_slider(visitor, width):
    page = visitor.open("what_if", athlete="demo-02")
    shown = page.locator("#outcome .fi-table-plain tbody tr").nth(1).inner_text()
    page.locator("#B-sessions").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    visitor.until("location.search.includes('plans=')")
    visitor.until("document.querySelectorAll('#outcome .fi-table-plain tbody tr')[1].innerText.includes('6.5')")
    shown = page.locator("#outcome .fi-table-plain tbody tr").nth(1).inner_text()
    assert "6.5 sessions" in shown.replace("\N{NO-BREAK SPACE}", " ")
    # charts answer to the pointer once the library is there, and say in words what they show
    page.locator("#outcome .fi-plot").scroll_into_view_if_needed()
    page.locator("#outcome .fi-plotted").wait_for()
    assert "Plan A ends at" in page.locator("#outcome .fi-plot > [role=img]").get_attribute("aria-label")
    assert visitor.shift() < 0.1


def test_the_explorer_puts_an_athletes_numbers_into_the_formula(visitor, width):
    page = visitor.open("algorithms", athlete="demo-02", algorithm="consistency_score")
    assert page.locator("h1").inner_text() == "Consistency"
    assert page.locator("pre").count() >= 2
    page.select_option("#algorithm", "pmc")
    visitor.until("location.search.includes('algorithm=pmc')")
    assert "Performance" in page.locator("h1").inner_text()
    assert visitor.shift() < 0.1


def test_no_page_is_wider_than_its_window(visitor, width):
    for notebook in ("athlete", "what_if", "algorithms"):
        page = visitor.open(notebook, athlete="demo-02")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), notebook
        visitor.picture(f"{notebook.replace('_', '-')}-{width}")
        assert visitor.shift() < 0.1


def test_a_kernel_that_waited_shows_whom_this_viewer_asks_for(visitor, bench, width):
    """Kernels wait with everything loaded: each page is of its own address, never of the one before."""
    names = {one.id: one.name for one in bench.athletes()}
    for athlete in ("demo-03", "demo-05"):
        page = visitor.open("athlete", athlete=athlete)
        assert page.locator("h1").inner_text() == names[athlete]
        assert page.locator("select#athlete").input_value() == athlete


def test_who_is_not_here_is_said_in_words(visitor, width):
    page = visitor.open("athlete", athlete="nobody-of-this-name")
    assert "There is no athlete" in page.locator("[role=alert]").inner_text()
    assert "Traceback" not in page.content()
    visitor.picture(f"unknown-{width}")


def test_a_figure_of_the_page_is_the_figure_of_json(visitor, bench, width):
    if width == "phone":
        return
    page = visitor.open("athlete", athlete="demo-04")
    from fitintel.views.opened import view_of

    view = view_of(bench.open_brief("demo-04", DAY))
    shown = page.locator("main").inner_text().replace("\xa0", " ")
    lines = [line["text"] for section in json.loads(json.dumps(view.as_dict()))["sections"] for line in section["lines"]
             if section["name"] in ("readiness", "today", "trends", "week")]  # fmt: skip
    assert lines
    for line in lines:
        assert line in shown or any(line in one for one in page.locator(".fi-text").all_text_contents()), line
