"""The consistency score: its definition, the stored cases, and what must hold for every athlete."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fitintel.core.errors import UsageError
from fitintel.intelligence.algorithms.consistency.consistency_score import consistency_score
from fitintel.intelligence.registry import Journal, replay

ROOT = Path(__file__).resolve().parents[2]
FIRST = 20_000


def score(pattern, **parameters):
    pattern = np.asarray(pattern)
    return consistency_score(np.arange(FIRST, FIRST + pattern.size), pattern, **parameters)


def vectors():
    data = Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")
    path = data.parent / "vectors" / "vectors.json"
    if not path.is_file():
        return []
    read = json.loads(path.read_text())
    cases = read if isinstance(read, list) else read.get("cases") or read["vectors"]
    return [case for case in cases if case["algorithm"] == "consistency_score"]


def by_stored_case(training_day_indices, n_days, goal_days_per_week=None, planned_minutes=None, actual_minutes=None,
                   excused_weeks=()):  # fmt: skip
    """The form of the stored cases: days counted from 0, excused weeks by their number."""
    pattern = np.zeros(n_days)
    pattern[list(training_day_indices)] = 1
    if isinstance(actual_minutes, list):
        actual_minutes = dict(enumerate(actual_minutes))
    shift = lambda table: table and {str(FIRST + int(day)): minutes for day, minutes in table.items()}  # noqa: E731
    return score(
        pattern, goal=goal_days_per_week, weeks=n_days // 7, planned_minutes=shift(planned_minutes),
        actual_minutes=shift(actual_minutes), excused_weeks=[FIRST + 7 * week for week in excused_weeks or ()],
    )  # fmt: skip


def test_stored_cases_are_reproduced():
    cases = vectors()
    if not cases:
        pytest.skip("the stored cases (shared/vectors/vectors.json) are not here")
    for case in cases:
        got = by_stored_case(**case["inputs"])
        for name, wanted in case["expected"].items():
            if wanted is None:
                assert got[name] is None, (case["id"], name)
            else:
                assert got[name] == pytest.approx(wanted, abs=case["tolerance"]["abs"]), (case["id"], name)


def test_stopping_after_a_perfect_month_scores_as_the_definition_says():
    month = np.isin(np.arange(28) % 7, (0, 2, 5))
    assert score([*month, *[0] * 28], goal=3)["score"] == pytest.approx(42.2, abs=0.05)


def test_one_week_is_too_little():
    got = score([1, 0, 1, 0, 0, 1, 0], goal=3)
    assert (got["score"], got["verdict"], got["weeks"]) == (None, "insufficient", 1)
    assert score([])["score"] is None


def test_few_weeks_are_said_to_be_early_with_an_interval():
    got = score([1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0] * 2, goal=3)
    assert got["early"]
    assert got["low"] < got["score"] < got["high"]
    assert not score([1, 0, 1, 0, 0, 1, 0] * 8, goal=3)["early"]


def test_without_a_goal_the_athletes_own_habit_is_the_yardstick():
    assert score([1, 1, 0, 1, 0, 1, 0] * 8)["goal"] == 4
    assert score([1, 0, 0, 0, 0, 0, 0] * 8)["goal"] == 2
    assert score([1] * 56)["goal"] == 6
    assert score([0] * 56)["goal"] == 3


def test_silence_does_not_lower_the_goal():
    trained = [1, 1, 0, 1, 0, 1, 0] * 20
    assert {score([*trained, *[0] * silent])["goal"] for silent in range(15, 60)} == {4}


def test_a_goal_that_no_week_can_hold_is_refused():
    with pytest.raises(UsageError, match="7 days"):
        score([1] * 14, goal=8)


def test_a_missing_calendar_day_is_refused():
    with pytest.raises(UsageError, match="every calendar day"):
        consistency_score([1, 2, 4], [1, 0, 1])


def test_overlapping_excused_weeks_are_refused():
    with pytest.raises(UsageError, match="overlap"):
        score([1] * 56, excused_weeks=(FIRST, FIRST + 3))


def test_a_run_can_be_replayed():
    journal = Journal()
    days = np.arange(FIRST, FIRST + 56)
    result = journal.run("consistency_score", days, (days % 3 == 0).astype(float), planned_minutes={"20001": 30.0},
                         actual_minutes={"20001": 20.0}, excused_weeks=(FIRST + 7,))  # fmt: skip
    assert replay(result.run, journal.snapshots.__getitem__)["score"] == result["score"]


def test_planned_minutes_missed_lower_the_score():
    pattern = [1, 0, 1, 0, 0, 1, 0] * 4
    plan = {str(FIRST + i): 40.0 for i, trained in enumerate(pattern) if trained}
    kept = score(pattern, goal=3, planned_minutes=plan, actual_minutes=plan)
    more = score(pattern, goal=3, planned_minutes=plan, actual_minutes=dict.fromkeys(plan, 90.0))
    less = score(pattern, goal=3, planned_minutes=plan, actual_minutes=dict.fromkeys(plan, 30.0))
    assert (kept["P"], more["P"], less["P"]) == (1.0, 1.0, 0.75)
    assert kept["score"] == more["score"] == 100.0 > less["score"]
    assert score(pattern, goal=3, planned_minutes=plan)["P"] is None


# what holds for every athlete (science.md section 6)

goals = st.sampled_from((1, 2, 3, 3.5, 4, 5, 6, 7))
weeks_of_days = st.integers(2, 14).flatmap(lambda n: st.lists(st.booleans(), min_size=7 * n, max_size=7 * n))
part_weeks = st.lists(st.booleans(), min_size=14, max_size=100)
weekly_patterns = st.lists(st.booleans(), min_size=7, max_size=7)


@given(part_weeks, goals)
def test_bounded_and_zero_only_without_a_training_day(pattern, goal):
    got = score(pattern, goal=goal)
    assert 0 <= got["score"] <= 100
    if any(pattern[-7 * min(8, len(pattern) // 7) :]):
        assert got["score"] > 0
    if not any(pattern[-56:]):
        assert got["score"] == 0
    assert got["R"] <= got["F"] + 1e-12
    assert all(0 <= got[part] <= 1 for part in "FRG")


@given(weeks_of_days, goals.filter(lambda goal: goal == int(goal)))
def test_full_marks_only_when_every_anchor_weekday_is_kept(pattern, goal):
    window = np.array(pattern[-56:]).reshape(-1, 7)
    kept = int(window.all(axis=0).sum()) >= goal
    assert (score(pattern, goal=goal)["score"] == pytest.approx(100.0, abs=1e-9)) == kept


@given(part_weeks, goals, st.data())
def test_one_more_training_day_never_lowers_the_score(pattern, goal, data):
    more = list(pattern)
    more[data.draw(st.integers(0, len(pattern) - 1))] = True
    assert score(more, goal=goal)["score"] >= score(pattern, goal=goal)["score"] - 1e-9


@given(part_weeks, goals, st.integers(-50, 50))
def test_shifting_every_date_by_whole_weeks_changes_nothing(pattern, goal, shift):
    days = np.arange(FIRST, FIRST + len(pattern))
    assert consistency_score(days + 7 * shift, pattern, goal=goal) == consistency_score(days, pattern, goal=goal)


@given(weeks_of_days, goals, st.randoms(use_true_random=False))
def test_the_order_of_weeks_does_not_change_frequency_and_regularity(pattern, goal, random):
    pattern = pattern[-56:]
    blocks = [pattern[i : i + 7] for i in range(0, len(pattern), 7)]
    random.shuffle(blocks)
    one, other = score(pattern, goal=goal), score(np.concatenate(blocks), goal=goal)
    assert (one["F"], one["R"]) == pytest.approx((other["F"], other["R"]))


@given(weekly_patterns.filter(any), goals)
def test_a_fixed_weekly_pattern_scores_the_same_in_any_window(pattern, goal):
    history = pattern * 16
    scores = [score(history, goal=goal, weeks=weeks)["score"] for weeks in (2, 4, 8, 12)]
    assert scores == pytest.approx([scores[0]] * 4)


@given(weekly_patterns.filter(any), goals, st.integers(1, 6), st.integers(0, 6))
def test_an_excused_week_is_neutral(pattern, goal, week, offset):
    history = pattern * 8
    ill = list(history)
    first = 7 * week + offset
    ill[first : first + 7] = [False] * 7
    excused = score(ill, goal=goal, excused_weeks=(FIRST + first,))
    assert excused["score"] == pytest.approx(score(history, goal=goal)["score"])
    assert excused["weeks"] == 7


@given(weeks_of_days)
def test_training_beyond_the_goal_earns_nothing_in_frequency(pattern):
    window = np.array(pattern[-56:]).reshape(-1, 7)
    assume(window.sum(1).min() >= 2)
    assert score(pattern, goal=2)["F"] == 1.0


@given(st.dictionaries(st.integers(0, 27), st.floats(1, 200), min_size=1), st.data())
def test_more_planned_minutes_done_never_lower_plan_adherence(plan, data):
    planned = {str(FIRST + day): minutes for day, minutes in plan.items()}
    actual = {day: data.draw(st.floats(0, 250)) for day in planned}
    day = data.draw(st.sampled_from(sorted(planned)))
    more = {**actual, day: actual[day] + data.draw(st.floats(0, 100))}
    p = [score([1] * 28, goal=3, planned_minutes=planned, actual_minutes=table)["P"] for table in (actual, more)]
    assert p[1] >= p[0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.booleans(), min_size=3, max_size=130).filter(any),
    st.one_of(st.none(), goals),
    st.lists(st.integers(0, 100), max_size=30),
)
def test_an_athlete_who_stopped_scores_lower_each_day_until_nothing_is_left(pattern, goal, planned):
    last = max(i for i, trained in enumerate(pattern) if trained)
    plan = {str(FIRST + day): 40.0 for day in planned} or None
    actual = plan and {str(FIRST + day): 10.0 * (day % 5) for day in planned if day <= last}
    trained = pattern[: last + 1]
    got = [
        score([*trained, *[False] * silent], goal=goal, planned_minutes=plan, actual_minutes=actual)["score"]
        for silent in range(20, 60)
    ]
    for before, after in pairwise(got):
        assert after < before or before == after == 0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.booleans(), min_size=60, max_size=130).filter(any), goals)
def test_a_session_ends_the_fall(pattern, goal):
    stopped = [*pattern, *[False] * 20]
    assert score([*stopped, True], goal=goal)["score"] > score([*stopped, False], goal=goal)["score"]
