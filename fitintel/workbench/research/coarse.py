"""What is released of training: weeks, each as a band of sessions and a band of hours, on a ladder from fine to coarse.

Rows of single workouts are not released: three known ones find nearly everybody. Nor are distances by default: with
hours they tell an athlete's speed, which is a habit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.core.days import week_start
from fitintel.workbench.research.attack import Weeks

NO_BOUND = 1e9


@dataclass(frozen=True, slots=True)
class Bands:
    """Widths of bands; the last band is open above its beginning. None: not released."""

    sessions: int
    sessions_top: int
    hours: float | None = None
    hours_top: float = NO_BOUND
    km: float | None = None
    km_top: float = NO_BOUND


LADDER = (
    Bands(1, 10, 1.0, 20.0, 10.0, 150.0), Bands(2, 8, 2.0, 12.0, 20.0, 100.0), Bands(2, 6, 2.0, 8.0),
    Bands(3, 7, 3.0, 6.0), Bands(3, 7, 4.0, 4.0), Bands(7, 7, 4.0, 4.0),
    Bands(7, 7),
)  # fmt: skip
"""finest first"""


@dataclass(frozen=True, slots=True)
class Bins:
    """Weeks of a squad in bands, each of shape (athletes, weeks): number of the band, 0 for a week without sessions."""

    first: int
    """day number of the first Monday"""
    sessions: Any
    hours: Any
    km: Any
    bands: Bands

    def label(self, name: str, number: int) -> str:
        """A band in words: `0`, `1-3`, `7+`."""
        width, top = (getattr(self.bands, name), getattr(self.bands, f"{name}_top"))
        if not number:
            return "0"
        low = width * (number - 1)
        if low >= top:
            return f"{low:g}+" if name != "sessions" else f"{int(low) + 1}+"
        return f"{low:g}-{low + width:g}" if name != "sessions" else f"{int(low) + 1}-{int(low + width)}"

    def as_weeks(self) -> Weeks:
        """What somebody can make of it who knows the bands."""
        return Weeks(self.first, self._middle("sessions") + 0.5 * (self.sessions > 0), self._middle("hours"),
                     self._most("hours"), self._middle("km"), self._most("km"))  # fmt: skip

    def _middle(self, name: str) -> Any:
        width, number = getattr(self.bands, name), getattr(self, name)
        return np.full(number.shape, np.nan) if width is None else np.where(number > 0, width * (number - 0.5), 0.0)

    def _most(self, name: str) -> Any:
        width, top, number = getattr(self.bands, name), getattr(self.bands, f"{name}_top"), getattr(self, name)
        if width is None:
            return np.full(number.shape, NO_BOUND)
        return np.where(width * (number - 1) >= top, NO_BOUND, width * number)


def in_bands(truth: Sequence[Any], bands: Bands) -> Bins:
    """Weeks of athletes in bands. `truth`: of each, workouts with `day`, `duration` [s] and `distance` [m]."""
    days = np.concatenate([one["day"] for one in truth])
    first, last = week_start(int(days.min())), week_start(int(days.max()))
    sums = np.zeros((3, len(truth), (last - first) // 7 + 1))
    for place, one in enumerate(truth):
        week = (one["day"] - first) // 7
        for number, values in enumerate((np.ones(len(week)), one["duration"] / 3600, one["distance"] / 1000)):
            np.add.at(sums[number, place], week, np.nan_to_num(values))
    some = sums[0] > 0
    return Bins(first, _band(sums[0], bands.sessions, bands.sessions_top, some),
                _band(sums[1], bands.hours, bands.hours_top, some), _band(sums[2], bands.km, bands.km_top, some),
                bands)  # fmt: skip


def _band(values: Any, width: float | None, top: float, some: Any) -> Any:
    if width is None:
        return np.zeros(values.shape, np.int64)
    # half open below, so that a whole number of sessions is in one band
    number = np.maximum(1, np.ceil(np.minimum(values, top + width) / width)).astype(np.int64)
    return np.where(some, number, 0)
