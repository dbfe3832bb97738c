"""Daily and weekly totals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.days import weekday
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import get

daily_totals = get("daily_totals")
weekly_totals = get("weekly_totals")

FLAGS = ("", None, "duration_over_24h", "watch_left_running", "speed_impossible", "duration_zero", "possible_duplicate")
ROW = st.fixed_dictionaries(
    {
        "day": st.integers(20000, 20030),
        "duration": st.one_of(st.none(), st.floats(0, 90_000)),
        "distance": st.one_of(st.none(), st.floats(0, 100_000)),
        "flags": st.sampled_from(FLAGS),
    }
)


def workouts(*rows):
    return Workouts.from_rows(
        [{"id": f"w{i:03}", "duration": 1800.0, "flags": "", **row} for i, row in enumerate(rows)]
    )


def same(a, b):
    assert snapshot.dump(a) == snapshot.dump(b)


def test_calendar_has_no_holes_and_ends_on_the_day():
    found = daily_totals(workouts({"day": 10}, {"day": 13}), 15)
    assert found["day"].tolist() == [10, 11, 12, 13, 14, 15]
    assert found["sessions"].tolist() == [1, 0, 0, 1, 0, 0]
    assert found["duration"].tolist() == [1800, 0, 0, 1800, 0, 0]


def test_a_workout_spoiled_wholly_is_left_out_and_counted():
    found = daily_totals(workouts({"day": 10}, {"day": 11, "flags": "duration_over_24h possible_duplicate"}), 11)
    assert found["excluded"] == 1
    assert found["sessions"].tolist() == [1, 0]
    assert found["training"].tolist() == [1, 0]


def test_a_watch_left_running_keeps_its_distance_and_its_training_day_but_not_its_time():
    found = daily_totals(
        workouts({"day": 10, "duration": 74_065.0, "distance": 3200.0, "flags": "watch_left_running"}), 10
    )
    assert (found["duration"][0], found["distance"][0]) == (0.0, 3200.0)
    assert (found["sessions"][0], found["training"][0]) == (1.0, 1.0)


@pytest.mark.parametrize(("duration", "training"), [(599.0, 0.0), (600.0, 1.0), (None, 1.0)])
def test_a_training_day_needs_ten_minutes_unless_the_time_is_unknown(duration, training):
    assert daily_totals(workouts({"day": 10, "duration": duration}), 10)["training"].tolist() == [training]


def test_two_short_sessions_are_not_a_training_day():
    found = daily_totals(workouts({"day": 10, "duration": 400.0}, {"day": 10, "duration": 400.0}), 10)
    assert (found["sessions"][0], found["training"][0]) == (2.0, 0.0)


def test_workouts_after_the_day_are_not_seen():
    early = workouts({"day": 10}, {"day": 12})
    late = workouts({"day": 10}, {"day": 12}, {"day": 14}, {"day": 14, "flags": "duration_over_24h"})
    same(daily_totals(early, 13), daily_totals(late, 13))


@pytest.mark.parametrize("rows", [(), ({"day": 20},), ({"day": 5, "flags": "duration_over_24h"},)])
def test_nothing_to_sum_gives_an_empty_calendar(rows):
    daily = daily_totals(workouts(*rows), 10)
    assert all(len(daily[name]) == 0 for name in ("day", "sessions", "duration", "distance", "training"))
    weekly = weekly_totals(daily)
    assert len(weekly["week"]) == 0
    assert weekly["this_week"] is None


@given(st.lists(ROW, max_size=25), st.randoms(use_true_random=False))
def test_order_of_rows_changes_no_bit(rows, random):
    given_order = workouts(*rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    same(daily_totals(given_order, 20040), daily_totals(given_order.take(np.array(order, dtype=int)), 20040))


@given(st.lists(ROW, max_size=25), st.integers(20000, 20045))
def test_weeks_and_this_week_and_the_lead_hold_every_session_once(rows, day):
    daily = daily_totals(workouts(*rows), day)
    weekly = weekly_totals(daily)
    assert all(weekday(week) == 0 for week in weekly["week"].tolist())
    assert np.diff(weekly["week"]).tolist() == [7] * max(len(weekly["week"]) - 1, 0)
    this_week = weekly["this_week"]
    if this_week is None:
        assert len(daily["day"]) == 0 or weekday(day) == 6
    else:
        assert this_week["week"] == day - weekday(day)
        assert 1 <= this_week["days"] <= weekday(day) + 1
    first = weekly["week"][0] if len(weekly["week"]) else (this_week or {"week": 0})["week"]
    lead = daily["sessions"][daily["day"] < first].sum()
    now = this_week["sessions"] if this_week else 0.0
    assert lead + weekly["sessions"].sum() + now == daily["sessions"].sum()


def test_a_partial_first_week_is_dropped_and_a_sunday_completes_its_week():
    monday = 20367
    daily = daily_totals(workouts({"day": monday - 3}, {"day": monday}, {"day": monday + 6}), monday + 6)
    weekly = weekly_totals(daily)
    assert weekly["week"].tolist() == [monday]
    assert weekly["sessions"].tolist() == [2]
    assert weekly["training_days"].tolist() == [2]
    assert weekly["this_week"] is None


def test_answers_survive_a_snapshot_and_take_its_arrays_as_inputs():
    rows = workouts({"day": 20000}, {"day": 20010, "flags": None})
    daily = daily_totals(rows, 20020)
    replayed = snapshot.load(snapshot.dump(daily))
    same(daily, daily_totals(snapshot.load(snapshot.dump(rows)), 20020))
    same(weekly_totals(daily), weekly_totals(replayed))
