"""The figures of a recorded workout, made from its samples: time, distance, means over time, climbed height.

Means are weighted by time, never by samples: devices write more samples where more happens. Time within pauses counts
for nothing, nor does a gap that is long against the usual step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.rolling import fourth_power_mean, window_means
from fitintel.core.rules import HR_RANGE
from fitintel.core.sports import ON_FOOT
from fitintel.ingest.usual_step import median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GAP, USUAL = 30.0, 10.0
"""A step longer than this many s, and than this many times the usual step, tells nothing of what was in between."""
LATE = 3600.0
"""s. A first sample later than this after the stated start is of another clock."""
STANDING: dict[str, float] = {"running": 0.5, "walking": 0.5, "hiking": 0.4, "cycling": 1.0}
STANDING_ANY = 0.3
"""m/s below which nobody is under way."""
CLIMB = 3.0
"""m of hysteresis; GoldenCheetah BasicRideMetrics.cpp, ElevationGain."""
ONE_LEG = 120.0
"""1/min. Nobody runs or walks a workout at fewer steps per minute: it is one leg that was counted."""
MAX_POWER = 2500.0
"""W. Nobody has measured more than this for a second on a calibrated meter and told the truth."""
SPEED_OVER = 10.0
"""s. Speed made from distances is taken over this time: over one second it is mostly noise."""
SMOOTHED = 30
"""s. Weighted power: fourth-power mean of means over this time (Allen and Coggan)."""
LONGEST = 30 * 86_400.0
"""s of recorded time; more is a fault of the clock, and would be cut into thousands of millions of seconds"""


class Axis:
    """Steps of a time axis and how much of each counts.

    Args:
        time: s since 1970, strictly increasing, shape (n,).
        pauses: (start, end) [s].
        start: stated start [s].
    """

    def __init__(self, time: Floats, pauses: Sequence[tuple[float, float]], start: float) -> None:
        self.time = time
        self.begin = start if 0.0 <= time[0] - start <= LATE else float(time[0])
        self.elapsed = float(time[-1]) - self.begin
        self._edges, self._paused = _pause_clock(pauses)
        self.timer = self.elapsed - self.paused(self.begin, float(time[-1]))
        steps = time[1:] - time[:-1]
        self.steps = steps - np.diff(np.interp(time, self._edges, self._paused)) if len(self._edges) else steps
        usual = median(steps) if len(steps) else 1.0
        self.counted = np.where(self.steps > max(GAP, USUAL * usual), 0.0, self.steps)

    def paused(self, start: float, end: float) -> float:
        """Time within pauses between two moments [s]."""
        if not len(self._edges):
            return 0.0
        first, last = np.interp([start, end], self._edges, self._paused)
        return float(last - first)

    def mean(self, values: Floats) -> tuple[float, float]:
        """(mean over time, time that it speaks of [s]); NaN where nothing was measured."""
        middle = (values[1:] + values[:-1]) / 2
        weight = np.where(np.isnan(middle), 0.0, self.counted)
        total = float(weight.sum())
        if total <= 0.0:
            known = values[~np.isnan(values)]
            return (float(known.mean()) if len(known) else float("nan")), 0.0
        return float((weight * np.nan_to_num(middle)).sum() / total), total


_last: tuple[Floats, Sequence[tuple[float, float]], float, Axis] | None = None


def axis_of(time: Floats, pauses: Sequence[tuple[float, float]], start: float) -> Axis:
    """The axis of these very arrays. The last one is kept: repairs, figures and quality ask for the same in turn."""
    global _last
    kept = _last
    if kept is not None and kept[0] is time and kept[1] is pauses and kept[2] == start:
        return kept[3]
    made = Axis(time, pauses, start)
    _last = (time, pauses, start, made)
    return made


def _pause_clock(pauses: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    """Moments and the time paused until each: between them it grows straight."""
    edges: list[float] = []
    paused: list[float] = []
    total = 0.0
    for start, end in sorted(pauses):
        start = max(start, edges[-1]) if edges else start
        if end <= start:
            continue
        edges += [start, end]
        paused += [total, total + end - start]
        total += end - start
    return np.array(edges), np.array(paused)


def figures(
    time: Floats, stream: Mapping[str, Floats], pauses: Sequence[tuple[float, float]], start: float, sport: str
) -> dict[str, float]:
    """Figures of samples: keys of core.recording.SUMMARY, and `moving` [s], the time under way. None is NaN.

    Args:
        time: s since 1970, strictly increasing, shape (n,).
        stream: channel -> values, each of shape (n,).
        pauses: (start, end) [s].
        start: stated start [s].
        sport: of the closed list.

    >>> time = np.arange(0.0, 101.0)
    >>> made = figures(time, {"distance": 3.0 * time, "hr": np.full(101, 150.0)}, [(40.0, 60.0)], 0.0, "running")
    >>> made["elapsed"], made["duration"], made["distance"], made["hr_mean"]
    (100.0, 80.0, 300.0, 150.0)
    """
    if not len(time):
        return {}
    axis = axis_of(time, pauses, start)
    made = {"elapsed": axis.elapsed, "duration": axis.timer}
    way = stream.get("distance")
    if way is not None:
        made["distance"] = total_distance(way)
    made |= _speeds(axis, stream, sport)
    if "hr" in stream:
        beats = _within(stream["hr"], *HR_RANGE)
        made["hr_mean"], made["hr_max"] = axis.mean(beats)[0], _top(beats)
    if "cadence" in stream:
        made["cadence"] = cadence(axis, stream["cadence"], sport)
    if "power" in stream:
        watts = _within(stream["power"], 0.0, MAX_POWER)
        made["power_mean"], made["power_max"] = axis.mean(watts)[0], _top(watts)
        made["weighted_power"] = weighted_power(axis, watts)
    if "elevation" in stream:
        made["elevation_gain"], made["elevation_loss"] = climbed(stream["elevation"])
    return {name: value for name, value in made.items() if value == value}


def total_distance(values: Floats) -> float:
    """Way of a counter [m] that starts near zero, may start anew with a leg, and may jitter.

    >>> total_distance(np.array([np.nan, 2.0, 10.0, 9.5, 20.0, 0.0, 5.0]))
    25.0
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan")
    fell = np.diff(known)
    anew = np.flatnonzero((fell < -np.maximum(50.0, 0.5 * known[:-1])) | ((fell < 0) & (known[1:] == 0.0))) + 1
    ends = known[np.append(anew - 1, len(known) - 1)]
    starts = np.append(0.0 if known[0] <= max(200.0, 0.1 * known.max()) else known[0], known[anew])
    # the first sample of a recording is some way from its start; a leg's counter starts at its own first sample
    return float((ends - starts).sum())


