"""A recorded channel at one value a second of moving time: pauses cut out, never read as zero.

A device writes a value every second, only when something changed ("smart" recording), or not at all for a while.
Everything that sums or rolls over a stream needs even spacing, so it reads the result of `one_hertz`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError

Floats = NDArray[np.float64]

LONGEST_STEP = 10.0
"""s; smart recording writes at least this often while it records: a longer silence is a pause that was not marked"""
USUAL_STEPS = 4.0
"""A device that always writes seldom is silent between two values for longer: up to this many of its usual steps"""
RESET = 30.0
"""s; after a longer pause a rolling window starts anew (science reference 1.5)"""


@dataclass(frozen=True, slots=True)
class Even:
    """A channel at 1 Hz of moving time."""

    values: Floats
    """(n,); one NaN stands where a rolling window starts anew, and counts as no time"""
    clock: Floats
    """(n,) time of day of each value [s], on the axis of the recording"""
    moving: float
    """s in which anything was recorded, pauses excluded"""
    coverage: float
    """share of the moving time in which this channel has a value, 0-1"""


def one_hertz(
    time: Any,
    values: Any,
    *,
    pauses: Iterable[tuple[float, float]] = (),
    longest: float | None = None,
    reset: float = RESET,
) -> Even:
    """A channel of a recording (`recording.time`, `recording.stream[name]`, `recording.pauses`) as `Even`.

    `time` (n,) [s] strictly increasing, `values` (n,) with NaN for missing. Between two values at most `longest` [s]
    apart (10 s, or four times the usual step of the recording if that is more) lies a straight line. What lies inside a
    marked pause, or between values farther apart, is cut out; after a cut of more than `reset` [s] a NaN follows. A
    recording at 1 Hz without pauses comes back unchanged.
    Raises DataError when the axis does not increase, or the lengths differ.

    >>> even = one_hertz([0, 1, 2, 5, 65, 66], [100, 100, 100, 160, 200, 200])
    >>> even.values.tolist(), even.moving
    ([100.0, 100.0, 100.0, 120.0, 140.0, 160.0, nan, 200.0, 200.0], 8.0)
    """
    time, values = np.asarray(time, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if time.shape != values.shape or time.ndim != 1:
        raise DataError(
            f"a channel of shape {values.shape} has a time axis of shape {time.shape}", why="one time per value"
        )
    if not (np.diff(time) > 0).all():
        raise DataError("the time axis does not increase", next="sort the samples by time and drop repeated ones")
    stops = np.array(sorted((min(p), max(p)) for p in pauses), dtype=np.float64).reshape(-1, 2)
    if longest is None:
        longest = max(LONGEST_STEP, USUAL_STEPS * float(np.median(np.diff(time)))) if len(time) > 1 else LONGEST_STEP
    running = ~_inside(time, stops)
    moving = float(sum(len(clock) for clock, _ in _pieces(time[running], time[running], stops, longest, 0.0)))
    known = running & np.isfinite(values)
    pieces = _pieces(time[known], values[known], stops, longest, reset)
    count = sum(len(piece) for _, piece in pieces)
    parts: list[tuple[Floats, Floats]] = []
    for clock, piece in pieces:
        if parts:
            parts.append((clock[:1], np.array([np.nan])))
        parts.append((clock, piece))
    return Even(
        values=np.concatenate([piece for _, piece in parts]) if parts else np.empty(0),
        clock=np.concatenate([clock for clock, _ in parts]) if parts else np.empty(0),
        moving=moving,
        coverage=min(1.0, count / moving) if moving else 0.0,
    )


def _inside(time: Floats, stops: Floats) -> NDArray[np.bool_]:
    """Whether a time lies strictly inside a pause; the samples at its ends belong to the moving parts."""
    if not len(stops):
        return np.zeros(len(time), dtype=np.bool_)
    reach = np.maximum.accumulate(stops[:, 1])
    at = np.searchsorted(stops[:, 0], time, side="left") - 1
    inside: NDArray[np.bool_] = (at >= 0) & (time < reach[np.maximum(at, 0)])
    return inside


def _stopped(time: Floats, stops: Floats) -> Floats:
    """Seconds of marked pause before each time; overlapping pauses count once."""
    if not len(stops):
        return np.zeros(len(time))
    begin = np.maximum(stops[:, 0], np.concatenate([[-np.inf], np.maximum.accumulate(stops[:-1, 1])]))
    length = np.maximum(stops[:, 1] - begin, 0.0)
    before = np.concatenate([[0.0], np.cumsum(length)])
    at = np.searchsorted(begin, time, side="right") - 1
    last = np.maximum(at, 0)
    part = np.clip(time - begin[last], 0.0, length[last])
    return np.where(at >= 0, before[last] + part, 0.0)


def _pieces(time: Floats, values: Floats, stops: Floats, longest: float, reset: float) -> list[tuple[Floats, Floats]]:
    """Stretches without a cut longer than `reset`: clock times and values at each second of moving time."""
    if not len(time):
        return []
    step = np.diff(time)
    recorded = step - np.diff(_stopped(time, stops))
    usual = min(float(np.median(step)), longest) if len(step) else 1.0
    # across a cut the axis goes on by one usual step, as if the device had simply recorded on
    cut = (recorded < step) | (recorded > longest)
    advance = np.where(cut, usual, step)
    lost = step - advance
    axis = np.concatenate([[0.0], np.cumsum(advance)])
    bounds = [0, *(np.flatnonzero(lost > reset) + 1).tolist(), len(time)]
    found = []
    for first, end in pairwise(bounds):
        place = axis[first:end]
        seconds = place[0] + np.arange(np.floor(place[-1] - place[0] + 1e-6) + 1)
        found.append((np.interp(seconds, place, time[first:end]), np.interp(seconds, place, values[first:end])))
    return found
