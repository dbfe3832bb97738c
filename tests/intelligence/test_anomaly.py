"""Workout anomalies, load change and training gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.rules import MAX_DURATION, MAX_SPEED
from fitintel.core.units import METRE_PER_MILE
from fitintel.core.workouts import Workouts
from fitintel.intelligence.past import PastWindows
from fitintel.intelligence.registry import get

workout_anomaly, workout_type = get("workout_anomaly"), get("workout_type")
load_change, training_gap = get("load_change"), get("training_gap")

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


def workouts(*rows):
    return Workouts.from_rows([{"id": f"w{i:04}", "day": 20000 + i, "sport": "running", "flags": "", **row}
                               for i, row in enumerate(rows)])  # fmt: skip


def habit(n=60, speed=3.0, seed=0, spread=0.06, **more):
    """An athlete's ordinary workouts: log speed and log duration vary by `spread` and 0.3."""
    rng = np.random.default_rng(seed)
    duration = 2700.0 * np.exp(rng.normal(0, 0.3, n))
    distance = duration * speed * np.exp(rng.normal(0, spread, n))
    return [{"duration": t, "distance": d, **more} for t, d in zip(duration, distance, strict=True)]


def find(*rows):
    w = workouts(*rows)
    found = workout_anomaly(w, workout_type(w))
    return {
        int(name[1:]): (kind, field, value, expected)
        for name, kind, field, value, expected in zip(
            *(found[key] for key in ("id", "kind", "field", "value", "expected")), strict=True
        )
    }


def last(rows, **row):
    """What is found of `row` after the ordinary `rows`."""
    return find(*rows, row).get(len(rows))


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


def _athlete(rng, n=400):
    """Two gaits or one, a slow wave of fitness, long days, and bad days up to a quarter slower."""
    run, share = rng.uniform(2.4, 3.7), rng.choice([0.0, 1.0, 0.5])
    speed = np.where(rng.random(n) < share, run, rng.uniform(1.15, 1.45))
    spread = rng.normal(0, rng.uniform(0.05, 0.1), n) + 0.08 * np.sin(np.arange(n) / 60)
    spread -= np.where(rng.random(n) < 0.03, rng.uniform(0.1, 0.25, n), 0.0)
    duration = np.exp(rng.normal(np.log(2400), 0.35, n)) * np.where(rng.random(n) < 0.12, 1.8, 1.0)
    return duration, duration * speed * np.exp(spread)


def _flags(duration, distance):
    if duration > MAX_DURATION:
        return "duration_over_24h"
    return "speed_impossible" if distance / duration > MAX_SPEED["running"] else ""


SLIPS = {
    "digit more in the distance": lambda t, d, r: (t, 10 * d),
    "digit less in the distance": lambda t, d, r: (t, d / 10),
    "digit more in the duration": lambda t, d, r: (10 * t, d),
    "digit less in the duration": lambda t, d, r: (t / 10, d),
    "minutes for seconds": lambda t, d, r: (t / 60, d),
    "watch left running": lambda t, d, r: (t + r.uniform(3, 10) * 3600, d),
}


def test_gross_slips_are_found_and_ordinary_workouts_hardly_ever_told():
    rng = np.random.default_rng(20)
    found = planted = told = ordinary = 0
    for _ in range(12):
        duration, distance = _athlete(rng)
        at = np.flatnonzero(rng.random(len(duration)) < 0.02)
        at = at[at > 25]
        for i in at:
            duration[i], distance[i] = SLIPS[rng.choice(list(SLIPS))](duration[i], distance[i], rng)
        hits = find(*({"duration": t, "distance": d, "flags": _flags(t, d)}
                      for t, d in zip(duration.tolist(), distance.tolist(), strict=True)))  # fmt: skip
        found += len(hits.keys() & set(at.tolist()))
        told += len(hits.keys() - set(at.tolist()))
        planted, ordinary = planted + len(at), ordinary + len(duration) - len(at)
    assert found / planted >= 0.95
    assert told / ordinary <= 0.006


def test_unit_slips_of_athletes_with_one_gait_are_mostly_found():
    rng = np.random.default_rng(21)
    hits = [
        last(habit(80, speed, seed, spread=0.07), duration=2400.0,
             distance=2400.0 * speed * np.exp(rng.normal(0, 0.07)) * factor) is not None
        for seed, speed in enumerate(rng.uniform(2.5, 3.6, 60))
        for factor in (METRE_PER_MILE / 1000, 1000 / METRE_PER_MILE)
    ]  # fmt: skip
    assert np.mean(hits) >= 0.95


@given(st.lists(st.tuples(st.floats(-5, 5) | st.just(np.nan), st.integers(0, 2)), max_size=40), st.integers(1, 6))
def test_past_windows_equal_a_plain_loop(pairs, width):
    values = np.array([value for value, _ in pairs], dtype=float)
    group = np.array([code for _, code in pairs], dtype=np.int64)
    found = PastWindows(values, group, width=width).past(nearest=1)
    for i in range(len(pairs)):
        before = values[:i][(group[:i] == group[i]) & np.isfinite(values[:i])][-width:]
        assert found.count[i] == len(before)
        if len(before):
            assert found.median[i] == pytest.approx(np.median(before))
            assert found.high[i] == before.max()
        if len(before) and np.isfinite(values[i]):
            assert found.near[i] == np.abs(before - values[i]).min()
        else:
            assert np.isnan(found.near[i])


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
