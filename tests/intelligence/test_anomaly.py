"""Single workouts that are wrong or unusual."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.units import METRE_PER_MILE
from tests.intelligence.rows import find, habit, last, workout_anomaly, workout_type, workouts

ROW = st.fixed_dictionaries(
    {
        "day": st.integers(20000, 20030),
        "sport": st.sampled_from(("running", "walking", "cycling")),
        "duration": st.one_of(st.none(), st.floats(60, 20_000)),
        "distance": st.one_of(st.none(), st.just(0.0), st.floats(10, 60_000)),
        "hr_mean": st.one_of(st.none(), st.floats(60, 200)),
        "flags": st.sampled_from(("", None, "duration_over_24h", "speed_impossible", "heart_rate_impossible")),
    }
)


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ({"duration": 2700.0, "distance": 81_000.0}, "distance", 8100.0),  # a digit too many
        ({"duration": 2700.0, "distance": 810.0}, "distance", 8100.0),  # a digit dropped
        ({"duration": 27_000.0, "distance": 8100.0}, "duration", 2700.0),
        ({"duration": 45.0, "distance": 8100.0}, "duration", 2700.0),  # minutes in a column of seconds
        ({"duration": 2700.0, "distance": 8100.0 * METRE_PER_MILE / 1000}, "distance", 8100.0),  # km taken for miles
        ({"duration": 8100.0, "distance": 2700.0}, "duration", 2700.0),  # swapped
    ],
)
def test_slips_of_entry_are_named_with_their_field_and_what_was_meant(row, field, expected):
    kind, found, value, meant = last(habit(), **row)
    assert (kind, found, value) == ("entry error", field, row[field])
    assert meant == pytest.approx(expected, rel=0.12)


def test_a_watch_left_running_is_an_entry_error_of_the_duration():
    kind, field, _, expected = last(habit(), duration=2700.0 + 5 * 3600, distance=8100.0)
    assert (kind, field) == ("entry error", "duration")
    assert expected == pytest.approx(2700, rel=0.2)


def test_a_distance_that_was_hardly_recorded_is_a_sensor_fault():
    assert last(habit(), duration=2700.0, distance=60.0)[:2] == ("sensor fault", "distance")


def test_a_marathon_is_unusual_and_no_error():
    assert last(habit(), duration=42_195 / 2.85, distance=42_195.0)[:2] == ("unusual workout", "distance")


def test_a_walk_among_runs_is_unusual_and_no_error():
    assert last(habit(), duration=2700.0, distance=2700 * 1.3)[:2] == ("unusual workout", "speed")


def test_walks_and_runs_in_one_sport_are_both_usual():
    both = [row for pair in zip(habit(60, 3.0, 1), habit(60, 1.3, 2), strict=True) for row in pair]
    assert find(*both) == {}
    assert last(both, duration=2700.0, distance=2700 * 9.0)[0] == "entry error"
    assert last(both, duration=2700.0, distance=2700 * 2.0) is not None  # between the two


def test_a_gait_that_paused_for_long_is_still_usual():
    assert find(*habit(30, 3.0, 1), *habit(90, 1.25, 2), *habit(3, 3.0, 3)).keys().isdisjoint(range(120, 123))


def test_a_new_habit_is_unusual_three_times_and_usual_then():
    found = find(*habit(60, 3.0, 1), *habit(30, 1.3, 2))
    assert {60, 61, 62} <= set(found)
    assert max(found) < 75
    assert {kind for kind, *_ in found.values()} == {"unusual workout"}


def test_before_twenty_workouts_of_the_sport_only_large_slips_and_the_impossible_are_told():
    slow, lost_digit, nobodys = ({"duration": 2700.0, "distance": 2700 * v} for v in (2.6, 0.38, 0.1))
    assert last(habit(19, 3.8), **slow) is None
    assert last(habit(20, 3.8), **slow) is not None
    assert last(habit(5, 3.8), **lost_digit) is None
    assert last(habit(6, 3.8), **lost_digit)[:2] == ("entry error", "distance")
    assert last([], **nobodys)[0] == "entry error"
    assert last(habit(60, 3.8, sport="cycling"), **lost_digit) is None


@pytest.mark.parametrize(("field", "factor"), [("distance", METRE_PER_MILE / 1000), ("distance", 2.0),
                                               ("distance", 10.0), ("duration", 1 / 60)])  # fmt: skip
def test_a_mean_speed_above_the_highest_is_an_error_even_of_the_first_workout(field, factor):
    row = {"duration": 2700.0, "distance": 8100.0, "speed_max": 4.2, "sport": "cycling"}
    assert last([], **row) is None
    assert last([], **row | {field: row[field] * factor})[0] == "entry error"
    kind, where, value, expected = last(habit(40), **row | {"sport": "running", field: row[field] * factor})
    assert (kind, where, value) == ("entry error", field, row[field] * factor)
    assert expected == pytest.approx(row[field], rel=0.1)


def test_a_slow_walk_with_pauses_keeps_its_highest_speed_and_is_no_error():
    before = [row | {"speed_max": 1.6 * row["distance"] / row["duration"]} for row in habit(60, speed=1.3)]
    paused = {"duration": 2700.0, "distance": 2700.0 * 1.3 / (METRE_PER_MILE / 1000), "speed_max": 2.1}
    found = last(before, **paused)
    assert found is None or found[0] == "unusual workout"


def test_a_fast_day_with_a_highest_speed_to_match_is_no_error():
    before = [row | {"speed_max": 1.4 * row["distance"] / row["duration"]} for row in habit(60, 1.0, sport="swimming")]
    quick = {"duration": 1800.0, "distance": 1800.0 * 1.5, "sport": "swimming"}
    assert last(before, **quick, speed_max=2.1)[0] == "unusual workout"
    assert last(before, **quick, speed_max=1.4)[0] == "entry error"


def test_steps_and_their_rate_tell_the_time_that_a_watch_went_on():
    row = {"sport": "hiking", "distance": 9000.0, "cadence": 100.0, "steps": 15_000.0}
    assert last([], duration=9000.0, **row) is None
    kind, field, value, expected = last([], duration=9000.0 * 4, **row)
    assert (kind, field, value, expected) == ("entry error", "duration", 36_000.0, pytest.approx(9000.0))
    one_foot = row | {"steps": 7500.0}
    assert last([], duration=9000.0, **one_foot) is None


def test_equal_workouts_do_not_make_a_small_step_a_large_one():
    same = [{"duration": 1800.0, "distance": 5400.0}] * 60
    assert last(same, duration=1800.0, distance=5400 * 1.08) is None
    assert last(same, duration=1800.0, distance=5400 * 1.5) is not None


@pytest.mark.parametrize(
    ("flags", "kind", "field"),
    [
        ("duration_over_24h", "entry error", "duration"),
        ("possible_duplicate watch_left_running", "entry error", "duration"),
        ("heart_rate_impossible", "sensor fault", "hr_mean"),
        ("steps_overflow", "sensor fault", "steps"),
        ("energy_overflow", "sensor fault", "energy"),
    ],
)
def test_breached_rules_are_reported_without_any_history(flags, kind, field):
    assert last([], duration=2700.0, distance=8100.0, flags=flags)[:2] == (kind, field)


def test_rules_that_speak_of_no_wrong_value_are_not_reported():
    assert find({"duration": 2700.0, "distance": 8100.0, "flags": "possible_duplicate sport_unknown"}) == {}


def test_an_impossible_speed_blames_the_field_that_is_off_its_usual_size():
    long = last(habit(), duration=2700.0, distance=81_000.0, flags="speed_impossible")
    short = last(habit(), duration=270.0, distance=8100.0, flags="speed_impossible")
    assert (long[1], short[1]) == ("distance", "duration")
    assert long[3] == pytest.approx(8100, rel=0.1)


def test_flagged_workouts_do_not_become_the_usual():
    wrong = {"duration": 2700.0, "distance": 81_000.0}
    flagged = [{**wrong, "flags": "speed_impossible"}] * 30
    assert last([*habit(60), *flagged], **wrong)[0] == "entry error"


def test_without_distance_a_slip_of_the_duration_is_still_found():
    timed = [{"duration": row["duration"]} for row in habit(60)]
    assert last(timed, duration=27_000.0)[:2] == ("entry error", "duration")
    assert last(timed, duration=5400.0) is None


def test_a_halved_heart_rate_is_a_sensor_fault():
    rng = np.random.default_rng(5)
    rows = [{**row, "hr_mean": 150 + 5 * rng.normal()} for row in habit(60)]
    ordinary = {"duration": 2700.0, "distance": 8100.0}
    assert last(rows, **ordinary, hr_mean=75.0)[:2] == ("sensor fault", "hr_mean")
    assert last(rows, **ordinary, hr_mean=165.0) is None


@given(st.lists(ROW, min_size=1, max_size=60), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_later_workouts_change_nothing_found_before(rows, cut):
    rows = [{**row, "day": 20000 + i} for i, row in enumerate([*habit(25), *rows])]
    whole, part = find(*rows), find(*rows[: 25 + cut])
    assert {at: repr(v) for at, v in whole.items() if at < 25 + cut} == {at: repr(v) for at, v in part.items()}


@given(st.lists(ROW, max_size=40), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_rows_and_a_snapshot_change_no_bit(rows, random):
    one = workouts(*habit(25), *rows)
    order = list(range(len(one)))
    random.shuffle(order)
    types = workout_type(one)
    found = snapshot.dump(workout_anomaly(one, types))
    assert found == snapshot.dump(workout_anomaly(one.take(np.array(order, dtype=int)), types))
    replayed = [snapshot.load(snapshot.dump(item)) for item in (one, types)]
    assert found == snapshot.dump(workout_anomaly(*replayed))


def test_types_of_other_workouts_are_refused():
    one = workouts(*habit(3))
    with pytest.raises(ValueError, match="other workouts"):
        workout_anomaly(one, workout_type(workouts(*habit(4))))


def test_no_workouts_have_no_anomalies():
    assert find() == {}
    assert find({"duration": 60.0}) == {}
