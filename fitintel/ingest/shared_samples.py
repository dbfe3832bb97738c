"""Samples of two recordings at the times that both have: the same places, the same heartbeats, the same speeds?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Stream = Mapping[str, Floats]

CHANNELS = ("time", "lat", "lon", "hr", "speed")
"""what is compared"""
POSITION = "samples: position"
METRES_PER_DEGREE = 111_195.0
"""of latitude, on a sphere of 6,371 km"""
GAP = 30.0
"""s. Between samples further apart nothing is interpolated."""
ENOUGH, ENOUGH_TIME = 20, 60.0
"""samples, s. Fewer shared ones say nothing."""
LAGS = (0.0, -5.0, 5.0, -10.0, 10.0)
"""s. Two devices' clocks differ by so much."""
MOST = 20_000
"""samples that are compared; of longer recordings every n-th"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How samples agree at shared times; NaN where they say nothing."""

    samples: int
    place: float = math.nan
    """median distance of positions [m]"""
    hr: float = math.nan
    """correlation of heart rates"""
    hr_apart: float = math.nan
    """median difference [bpm]"""
    speed: float = math.nan
    """correlation of speeds"""

    def reasons(self) -> list[tuple[str, float, str]]:
        """(part, points, words) of each channel that says something."""
        found = []
        if self.place == self.place:
            points = 8.0 if self.place <= 30 else 4.0 if self.place <= 100 else 0.0 if self.place <= 500 else -12.0
            said = f"positions {self.place:.0f} m apart in the middle of {self.samples} shared times"
            found.append((POSITION, points, said))
        if self.hr_apart == self.hr_apart:
            alike = self.hr >= 0.9 or (math.isnan(self.hr) and self.hr_apart <= 1.0)
            points = (6.0 if self.hr_apart <= 2.0 else 5.0) if alike else 2.0 if self.hr >= 0.7 else 0.0
            points = -2.0 if self.hr < 0.2 else points
            said = f"heart rates {self.hr_apart:.0f} bpm apart"
            said += f", correlation {self.hr:.2f}" if self.hr == self.hr else ""
            found.append(("samples: heart rate", points, said))
        if self.speed == self.speed:
            points = 4.0 if self.speed >= 0.9 else 2.0 if self.speed >= 0.7 else 0.0 if self.speed >= 0.3 else -1.0
            found.append(("samples: speed", points, f"speeds correlate by {self.speed:.2f}"))
        return found


def agreement(one: Stream, two: Stream, shift: float = 0.0) -> Agreement | None:
    """How the samples of two recordings agree; None where they share too few times.

    Args:
        one, two: `time` [s] and channels, each of shape (n,) and (m,).
        shift: s by which the clock of `two` is behind that of `one`.

    >>> time = np.arange(100.0)
    >>> beats = 120.0 + 20.0 * np.sin(time / 9.0)
    >>> found = agreement({"time": time, "hr": beats}, {"time": time - 3600.0, "hr": beats}, 3600.0)
    >>> round(found.hr, 3), found.hr_apart
    (1.0, 0.0)
    """
    if not len(one.get("time", ())) or not len(two.get("time", ())):
        return None
    found = [made for lag in LAGS if (made := _at_lag(one, two, shift + lag)) is not None]
    if not found:
        return None
    if found[0].place == found[0].place:
        return min(found, key=lambda made: math.inf if math.isnan(made.place) else made.place)
    return max(found, key=lambda made: np.nansum([made.hr, made.speed]))


def _at_lag(one: Stream, two: Stream, shift: float) -> Agreement | None:
    # the one with fewer samples gives the times: the other is interpolated at them
    coarse, fine, moved = (one, two, -shift) if len(one["time"]) <= len(two["time"]) else (two, one, shift)
    times = coarse["time"] + moved
    within = (times >= fine["time"][0]) & (times <= fine["time"][-1])
    places = np.flatnonzero(within)
    places = places[:: max(1, math.ceil(len(places) / MOST))]
    times = times[places]
    if len(times) < ENOUGH or times[-1] - times[0] < ENOUGH_TIME:
        return None
    channels = {name: (coarse[name][places], _interpolated(fine["time"], fine[name], times))
                for name in CHANNELS[1:] if name in coarse and name in fine}  # fmt: skip
    place = math.nan
    if "lat" in channels and "lon" in channels:
        place = _median_distance(*channels["lat"], *channels["lon"])
    hr, hr_apart = _correlation(*channels["hr"]) if "hr" in channels else (math.nan, math.nan)
    speed, _ = _correlation(*channels["speed"]) if "speed" in channels else (math.nan, math.nan)
    if math.isnan(place) and math.isnan(hr_apart) and math.isnan(speed):
        return None
    return Agreement(len(times), place, hr, hr_apart, speed)


def _interpolated(time: Floats, values: Floats, at: Floats) -> Floats:
    known = ~np.isnan(values)
    if known.sum() < 2:
        return np.full(len(at), np.nan)
    time, values = time[known], values[known]
    after = np.clip(np.searchsorted(time, at), 1, len(time) - 1)
    made = np.interp(at, time, values, left=np.nan, right=np.nan)
    return np.where(time[after] - time[after - 1] <= GAP, made, np.nan)


def _median_distance(lat: Floats, other_lat: Floats, lon: Floats, other_lon: Floats) -> float:
    north = (lat - other_lat) * METRES_PER_DEGREE
    east = (np.mod(lon - other_lon + 180.0, 360.0) - 180.0) * METRES_PER_DEGREE * np.cos(np.radians(lat))
    apart = np.hypot(north, east)
    apart = apart[~np.isnan(apart)]
    return float(np.median(apart)) if len(apart) >= ENOUGH else math.nan


def _correlation(one: Floats, two: Floats) -> tuple[float, float]:
    """(Pearson's r, median difference); r is NaN where one of them hardly changes."""
    known = ~np.isnan(one) & ~np.isnan(two)
    if known.sum() < ENOUGH:
        return math.nan, math.nan
    one, two = one[known], two[known]
    apart = float(np.median(np.abs(one - two)))
    if min(one.std(), two.std()) < 1e-6:
        return math.nan, apart
    return float(np.corrcoef(one, two)[0, 1]), apart
