"""Which kind of session an athlete means to do, and of which parts it consists.

Speeds are in units of threshold speed: repetitions of 3-5 min at 1.03-1.09, of 200-400 m at 1.1-1.2, tempo at
0.95-1.01 (Daniels; Helgerud et al. 2007, Med Sci Sports Exerc 39:665: 4 x 4 min with 3 min between). Hard days are
seldom next to each other and recovery follows them; one long session a week, on a fixed day of the weekend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from fitintel.intelligence.simulate.traits import Traits

SESSION_SPORTS = ("run", "cycling", "swimming")
"""Activities in which people train by kinds of session; walks, hikes and run-walks are easy or long."""
LONG = 0.45
"""Log size over the usual from which a steady session is long, whatever was meant."""
NOT_LONG = 0.25
"""Log size below which a long session was cut to an easy one."""


class Part(NamedTuple):
    """A stretch of one intention within a workout."""

    duration: float
    """s, at threshold speed of the reference day"""
    intensity: float
    """speed over threshold speed"""
    role: str
    """steady, warm, work, rest, cool"""


class Repetition(NamedTuple):
    """One kind of interval session."""

    name: str
    distance: float
    """m; 0: by time"""
    time: float
    """s; 0: by distance"""
    intensity: float
    rest: float
    """s of rest after each"""


REPETITIONS = (
    Repetition("400 m", 400.0, 0.0, 1.13, 80.0),
    Repetition("200 m", 200.0, 0.0, 1.19, 70.0),
    Repetition("800 m", 800.0, 0.0, 1.08, 130.0),
    Repetition("1000 m", 1000.0, 0.0, 1.06, 150.0),
    Repetition("2000 m", 2000.0, 0.0, 1.03, 180.0),
    Repetition("4 min", 0.0, 240.0, 1.06, 180.0),
    Repetition("1 min", 0.0, 60.0, 1.15, 60.0),
)
SETS = {"cycling": tuple(each for each in REPETITIONS if each.time),
        "swimming": (Repetition("100 m", 100.0, 0.0, 1.1, 25.0),
                     Repetition("200 m", 200.0, 0.0, 1.05, 40.0))}  # fmt: skip
"""Repetitions of other sports than running."""


class Meant(NamedTuple):
    """What was meant on a day: the kind, and how its size differs from the usual one."""

    kind: str
    offset: float
    """added to log size"""
    scatter: float
    """multiplies the scatter of log size"""


def choose(
    rng: np.random.Generator, traits: Traits, activity: str, weekday: int, since_hard: int, number: int, hard: float
) -> Meant:
    """The kind meant for a workout. `since_hard`: days since the last hard or long one; `hard`: share of hard ones."""
    if activity not in SESSION_SPORTS:
        return Meant("easy", 0.0, 1.0)
    chance = rng.random()
    if number == 0 and weekday == traits.long_day and activity != "swimming" and chance < traits.long:
        return Meant("long", rng.uniform(0.4, 0.7), 0.5)
    chance = rng.random()
    wanted = hard * (1.5 if since_hard >= 2 else 0.25)
    if chance < wanted:
        return Meant("tempo" if rng.random() < traits.tempo else "interval", 0.1, 0.6)
    if chance < wanted + traits.recovery * (3.0 if since_hard == 1 else 0.4):
        return Meant("recovery", -0.35, 0.6)
    return Meant("easy", 0.0, 1.0)


def settled(kind: str, size: float) -> str:
    """The kind that a steady session became by its size: log of distance over the usual one.

    >>> settled("easy", 0.6), settled("long", 0.1), settled("tempo", 0.6)
    ('long', 'easy', 'tempo')
    """
    if kind == "easy" and size >= LONG:
        return "long"
    return "easy" if kind == "long" and size < NOT_LONG else kind


def steady(kind: str, traits: Traits) -> float:
    """Intensity of a session without parts."""
    return traits.easy * {"recovery": 0.91, "long": 0.98}.get(kind, 1.0)


def tempo(rng: np.random.Generator, traits: Traits, whole: float) -> tuple[list[Part], str]:
    """A tempo session of about `whole` seconds: one block, or two to three with short rests; and its name."""
    warm, cool = whole * rng.uniform(0.18, 0.3), whole * rng.uniform(0.1, 0.22)
    block = max(whole - warm - cool, 720.0)
    pace, count = rng.uniform(0.95, 1.01), int(rng.choice((1, 1, 1, 2, 3)))
    parts = [Part(warm, traits.easy * 0.98, "warm")]
    for number in range(count):
        if number:
            parts.append(Part(150.0, traits.easy * 0.85, "rest"))
        parts.append(Part(block / count, pace, "work"))
    name = f"{count} x {block / count / 60:.0f} min tempo" if count > 1 else f"{block / 60:.0f} min tempo"
    return [*parts, Part(cool, traits.easy * 0.94, "cool")], name


def intervals(
    rng: np.random.Generator, traits: Traits, activity: str, whole: float, speed: Callable[[float], float]
) -> tuple[list[Part], str]:
    """An interval session of about `whole` seconds, `speed` [m/s] by intensity, and its name."""
    choice = SETS.get(activity, REPETITIONS)
    kind = choice[int(rng.integers(len(choice)))]
    warm, cool = whole * rng.uniform(0.18, 0.3), whole * rng.uniform(0.1, 0.22)
    intensity = kind.intensity * float(np.exp(rng.normal(0.0, 0.015)))
    work = kind.time or kind.distance / speed(intensity)
    rest = kind.rest * rng.uniform(0.8, 1.3)
    count = int(np.clip(np.floor((whole - warm - cool) / (work + rest)), 3, 15))
    # jogged or walked
    slow = traits.easy * (0.8 if rng.random() < 0.7 else 0.5)
    parts = [Part(warm, traits.easy * 0.98, "warm")]
    for number in range(count):
        # the first ones a little too fast, tired towards the end
        parts.append(Part(work, intensity * float(np.exp(rng.normal(0.008 - 0.016 * number / count, 0.012))), "work"))
        parts.append(Part(rest * float(np.exp(rng.normal(0.0, 0.06))), slow, "rest"))
    return [*parts[:-1], Part(cool, traits.easy * 0.93, "cool")], f"{count} x {kind.name}"
