"""Planted entry errors, from gross ones down to the size of an ordinary bad day.

An error is called gross when the athlete cannot have done what is written: it is wrong by a factor of 3 or more, or by
more than 4 SD while the resulting speed lies further than 4 SD from the middle of every gait the athlete has in truth
(of the sport itself where it is not on foot). SD is that of the generator: day-to-day spread, form over months, length
of the workout. All others are subtle; they are counted apart. The detectors play no part in this.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitintel.core.sports import ON_FOOT
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.simulate.device import Row, Written
from fitintel.intelligence.simulate.person import GAITS, Person
from fitintel.intelligence.simulate.planted import EntryError
from fitintel.intelligence.simulate.records import Lap
from fitintel.intelligence.simulate.sessions import FATIGUE

GROSS_FACTOR = 3.0
GROSS_SDS = 4.0
FORM_SD = 0.06
"""SD of log pace by surroundings and fitness over months (0.035 together) and by kind of session (0.05)."""
MILE = METRE_PER_MILE / 1000
KINDS = ("unit", "digit", "minutes", "left running", "swapped", "doubled", "bad day")


def plant_errors(
    rng: np.random.Generator, person: Person, written: Written, races: Sequence[str]
) -> tuple[EntryError, ...]:
    """Spoil about ten entries of a history in place; each kind at least once where the history is long enough."""
    able = [row for row in written.rows if row.get("distance") and row["id"] not in races]
    kinds = [*KINDS, *(str(rng.choice(KINDS)) for _ in range(3))]
    chosen = rng.choice(len(able), size=min(len(kinds), len(able) // 8), replace=False)
    # the order of kinds is drawn too, so that a short history does not always miss the same ones
    found = [_spoil(rng, person, able[int(place)], str(kind))
             for place, kind in zip(chosen, rng.permutation(kinds), strict=False)]  # fmt: skip
    for error in found:
        laps = written.laps.pop(error.workout_id, ())
        # a watch left running goes on in its last lap; whatever else is wrong was typed, and nobody types laps
        if laps and error.kind == "left running":
            row = next(row for row in written.rows if row["id"] == error.workout_id)
            extra = row["duration"] - sum(lap.duration for lap in laps)
            written.laps[error.workout_id] = _left_running(laps, extra)
    return tuple(sorted(found, key=lambda error: error.workout_id))


def _spoil(rng: np.random.Generator, person: Person, row: Row, kind: str) -> EntryError:
    distance, duration = float(row["distance"]), float(row["duration"])
    up = bool(rng.random() < 0.5)
    field = "distance" if rng.random() < 0.5 else "duration"
    if kind == "unit":
        field, factor = "distance", MILE if up else 1 / MILE
    elif kind == "digit":
        factor = 10.0 if up else 0.1
    elif kind == "minutes":
        field, factor = "duration", 60.0 if up else 1 / 60
    elif kind == "left running":
        field, factor = "duration", 1 + float(rng.uniform(2, 20)) * 3600 / duration
    elif kind == "doubled":
        field, factor = "distance", 2.0
    elif kind == "swapped":
        # minutes in the field of kilometres and kilometres in that of minutes
        field, factor = "both", (duration / 60) / (distance / 1000)
        row["distance"], row["duration"] = round(duration / 60 * 1000, 1), round(distance / 1000 * 60, 0)
    else:
        factor = float(np.exp(rng.uniform(1.0, 2.5) * spread_of(person))) ** (1 if up else -1)
    if field != "both":
        row[field] = round(float(row[field]) * factor, 1)
    return EntryError(str(row["id"]), kind, field, round(factor, 4), _gross(person, row, factor))


def _left_running(laps: tuple[Lap, ...], extra: float) -> tuple[Lap, ...]:
    last = laps[-1]
    return (*laps[:-1], last._replace(duration=round(last.duration + extra, 1)))


def spread_of(person: Person) -> float:
    """SD of the athlete's log speed within one gait, by the generator's own parameters."""
    # SD of Student's t with 4 degrees of freedom is sqrt(2); sessions.py scales two of pace by 0.4, one of size by 0.7
    return float(np.sqrt(4 * (0.4 * person.pace_sd) ** 2 + 2 * (0.7 * FATIGUE * person.size_sd) ** 2 + FORM_SD**2))


def _gross(person: Person, row: Row, factor: float) -> bool:
    if max(factor, 1 / factor) >= GROSS_FACTOR:
        return True
    limit = GROSS_SDS * spread_of(person)
    speed = float(np.log(float(row["distance"]) / float(row["duration"])))
    sport = str(row["sport"])
    kinds = [kind for kind in person.mix if kind in GAITS] if sport in ON_FOOT else [sport]
    far = all(abs(speed - np.log(person.speed[kind])) > limit for kind in kinds)
    return bool(abs(np.log(factor)) > limit and far)
