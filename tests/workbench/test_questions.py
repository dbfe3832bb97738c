"""Workouts that an import found alike: asked about once, closed by the decision, told as they are counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core.records import Insight, Problem, ProblemStatus
from fitintel.views.opened import view_of
from fitintel.workbench import questions
from fitintel.workbench.door import Workbench

TWICE = "date,sport,distance (km),duration (min)\n2024-03-01,Run,5,30\n2024-03-01,Run,5,30.0\n2024-03-02,Run,8,50\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    path = tmp_path / "table.csv"
    path.write_text("id," + TWICE.replace("\n2", "\n{},2").format(*"abc"))
    with Workbench.open(tmp_path / "home") as opened:
        opened.import_files([path])
        yield opened


def question(bench: Workbench) -> Problem:
    found = [one for one in bench.store.problems(athlete_id="me", status=None) if one.rule == questions.ASKED]
    return found[0]


def flagged(bench: Workbench) -> list[str]:
    rows = bench.workouts("me", columns=("id", "flags"), twins=True)
    return [name for name, text in zip(rows["id"], rows["flags"], strict=True) if questions.ASKED in text.split()]


def told(bench: Workbench) -> dict[str, Insight]:
    return {one.code: one for one in bench.brief(day="2024-03-03").insights}


def pair(bench: Workbench) -> tuple[str, str]:
    return str(question(bench).workout_id), question(bench).value


def test_what_is_undecided_counts_twice_and_the_brief_says_how_to_decide(bench: Workbench) -> None:
    found = told(bench)["missing_possible_duplicates"]
    assert found.values["n"] == 2
    assert len(bench.workouts("me")) == 3
    first, second = found.values["pairs"][0]
    said = str(view_of(bench.open_brief(day="2024-03-03")).as_dict())
    assert f"fitintel duplicates merge {first} {second}" in said
    listed = CliRunner().invoke(app, ["duplicates"], env={"FITINTEL_HOME": str(bench.settings.home)})
    assert f"fitintel duplicates merge {first} {second}" in listed.output


def test_a_merge_closes_the_question_and_the_brief_says_that_it_counts_once(bench: Workbench) -> None:
    bench.decide_duplicates("merge", *pair(bench))
    assert question(bench).status is ProblemStatus.RESOLVED
    assert flagged(bench) == []
    assert len(bench.workouts("me")) == 2
    found = told(bench)
    assert "missing_possible_duplicates" not in found
    assert found["missing_merged"].values["n"] == 1
    assert bench.duplicates().asked == ()


def test_two_that_are_kept_are_not_asked_about_again(bench: Workbench) -> None:
    bench.decide_duplicates("keep", *pair(bench))
    assert question(bench).status is ProblemStatus.DISMISSED
    assert flagged(bench) == []
    assert len(bench.workouts("me")) == 3
    assert not {"missing_possible_duplicates", "missing_merged"} & set(told(bench))


def test_a_closed_question_says_what_was_decided_by_whom(bench: Workbench) -> None:
    first, second = pair(bench)
    bench.decide_duplicates("keep", first, second)
    shown = CliRunner().invoke(app, ["workouts", "show", first], env={"FITINTEL_HOME": str(bench.settings.home)})
    assert "closed: they are two, said by person on " in shown.output


def test_a_question_is_open_again_when_its_decision_is_gone(bench: Workbench) -> None:
    first, second = pair(bench)
    bench.decide_duplicates("merge", first, second)
    bench.store.put_links("me", [], removed=[(first, second)])
    questions.answer(bench.store, "me")
    assert question(bench).status is ProblemStatus.OPEN
    assert sorted(flagged(bench)) == sorted((first, second))


def test_a_decision_makes_a_new_brief_of_the_day(bench: Workbench) -> None:
    before = bench.brief(day="2024-03-03")
    bench.decide_duplicates("keep", *pair(bench))
    after = bench.brief(day="2024-03-03")
    assert before.id != after.id
    assert bench.brief(day="2024-03-03").id == after.id
