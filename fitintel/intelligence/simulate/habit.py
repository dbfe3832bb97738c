"""On which days an athlete trains, and how much more or less than usual: habit, season, blocks, mood, and life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.days import weekday
from fitintel.intelligence.simulate.person import Person
from fitintel.intelligence.simulate.planted import Change, Regime, Stretch
from fitintel.intelligence.simulate.regimes import draw_regimes, weekday_factors
from fitintel.intelligence.simulate.traits import Traits

BLOCK = (1.0, 1.1, 1.2, 0.65)
"""Load of the weeks of a training block, of its mean."""
APART = 182
"""d. Planted changes lie at least this far from each other and from both ends: they last."""
CLEAR = 56
"""d. An injury keeps this far from a planted change, so that the day of the change is well defined."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Per day of a history: probability of training and log factor on the size of a workout; and what was planted."""

    first: int
    probability: NDArray[np.float64]
    size: NDArray[np.float64]
    changes: tuple[Change, ...]
    stretches: tuple[Stretch, ...]
    race_days: tuple[int, ...]
    regimes: tuple[Regime, ...] = ()


def draw_habit(
    life: np.random.Generator, plant: np.random.Generator, turn: np.random.Generator, person: Person, traits: Traits,
    first: int, days: int, *, planted: bool,
) -> Habit:  # fmt: skip
    """The habit of `days` days from day number `first`. `plant` draws only what is planted, and `turn` the
    regimes and overreaching of it, so the life of an athlete is the same with and without planted events."""
    day = np.arange(days)
    mood = _wander(life, days, person.motivation_sd, person.motivation_days)
    drift = _wander(life, days, person.drift_sd, 120.0)
    peak = life.uniform(0, 365.25)
    log_load = mood + drift + person.season * np.cos(2 * np.pi * (first + day - peak) / 365.25)
    if person.structured:
        week = (np.array([first]) + day + 3) // 7
        log_load = log_load + np.log(np.array(BLOCK) / np.mean(BLOCK))[(week + int(life.integers(4))) % 4]
    stretches = _life(life, first, days)
    changes: tuple[Change, ...] = ()
    regimes: tuple[Regime, ...] = ()
    race_days: tuple[int, ...] = ()
    # a shift of load comes partly as more or fewer days and partly as longer or shorter workouts
    split = life.uniform(0.3, 0.7)
    if planted:
        changes = _changes(plant, first, days)
        stretches = (*stretches, *_injury(plant, first, days, changes))
        race_days = _races(plant, person, first, days, stretches)
        stretches = (*stretches, *(Stretch(race - 10, race - 1, "taper", 0.6) for race in race_days))
        regimes = draw_regimes(turn, person, traits, first, days, changes, stretches)
        stretches = (*stretches, *_overreaching(turn, person, first, days, changes, stretches))
    for change in changes:
        log_load = log_load + np.where(first + day >= change.day, np.log(change.factor), 0.0)
    base = person.day_share * np.array(
        [weekday_factors(person, regimes, first + d)[weekday(first + d)] for d in range(days)]
    )
    wanted = base * np.exp(split * log_load)
    probability = np.clip(wanted, 0.01, 0.96)
    # what a full week cannot take in days goes into the size of workouts, so that a planted factor is kept
    size = (1 - split) * log_load + np.log(wanted / probability)
    for stretch in stretches:
        inside = (first + day >= stretch.first) & (first + day <= stretch.last)
        probability = np.where(inside, probability * stretch.factor, probability)
        size = np.where(inside & (stretch.factor > 0), size + 0.5 * np.log(max(stretch.factor, 1e-9)), size)
    return Habit(first, np.minimum(probability, 0.97), size, changes, tuple(sorted(stretches, key=_by_day)), race_days,
                 regimes)  # fmt: skip


def _by_day(stretch: Stretch) -> tuple[int, int]:
    return stretch.first, stretch.last


