"""What is told of planted lasting changes: how many are found, how closely dated, and how many are told falsely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from fitintel.core.workouts import Workouts
from fitintel.intelligence.segments import Stretches
from fitintel.intelligence.simulate.planted import Change
from fitintel.workbench.measures import Measure, rate, share
from fitintel.workbench.replayed_alerts import SAME_CHANGE

NEAR = 14
"""d. A change whose stated interval comes this close to the planted day has been found
(docs/decisions/change-point-accuracy.md)."""
POSSIBLE = ("possible total", "possible sessions", "possible each")
SURE, ALL_TOLD = ("main", "sessions"), ("main", "sessions", *POSSIBLE)
"""Series whose changes a brief tells: as lasting ones; with those that are only possible."""
ABOUT = 120
"""d. A told change this close to a planted one of its direction is taken to mean it."""
LEAST = 28
"""d. A searched-for change leaves at least this much on either side."""
INFORMED = ("weekly load", "duration of each workout")
FOUND, FALSE = ">= 85 %", "<= 1"
SIZES = ((0.3, 0.4), (0.4, 0.5), (0.5, 0.61))
"""Classes of the size of a planted change."""


class Told(NamedTuple):
    """A change as a detector tells it: best guess and interval [day numbers], direction."""

    day: int
    low: int
    high: int
    up: bool


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """One athlete's planted changes, the series they show in, and what the detectors tell of the whole history."""

    planted: Sequence[Change]
    workouts: Workouts
    week: Any
    load: Any
    """total of each week (n,)"""
    end_day: int
    changes: Mapping[str, Mapping[str, Any]]
    """series -> change points"""

    def dated(self, change: Change, series: Iterable[str]) -> bool:
        """Whether the best guess for a change of that direction is within NEAR days."""
        return any(abs(each.day - change.day) <= NEAR for each in self.told(series) if each.up == (change.factor > 1))

    def spanned(self, change: Change, series: Iterable[str]) -> bool:
        """Whether the stated interval for a change of that direction comes within NEAR days."""
        return any(each.low - NEAR <= change.day <= each.high + NEAR
                   for each in self.told(series) if each.up == (change.factor > 1))  # fmt: skip

    def held(self, change: Change, series: Iterable[str]) -> bool | None:
        """Whether the interval of the nearest told change of that direction holds the planted day; None if none is told
        within ABOUT days."""  # fmt: skip
        about = [each for each in self.told(series)
                 if each.up == (change.factor > 1) and abs(each.day - change.day) <= ABOUT]  # fmt: skip
        if not about:
            return None
        nearest = min(about, key=lambda each: abs(each.day - change.day))
        # an interval names the first weeks of the new level: a change within the week before starts that week
        return nearest.low - 6 <= change.day <= nearest.high

    def informed(self, change: Change, of: str) -> bool:
        """Whether least squares dates it to NEAR days, told that one change lies between the neighbouring planted ones.

        On the square root of weekly load, or on the logarithm of each workout's duration.
        """
        if of == "weekly load":
            day, value = np.asarray(self.week), np.sqrt(self.load)
        else:
            day, value = self.workouts["day"], np.asarray(self.workouts["duration"], dtype=float)
            value = np.log(np.where(value > 0, value, np.nan))
        others = [each.day for each in self.planted if each.day != change.day]
        after = max((each for each in others if each < change.day), default=int(day[0]))
        before = min((each for each in others if each > change.day), default=self.end_day + 1)
        inside = (day >= after) & (day < before) & np.isfinite(value)
        day, value = day[inside], value[inside]
        places = np.flatnonzero((day >= after + LEAST) & (day < before - LEAST))
        if not len(places):
            return False
        stretches = Stretches(value)
        loss = stretches.cost(0, places) + stretches.cost(places, len(value))
        return bool(abs(int(day[places[int(np.argmin(loss))]]) - change.day) <= NEAR)

    def told(self, series: Iterable[str]) -> Iterator[Told]:
        """The changes told of these series."""
        for name in series:
            found = self.changes[name]
            columns = (found[key] for key in ("week", "low", "high", "relative"))
            for day, low, high, relative in zip(*columns, strict=True):
                yield Told(day, low, high, relative > 0)

    def distinct(self, series: Iterable[str]) -> int:
        """How many changes are told, those of several series at one time counted once."""
        days = sorted(each.day for each in self.told(series))
        return len(days) - sum(after - before <= SAME_CHANGE for before, after in pairwise(days))

    def covered(self, series: Sequence[str], years: float) -> float:
        """Share of days and directions for which `spanned` would hold: what chance finds."""
        days = self.end_day - np.arange(round(years * 365.25))
        shares = [np.any([(days >= each.low - NEAR) & (days <= each.high + NEAR) for each in self.told(series)
                          if each.up == up] or [days < 0], axis=0).mean() for up in (True, False)]  # fmt: skip
        return float(np.mean(shares))


def change_measures(planted: Sequence[ToldChanges], calm: Sequence[ToldChanges], years: float) -> list[Measure]:
    """What is told of planted changes, at both levels of certainty, and of `calm` histories without any."""
    pairs = [(case, change) for case in planted for change in case.planted]
    rows = []
    for level, series, target in (("lasting or possible", ALL_TOLD, FOUND), ("lasting", SURE, "")):
        spanned = [case.spanned(change, series) for case, change in pairs]
        rows += _by_size(f"planted changes found within 14 days ({level})", pairs, spanned, target)
        dated = [case.dated(change, series) for case, change in pairs]
        rows += _by_size(f"planted changes whose best guess is within 14 days ({level})", pairs, dated, target)
        held = [hit for hit in (case.held(change, series) for case, change in pairs) if hit is not None]
        rows.append(share(f"90 % intervals of told changes that held the planted day ({level})", "all", sum(held),
                          len(held)))  # fmt: skip
        # by the same intervals on athletes without planted changes: wide intervals find much by chance
        by_chance = float(np.mean([case.covered(series, years) for case in calm])) if calm else None
        rows.append(Measure(f"days that would be found by chance ({level})", "all", 0, len(calm), by_chance, None, None,
                            "share"))  # fmt: skip
        false = sum(case.distinct(series) for case in calm)
        rows.append(rate(f"changes told where none was planted ({level})", "all", false, len(calm) * years,
                         "per athlete-year", FALSE if target else ""))  # fmt: skip
    for name in ("distance", "duration", "load"):
        hits = sum(case.spanned(change, (name,)) for case, change in pairs)
        rows.append(share("planted changes found within 14 days (lasting)", f"weekly {name} alone", hits, len(pairs)))
    for name in INFORMED:
        hits = sum(case.informed(change, name) for case, change in pairs)
        rows.append(share("dated within 14 days by a searcher who is told between which days the one change lies", name,
                          hits, len(pairs)))  # fmt: skip
    return rows


def _by_size(
    name: str, pairs: Sequence[tuple[ToldChanges, Change]], hits: Sequence[bool], target: str
) -> list[Measure]:
    rows = [share(name, "all", sum(hits), len(pairs), target)]
    for sign, (low, high) in ((sign, size) for sign in "+-" for size in SIZES):
        some = [hit for hit, (_, change) in zip(hits, pairs, strict=True)
                if (change.factor > 1) == (sign == "+") and low <= abs(change.factor - 1) < high]  # fmt: skip
        rows.append(share(name, f"{sign}{low:.0%} to {sign}{min(high, 0.6):.0%}", sum(some), len(some)))
    return rows
