"""A coach has no terminal: no page of theirs names a command of it, and the brief of the command line still does."""

from __future__ import annotations

import re

import pytest

from fitintel.board.algorithms import AlgorithmsPage
from fitintel.board.athlete import AthletePage
from fitintel.board.squad import SquadBoard
from fitintel.board.what_if import WhatIfPage
from fitintel.cli.app import verbs
from fitintel.cli.registered import Registered
from fitintel.core.errors import NotFound
from fitintel.core.records import Section
from fitintel.core.units import UnitSystem
from fitintel.views.coach.address import Address
from fitintel.views.coach.page import error_html
from fitintel.views.language import LANGUAGES, speaking
from fitintel.views.opened import view_of
from fitintel.views.words import say
from fitintel.workbench.door import Workbench
from tests.board.browsing import DAY

COMMAND = re.compile(rf"\bfitintel (?:{'|'.join(map(re.escape, Registered(verbs)))})\b")
SAID = {
    "missing_possible_duplicates": {"n": 1, "pairs": [("w-a", "w-b")]}, "missing_merged": {"n": 2},
    "missing_no_workouts": {},
    "missing_sync": {"source": "strava", "state": "needs reconnect", "last_day": 20779, "days": 9},
    "goal_event": {"name": "City run", "ahead": 3, "day": 20790},
    "recommend_fix_entry": {"field": "distance", "day": 20779},
    "label_question": {"id": "w-a", "level": "activity", "likely": ("run", "walk"), "probability": (0.6, 0.4),
                       "sport": "running", "day": 20779, "distance": 5000.0, "duration": 1800.0},
}  # fmt: skip


@pytest.mark.parametrize("kind", [SquadBoard, AthletePage, WhatIfPage, AlgorithmsPage])
def test_no_page_tells_a_coach_to_type_a_command(bench, kind):
    for athlete in bench.athletes()[:3]:
        content = kind(bench, Address(athlete=athlete.id, day=DAY)).painted()
        assert not COMMAND.findall(content)


def test_a_page_of_nobody_says_what_to_do_without_a_command(tmp_path):
    with Workbench.open(tmp_path / "home", surface="coach") as bench:
        for kind in (AthletePage, WhatIfPage):
            content = kind(bench).painted()
            assert "under Add" in content
            assert not COMMAND.findall(content)


def test_an_algorithm_behind_a_figure_is_a_link_to_its_page_with_the_numbers_of_the_athlete(bench):
    athlete = bench.athletes()[0]
    page = AthletePage(bench, Address(athlete=athlete.id, day=DAY))
    view = page.view()
    made = view.load.lines[0].made_by[0]
    link = f'href="algorithms.ipynb?athlete={athlete.id}&amp;day={DAY}&amp;algorithm={made.algorithm}"'
    assert link in page.html()


def test_the_command_line_still_names_its_commands(bench):
    opened = bench.open_brief(bench.athletes()[0].id, DAY)
    view = view_of(opened)
    goals = view.section(Section.GOALS.value)
    assert COMMAND.search(goals.empty)
    assert not COMMAND.search(goals.on_page().empty)
    assert COMMAND.search(view.text())
    assert [line.values for line in view.on_page().section("load").lines] == [
        line.values for line in view.section("load").lines]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SAID)
def test_what_a_command_does_is_said_for_a_page_in_every_language(code, language):
    with speaking(language):
        said = say(code, SAID[code], UnitSystem.METRIC)
        page = said.on_page()
    typed, told = (" ".join([one.text, *one.notes, one.effect]) for one in (said, page))
    assert COMMAND.search(typed)
    assert not COMMAND.search(told)
    assert page.text
    assert len(page.notes) >= min(1, len(said.notes))


def test_an_error_whose_remedy_is_a_command_names_who_can_help():
    content = error_html(NotFound("There is no key.", next="fitintel keys make"), Address())
    assert "ask those who run this installation" in content
    assert not COMMAND.search(content)
