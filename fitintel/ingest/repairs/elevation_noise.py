"""Heights that jitter, as those of satellites do, are smoothed by a running median; a barometer's are left alone.

Files do not say which of the two wrote the heights: the jitter tells. Hysteresis against the rest is part of the
climbed height itself (figures.CLIMB).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.repairs.step import Found, Step
from fitintel.ingest.usual_step import median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

JITTER, CALM = 2.0, 1.0
"""m. Smoothing begins above the first and goes on until below the second: what is smooth is not smoothed again."""
ENOUGH = 60
"""samples that it takes to know the jitter"""
WINDOW, PASSES = 9, 8
"""samples, times"""
NEAR = 10.0
"""s. Heights further apart than this differ because of the ground."""


def jitter(time: Floats, heights: Floats) -> float:
    """Standard deviation of the noise [m] from second differences, whose size a steady slope does not change; robust.

    NaN where too few samples are near each other.

    >>> jitter(np.arange(100.0), 0.5 * np.arange(100.0))
    0.0
    """
    near = (time[2:] - time[:-2]) <= 2 * NEAR
    even = np.abs(heights[2:] - 2 * heights[1:-1] + heights[:-2])[near]
    if len(even) < ENOUGH:
        return float("nan")
    return float(1.4826 * median(even) / np.sqrt(6.0))


def find(recording: Recording) -> Found | None:
    """Recordings whose heights jitter by more than JITTER."""
    height = recording.stream.get("elevation")
    if height is None:
        return None
    known = np.flatnonzero(~np.isnan(height))
    time, values = recording.time[known], height[known]
    if len(known) < ENOUGH or not jitter(time, values) > JITTER:
        return None
    before = jitter(time, values)
    for _ in range(PASSES):
        values = _smoothed(values)
        if not jitter(time, values) > CALM:
            break
    else:
        return None  # not noise about a course: left as it is
    at = np.zeros(len(height), bool)
    at[known] = values != height[known]
    made = height.copy()
    made[known] = values
    said = f"jitter {before:.1f} m before, {jitter(time, values):.1f} m after"
    return Found(replace(recording, stream={**recording.stream, "elevation": made}), at, ("elevation",), said)


def _smoothed(values: Floats) -> Floats:
    """Running median, then the mean of as many medians; the ends are repeated outward."""
    half = WINDOW // 2
    wide = np.pad(values, half, mode="edge")
    middle = np.median(np.lib.stride_tricks.sliding_window_view(wide, WINDOW), axis=1)
    summed = np.concatenate(([0.0], np.cumsum(np.pad(middle, half, mode="edge"))))
    mean: Floats = (summed[WINDOW:] - summed[:-WINDOW]) / WINDOW
    return mean


STEP = Step(
    name="elevation_noise", version="1.0.0", says="jittering heights are smoothed by a running median", find=find
)
