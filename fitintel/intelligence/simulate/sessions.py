"""The workouts of a habit as they were done: activity, kind of session, size, effort. What a device writes down of them
is made in device.py."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import partial
from math import exp, log
from typing import Any

import numpy as np

from fitintel.core.days import weekday
from fitintel.intelligence.simulate import kinds
from fitintel.intelligence.simulate.habit import Habit
from fitintel.intelligence.simulate.kinds import Part
from fitintel.intelligence.simulate.person import Person
from fitintel.intelligence.simulate.regimes import Phase
from fitintel.intelligence.simulate.traits import Traits

RACES = (5000.0, 10000.0, 21097.5)
SIZE_TAILS = 4.0
PACE_TAILS = 4.0
"""Degrees of freedom of Student's t: most days are alike, a few are far out."""
FATIGUE = 0.06
"""Riegel 1981: pace slows as distance to this power."""
RACE_SD = 0.016
"""SD of log race time from race to race: 1-3 % in runners (Hopkins & Hewson 2001, Med Sci Sports Exerc 33:1588)."""
EFFORT = {"walk": -30.0, "hike": -12.0, "mixed": -8.0, "cycling": -6.0, "swimming": -10.0, "strength": -25.0,
          "other": -35.0}  # fmt: skip
"""bpm: heart rate on an easy day, less that of an easy run."""
SPEED_POWER = {"cycling": 0.45, "swimming": 0.4}
"""Speed grows as intensity to this power: air and water resist with its third power (di Prampero 1986, Int J Sports Med
7:55). 1 on foot."""
STILL = ("strength", "other")
"""Activities without distance."""
MINUTES = {"strength": 45.0, "other": 40.0}


@dataclass(frozen=True, slots=True)
class Draft:
    """One workout as it was done."""

    place: int
    """days since the first day of the history"""
    number: int
    """0, or 1 for a second workout of the day"""
    activity: str
    """run, walk, hike, mixed, cycling, swimming, strength, other"""
    session: str | None
    name: str
    parts: list[Part]
    outside: float
    """log slowing by what heart rate does not see: surface, wind, hills, error of the distance"""
    race: float | None
    """m"""
    load: float
    """100 for an hour at threshold"""


def draw_drafts(
    rng: np.random.Generator, person: Person, traits: Traits, habit: Habit, phases: list[Phase]
) -> list[Draft]:
    """The true workouts, oldest first."""
    days = habit.probability.size
    trains = _training_days(rng, person, habit)
    second = rng.random(days) < person.second
    since_hard, drafts = 9, []
    for place in range(days):
        day = habit.first + place
        since_hard += 1
        race = day in habit.race_days
        if not trains[place] and not race:
            continue
        phase = next(each for each in reversed(phases) if each.first <= day)
        for number in range(2 if second[place] and not race else 1):
            # now and then a workout is not recorded at all
            lost = rng.random() < 0.03 and not race
            draft = _draft(rng, person, traits, habit, phase, place, number, race, since_hard)
            if draft.session in ("long", "tempo", "interval", "race"):
                since_hard = 0
            if not lost:
                drafts.append(draft)
    return drafts


def _training_days(rng: np.random.Generator, person: Person, habit: Habit) -> list[bool]:
    """Days of training: chance, drawn towards the week's usual number by how much the athlete keeps to it."""
    chance, usual = rng.random(habit.probability.size), np.convolve(habit.probability, np.ones(7))
    done: list[bool] = []
    for place, probability in enumerate(habit.probability):
        wanted = float(usual[place - 1]) if place else 0.0
        missed = (wanted - sum(done[-7:])) / max(wanted, 1.0) if place >= 7 else 0.0
        done.append(bool(chance[place] < probability * np.exp(person.keeps * missed)))
    return done


def _draft(
    rng: np.random.Generator, person: Person, traits: Traits, habit: Habit, phase: Phase, place: int, number: int,
    race: bool, since_hard: int,
) -> Draft:  # fmt: skip
    day = habit.first + place
    activity = "run" if race else phase.activities[bisect(phase.cumulative, rng.random())]
    of_week = weekday(day)
    meant = kinds.choose(rng, traits, activity, of_week, since_hard, number, phase.hard)
    usual = float(habit.size[place])
    own = meant.offset + meant.scatter * person.size_sd * float(rng.standard_t(SIZE_TAILS)) * 0.7
    if of_week >= 5 and number == 0 and meant.kind != "long":
        own += 0.15  # the weekend has more time
    if number:
        own -= 0.35
    size = min(max(usual + own, -2.0), 1.6)
    effort, outside = (0.4 * person.pace_sd * float(each) for each in rng.standard_t(PACE_TAILS, 2))
    if race:
        course = float(rng.choice(RACES))
        parts = [Part(course / person.speed["run"], 1.0, "steady")]
        lucky = float(rng.normal(0.0, RACE_SD))
        return Draft(place, number, "run", "race", f"{course / 1000:g} km race", parts, lucky, course,
                     100.0 * parts[0].duration / 3600)  # fmt: skip
    if activity in STILL:
        seconds = MINUTES[activity] * 60 * exp(0.6 * size)
        return Draft(place, number, activity, None, "", [Part(seconds, 0.45, "steady")], 0.0, None, 25 * seconds / 3600)
    distance = phase.distance[activity] * exp(size)
    whole = distance / person.speed[activity]
    session, name = meant.kind, ""
    if session in ("tempo", "interval"):
        whole = min(max(whole, 1500.0), 6600.0)
        if session == "tempo":
            parts, name = kinds.tempo(rng, traits, whole)
        else:
            parts, name = kinds.intervals(rng, traits, activity, whole, partial(speed_at, person, traits, activity))
    else:
        session = kinds.settled(session, own)
        intensity = easy_intensity(traits, activity) * kinds.steady(session, traits) / traits.easy
        intensity *= exp(-effort - FATIGUE * log(distance / person.distance[activity]))
        parts = [Part(distance / speed_at(person, traits, activity, intensity), intensity, "steady")]
    load = sum(100.0 * part.duration / 3600 * part.intensity**2 for part in parts)
    return Draft(place, number, activity, session, name, parts, outside, None, load)


def easy_intensity(traits: Traits, activity: str) -> float:
    """Speed over threshold speed, in heart rate, on an easy day of an activity."""
    return traits.easy + EFFORT.get(activity, 0.0) / (traits.hr_threshold - traits.hr_rest)


def speed_at(person: Person, traits: Traits, activity: str, intensity: float) -> float:
    """Speed [m/s] at an intensity, on the day of reference."""
    power = SPEED_POWER.get(activity, 1.0)
    return float(person.speed[activity] * (intensity / easy_intensity(traits, activity)) ** power)


def form_by_day(rng: np.random.Generator, days: int) -> np.ndarray[Any, Any]:
    """Log slowing by surroundings that change over months: routes, heat, company. A few percent."""
    knots = rng.normal(0.0, 0.03, days // 60 + 3)
    return np.interp(np.arange(days), 60.0 * np.arange(knots.size), knots)
