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
