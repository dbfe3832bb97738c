"""Sensor faults: several signs that agree, what cannot be, and what is only a hard or an easy day."""

from __future__ import annotations

import numpy as np
import pytest

from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import get

workout_anomaly, workout_type = get("workout_anomaly"), get("workout_type")


def runs(n=60, seed=0, **more):
    """Ordinary runs: heart rate follows the effort of the day, the highest value lies 8 to 20 bpm above the mean."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        effort, minutes = rng.normal(0, 0.04), 45 * np.exp(rng.normal(0, 0.2))
        mean = round(142 + 120 * effort + rng.normal(0, 3))
        cadence = round(166 + 3 * rng.normal())
        rows.append({
            "duration": minutes * 60, "distance": minutes * 60 * 3.0 * np.exp(effort), "hr_mean": float(mean),
            "hr_max": float(mean + rng.integers(8, 21)), "cadence": float(cadence), "steps": cadence * minutes,
            "speed_max": 4.0 * np.exp(rng.normal(0, 0.05)),
            "elevation_gain": round(minutes * 60 * 3.0 * 0.008 * np.exp(rng.normal(0, 0.4))), **more,
        })  # fmt: skip
    return rows


def find(*rows, sport="running"):
    w = Workouts.from_rows([{"id": f"w{i:04}", "day": 20000 + i, "sport": sport, "flags": "", **row}
                            for i, row in enumerate(rows)])  # fmt: skip
    found = workout_anomaly(w, workout_type(w))
    names = ("id", "kind", "field", "why", "hard", "low", "high")
    return {int(row[0][1:]): row[1:] for row in zip(*(found[name] for name in names), strict=True)}


def last(**changes):
    """What is found of an ordinary run with these changes, after ordinary runs."""
    before = runs()
    return find(*before, {**runs(1, seed=9)[0], **changes}).get(len(before))


def test_ordinary_runs_are_no_faults():
    assert [row for row in find(*runs(300)).values() if row[0] == "sensor fault"] == []


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"hr_mean": 101.0, "hr_max": 158.0}, "hr_mean", "contact lost"),
        ({"hr_mean": 40.0, "hr_max": 150.0}, "hr_mean", "contact lost"),
        ({"hr_mean": 168.0, "hr_max": 172.0, "cadence": 167.0}, "hr_mean", "locked to steps"),
        ({"hr_mean": 143.0, "hr_max": 203.0}, "hr_max", "spike"),
        ({"hr_mean": 143.0, "hr_max": 231.0}, "hr_max", "spike"),
        ({"cadence": 83.0, "steps": 83.0 * 45}, "cadence", "one foot"),
        ({"speed_max": 27.0}, "speed_max", "position jump"),
        ({"elevation_gain": 1900.0}, "elevation_gain", "climb"),
    ],
)
def test_a_fault_is_told_with_its_field_and_how_it_shows(changes, field, why):
    kind, where, how, *_ = last(**changes)
    assert (kind, where, how) == ("sensor fault", field, why)


def test_a_race_is_hard_and_steady_and_no_fault():
    found = last(distance=2700 * 3.9, duration=2700.0, hr_mean=168.0, hr_max=173.0, cadence=171.0)
    assert found[:2] == ("unusual workout", "speed")


def test_an_easy_day_moves_both_and_is_no_fault():
    assert last(hr_mean=128.0, hr_max=140.0) is None


def test_only_what_nobody_can_do_is_certain():
    assert last(speed_max=27.0)[3]
    assert last(hr_mean=143.0, hr_max=231.0)[3]
    assert not last(hr_mean=101.0, hr_max=158.0)[3]


def test_the_usual_range_is_told_and_does_not_hold_the_value():
    *_, low, high = last(hr_mean=101.0, hr_max=158.0)
    assert 101.0 < low < 142.0 < high


def test_a_later_workout_changes_nothing_found_before():
    rows = [*runs(60), {**runs(1, seed=9)[0], "hr_mean": 101.0, "hr_max": 158.0}, *runs(40, seed=3)]
    whole = find(*rows)
    for upto in (61, 80):
        assert find(*rows[:upto]) == {place: row for place, row in whole.items() if place < upto}


def test_where_no_highest_heart_rate_is_recorded_the_mean_is_still_checked():
    rows = [{name: value for name, value in row.items() if name != "hr_max"} for row in runs(61)]
    rows[-1]["hr_mean"] = 66.0
    assert find(*rows)[60][:2] == ("sensor fault", "hr_mean")


def test_a_walk_among_runs_is_no_fault_of_the_cadence():
    walk = {"duration": 3600.0, "distance": 4680.0, "cadence": 110.0, "steps": 6600.0, "hr_mean": 100.0}
    found = find(*runs(60), walk, walk, walk)
    assert not any(row[1] in ("cadence", "steps") for row in found.values())


def test_a_pulse_takes_time_to_rise_so_one_as_flat_and_as_fast_as_steps_is_of_steps_even_in_the_first_workout():
    flat = {**runs(1)[0], "hr_mean": 166.0, "hr_max": 170.0, "cadence": 166.0}
    assert find(flat)[0][:3] == ("sensor fault", "hr_mean", "locked to steps")
    assert find({**flat, "hr_max": 184.0}) == {}
    assert find({**flat, "hr_mean": 140.0, "hr_max": 144.0}) == {}


def test_without_cadence_a_flat_pulse_in_the_rhythm_of_running_is_of_steps_unless_the_speed_explains_it():
    before = [{**row, "cadence": None, "steps": None} for row in runs(60)]
    flat = {**before[0], "duration": 2700.0, "hr_mean": 166.0, "hr_max": 170.0}
    locked = find(*before, {**flat, "distance": 2700 * 3.0})
    assert locked[60][2] == "locked to steps"
    race = find(*before, {**flat, "distance": 2700 * 3.9})
    assert race.get(60, ("", "", ""))[2] != "locked to steps"


def test_steps_longer_than_legs_are_those_of_one_foot_even_in_the_first_workout():
    walk = {"duration": 3600.0, "distance": 5040.0, "cadence": 56.0, "steps": 3360.0}
    run = {"duration": 3600.0, "distance": 10_800.0, "cadence": 84.0, "steps": 5040.0}
    for row in (walk, run):
        assert find(row)[0][:3] == ("sensor fault", "cadence", "one foot")
        both = {name: row[name] * (2 if name in ("cadence", "steps") else 1) for name in row}
        assert find(both) == {}


def test_a_device_that_always_counts_one_foot_is_told_three_times_and_known_then():
    one_foot = [{**row, "cadence": row["cadence"] / 2, "steps": row["steps"] / 2} for row in runs(30)]
    assert sorted(find(*one_foot)) == [0, 1, 2]


def test_a_heart_rate_of_sleep_under_one_of_effort_is_contact_lost_even_in_the_first_workout():
    assert find({**runs(1)[0], "hr_mean": 57.0, "hr_max": 114.0})[0][2:4] == ("contact lost", True)
    assert find({**runs(1)[0], "hr_mean": 82.0, "hr_max": 114.0}) == {}


def intervals(n, seed=5):
    """Runs with a high top speed and a wide gap between mean and highest heart rate."""
    return [{**row, "speed_max": 5.6 + 0.1 * (at % 4), "hr_max": row["hr_mean"] + 33.0 + at % 4}
            for at, row in enumerate(runs(n, seed=seed))]  # fmt: skip


def test_intervals_widen_the_gap_of_the_heart_rate_with_the_speed_and_are_no_spikes():
    before = [row for pair in zip(runs(60), [None, None, None, *intervals(1)] * 15, strict=True) for row in pair if row]
    session = {**runs(1, seed=9)[0], "hr_mean": 143.0, "hr_max": 183.0}
    assert find(*before, {**session, "speed_max": 5.8}).get(len(before), ("",) * 3)[2] != "spike"
    assert find(*runs(60), {**session, "hr_max": 189.0, "speed_max": 4.0})[60][2] == "spike"


def test_a_walk_with_hills_is_slower_and_a_barometer_that_drifts_is_not():
    def walks(count, speed, climb, seed):
        rng = np.random.default_rng(seed)
        return [
            {
                "duration": 3600.0,
                "distance": 3600 * speed * np.exp(rng.normal(0, 0.05)),
                "elevation_gain": 3600 * speed * climb * np.exp(rng.normal(0, 0.5)),
            }
            for _ in range(count)
        ]

    def found(row):
        before = [*walks(50, 1.4, 0.008, 1), *walks(8, 1.05, 0.1, 2), *walks(50, 1.4, 0.008, 3)]
        return find(*before, row, sport="walking").get(len(before), ("", "", ""))[2]

    hike, drift = walks(1, 1.0, 0.1, 4)[0], {"duration": 3600.0, "distance": 5100.0, "elevation_gain": 620.0}
    assert found(hike) != "climb"
    assert found(drift) == "climb"
