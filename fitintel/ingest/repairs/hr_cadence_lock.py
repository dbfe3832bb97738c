"""Heart rate that follows the steps instead of the heart, as optical sensors do: missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.core.sports import ON_FOOT
from fitintel.ingest.repairs.step import Found, Step, runs, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

CLOSE = 2.0
"""bpm between heart rate and steps per minute"""
LONG = 60.0
"""s"""
INTERRUPTED = 5.0
"""s for which they may differ within a stretch"""
VARIES = 8.0
"""1/min. Heart rate and steady steps can be equal by chance; that the heart follows when the steps change cannot."""


def find(recording: Recording) -> Found | None:
    """Stretches on foot where the heart rate is the step rate, or half of it, while the step rate varies."""
    beats, steps = recording.stream.get("hr"), recording.stream.get("cadence")
    if beats is None or steps is None or recording.sport not in ON_FOOT:
        return None
    at = np.zeros(len(beats), bool)
    for many in (1.0, 2.0):  # cadence may count one leg or both
        at |= _locked(recording.time, beats, many * steps)
    if not at.any():
        return None
    stream = {**recording.stream, "hr": without(beats, at)}
    return Found(replace(recording, stream=stream), at, ("hr",))


def _locked(time: Floats, beats: Floats, steps: Floats) -> Mask:
    out = np.zeros(len(time), bool)
    with np.errstate(invalid="ignore"):
        near = (np.abs(beats - steps) <= CLOSE) & (steps > 0)
    first, last = runs(near)
    if not len(first):
        return out
    apart = time[first[1:]] - time[last[:-1]] > INTERRUPTED
    begins = first[np.concatenate(([True], apart))]
    ends = last[np.concatenate((apart, [True]))]
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if time[end] - time[begin] < LONG:
            continue
        part = near[begin : end + 1]
        followed = steps[begin : end + 1][part]
        low, high = np.percentile(followed, [5, 95])
        if high - low >= VARIES:
            out[begin : end + 1] = part
    return out


STEP = Step(name="hr_cadence_lock", version="1.0.0", says="heart rates that are the step rate are missing", find=find)
