"""A coach changes what is planned from the athlete's page: kept, moved, taken out, refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fitintel.board.athlete import AthletePage
from fitintel.core import days
from fitintel.views.coach.address import Address
from fitintel.views.coach.sessions import key_of
from fitintel.workbench.door import Workbench
from tests.board.browsing import DAY
from tests.board.conftest import LAST_DAY

TOMORROW, LATER = LAST_DAY + 2, LAST_DAY + 4


@pytest.fixture
def page(tmp_path):
    """The page of one athlete with a session planned for tomorrow."""
    with Workbench.open(tmp_path / "home", surface="coach") as bench:
        athlete, path = "ann", tmp_path / "runs.csv"
        rows = [f"{days.iso(day)},run,{40 + day % 9},{7 + day % 4}" for day in range(LAST_DAY - 90, LAST_DAY, 2)]
        path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
        bench.import_files([path], athlete_id=athlete)
        bench.state("plan", athlete_id=athlete, day=days.iso(TOMORROW), sport="running", duration="50min")
        made = AthletePage(bench, Address(athlete=athlete, day=DAY, planned=key_of(TOMORROW, 1)))
        made.html()
        yield made


def planned(page) -> list[tuple[int, str, float | None, float | None]]:
    """(day, sport, duration, distance) of what is planned from the page's day on."""
    found = page.bench.stated("plan", page.address.athlete)
    return [(one.day, one.sport, one.duration, one.distance) for one in found if one.day > LAST_DAY]


def send(page, **fields):
    form = page.view().session
    told = {"key": form.key, "day": form.day, "sport": form.sport, "duration": form.duration,
            "distance": form.distance, "rpe": form.rpe, "notes": form.notes, "action": "keep"}  # fmt: skip
    return page.answer({"do": "plan", "fields": told | fields})


def test_the_form_sent_back_as_it_is_changes_nothing(page):
    before = page.bench.stated("plan", page.address.athlete, history=True)
    assert page.view().session.duration == "50 min"
    assert "error" not in send(page)
    assert page.bench.stated("plan", page.address.athlete, history=True) == before


def test_a_session_that_is_changed_is_planned_as_it_was_typed(page):
    answer = send(page, sport="cycling", duration="1h30", notes="Flat, easy.")
    assert planned(page) == [(TOMORROW, "cycling", 5400.0, None)]
    assert 'id="replanned"' in answer["whole"]
    assert "planned 90 min" in answer["whole"] or "1:30" in answer["whole"]


def test_a_session_that_moves_is_planned_once(page):
    send(page, day=days.iso(LATER), distance="8km", duration="")
    assert planned(page) == [(LATER, "running", None, 8000.0)]


def test_a_session_is_taken_out(page):
    send(page, action="withdraw")
    assert planned(page) == []


def test_a_second_session_of_a_day_leaves_the_first(page):
    page.address = page.address.but(planned="")
    assert page.view().session.key == ""
    send(page, day=days.iso(TOMORROW), sport="strength", duration="30 min")
    assert sorted(planned(page)) == [(TOMORROW, "running", 3000.0, None), (TOMORROW, "strength", 1800.0, None)]


@pytest.mark.parametrize("wrong", [{"duration": ""}, {"duration": "soon"}, {"day": "tomorrow?"}, {"rpe": "high"},
                                   {"sport": "chess"}, {"rpe": "11"}])  # fmt: skip
def test_what_cannot_be_planned_is_refused_in_words_and_leaves_the_plan(page, wrong):
    before = planned(page)
    assert send(page, **wrong)["error"]
    assert planned(page) == before


def test_who_may_not_plan_is_shown_no_form(page, monkeypatch):
    monkeypatch.setattr(page.bench, "permits", lambda *_asked, **_more: False)
    view = page.view()
    assert view.session is None
    assert 'id="plan"' not in page.html()


def test_the_plan_of_a_simulated_athlete_is_not_changed(tmp_path):
    with Workbench.open(tmp_path / "home", surface="coach") as bench:
        bench.ensure_demo(athletes=1, years=0.5, end_day=LAST_DAY)
        page = AthletePage(bench, Address(day=DAY))
        page.html()
        assert page.view().session is None
        assert page.answer({"do": "plan", "fields": {"day": DAY, "sport": "running", "duration": "50min"}})["error"]


def test_a_page_has_the_colours_that_its_reader_prefers(page):
    for theme in ("auto", "dark", "light"):
        page.bench.prefer(theme=theme)
        assert f'data-theme="{theme}"' in page.painted()


def test_a_row_says_squad_and_coaches_and_is_found_by_them(page):
    from fitintel.board.squad import SquadBoard

    bench, athlete = page.bench, page.address.athlete
    bench.add_account("anna", ["coach"], password="correct horse battery staple")
    bench.add_squad("track", "Track team")
    bench.invite("track", athlete, accepted=True)
    bench.invite("track", "anna", "coach", accepted=True)
    board = SquadBoard(bench, Address(day=DAY))
    board.html()
    assert {"Track team", "coach anna"} <= set(board.view().rows[0].about)
    for coach, shown in (("anna", 1), ("nobody", 0)):
        assert len(board.view(replace(board.address, coach=coach)).rows) == shown