def _speeds(axis: Axis, stream: Mapping[str, Floats], sport: str) -> dict[str, float]:
    way, told = stream.get("distance"), stream.get("speed")
    made: dict[str, float] = {}
    speed = None
    if way is not None:
        with np.errstate(invalid="ignore", divide="ignore"):
            speed = np.diff(way) / np.diff(axis.time)
    if told is not None and (speed is None or np.isnan(speed).all()):
        speed = (told[1:] + told[:-1]) / 2
    if speed is not None and len(speed):
        under_way = speed >= STANDING.get(sport, STANDING_ANY)
        made["moving"] = float(axis.steps[under_way].sum())
    if told is not None and not np.isnan(told).all():
        made["speed_max"] = _top(told)
    elif way is not None:
        made["speed_max"] = top_speed(axis.time, way)
    return made


def top_speed(time: Floats, way: Floats) -> float:
    """Highest speed over `SPEED_OVER` s [m/s] from distances [m]; NaN for a shorter recording."""
    known = ~np.isnan(way)
    time, way = time[known], way[known]
    after = np.searchsorted(time, time + SPEED_OVER)
    first = np.flatnonzero(after < len(time))
    if not len(first):
        return float("nan")
    return float(((way[after[first]] - way[first]) / (time[after[first]] - time[first])).max())


def cadence(axis: Axis, values: Floats, sport: str) -> float:
    """Mean of the cadence while there is one; on foot in steps, also where one leg was counted."""
    moving = np.where(values > 0, values, np.nan)
    mean = axis.mean(moving)[0]
    known = moving[~np.isnan(moving)]
    return 2 * mean if sport in ON_FOOT and len(known) and median(known) < ONE_LEG else mean


def weighted_power(axis: Axis, watts: Floats) -> float:
    """Fourth-power mean of 30 s means of the power [W]; NaN for less than 30 s, or more than `LONGEST`.

    Source: Allen and Coggan, Training and Racing with a Power Meter. Samples are held for at most a gap.
    """
    known = ~np.isnan(watts)
    if known.sum() < 2:
        return float("nan")
    clock = np.append(0.0, np.cumsum(axis.counted))
    if clock[-1] > LONGEST:
        return float("nan")
    seconds = np.arange(0.0, np.floor(clock[-1]) + 1.0)
    even = np.interp(seconds, clock[known], watts[known])
    return float(fourth_power_mean(window_means(even, SMOOTHED)))


def climbed(heights: Floats) -> tuple[float, float]:
    """(gain, loss) of height [m] with `CLIMB` of hysteresis; NaN without any height.

    >>> climbed(np.array([100.0, 101, 102, 104, 103, 101, 99, 103, 107, 106, 110]))
    (12.0, 5.0)
    """
    told = heights[~np.isnan(heights)]
    if not len(told):
        return float("nan"), float("nan")
    # a height that is that of the sample before changes nothing
    known = told[np.concatenate(([True], told[1:] != told[:-1]))].tolist()
    gain = loss = 0.0
    at = known[0]
    low, high = at - CLIMB, at + CLIMB
    for height in known:
        if height > high:
            gain += height - at
        elif height < low:
            loss += at - height
        else:
            continue
        at = height
        low, high = at - CLIMB, at + CLIMB
    return gain, loss


def _within(values: Floats, low: float, high: float) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.where((values >= low) & (values <= high), values, np.nan)


def _top(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else float("nan")
