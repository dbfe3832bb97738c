"""What the athlete's devices write down of a workout: the row, its laps, its name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.units import JOULE_PER_KCAL, SECOND_PER_HOUR
from fitintel.intelligence.simulate.effort import Course, went
from fitintel.intelligence.simulate.habit import Habit
from fitintel.intelligence.simulate.laps import draw_laps
from fitintel.intelligence.simulate.person import Person
from fitintel.intelligence.simulate.records import Lap
from fitintel.intelligence.simulate.sessions import Draft, easy_intensity
from fitintel.intelligence.simulate.traits import Traits

SPORT = {"run": "running", "walk": "walking", "hike": "hiking", "mixed": "running", "cycling": "cycling",
         "swimming": "swimming", "strength": "strength", "other": "mobility"}  # fmt: skip
SAID = {"run": "Run", "walk": "Walk", "hike": "Hike", "mixed": "Run", "cycling": "Bike Ride", "swimming": "Swim",
        "strength": "Weight Workout", "other": "Yoga"}  # fmt: skip
MET = {"run": 9.8, "walk": 3.5, "hike": 6.0, "mixed": 6.5, "cycling": 7.5, "swimming": 7.0, "strength": 4.0,
       "other": 3.0}  # fmt: skip
STEPS = {"run": 166.0, "walk": 112.0, "hike": 104.0, "mixed": 138.0}
"""1/min. Typical step rates; each athlete's own differs by up to 6 %."""
RPE = {"recovery": 2.2, "easy": 3.2, "long": 4.2, "tempo": 5.6, "interval": 6.8, "race": 8.8}
"""CR-10 of a session: up to 4 below the first, 7 and more above the second threshold (Seiler & Kjerland 2006)."""
GENTLE = {"walk": 1.5, "hike": 0.5, "strength": -1.5, "other": 1.0}
"""Less than an easy run."""

Row = dict[str, Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Days:
    """What a day adds to every workout, by day of the history: log fitness, log slowing, illness, overreaching."""

    fit: Floats
    form: Floats
    ill: Floats
    strained: Floats


@dataclass(slots=True)
class Written:
    """What was written down, workout by workout."""

    rows: list[Row]
    laps: dict[str, tuple[Lap, ...]]
    names: dict[str, str]
    expected: dict[str, float]
    """workout id of a race -> s"""


def write_down(
    rng: np.random.Generator, person: Person, traits: Traits, habit: Habit, drafts: list[Draft], days: Days,
    athlete_id: str,
) -> Written:  # fmt: skip
    """Rows with the columns of a workout, laps by workout id, names."""
    own_steps = rng.uniform(0.94, 1.06)
    written = Written([], {}, {}, {})
    for draft in drafts:
        day, place = habit.first + draft.place, draft.place
        beats = 6.0 * days.ill[place] - 3.0 * days.strained[place]
        course = went(rng, traits, draft, person.speed.get(draft.activity, 1.0), float(days.fit[place]),
                      float(days.form[place]), float(beats))  # fmt: skip
        row = _row(rng, person, draft, course, day, traits.default_sport)
        worse = float(1.3 * days.strained[place] + 1.0 * days.ill[place])
        _body(rng, person, traits, row, draft, course, own_steps, worse)
        source_id = f"{athlete_id}-{day}-{draft.number}"
        name = "w" + hashlib.sha256(f"simulator:{source_id}".encode()).hexdigest()[:19]
        row.update(id=name, source_id=source_id)
        written.rows.append(row)
        if "distance" in row:
            found = draw_laps(rng, traits, draft, course, row["distance"], row["duration"], "hr_mean" in row)
            if found:
                written.laps[name] = found
        if traits.named and draft.name:
            written.names[name] = draft.name
        if draft.race is not None:
            written.expected[name] = course.expected
    return written


def _row(rng: np.random.Generator, person: Person, draft: Draft, course: Course, day: int, default_sport: float) -> Row:
    activity, duration = draft.activity, course.ends[-1]
    row: Row = {"day": day, "sport": SPORT[activity], "source_sport": SAID[activity], "duration": round(duration, 0)}
    if activity in ("walk", "hike") and default_sport and rng.random() < default_sport:
        row.update(sport=SPORT["run"], source_sport=SAID["run"])
    if activity in TRAVELLED:
        distance = sum(course.distances)
        fastest = max(far / time for far, time in zip(course.distances, course.durations, strict=True))
        row["distance"] = round(distance * float(np.exp(rng.normal(0.0, 0.01))), 1)
        row["speed_max"] = round(fastest * rng.uniform(1.08, 1.4) if len(draft.parts) > 1
                                 else fastest * rng.uniform(1.2, 1.6), 2)  # fmt: skip
        if activity in ("run", "hike", "walk", "cycling"):
            hilly = 0.03 if activity == "hike" else 0.008
            row["elevation_gain"] = round(distance * hilly * float(rng.lognormal(0.0, 0.6)), 0)
    hour = 9.5 if draft.race else person.hour + (0.0 if not draft.number else 6.0) + rng.normal(0.0, 1.5)
    row["start"] = float(round(day * 86400.0 + min(hour % 24, 23.9) * SECOND_PER_HOUR - person.utc_offset))
    row["utc_offset"] = person.utc_offset
    return row


TRAVELLED = ("run", "walk", "hike", "mixed", "cycling", "swimming")


def _body(
    rng: np.random.Generator, person: Person, traits: Traits, row: Row, draft: Draft, course: Course,
    own_steps: float, worse: float,
) -> None:  # fmt: skip
    """Heart rate, steps, energy and rating, as far as the athlete's devices record them."""
    activity, duration = draft.activity, course.ends[-1]
    minutes = duration / 60
    faster = 1.0
    if activity in TRAVELLED:
        faster = sum(course.distances) / duration / person.speed[activity]
    if person.hr and rng.random() < 0.95:
        mean = course.heartbeats(duration) / duration
        row["hr_mean"] = round(min(max(mean, 70.0), traits.hr_max), 0)
        # a climb, a sprint to the lights; at the end of repetitions there is little above
        above = rng.uniform(8, 26) if len(draft.parts) == 1 and not draft.race else rng.uniform(1, 6)
        highest = max(course.highest(), mean) if len(draft.parts) > 1 or draft.race else mean
        row["hr_max"] = round(max(min(highest + above, traits.hr_max + 2), row["hr_mean"]), 0)
    if person.cadence and activity in STEPS:
        row["cadence"] = round(STEPS[activity] * own_steps * faster**0.25 * float(np.exp(rng.normal(0.0, 0.02))), 0)
        row["steps"] = round(row["cadence"] * minutes, 0)
    if person.rpe and rng.random() < 0.97:
        nominal = RPE.get(draft.session or "easy", 3.2) - GENTLE.get(activity, 0.0)
        if len(draft.parts) == 1 and not draft.race and activity in TRAVELLED:
            nominal += 6.0 * float(np.log(draft.parts[0].intensity / easy_intensity(traits, activity)))
        rating = nominal + 0.015 * (minutes - 45) + worse + rng.normal(0.0, 0.8)
        row["rpe"] = round(min(max(rating, 1.0), 10.0), 0)
    # a body of 70 kg: 1 MET is 1 kcal per kg and hour
    kcal = MET[activity] * faster * 70.0 * minutes / 60 * float(np.exp(rng.normal(0, 0.1)))
    row["energy"] = round(kcal) * JOULE_PER_KCAL
