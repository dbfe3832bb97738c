"""Weeks and gaps that are unusual against the athlete's own habit."""

from __future__ import annotations

import numpy as np
import pytest

from fitintel.core import snapshot
from fitintel.intelligence.registry import get

load_change, training_gap = get("load_change"), get("training_gap")


def week_of(hours):
    hours = np.asarray(hours, dtype=float)
    return {"week": 20367 + 7 * np.arange(len(hours)), "duration": 3600 * hours, "distance": 9000 * hours}


@pytest.mark.parametrize(
    ("latest", "verdict"), [(4.0, "usual"), (5.5, "usual"), (14.0, "higher"), (0.5, "lower"), (0.0, "lower")]
)
def test_a_week_is_judged_by_the_weeks_before_it(latest, verdict):
    past = 4 * np.exp(np.random.default_rng(3).normal(0, 0.2, 26))
    found = load_change(week_of([*past, latest]))
    assert (found["verdict"], found["field"]) == (verdict, "duration")
    assert found["value"] == latest * 3600
    assert found["low"] < found["expected"] < found["high"]
    assert found["distance"]["verdict"] == verdict


def test_a_single_far_week_does_not_widen_the_usual_range_and_several_do():
    """A watch that ran on makes one week of a hundred hours; who trains so every month has such a habit."""
    past = [*[4.0, 5.0, 3.0, 4.5] * 6, 100.0, 4.0]
    found = load_change(week_of([*past, 14.0]))
    assert found["verdict"] == "higher"
    assert found["high"] < 14 * 3600
    assert get("load_change", "1.0.0")(week_of([*past, 14.0]))["verdict"] == "usual"
    often = [*[4.0, 5.0, 3.0, 4.5, 40.0] * 5, 4.0]
    assert load_change(week_of([*often, 41.0]))["verdict"] == "higher"
    assert load_change(week_of([*often, 38.0]))["verdict"] == "usual"


def test_an_empty_week_is_usual_for_who_has_had_one():
    past = [*[4.0, 5.0, 3.0] * 8, 0.0]
    assert load_change(week_of([*past, 0.0]))["verdict"] == "usual"


def test_weeks_older_than_the_baseline_do_not_matter():
    past = [4.0, 5.0, 3.0, 4.5] * 7
    assert load_change(week_of([*past[-26:], 6.0])) | {"week": 0} == load_change(week_of([99.0, *past, 6.0])) | {
        "week": 0
    }


@pytest.mark.parametrize("weeks", [0, 1, 8])
def test_too_few_weeks_are_insufficient(weeks):
    found = load_change(week_of([4.0] * weeks))
    assert found["verdict"] == "insufficient"
    assert found["z"] is None


def days_of(trained, until):
    training = np.zeros(until + 1)
    training[list(trained)] = 1
    return {"day": np.arange(until + 1), "training": training}


def test_a_gap_is_long_only_against_the_own_habit():
    every_second, every_week = range(0, 200, 2), range(0, 200, 7)
    assert training_gap(days_of(every_second, 198 + 10)) == {"days": 10, "usual": 2.0, "verdict": "long"}
    assert training_gap(days_of(every_week, 196 + 10)) == {"days": 10, "usual": 7.0, "verdict": "usual"}


def test_a_few_days_off_are_no_alarm_for_who_trains_daily():
    assert training_gap(days_of(range(100), 99 + 4))["verdict"] == "usual"
    assert training_gap(days_of(range(100), 99 + 7))["verdict"] == "long"


def test_gaps_of_years_ago_do_not_count():
    trained = [0, 60, 120, 180, *range(600, 800, 2)]
    assert training_gap(days_of(trained, 798 + 12))["verdict"] == "long"


def test_no_training_days_or_few_are_insufficient():
    assert training_gap(days_of([], 5)) == {"days": None, "usual": None, "verdict": "insufficient"}
    assert training_gap(days_of([0, 3], 5))["verdict"] == "insufficient"
    empty = {"day": np.array([], dtype=np.int64), "training": np.array([])}
    assert training_gap(empty)["verdict"] == "insufficient"


def test_answers_survive_a_snapshot():
    for value in (load_change(week_of([4.0] * 30)), load_change(week_of([])), training_gap(days_of(range(50), 60))):
        assert snapshot.load(snapshot.dump(value)) == value
