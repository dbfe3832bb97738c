"""The attacker against whom a released set is held: they know three workouts of each athlete and look for the athlete.

They know of each workout its distance and duration exactly and its date to within a day; that the athlete is in the
set; how the set was made; and that every athlete's dates were shifted by whole weeks, up to half a year either way.
They compare every athlete of the set under every shift: a week must have room for the workout, and fits the better the
more its mean session is like it; an athlete fits the better the more their overall mean session is like the three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.workbench.research.project import WEEKS

KNOWN = 3
"""workouts that the attacker knows"""
DAYS = 1
"""d; by which their dates may be wrong"""
SPREAD, HABIT = 0.5, 0.2
"""standard deviations of the logarithm: of one session about a week's mean, and of three about an athlete's"""
IMPOSSIBLE, UNKNOWN = -50.0, -2.0
"""log-likelihood of a week without room, and where nothing can be compared"""


@dataclass(frozen=True, slots=True)
class Weeks:
    """A released set as numbers, each of shape (athletes, weeks): bounds of what each week holds, and its middle."""

    first: int
    """day number of the first Monday"""
    sessions: Any
    hours: Any
    """middle; 0 where there is no session"""
    hours_most: Any
    km: Any
    """middle; NaN where distances are not released"""
    km_most: Any


@dataclass(frozen=True, slots=True)
class Attacked:
    """How often the attacker was right."""

    share: float
    """of athletes and draws; where several fit equally well the attacker picks one of them at random"""
    athletes: int
    draws: int


def attack(released: Weeks, truth: Sequence[Any], *, draws: int, seed: int) -> Attacked:
    """Attack a set whose athletes are in the order of `truth`: workouts with `day`, `duration` [s], `distance` [m].

    Athletes with fewer than KNOWN workouts with a distance are not looked for.
    """
    chance = np.random.default_rng(seed)
    shown = _Shown(released)
    right, looked = 0.0, 0
    for _ in range(draws):
        for place, workouts in enumerate(truth):
            known = np.flatnonzero((workouts["duration"] > 0) & (workouts["distance"] > 0))
            if len(known) < KNOWN:
                continue
            some = chance.choice(known, KNOWN, replace=False)
            days = workouts["day"][some] + chance.integers(-DAYS, DAYS + 1, KNOWN)
            fits = shown.fits(days, workouts["duration"][some] / 3600, workouts["distance"][some] / 1000)
            best = np.flatnonzero(fits >= fits.max() - 1e-9)
            right += (place in best) / len(best)
            looked += 1
    return Attacked(right / looked if looked else 0.0, len(truth), draws)


class _Shown:
    """The set as the attacker looks at it."""

    def __init__(self, weeks: Weeks) -> None:
        self._first = weeks.first
        with np.errstate(invalid="ignore", divide="ignore"):
            per = np.where(weeks.sessions > 0, weeks.sessions, np.nan)
            self._hours, self._km = weeks.hours / per, weeks.km / per
            self._habit = _mean(self._hours), _mean(self._km)
        self._room = weeks.sessions > 0, weeks.hours_most, weeks.km_most
        self._columns = weeks.sessions.shape[1]

    def fits(self, days: Any, hours: Any, km: Any) -> Any:
        """Log-likelihood of each athlete, under the shift that suits them best; shape (athletes,)."""
        shifts = np.arange(-WEEKS, WEEKS + 1)  # as if the one looked for were in the middle: so few suit others
        best = np.full(len(self._habit[0]), -np.inf)
        for shift in shifts:
            total = sum(self._one(int(day) + 7 * int(shift), h, k) for day, h, k in zip(days, hours, km, strict=True))
            best = np.maximum(best, total)
        habit = _like(np.mean(np.log(hours)), self._habit[0], HABIT) + _like(np.mean(np.log(km)), self._habit[1], HABIT)
        return best + habit

    def _one(self, day: int, hours: float, km: float) -> Any:
        found = None
        for week in {(day + error - self._first) // 7 for error in range(-DAYS, DAYS + 1)}:
            if not 0 <= week < self._columns:
                continue
            some, hours_most, km_most = (each[:, week] for each in self._room)
            room = some & (hours_most >= hours) & (km_most >= km)
            fit = _like(np.log(hours), self._hours[:, week], SPREAD) + _like(np.log(km), self._km[:, week], SPREAD)
            fit = np.where(room, 0.0, IMPOSSIBLE) + fit
            found = fit if found is None else np.maximum(found, fit)
        return IMPOSSIBLE if found is None else found


def _mean(values: Any) -> Any:
    known = np.isfinite(values)
    return np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)


def _like(log: Any, middle: Any, spread: float) -> Any:
    with np.errstate(invalid="ignore", divide="ignore"):
        found = -((log - np.log(middle)) ** 2) / (2 * spread**2)
    return np.where(np.isfinite(found), found, UNKNOWN)
