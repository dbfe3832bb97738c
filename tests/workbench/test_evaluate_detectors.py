"""Measuring the detectors on a squad with known truth."""

from __future__ import annotations

import json

import numpy as np
import pytest

from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence.brief import compose
from fitintel.intelligence.conformal import wilson_interval
from fitintel.intelligence.registry import get
from fitintel.intelligence.simulate import simulate_squad
from fitintel.workbench.evaluate_detectors import END_DAY, evaluate_detectors
from fitintel.workbench.replayed_alerts import replay_alerts
from fitintel.workbench.simulated import checked


@pytest.fixture(scope="module")
def score():
    return evaluate_detectors(seed=3, athletes=4, years=2, replay_days=30)


def test_every_figure_has_its_interval_and_plain_values(score):
    assert json.loads(json.dumps(score.as_dict())) == score.as_dict()
    assert (score.athletes, score.planted) == (4, 2)
    for each in score.measures:
        if each.unit == "share" and each.low is not None:
            assert each.value == each.found / each.total
            assert (each.low, each.high) == pytest.approx(wilson_interval(each.found, int(each.total)))
        assert each.low is None or each.low <= each.value <= each.high


def test_groups_add_up_to_all(score):
    for name in ("gross entry errors flagged", "subtle entry errors flagged", "sensor faults flagged"):
        groups = [each for each in score.measures if each.name == name and each.group != "all"]
        assert sum(each.total for each in groups) == score.measure(name).total
        assert sum(each.found for each in groups) == score.measure(name).found
    alerts = [each for each in score.measures if each.name.startswith("false alerts") and each.group != "all"]
    assert sum(each.found for each in alerts) == score.measure("false alerts on athletes without planted events").found


def test_planted_events_are_counted_against_the_truth(score):
    squad = simulate_squad(seed=3, athletes=4, years=2, end_day=END_DAY)
    assert score.measure("planted changes found within 14 days (lasting)").total == sum(
        len(o.truth.changes) for o in squad
    )
    gross = sum(error.gross for one in squad for error in one.truth.errors)
    assert score.measure("gross entry errors flagged").total == gross


def test_a_rate_has_an_exact_poisson_interval():
    from fitintel.workbench.measures import rate

    none = rate("x", "all", 0, 10.0, "per athlete-month")
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(0.3689, abs=1e-4)  # 3.689 for no event, Garwood 1936
    ten = rate("x", "all", 10, 10.0, "per athlete-month")
    assert (ten.low, ten.high) == pytest.approx((0.4795, 1.8390), abs=1e-4)


@pytest.fixture(scope="module")
def history():
    one = simulate_squad(seed=8, athletes=2, years=1.5, end_day=END_DAY)[1]
    return one, checked(one).workouts.select(ANALYSIS)


def test_replayed_alerts_are_those_of_the_briefs(history):
    one, workouts = history
    last = END_DAY
    first = last - 20
    raised = replay_alerts(workouts, first, last)
    codes = {
        (day, insight.code)
        for day in range(first, last + 1)
        for insight in compose(one.athlete, workouts, day).brief.insights
        if insight.code.startswith("alert_")
    }
    assert {(alert.day, alert.code) for alert in raised} <= codes
    missed = {code for day, code in codes if day > first} - {
        alert.code for alert in replay_alerts(workouts, first - 60, last)
    }
    assert not missed


def test_a_later_day_does_not_change_what_was_raised_before(history):
    _, workouts = history
    whole = replay_alerts(workouts, END_DAY - 90, END_DAY)
    cut = workouts.take(workouts["day"] <= END_DAY - 30)
    assert [each for each in whole if each.day <= END_DAY - 30] == list(replay_alerts(cut, END_DAY - 90, END_DAY - 30))


def test_a_gap_is_raised_once(history):
    _, workouts = history
    stopped = workouts.take(workouts["day"] <= END_DAY - 40)
    raised = [each for each in replay_alerts(stopped, END_DAY - 39, END_DAY) if each.code == "alert_gap"]
    assert len(raised) == 1


def test_the_import_flags_what_the_truth_planted_and_keeps_its_ids():
    one = simulate_squad(seed=4, athletes=2, years=1, end_day=END_DAY)[1]
    taken = checked(one)
    assert isinstance(taken.workouts, Workouts)
    assert set(taken.workouts["id"]) | taken.quarantined == set(one.workouts["id"])
    assert list(taken.workouts["day"]) == list(one.workouts["day"][np.isin(one.workouts["id"], taken.workouts["id"])])
    assert {finding.workout_id for finding in taken.findings if finding.workout_id} <= set(one.workouts["id"])
    assert get("workout_type")(taken.workouts)["id"].tolist() == taken.workouts["id"].tolist()
