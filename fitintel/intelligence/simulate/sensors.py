"""Planted sensor faults, from those nobody can see to those no body can do.

Kinds: an optical sensor takes the rhythm of steps for the pulse (locked), a strap loses contact for the whole workout
or for part of it, single beats are counted several times (spike); a position far off is taken for way (jump), a
barometer drifts with the weather or is blocked by sweat; a foot pod counts one foot, a counter overflows. How large a
fault is, is said by the spread of the athlete's own values of that field on days without one, by the generator's
parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from fitintel.intelligence.simulate.device import Row, Written
from fitintel.intelligence.simulate.planted import SensorFault, size_class
from fitintel.intelligence.simulate.records import Lap

KINDS = {"heart rate locked to cadence": "hr_mean", "heart rate strap dropped out": "hr_mean",
         "heart rate strap slipped": "hr_mean", "heart rate spike": "hr_max", "one foot counted": "cadence",
         "steps overflow": "steps", "position jump": "distance", "barometer drift": "elevation_gain"}  # fmt: skip
"""kind -> field in which it shows."""
SDS = {"hr_mean": 6.0, "hr_max": 8.0}
"""bpm: from day to day within a kind of session, by effort (0.4 of the spread of pace, about 130 bpm per unit of speed)
and the day."""
LOG_SDS = {"elevation_gain": 0.6, "cadence": 0.04, "steps": 0.4}
MEDIUM, LARGE = 2.0, 4.0
"""SD"""
COUNT = 8


def plant_sensor_faults(
    rng: np.random.Generator, spread: float, written: Written, spoiled: Sequence[str]
) -> tuple[SensorFault, ...]:
    """About eight workouts in which a sensor failed, changed in place; only fields that the athlete's devices record.

    `spread`: SD of the athlete's log speed.
    """
    found: list[SensorFault] = []
    taken = set(spoiled)
    for kind in (str(rng.choice(tuple(KINDS))) for _ in range(COUNT)):
        field = KINDS[kind]
        able = [row for row in written.rows if row.get(field) and row.get("cadence", 150) and row["id"] not in taken]
        if not able:
            continue
        row = able[int(rng.integers(len(able)))]
        taken.add(row["id"])
        before = float(row[field])
        written.laps.update(_fail(rng, kind, row, written.laps.get(row["id"], ())))
        after = float(row[field])
        if field == "distance":
            effect, deviation = log(after / before), abs(log(after / before)) / spread
        elif field in SDS:
            effect, deviation = after - before, abs(after - before) / SDS[field]
        else:
            effect, deviation = after - before, abs(log(after / before)) / LOG_SDS[field]
        found.append(SensorFault(str(row["id"]), kind, field, round(effect, 4), size_class(deviation, MEDIUM, LARGE)))
    return tuple(sorted(found, key=lambda fault: fault.workout_id))


def _fail(rng: np.random.Generator, kind: str, row: Row, laps: tuple[Lap, ...]) -> dict[str, tuple[Lap, ...]]:
    """Change the row; its laps as changed, by workout id, where it has any."""
    if kind == "heart rate locked to cadence":
        locked = round(float(row.get("cadence") or rng.uniform(158, 176)), 0)
        row.update(hr_mean=locked, hr_max=max(locked + 4.0, row["hr_max"] if rng.random() < 0.3 else 0.0))
        laps = tuple(lap._replace(hr_mean=locked + float(rng.integers(-2, 3))) for lap in laps)
    elif kind == "heart rate strap dropped out":
        low = round(float(rng.uniform(30, 70)), 0)
        row["hr_mean"] = low
        laps = tuple(lap._replace(hr_mean=low + float(rng.integers(-4, 5))) for lap in laps)
    elif kind == "heart rate strap slipped":
        share, low = rng.uniform(0.1, 0.8), rng.uniform(60, 110)
        row["hr_mean"] = round(float(row["hr_mean"] * (1 - share) + min(low, row["hr_mean"]) * share), 0)
        since = int(len(laps) * (1 - share))
        laps = (*laps[:since], *(lap._replace(hr_mean=round(low + float(rng.normal(0, 6)))) for lap in laps[since:]))
    elif kind == "heart rate spike":
        row["hr_max"] = round(float(row["hr_max"] + rng.uniform(8, 90)), 0)
    elif kind == "one foot counted":
        row.update(cadence=round(row["cadence"] / 2, 0), steps=round(row["steps"] / 2, 0))
    elif kind == "steps overflow":
        row["steps"] = float(2**32 - rng.integers(1, 2**27))
    elif kind == "position jump":
        further = row["distance"] * float(np.exp(rng.uniform(0.04, 1.2))) - row["distance"]
        row["distance"] = round(row["distance"] + further, 1)
        row["speed_max"] = round(max(float(row["speed_max"]), further / rng.uniform(10.0, 60.0)), 2)
        if laps:
            place = int(rng.integers(len(laps)))
            jumped = laps[place]._replace(distance=round(laps[place].distance + further, 1))
            laps = (*laps[:place], jumped, *laps[place + 1 :])
    else:
        row["elevation_gain"] = round(row["elevation_gain"] + float(np.exp(rng.uniform(np.log(30), np.log(2000)))), 0)
    return {row["id"]: laps} if laps else {}
