"""What an athlete states beside plans: thresholds (right, stale and wrong ones), goals, excused days.

Field tests of threshold speed or heart rate are right to 2-3 %; maximal heart rate by 220 - age is wrong by 7-12 bpm
(Tanaka et al. 2001, J Am Coll Cardiol 37:153). Many test once and never again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from math import log

import numpy as np

from fitintel.core.stated import ExcusedDays, Goal, Threshold
from fitintel.intelligence.simulate.person import Person
from fitintel.intelligence.simulate.plans import moment
from fitintel.intelligence.simulate.planted import Stretch
from fitintel.intelligence.simulate.records import Fitness, Race, ThresholdTruth
from fitintel.intelligence.simulate.traits import Traits

RIGHT = 0.04
"""Log error up to which a threshold is right."""
EXCUSES = {"illness": ("ill", 0.5), "injury": ("injured", 0.8), "holiday": ("holiday", 0.5),
           "no device": ("not_synchronised", 0.3)}  # fmt: skip
"""kind of stretch -> (reason, probability of being stated)."""
EVENTS = {"recreational": 0.5, "competitive": 0.8, "multisport": 0.5, "beginner": 0.3, "outdoor": 0.2}
"""Probability of an event ahead of the end of the history."""


def draw_thresholds(
    rng: np.random.Generator, traits: Traits, fitness: Fitness, athlete_id: str
) -> tuple[list[Threshold], dict[str, ThresholdTruth]]:
    """Thresholds of an athlete who states any, and what is true of each."""
    last = fitness.first + len(fitness.speed) - 1
    days = _tests(rng, fitness.first, last)
    made: list[Threshold] = []
    by_formula = fitness.hr_max + rng.normal(0.0, 9.0)
    made.append(_threshold(athlete_id, "hr_max", round(by_formula), days[0], "220 - age"))
    if rng.random() < 0.7:
        made.append(_threshold(athlete_id, "hr_rest", round(fitness.hr_rest + rng.normal(2.0, 2.0)), days[0], "felt"))
    careless = rng.random() < 0.25
    for day in days:
        error = rng.normal(0.0, 0.022)
        if careless:
            # a race pace wished for, or that of someone else
            error = rng.choice((-1.0, 1.0)) * rng.uniform(0.06, 0.2)
        value = fitness.speed_on(day) * float(np.exp(error))
        made.append(_threshold(athlete_id, "speed", round(value, 2), day, "30 min test", "running"))
        if day == days[0] or rng.random() < 0.5:
            heart = fitness.hr_threshold * float(np.exp(rng.normal(0.0, 0.015) + (0.5 * error if careless else 0.0)))
            made.append(_threshold(athlete_id, "heart_rate", round(heart), day, "30 min test"))
        if traits.ftp is not None:
            made.append(_threshold(athlete_id, "power", round(traits.ftp * float(np.exp(error))), day, "20 min test",
                                   "cycling"))  # fmt: skip
    return made, {each.id: _verdict(each, made, traits, fitness, last) for each in made}


def _tests(rng: np.random.Generator, first: int, last: int) -> list[int]:
    """Days of tests: once only, or every three to seven months."""
    days = [first + int((last - first) * rng.uniform(0.02, 0.4))]
    if rng.random() < 0.6:
        while days[-1] + 90 <= last:
            days.append(days[-1] + int(rng.integers(90, 211)))
    return [day for day in days if day <= last]


def _verdict(one: Threshold, every: Sequence[Threshold], traits: Traits, fitness: Fitness, last: int) -> ThresholdTruth:
    later = [each.valid_from for each in every if each.kind == one.kind and each.valid_from > one.valid_from]
    until = min(later, default=last + 1) - 1
    true, true_until = (_true(one.kind, traits, fitness, day) for day in (one.valid_from, until))
    assert one.value is not None
    verdict = "right" if abs(log(one.value / true)) <= RIGHT else "wrong"
    if verdict == "right" and abs(log(one.value / true_until)) > RIGHT:
        verdict = "stale"
    return ThresholdTruth(one.kind, verdict, round(true, 4), until, round(true_until, 4))


def _true(kind: str, traits: Traits, fitness: Fitness, day: int) -> float:
    return {"speed": fitness.speed_on(day), "heart_rate": fitness.hr_threshold, "hr_max": fitness.hr_max,
            "hr_rest": fitness.hr_rest, "power": traits.ftp or 0.0}[kind]  # fmt: skip


def draw_goals(
    rng: np.random.Generator, person: Person, races: Sequence[Race], end: int, first: int, athlete_id: str
) -> list[Goal]:
    """Goals: events (races run, and one ahead), training days and volume a week."""
    made = []
    for race in races:
        if rng.random() < 0.9:
            stated = max(race.day - int(rng.integers(42, 120)), first)
            made.append(_event(athlete_id, race.distance / 1000, race.day, stated))
    if rng.random() < EVENTS.get(person.archetype, 0.0):
        course = float(rng.choice((5.0, 10.0, 21.0975)))
        ahead = end + int(rng.integers(21, 120))
        made.append(_event(athlete_id, course, ahead, end - int(rng.integers(1, 40))))
    since = first + int((end - first) * rng.uniform(0.0, 0.6))
    if rng.random() < 0.6:
        days = float(np.clip(round(7 * person.day_share + rng.normal(0.3, 0.7)), 2, 7))
        made.append(_goal(athlete_id, "training_days", days, since, since))
    if rng.random() < 0.5:
        activity = max(person.mix, key=lambda each: person.mix[each])
        week = 7 * person.day_share * person.distance.get(activity, 5000.0) * rng.uniform(0.9, 1.3)
        if rng.random() < 0.6:
            made.append(_goal(athlete_id, "weekly_distance", 1000.0 * max(round(week / 1000), 1), since, since))
        else:
            hours = 1800.0 * max(round(week / person.speed.get(activity, 2.5) / 1800), 1)
            made.append(_goal(athlete_id, "weekly_duration", hours, since, since))
    return made


def draw_excuses(
    rng: np.random.Generator, stretches: Sequence[Stretch], first: int, end: int, athlete_id: str
) -> list[ExcusedDays]:
    """Excused days: part of what kept the athlete from training, now and then a day too short or too long."""
    made: list[ExcusedDays] = []
    for stretch in stretches:
        reason, chance = EXCUSES.get(stretch.kind, ("", 0.0))
        if rng.random() > chance or stretch.first > end or stretch.first < first:
            continue
        if any(each.first == stretch.first for each in made):
            continue
        last = max(stretch.first, stretch.last + int(rng.choice((-1, 0, 0, 0, 1))))
        stated = min(stretch.first + int(rng.integers(0, 5)), end)
        made.append(ExcusedDays(_id("x", athlete_id, stretch.first, stretch.kind), athlete_id, stretch.first, last,
                                reason, moment(stated, 20.0)))  # fmt: skip
    return made


def _threshold(athlete_id: str, kind: str, value: float, day: int, protocol: str, sport: str = "") -> Threshold:
    return Threshold(_id("t", athlete_id, kind, sport, day), athlete_id, kind, float(value), day, moment(day, 20.0),
                     sport, protocol)  # fmt: skip


def _goal(athlete_id: str, kind: str, value: float, day: int, stated: int, name: str = "") -> Goal:
    return Goal(_id("g", athlete_id, kind, day), athlete_id, kind, value, day, moment(stated, 20.0), name)


def _event(athlete_id: str, km: float, day: int, stated: int) -> Goal:
    """A running race, without a time that is aimed at."""
    goal = _goal(athlete_id, "event", 0.0, day, stated, f"{km:g} km race")
    return replace(goal, sport="running", distance=1000.0 * km)


def _id(kind: str, *what: object) -> str:
    return kind + hashlib.sha256(":".join(map(str, ("simulator", *what))).encode()).hexdigest()[:19]
