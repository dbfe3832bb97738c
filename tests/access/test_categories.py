"""Every card, parameter and line has categories of consent, and no line has fewer than what it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from fitintel.core.answers import key_of
from fitintel.core.records import Brief, Insight, Section
from fitintel.core.workouts import ANALYSIS
from fitintel.intelligence.brief import Composition, compose
from fitintel.intelligence.registry import get, ids, versions
from fitintel.intelligence.simulate.squad import simulate_squad
from fitintel.views.words import SENTENCES
from fitintel.workbench import categories
from fitintel.workbench.categories import BESIDE, BODY, CLOSED, EVERY, LINES, OF_SIGNS, SPEAKS, of_key, of_run
from fitintel.workbench.simulated import checked
from fitintel.workbench.withheld import CODE, less

CHOOSE = {"alert_checks", "alert_budget", "alerts_since"}
"""algorithms that decide which findings are told, of whatever they speak; no figure of a finding is theirs"""
SIGN = ("hrv", "resting_hr", "sleep", "feeling")


def test_every_input_of_every_version_of_an_algorithm_is_listed() -> None:
    unknown = [(name, version, given) for name in ids() for version in versions(name)
               for given, said in get(name, version).card.inputs.items()
               if categories.of_input(said, get(name, version).card.family) == EVERY]  # fmt: skip
    assert not unknown, f"say in workbench/categories.py what these are made of: {unknown}"


def test_every_line_of_a_brief_has_categories() -> None:
    assert set(LINES) | set(OF_SIGNS) | {CLOSED} == set(SENTENCES) - {CODE}
    assert set(BESIDE) <= set(LINES)


@pytest.mark.parametrize("key", ["new_line", "new_line:sleep", "alert_wellness:temperature:1", "alert_closed:new:1"])
def test_what_has_no_place_falls_under_every_category(key: str) -> None:
    assert of_key(key) >= EVERY


def test_an_algorithm_that_is_not_known_falls_under_every_category() -> None:
    assert categories.of_input("something new", "load") == EVERY
    assert categories.of_algorithm("something_new") == EVERY
    assert categories.of_algorithm("pmc", "99.0.0") == EVERY


def simulated(day_of: int = 0, **wellness: float) -> tuple[Composition, int]:
    """A brief of a simulated athlete with everything; `wellness` shifts values of a metric."""
    (one,) = simulate_squad(seed=5, athletes=1, years=1.0, end_day=20_000)
    workouts = checked(one).workouts.select(ANALYSIS)
    day = int(workouts["day"][-1]) - day_of
    rows = sorted((value for value in one.wellness if value.day <= day), key=lambda value: (value.day, value.metric))
    columns: dict[str, Any] = {name: [getattr(value, name) for value in rows] for name in ("day", "metric", "source")}
    columns["value"] = [value.value + wellness.get(value.metric, 0.0) * (value.day > day - 3) for value in rows]
    held = {"plans": [{"day": day, "number": 1, "sport": "running", "duration": 3600.0, "distance": None, "rpe": None}]}
    return compose(one.athlete, workouts, day, wellness=columns, nights=columns, habit=held), day


@pytest.fixture(scope="module")
def made() -> Composition:
    return simulated()[0]


def test_no_line_falls_under_less_than_what_its_runs_read_of_the_body(made: Composition) -> None:
    runs = made.journal.runs
    told = 0
    for one in made.brief.insights:
        read = frozenset[str]().union(
            *(of_run(runs[name]) for name in one.run_ids if runs[name].algorithm not in CHOOSE)
        )
        told += bool(read & BODY)
        if one.code not in OF_SIGNS:
            assert read & BODY <= of_key(key_of(one)), one.code
        assert of_key(key_of(one)) <= SPEAKS[one.section], (one.code, one.section)
    assert told >= 4


def test_a_line_of_one_sign_is_made_from_that_sign_alone(made: Composition) -> None:
    lines = {one.subject: one.values for one in made.brief.of(Section.READINESS) if one.code in OF_SIGNS}
    assert set(lines) >= {"hrv", "resting_hr", "sleep"}
    for metric, sign in (("sleep_duration", "sleep"), ("resting_hr", "resting_hr"), ("hrv_rmssd", "hrv")):
        other = {one.subject: one.values for one in simulated(0, **{metric: 15.0})[0].brief.of(Section.READINESS)
                 if one.code in OF_SIGNS}  # fmt: skip
        assert {name for name in lines if other[name] != lines[name]} <= {sign}, metric


def without(made: Composition, lacks: frozenset[str]) -> Brief:
    return replace(less(made.brief, lacks, made.journal.runs.values()), id="b-", run_ids=())


def same(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))
    return bool(one == other or (one != one and other != other))


@pytest.mark.parametrize("day_of", [0, 40, 100])
def test_who_may_not_know_of_the_body_sees_the_same_brief_whatever_it_says(day_of: int) -> None:
    usual, tired = simulated(day_of)[0], simulated(day_of, resting_hr=12.0, hrv_rmssd=-25.0, sleep_duration=-9000.0)[0]
    assert {one.code for one in usual.brief.of(Section.READINESS)}
    assert usual.brief.of(Section.READINESS) != tired.brief.of(Section.READINESS)
    one, other = without(usual, BODY), without(tired, BODY)
    assert [(line.code, line.subject) for line in one.insights] == [
        (line.code, line.subject) for line in other.insights
    ]
    for first, second in zip(one.insights, other.insights, strict=True):
        assert same(_unranked(first), _unranked(second)), first.code
    assert same(dict(one.charts), dict(other.charts))


def _unranked(one: Insight) -> dict[str, Any]:
    return {"values": dict(one.values), "level": one.level, "workouts": one.workout_ids}


def test_a_section_says_that_something_is_withheld_first_once_and_always(made: Composition) -> None:
    brief = less(made.brief, BODY, made.journal.runs.values())
    said = [one for one in brief.insights if one.code == CODE]
    assert [one.section for one in said] == [Section.FOCUS, Section.READINESS, Section.ALERTS, Section.MISSING]
    assert all(brief.of(one.section)[0] is one and one.values == {"of": sorted(BODY)} for one in said)
    nothing = less(replace(made.brief, insights=()), BODY, ())
    assert [one.section for one in nothing.insights] == [one.section for one in said]


def test_nothing_of_a_brief_is_left_without_consent_to_training(made: Composition) -> None:
    brief = less(made.brief, EVERY, made.journal.runs.values())
    assert {one.code for one in brief.insights} == {CODE}
    assert (brief.charts, brief.run_ids, brief.last_day, brief.inputs) == ({}, (), None, "")


def test_less_of_less_is_the_same(made: Composition) -> None:
    once = less(made.brief, BODY, made.journal.runs.values())
    assert less(once, BODY, made.journal.runs.values()) == once
