"""One quantity of every workout against the athlete's past, and what a fault found in it is told with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.past import Codes, Numbers, PastWindows

Mask = NDArray[np.bool_]

NEAREST = 3
LEAST = 10
"""Earlier workouts that a comparison needs."""
FLOOR = {"hr_mean": 0.05, "ratio": 0.03, "cadence": 0.05, "steps": 0.05, "top": 0.10, "climb": 0.55}
"""Least SD of a log quantity: a run of equal values must not make a small step a large one. Climb per distance differs
from route to route by more than that of any other."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows in which one kind of fault was found; arrays of the rows' length."""

    at: Codes
    field: str
    why: str
    value: Numbers
    expected: Numbers
    low: Numbers
    high: Numbers
    score: Numbers
    hard: Mask


@dataclass(frozen=True, slots=True)
class Channel:
    """One quantity of every workout against its past: log value, robust z, and the usual range."""

    log: Numbers
    z: Numbers
    known: Mask
    count: Codes
    middle: Numbers
    scale: Numbers
    top: Numbers
    near: Numbers
    """distance to the third nearest earlier value, in SDs: a value seen three times before is no fault"""

    def range(self, at: Codes, beyond: float) -> tuple[Numbers, Numbers, Numbers]:
        """Expected value and bounds of the usual, `beyond` SDs around it."""
        middle, reach = self.middle[at], beyond * self.scale[at]
        return np.exp(middle), np.exp(middle - reach), np.exp(middle + reach)


class Channels:
    """The quantities of one history.

    A workout is compared with those of its `kind` (sport and type), where there are too few with those of its `sport`
    (codes); `foot` tells which are on foot, `certain` of which the type is known.
    """

    def __init__(self, rows: Any, kind: Codes, sport: Codes, foot: Mask, certain: Mask) -> None:
        self.rows, self.groups, self.foot, self.certain = rows, (kind, sport), foot, certain
        self.flags = rows["flags"].tolist()
        self.everything = np.zeros(len(self.flags), dtype=np.int64)
        self.speeds = self.quotient("distance", "duration")

    def channel(self, values: Numbers, floor: str, group: Codes | None = None, *, width: int = 60) -> Channel:
        """A quantity against the last `width` before it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(np.where(values > 0, values, np.nan))
        groups = self.groups if group is None else (group,)
        kind, *rest = (PastWindows(log, each, width=width).past(NEAREST) for each in groups)
        sport = rest[0] if rest else kind
        few = kind.count < LEAST
        count = np.where(few, sport.count, kind.count)
        middle, scale, top, near = (np.where(few, other, one) for one, other in (
            (kind.median, sport.median), (kind.scale, sport.scale), (kind.high, sport.high), (kind.near, sport.near),
        ))  # fmt: skip
        scale = np.maximum(scale, FLOOR[floor])
        known = (count >= LEAST) & np.isfinite(log)
        z = np.where(known, (log - middle) / scale, np.nan)
        return Channel(log, z, known, count, middle, scale, top, near / scale)

    def has(self, *names: str) -> bool:
        """Whether all these columns hold anything."""
        return all(name in self.rows and bool((self.rows[name] > 0).any()) for name in names)

    def column(self, name: str) -> Numbers:
        """A column; NaN throughout where there is none."""
        found: Numbers = self.rows[name] if name in self.rows else np.full(len(self.flags), np.nan)
        return found

    def quotient(self, above: str, below: str) -> Numbers:
        """One column over another; NaN where either is missing or not positive."""
        over, under = self.column(above), self.column(below)
        good = (over > 0) & (under > 0)
        found: Numbers = np.divide(over, under, out=np.full(len(over), np.nan), where=good)
        return found

    def fault(
        self, where: Mask, field: str, why: str, values: Numbers, usual: Channel, score: Numbers, beyond: float, *,
        factor: Numbers | None = None, hard: Mask | None = None,
    ) -> Fault:  # fmt: skip
        """The rows of `where`, told with `values` and the usual range of a channel, both times `factor`."""
        at = np.flatnonzero(where)
        times = np.ones(len(at)) if factor is None else factor[at]
        expected, low, high = (each * times for each in usual.range(at, beyond))
        certain = np.zeros(len(at), dtype=bool) if hard is None else hard[at]
        return Fault(at, field, why, values[at] * times, expected, low, high, score[at], certain)
