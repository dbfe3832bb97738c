"""Heights that nobody could have reached, and heights of 0 that stand for none, are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.repairs.chain import outside
from fitintel.ingest.repairs.limits import CLIMBING, CLIMBING_ANY, per_sample
from fitintel.ingest.repairs.step import Found, Step, runs, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLACK = 15.0
"""m. Height from satellites jumps by this much."""
PRICE, LONGEST = 30.0, 60.0
"""s. A barometer that was set anew stays: which side is right cannot be told."""


def find(recording: Recording) -> Found | None:
    """Spikes of height, and runs of exactly 0 with impossible steps on both sides or at an end of the recording."""
    height = recording.stream.get("elevation")
    if height is None:
        return None
    known = np.flatnonzero(~np.isnan(height))
    if len(known) < 3:
        return None
    values, time = height[known], recording.time[known]
    limit = per_sample(recording, CLIMBING, CLIMBING_ANY)[known]

    def reaches(first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.bool_]:
        reach = np.maximum(limit[first], limit[second]) * (time[second] - time[first]) + SLACK
        near: NDArray[np.bool_] = np.abs(values[second] - values[first]) <= reach
        return near

    at = np.zeros(len(height), bool)
    zero = _zeros(values, ~reaches(np.arange(len(values) - 1), np.arange(1, len(values))))
    at[known[zero]] = True
    known, values, time, limit = known[~zero], values[~zero], time[~zero], limit[~zero]
    out = outside(time, reaches, PRICE, LONGEST)
    if out is not None:
        at[known[out]] = True
    if not at.any():
        return None
    stream = {**recording.stream, "elevation": without(height, at)}
    return Found(replace(recording, stream=stream), at, ("elevation",))


def _zeros(values: NDArray[np.float64], broken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Runs of 0 that stand for no height."""
    out: NDArray[np.bool_] = values == 0.0
    last = len(values) - 1
    if out.all():
        return np.zeros(len(values), bool)
    for first, end in zip(*(each.tolist() for each in runs(out)), strict=True):
        if (first and not broken[first - 1]) or (end < last and not broken[end]):
            out[first : end + 1] = False
    return out


STEP = Step(
    name="elevation_spike", version="1.0.0", says="impossible heights, and 0 that stands for none, are missing",
    find=find,
)  # fmt: skip