def _wander(rng: np.random.Generator, days: int, sd: float, timescale: float) -> NDArray[np.float64]:
    """A stationary first-order autoregressive series with this SD and e-folding time [d]."""
    keep = float(np.exp(-1 / timescale))
    steps = rng.normal(0.0, sd * np.sqrt(1 - keep**2), days)
    out = np.empty(days)
    value = rng.normal(0.0, sd)
    for place in range(days):
        value = keep * value + steps[place]
        out[place] = value
    return out


def _life(rng: np.random.Generator, first: int, days: int) -> tuple[Stretch, ...]:
    """Illness twice a year, holidays twice a year, and now and then a device left at home."""
    years = days / 365.25
    found = []
    for kind, rate, shortest, longest in (("illness", 2.0, 4, 16), ("holiday", 1.8, 6, 16), ("no device", 1.0, 5, 14)):
        for _ in range(rng.poisson(rate * years)):
            start = first + int(rng.integers(days))
            length = int(rng.integers(shortest, longest + 1))
            factor = 0.0 if kind != "holiday" else float(rng.choice((0.0, 0.3, 1.3)))
            found.append(Stretch(start, start + length - 1, kind, factor))
    return tuple(found)


def _changes(rng: np.random.Generator, first: int, days: int) -> tuple[Change, ...]:
    """One or two lasting shifts of 30-60 % in weekly load, up or down."""
    wanted = int(rng.integers(1, 3)) if days >= 3 * APART else int(days >= 2 * APART)
    room = days - (wanted + 1) * APART
    cuts = np.sort(rng.integers(0, max(room, 0) + 1, size=wanted))
    found = []
    for place, cut in enumerate(cuts):
        percent = rng.uniform(0.3, 0.6)
        factor = 1 + percent if rng.random() < 0.5 else 1 - percent
        found.append(Change(first + (place + 1) * APART + int(cut), "weekly load", round(float(factor), 4)))
    return tuple(found)


def _injury(rng: np.random.Generator, first: int, days: int, changes: tuple[Change, ...]) -> tuple[Stretch, ...]:
    """No training for three to eight weeks, then three weeks at half load."""
    length = int(rng.integers(21, 57))
    starts = [start for start in range(first + 60, first + days - length - 21)
              if all(start - CLEAR > c.day or start + length + 21 + CLEAR < c.day for c in changes)]  # fmt: skip
    if not starts:
        return ()
    start = int(rng.choice(starts))
    return (Stretch(start, start + length - 1, "injury", 0.0),
            Stretch(start + length, start + length + 20, "return from injury", 0.5))  # fmt: skip


def _overreaching(
    rng: np.random.Generator, person: Person, first: int, days: int, changes: tuple[Change, ...],
    stretches: tuple[Stretch, ...],
) -> tuple[Stretch, ...]:  # fmt: skip
    """Most who run once do 50-80 % more for two to three weeks, as in studies that provoke overreaching (Halson &
    Jeukendrup 2004, Sports Med 34:967)."""
    length = int(rng.integers(14, 22))
    factor = float(rng.uniform(1.5, 1.8))
    starts = [start for start in range(first + 120, first + days - length - 21)
              if all(abs(start - change.day) > CLEAR for change in changes)
              and all(start - 14 > each.last or start + length + 14 < each.first for each in stretches)]  # fmt: skip
    if person.archetype == "walker" or rng.random() < 0.3 or not starts:
        return ()
    start = int(rng.choice(starts))
    return (Stretch(start, start + length - 1, "overreaching", round(factor, 4)),)


def _races(
    rng: np.random.Generator, person: Person, first: int, days: int, stretches: tuple[Stretch, ...]
) -> tuple[int, ...]:
    count = round(person.races * days / 365.25)
    sundays: Any = [d for d in range(first + 70, first + days) if weekday(d) == 6
                    and not any(s.first - 1 <= d <= s.last + 14 for s in stretches)]  # fmt: skip
    chosen: list[int] = []
    for race in rng.permutation(sundays):
        if len(chosen) < count and all(abs(int(race) - other) >= 42 for other in chosen):
            chosen.append(int(race))
    return tuple(sorted(chosen))
