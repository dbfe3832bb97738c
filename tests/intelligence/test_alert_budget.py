"""Alerts within a budget: p-values, the day's tests, and the state from day to day."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.workouts import Workouts
from fitintel.intelligence import own_past
from fitintel.intelligence.null_history import shuffled
from fitintel.intelligence.registry import get

alert_budget, alert_checks = get("alert_budget"), get("alert_checks")
benjamini_hochberg, anomaly_effect = get("benjamini_hochberg"), get("anomaly_effect")

KINDS = ("alert_gap", "alert_load_higher", "alert_habit_change", "alert_unusual_workout", "alert_entry_error")
HARD = st.integers(0, 9).map(lambda n: not n)
ROW = st.tuples(st.integers(0, 20), st.sampled_from(KINDS), st.integers(0, 4), st.floats(0, 1), HARD)
ANSWER = st.fixed_dictionaries({
    "key": st.builds("{}:{}".format, st.sampled_from(KINDS), st.integers(0, 4)), "day": st.integers(0, 20),
    "action": st.sampled_from(("acknowledge", "snooze", "dismiss", "reopen", "helpful", "unhelpful")),
    "until": st.one_of(st.none(), st.integers(0, 25)),
})  # fmt: skip


def checks(rows):
    """Columns from (day, kind, number, p, hard)."""
    return {
        "day": [row[0] for row in rows], "check": [row[1] for row in rows],
        "key": [f"{row[1]}:{row[2]}" for row in rows], "p": [math.nan if row[4] else row[3] for row in rows],
        "hard": [row[4] for row in rows],
    }  # fmt: skip


def days(p, *, n=10, kind="alert_load_higher", number=1, start=0, others=3):
    """`n` days on which one check has this p and `others` have 0.9."""
    names = [(kind, number, p), *((f"x{i}", i, 0.9) for i in range(others))]
    return [(day, *name, False) for day in range(start, start + n) for name in names]


def keys(state):
    return [each["key"] for each in state["told"]]


@settings(max_examples=100, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=60), st.lists(ANSWER, max_size=12))
def test_never_more_than_three_alerts_stand(rows, answers):
    answers = sorted(answers, key=lambda each: each["day"])
    for last in sorted({row[0] for row in rows}):
        state = alert_budget(checks([row for row in rows if row[0] <= last]), answers)
        assert len(state["told"]) <= 3
        assert len(set(keys(state))) == len(keys(state))
        hidden = {}
        for each in answers:
            if each["day"] <= last:
                hidden[each["key"]] = each["action"] in ("dismiss", "unhelpful")
        assert not any(hidden.get(key) for key in keys(state))


@settings(max_examples=50, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40, unique_by=lambda row: (row[0], row[1], row[2])), st.randoms())
def test_the_order_of_checks_does_not_matter(rows, chance):
    mixed = rows.copy()
    chance.shuffle(mixed)
    assert alert_budget(checks(mixed)) == alert_budget(checks(rows))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_within_a_day_the_tests_are_those_of_benjamini_hochberg(p):
    rows = [(0, f"kind{place:02}", 0, value, False) for place, value in enumerate(p)]
    state = alert_budget(checks(rows), q=0.1, seen=1, most=99)
    expected = benjamini_hochberg(p, q=0.1)
    assert state["rejected"] == expected["n_rejected"]
    assert {int(key[4:6]) for key in keys(state)} == set(expected["rejected"].tolist())


def test_one_day_is_not_enough_and_two_of_three_are():
    quiet = [(4, "alert_load_higher", 1, 0.9, False)]
    one = days(0.001, n=1)
    assert keys(alert_budget(checks(one))) == []
    assert keys(alert_budget(checks(days(0.001, n=2)))) == ["alert_load_higher:1"]
    again = [*days(0.001, n=1, start=3), *quiet, *days(0.001, n=1, start=5)]
    assert keys(alert_budget(checks(again))) == ["alert_load_higher:1"]
    assert keys(alert_budget(checks([*one, *days(0.001, n=1, start=3)]))) == []


def test_what_cannot_be_is_told_at_once_and_is_no_test():
    rows = [(0, "alert_entry_error", 1, 0.0, True), (0, "alert_gap", 1, 0.5, False)]
    state = alert_budget(checks(rows))
    assert keys(state) == ["alert_entry_error:1"]
    assert (state["tested"], state["rejected"]) == (1, 0)


def test_a_kind_cools_down_for_a_week_and_data_errors_do_not():
    rows = [*days(0.001, n=4, number=1), *days(0.001, n=10, number=2, start=4)]
    assert alert_budget(checks(rows))["raised"] == [[1, "alert_load_higher:1"], [8, "alert_load_higher:2"]]
    hard = [(day, "alert_entry_error", day, 0.0, True) for day in range(3)]
    assert [day for day, _ in alert_budget(checks(hard))["raised"]] == [0, 1, 2]


def test_an_alert_is_told_for_two_weeks_and_a_gap_as_long_as_it_lasts():
    assert keys(alert_budget(checks(days(0.001, n=15)))) == ["alert_load_higher:1"]
    state = alert_budget(checks(days(0.001, n=30)))
    assert keys(state) == []
    assert state["held"] == {"alert_load_higher:1": "told for long enough"}
    assert alert_budget(checks(days(0.001, n=30, kind="alert_gap")))["told"][0]["since"] == 1


@pytest.mark.parametrize(("action", "told", "quiet"), [("dismiss", 0, 0), ("acknowledge", 0, 1), ("reopen", 1, 0)])
def test_an_answer_is_respected_from_its_day_on(action, told, quiet):
    answers = [{"key": "alert_gap:1", "action": action, "day": 5, "until": None}]
    rows = days(0.001, kind="alert_gap")
    before = alert_budget(checks([row for row in rows if row[0] < 5]), answers)
    after = alert_budget(checks(rows), answers)
    assert len(before["told"]) == 1
    assert (len(after["told"]), len(after["quiet"])) == (told, quiet)


def test_a_snooze_ends_on_its_day():
    answers = [{"key": "alert_gap:1", "action": "snooze", "day": 3, "until": 8}]
    rows = days(0.001, kind="alert_gap")
    told = [len(alert_budget(checks([row for row in rows if row[0] <= day]), answers)["told"]) for day in range(10)]
    assert told == [0, 1, 1, 0, 0, 0, 0, 0, 1, 1]


def test_dismissals_make_their_kind_stricter_and_no_other_and_never_a_hard_finding():
    rows = [*days(0.01), *days(0.01, kind="alert_gap")]
    dismissed = [{"key": f"alert_load_higher:{n}", "action": "dismiss", "day": 0, "until": None} for n in range(50, 90)]
    assert set(keys(alert_budget(checks(rows)))) == {"alert_load_higher:1", "alert_gap:1"}
    assert keys(alert_budget(checks(rows), dismissed)) == ["alert_gap:1"]
    kept = [{**each, "action": "helpful"} for each in dismissed]
    assert set(keys(alert_budget(checks(rows), kept))) == {"alert_load_higher:1", "alert_gap:1"}
    hard = [(0, "alert_entry_error", 1, 0.0, True)]
    angry = [{"key": f"alert_entry_error:{n}", "action": "dismiss", "day": 0, "until": None} for n in range(50, 90)]
    assert keys(alert_budget(checks(hard), angry)) == ["alert_entry_error:1"]


def test_more_dismissals_are_never_less_strict():
    weights = []
    for n in range(0, 20, 4):
        answers = [
            {"key": f"alert_load_higher:{i + 9}", "action": "dismiss", "day": 0, "until": None} for i in range(n)
        ]
        passing = [p for p in np.linspace(0.0005, 0.03, 30) if alert_budget(checks(days(float(p))), answers)["told"]]
        weights.append(max(passing))
    assert all(later <= earlier for earlier, later in itertools.pairwise(weights))
    assert weights[-1] < weights[0]


@settings(max_examples=50)
@given(st.lists(st.floats(-1e6, 1e6), max_size=60), st.floats(-1e6, 1e6))
def test_a_conformal_p_is_a_share_that_counts_the_value_itself(earlier, score):
    p = own_past.conformal_p(score, np.array(earlier))
    assert 1 / (len(earlier) + 1) <= p <= 1
    assert p >= own_past.conformal_p(score + 1.0, np.array(earlier))


def test_conformal_p_values_of_equal_days_are_uniform():
    rng = np.random.default_rng(5)
    p = [own_past.conformal_p(float(values[-1]), values[:-1]) for values in rng.standard_t(3, (4000, 100))]
    assert np.mean(np.array(p) <= 0.05) == pytest.approx(0.05, abs=0.015)
    assert np.mean(np.array(p) <= 0.5) == pytest.approx(0.5, abs=0.03)


def a_history(weeks=120, seed=1):
    rng = np.random.default_rng(seed)
    return Workouts.from_rows([
        {"id": f"w{week:03}{day}", "day": 20003 + 7 * week + day, "start": 86400.0 * (20003 + 7 * week + day),
         "sport": "running", "duration": float(2400 * np.exp(rng.normal(0, 0.3))), "flags": "",
         "distance": float(7000 * np.exp(rng.normal(0, 0.3)))}
        for week in range(weeks) for day in (0, 2, 5) if rng.random() < 0.9
    ])  # fmt: skip


def test_a_shuffled_history_keeps_workouts_and_weekdays_and_is_drawn_again_by_its_seed():
    history = a_history()
    made = shuffled(history, np.random.default_rng(3))
    again = shuffled(history.take(np.random.default_rng(1).permutation(len(history))), np.random.default_rng(3))
    assert made == again.ordered()
    assert sorted(made["id"]) == sorted(history["id"])
    weekday = dict(zip(history["id"], (history["day"] + 3) % 7, strict=True))
    assert all((day + 3) % 7 == weekday[name] for name, day in zip(made["id"], made["day"], strict=True))
    assert np.all(made["start"] == made["day"] * 86400.0)
    assert made != history


def test_a_long_pause_is_left_out_of_a_shuffled_history():
    history = a_history(weeks=40)
    apart = history.replace(day=np.where(history["day"] > 20150, history["day"] + 3640, history["day"]))
    made = shuffled(apart, np.random.default_rng(1))
    assert made["day"].max() - made["day"].min() < 60 * 7


def test_checks_see_only_their_own_past():
    daily = get("daily_totals")
    history = a_history(weeks=80)
    last = int(history["day"].max())

    def made(until):
        part = history.take(history["day"] <= until)
        days_ = daily(part, until)
        found = get("workout_anomaly")(part, get("workout_type")(part))
        return alert_checks(days_, get("weekly_totals")(days_), found, days=until - last + 60)

    whole, cut = made(last), made(last - 20)
    for name in ("day", "check", "key", "p"):
        assert snapshot.dump(whole[name][whole["day"] <= last - 20]) == snapshot.dump(cut[name])


def test_the_effect_of_leaving_a_workout_out_is_that_of_the_figures_without_it():
    history = a_history(weeks=30)
    last = int(history["day"].max())
    rows = history.replace(
        distance=np.where(np.arange(len(history)) == len(history) - 1, 70_000.0, history["distance"])
    )
    loads = get("session_load")(rows)
    name = str(rows["id"][-1])
    found = anomaly_effect(rows, {"id": [name], "day": [last]}, loads, last)
    without = rows.take(rows["id"] != name)

    def ctl(w):
        return float(get("pmc")(get("daily_load")(get("session_load")(w), last))["ctl"][-1])

    assert found["fitness"][0] == pytest.approx(ctl(rows) - ctl(without), rel=1e-6)
    week = [float(np.nansum(w["distance"][w["day"] >= 20003 + 7 * 29])) for w in (rows, without)]
    assert [found["week_distance"][0], found["week_distance_without"][0]] == pytest.approx(week)
    assert "distance" in found["records"][0]
