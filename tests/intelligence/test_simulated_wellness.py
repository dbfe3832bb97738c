"""Wellness and statements of the simulated squad: plausible, incomplete, dated, and true to what is said of them."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from fitintel.core.stated import (
    GOALS,
    REASONS,
    THRESHOLDS,
    ExcusedDays,
    Goal,
    PlannedWorkout,
    Threshold,
    in_force,
    known,
)
from fitintel.core.wellness import breach
from fitintel.intelligence.simulate.plans import AHEAD, moment
from fitintel.intelligence.simulate.stated import RIGHT

END = 20366


def by_metric(one):
    found = defaultdict(dict)
    for value in one.wellness:
        found[value.metric][value.day] = value.value
    return found


def of_kind(one, kind):
    return [each for each in one.stated if isinstance(each, kind)]


def test_half_of_the_athletes_measure_with_planted_events_or_without(squad):
    measured = Counter((one.truth.planted, bool(one.wellness)) for one in squad)
    assert all(count >= 5 for count in measured.values())
    assert len(measured) == 4


def test_every_value_can_be_of_a_person_and_has_its_own_id(squad):
    for one in squad:
        assert all(breach(value.metric, value.value) is None for value in one.wellness)
        assert len({value.id for value in one.wellness}) == len(one.wellness)
        assert len({(value.day, value.metric) for value in one.wellness}) == len(one.wellness)


def test_nights_are_missing_one_by_one_and_for_weeks(squad):
    shares, longest = [], []
    for one in squad:
        nights = sorted(by_metric(one).get("resting_hr", {}))
        if nights:
            shares.append(len(nights) / (nights[-1] - nights[0] + 1))
            longest.append(max(np.diff(nights)))
    assert len(shares) >= 6
    assert 0.6 < np.median(shares) < 0.98
    assert max(longest) >= 14


def test_variability_differs_from_day_to_day_as_in_people(many):
    spreads = []
    for one in many:
        values = by_metric(one).get("hrv_rmssd", {})
        pairs = [(values[day], values[day + 1]) for day in values if day + 1 in values]
        if pairs:
            first, second = np.log(np.array(pairs)).T
            spreads.append(np.median(np.abs(second - first)) * 1.4826 / np.sqrt(2))
    assert len(spreads) > 15
    assert 0.08 < np.median(spreads) < 0.2


def test_illness_raises_resting_heart_rate_and_lowers_variability(many):
    up, down = [], []
    for one in many:
        values = by_metric(one)
        ill = {
            day for each in one.truth.stretches if each.kind == "illness" for day in range(each.first, each.last + 1)
        }
        for metric, found in (("resting_hr", up), ("hrv_rmssd", down)):
            inside = [value for day, value in values[metric].items() if day in ill]
            if len(inside) > 5:
                found.append(np.mean(np.log(inside)) - np.median(np.log(list(values[metric].values()))))
    assert np.mean(up) > 0.04
    assert np.mean(down) < -0.08
    assert min(len(up), len(down)) > 10


def test_wrong_nights_are_named_and_only_where_events_are_planted(many):
    for one in many:
        values = {value.id: value for value in one.wellness}
        for fault in one.truth.wellness_faults:
            assert one.truth.planted
            assert (values[fault.wellness_id].day, values[fault.wellness_id].metric) == (fault.day, fault.metric)
            assert fault.effect != 0
    kinds = Counter(fault.kind for one in many for fault in one.truth.wellness_faults)
    assert set(kinds) == {"loose contact", "taken off at night", "of another person", "stuck"}


def test_plans_say_what_became_of_them(squad):
    planning = [one for one in squad if one.truth.plans]
    assert 8 <= len(planning) <= 16
    for one in planning:
        plans = {each.id: each for each in of_kind(one, PlannedWorkout) if not each.withdrawn}
        assert set(plans) == set(one.truth.plans)
        day_of = dict(zip(one.workouts["id"].tolist(), one.workouts["day"].tolist(), strict=True))
        days = set(day_of.values())
        for name, became in one.truth.plans.items():
            plan = plans[name]
            if became.outcome in ("done", "shortened"):
                assert day_of[became.workout_id] == plan.day
            elif became.outcome == "moved":
                assert 1 <= abs(day_of[became.workout_id] - plan.day) <= 2
            else:
                assert became.workout_id is None
                assert (plan.day > END) == (became.outcome == "ahead")
                assert plan.day not in days
            assert plan.entered_at < moment(plan.day, 0.0)
        ahead = [plan for plan in plans.values() if plan.day > END]
        assert all(plan.day <= END + AHEAD for plan in ahead)
    outcomes = Counter(became.outcome for one in planning for became in one.truth.plans.values())
    total = sum(outcomes.values()) - outcomes["ahead"]
    assert 0.55 < outcomes["done"] / total < 0.85
    assert all(outcomes[name] > 0.005 * total for name in ("shortened", "moved", "missed", "withdrawn"))


def test_a_withdrawn_plan_no_longer_holds(squad):
    for one in squad:
        held = {each.id for each in known(of_kind(one, PlannedWorkout))}
        gone = {name for name, became in one.truth.plans.items() if became.outcome == "withdrawn"}
        assert not held & gone
        assert set(one.truth.plans) - gone == held


def test_thresholds_are_right_stale_or_wrong_as_their_truth_says(many):
    verdicts = Counter()
    for one in many:
        stated = of_kind(one, Threshold)
        assert {each.id for each in stated} == set(one.truth.thresholds)
        for each in stated:
            unit, low, high, _ = THRESHOLDS[each.kind]
            truth = one.truth.thresholds[each.id]
            verdicts[truth.verdict] += 1
            assert low <= each.value <= high, unit
            assert (abs(np.log(each.value / truth.true)) > RIGHT) == (truth.verdict == "wrong")
            assert truth.until >= each.valid_from
            if each.kind == "speed":
                assert in_force(stated, "speed", truth.until, sport="running") == each
    assert all(verdicts[name] >= 10 for name in ("right", "stale", "wrong"))


def test_goals_and_excuses_can_be_stated(squad):
    ahead = 0
    for one in squad:
        for goal in of_kind(one, Goal):
            _, low, high, _ = GOALS[goal.kind]
            assert low <= goal.value <= high
            ahead += goal.kind == "event" and goal.valid_from > END
        for excuse in of_kind(one, ExcusedDays):
            assert excuse.reason in REASONS
            assert excuse.first <= excuse.last
    assert ahead >= 4
    assert len({each.id for one in squad for each in one.stated}) == sum(len(one.stated) for one in squad)
