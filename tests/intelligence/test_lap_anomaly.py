"""The pulse from lap to lap: what falls at the same speed, and what falls because the athlete slowed down."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fitintel.core import snapshot
from fitintel.core.records import Athlete
from fitintel.core.workouts import Workouts
from fitintel.intelligence.brief import compose
from fitintel.intelligence.lap_pulse import falls
from fitintel.intelligence.registry import Journal, get, replay

lap_anomaly, workout_anomaly = get("lap_anomaly"), get("workout_anomaly")
KM = 1000.0


def history(n=40):
    """Ordinary runs with a mean heart rate near 142."""
    return Workouts.from_rows([
        {"id": f"w{at:02}", "day": 20000 + at, "sport": "running", "flags": "", "duration": 1800.0 + at % 5,
         "distance": 5400.0 + 30 * (at % 7), "hr_mean": 140.0 + at % 5, "hr_max": 155.0 + at % 4}
        for at in range(n)
    ])  # fmt: skip


def of(workout, *laps):
    """Columns of laps: (duration, distance, heart rate)."""
    duration, distance, pulse = zip(*laps, strict=True)
    return {"id": [workout] * len(laps), "duration": duration, "distance": distance, "hr_mean": pulse}


def told(laps, rows=None, **parameters):
    rows = history() if rows is None else rows
    before = workout_anomaly(rows, {"id": rows["id"], "label": np.full(len(rows), "run", dtype=object)})
    found = lap_anomaly(rows, before, laps, **parameters)
    return found, dict(zip(found["id"].tolist(), found["why"].tolist(), strict=True))


def test_a_pulse_that_falls_by_half_at_the_same_speed_is_a_sensor_that_lost_contact():
    found, why = told(of("w30", (330, KM, 138.0), (332, KM, 146.0), (331, KM, 81.0), (329, KM, 78.0)))
    assert why == {"w30": "fell"}
    assert (found["kind"][0], found["field"][0], found["value"][0]) == ("sensor fault", "hr_mean", 140.0)
    assert found["expected"][0] == pytest.approx((330 * 138 + 332 * 146) / 662)
    assert not found["hard"][0]


@pytest.mark.parametrize(
    "laps",
    [
        [(330, KM, 134.0), (331, KM, 141.0), (330, KM, 143.0), (329, KM, 146.0)],
        [(330, KM, 138.0), (270, KM, 166.0), (268, KM, 170.0), (360, KM, 141.0)],
        [(90, 400.0, 168.0), (120, 200.0, 150.0)] * 4 + [(600, 1500.0, 128.0)],
        [(330, KM, 146.0), (20, 60.0, 90.0)],
        [(330, KM, 140.0), (330, KM, math.nan)],
    ],
)
def test_drift_a_faster_part_intervals_and_what_is_left_of_a_lap_are_no_faults(laps):
    assert told(of("w30", *laps))[1] == {}


def test_a_pulse_may_settle_after_fast_parts_but_not_below_the_usual():
    intervals = [(330, KM, 150.0), (180, 700.0, 172.0), (330, KM, 166.0)]
    assert told(of("w30", *intervals, (330, KM, 133.0)))[1] == {}
    assert told(of("w30", *intervals, (330, KM, 88.0)))[1] == {"w30": "fell"}


def test_what_was_found_before_stays_and_the_order_of_the_workouts_is_kept():
    rows = history()
    rows = rows.replace(distance=np.where(rows["id"] == "w35", 10 * rows["distance"], rows["distance"]))
    lost = ((330, KM, 144.0), (331, KM, 80.0))
    found, why = told({name: [*of("w30", *lost)[name], *of("w35", *lost)[name]] for name in of("w30", *lost)}, rows)
    assert why == {"w30": "fell", "w35": "slip"}
    surprise = dict(zip(found["compared"]["id"].tolist(), found["compared"]["surprise"].tolist(), strict=True))
    assert surprise["w30"] > 1


def test_a_later_workout_changes_nothing_and_unknown_ones_are_left_out():
    laps = of("w30", (330, KM, 144.0), (331, KM, 80.0))
    assert told(laps, history(31))[1] == told(laps, history(60))[1] == {"w30": "fell"}
    assert told(laps, history(20))[1] == {}


def test_laps_without_heart_rate_say_nothing():
    laps = of("w30", (330, KM, 144.0), (331, KM, 80.0))
    assert falls({name: values for name, values in laps.items() if name != "hr_mean"}) == {}
    assert falls({name: [] for name in laps}) == {}


def test_its_run_is_replayed_from_its_snapshots():
    rows, journal = history(), Journal()
    before = journal.run("workout_anomaly", rows, {"id": rows["id"], "label": np.full(len(rows), "run", dtype=object)})
    result = journal.run("lap_anomaly", rows, before, of("w30", (330, KM, 144.0), (331, KM, 80.0)))
    assert result.run.parents == (before.run.id,)
    assert snapshot.digest(replay(result.run, journal.snapshots.__getitem__)) == result.run.output


def test_a_brief_of_workouts_with_laps_counts_what_they_tell_and_shows_the_effect_of_leaving_it_out():
    rows = history()
    day = int(rows["day"][-1])
    laps = of("w38", (330, KM, 144.0), (331, KM, 80.0), (330, KM, 79.0))
    made = compose(Athlete("a", "A"), rows, day, laps=laps).journal
    by_name = {run.algorithm: run for run in made.runs.values()}
    assert by_name["lap_anomaly"].id in by_name["anomaly_effect"].parents
    values = made.values()
    assert "w38" in values[by_name["anomaly_effect"].output]["id"].tolist()
    without = compose(Athlete("a", "A"), rows, day, laps={**laps, "hr_mean": [math.nan] * 3}).journal
    assert "lap_anomaly" not in {run.algorithm for run in without.runs.values()}
