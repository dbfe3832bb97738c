"""The workouts of a habit: what was done on a training day, and what the device wrote down."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from fitintel.core.units import JOULE_PER_KCAL, SECOND_PER_HOUR
from fitintel.intelligence.simulate.habit import Habit
from fitintel.intelligence.simulate.person import Person

SPORT = {"run": "running", "walk": "walking", "hike": "hiking", "mixed": "running", "cycling": "cycling",
         "swimming": "swimming", "strength": "strength"}  # fmt: skip
SAID = {"run": "Run", "walk": "Walk", "hike": "Hike", "mixed": "Run", "cycling": "Bike Ride", "swimming": "Swim",
        "strength": "Weight Workout"}  # fmt: skip
MET = {"run": 9.8, "walk": 3.5, "hike": 6.0, "mixed": 6.5, "cycling": 7.5, "swimming": 7.0, "strength": 4.0}
STEPS = {"run": 166.0, "walk": 112.0, "hike": 104.0, "mixed": 138.0}
"""1/min. Typical step rates; each athlete's own differs by up to 6 %."""
RACES = (5000.0, 10000.0, 21097.5)
SIZE_TAILS = 4.0
PACE_TAILS = 4.0
"""Degrees of freedom of Student's t: most days are alike, a few are far out."""
FATIGUE = 0.06
"""Riegel 1981: pace slows as distance to this power."""

Row = dict[str, Any]


def draw_rows(rng: np.random.Generator, person: Person, habit: Habit, athlete_id: str) -> list[Row]:
    """The true workouts, oldest first: rows with the columns of a workout and `type`."""
    days = habit.probability.size
    form = _form(rng, days)
    own_steps = rng.uniform(0.94, 1.06)
    trains = _training_days(rng, person, habit)
    second = rng.random(days) < person.second
    rows: list[Row] = []
    for place in range(days):
        day = habit.first + place
        race = day in habit.race_days
        if not trains[place] and not race:
            continue
        for number in range(2 if second[place] and not race else 1):
            # now and then a workout is not recorded at all
            if rng.random() < 0.03 and not race:
                continue
            row = _row(rng, person, habit, day, number, race, float(form[place]), own_steps)
            row["source_id"] = f"{athlete_id}-{day}-{number}"
            row["id"] = "w" + hashlib.sha256(f"simulator:{row['source_id']}".encode()).hexdigest()[:19]
            rows.append(row)
    return rows


def _training_days(rng: np.random.Generator, person: Person, habit: Habit) -> list[bool]:
    """Days of training: chance, drawn towards the week's usual number by how much the athlete keeps to it."""
    chance, usual = rng.random(habit.probability.size), np.convolve(habit.probability, np.ones(7))
    done: list[bool] = []
    for place, probability in enumerate(habit.probability):
        wanted = float(usual[place - 1]) if place else 0.0
        missed = (wanted - sum(done[-7:])) / max(wanted, 1.0) if place >= 7 else 0.0
        done.append(bool(chance[place] < probability * np.exp(person.keeps * missed)))
    return done


def _form(rng: np.random.Generator, days: int) -> np.ndarray[Any, Any]:
    """Log pace relative to the athlete's own mean: it wanders by a few percent over months."""
    knots = rng.normal(0.0, 0.035, days // 60 + 3)
    return np.interp(np.arange(days), 60.0 * np.arange(knots.size), knots)


def _row(
    rng: np.random.Generator, person: Person, habit: Habit, day: int, number: int, race: bool, form: float,
    own_steps: float,
) -> Row:  # fmt: skip
    kinds = tuple(person.mix)
    weights = np.array([person.mix[kind] for kind in kinds])
    kind = "run" if race else str(rng.choice(kinds, p=weights / weights.sum()))
    size = float(habit.size[day - habit.first]) + person.size_sd * float(rng.standard_t(SIZE_TAILS)) * 0.7
    if (day + 3) % 7 >= 5 and number == 0:
        size += 0.2  # the weekend has more time
    if number:
        size -= 0.35
    size = float(np.clip(size, -2.0, 1.6))
    noise = person.pace_sd * float(rng.standard_t(PACE_TAILS)) * 0.7
    easy = form + noise
    row: Row = {"day": day, "sport": SPORT[kind], "source_sport": SAID[kind],
                "type": kind if kind in STEPS else "other"}  # fmt: skip
    if kind == "strength":
        row["duration"] = round(2700.0 * float(np.exp(0.6 * size)), 0)
    else:
        distance = float(rng.choice(RACES)) if race else person.distance[kind] * float(np.exp(size))
        # an occasional interval session or tempo run
        if kind == "run" and not race and rng.random() < 0.15:
            easy -= rng.uniform(0.05, 0.15)
        if race:
            easy -= 0.18
        easy += FATIGUE * float(np.log(distance / person.distance[kind]))
        speed = person.speed[kind] * float(np.exp(-easy))
        row["distance"] = round(distance * float(np.exp(rng.normal(0.0, 0.01))), 1)
        row["duration"] = round(distance / speed, 0)
        row["speed_max"] = round(speed * rng.uniform(1.2, 1.6), 2)
        if kind in ("run", "hike", "walk", "cycling"):
            hilly = 0.03 if kind == "hike" else 0.008
            row["elevation_gain"] = round(distance * hilly * float(rng.lognormal(0.0, 0.6)), 0)
    _body(rng, person, row, kind, easy, own_steps)
    start = (person.hour + (0.0 if not number else 6.0) + rng.normal(0.0, 1.5)) % 24
    row["start"] = float(round(day * 86400.0 + min(start, 23.9) * SECOND_PER_HOUR - person.utc_offset))
    row["utc_offset"] = person.utc_offset
    return row


def _body(rng: np.random.Generator, person: Person, row: Row, kind: str, easy: float, own_steps: float) -> None:
    """Heart rate, steps, energy and rating, as far as the athlete's devices record them."""
    minutes = row["duration"] / 60
    effort = {"walk": -30.0, "hike": -12.0, "mixed": -8.0, "strength": -25.0}.get(kind, 0.0)
    if person.hr and rng.random() < 0.95:
        mean = person.hr_easy + effort - 90.0 * min(max(easy, -0.3), 0.3) + rng.normal(0.0, 4.0)
        row["hr_mean"] = round(float(np.clip(mean, 75, 195)), 0)
        row["hr_max"] = round(row["hr_mean"] + float(rng.uniform(8, 28)), 0)
    if person.cadence and kind in STEPS:
        row["cadence"] = round(STEPS[kind] * own_steps * float(np.exp(rng.normal(0.0, 0.02))), 0)
        row["steps"] = round(row["cadence"] * minutes, 0)
    if person.rpe and rng.random() < 0.97:
        rating = 3.5 - 8.0 * easy + effort / 20 + 0.02 * minutes + rng.normal(0.0, 0.8)
        row["rpe"] = round(float(np.clip(rating, 1, 10)), 0)
    # a body of 70 kg: 1 MET is 1 kcal per kg and hour
    row["energy"] = round(MET[kind] * 70.0 * minutes / 60 * float(np.exp(rng.normal(0, 0.1)))) * JOULE_PER_KCAL
