"""Heart rate without contact: zeros, a value that stands still, falls and leaps that no heart makes are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.core.rules import HR_RANGE
from fitintel.ingest.figures import GAP, USUAL
from fitintel.ingest.repairs.chain import outside
from fitintel.ingest.repairs.hr_reach import reachable
from fitintel.ingest.repairs.step import Found, Step, without
from fitintel.ingest.usual_step import median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

STILL, FEWEST = 180.0, 15
"""s, samples. A heart at work does not beat this long at one rate; steady rides show up to 80 s."""
WHOLE = 0.9
"""share. A value that stands this long was typed or set for the whole workout: no sensor lost contact."""
PRICE, LONGEST = 90.0, 300.0
"""s. Contact comes back sooner; what lasts longer may be the truth."""


def find(recording: Recording) -> Found | None:
    """Samples without contact. More than 200 bpm can be real and stays."""
    beats = recording.stream.get("hr")
    if beats is None:
        return None
    with np.errstate(invalid="ignore"):
        at = (beats < HR_RANGE[0]) | (beats > HR_RANGE[1])
    known = np.flatnonzero(~np.isnan(beats) & ~at)
    still = _still(recording.time[known], beats[known])
    at[known[still]] = True
    known = known[~still]
    out = outside(recording.time[known], reachable(recording.time[known], beats[known]), PRICE, LONGEST)
    if out is not None:
        at[known[out]] = True
    if not at.any():
        return None
    stream = {**recording.stream, "hr": without(beats, at)}
    return Found(replace(recording, stream=stream), at, ("hr",))


def _still(time: Floats, beats: Floats) -> Mask:
    """Samples of runs of one value that are too long, gaps not counted."""
    out = np.zeros(len(time), bool)
    if len(time) < FEWEST:
        return out
    steps = np.diff(time)
    changed = (np.diff(beats) != 0) | (steps > max(GAP, USUAL * median(steps)))
    first = np.concatenate(([0], np.flatnonzero(changed) + 1))
    last = np.concatenate((first[1:] - 1, [len(time) - 1]))
    size = last - first + 1
    long = (time[last] - time[first] >= STILL) & (size >= FEWEST) & (size < WHOLE * len(time))
    for begin, end in zip(first[long].tolist(), last[long].tolist(), strict=True):
        out[begin : end + 1] = True
    return out


STEP = Step(
    name="hr_dropout", version="1.0.0", says="heart rates without contact of the sensor are missing, never zero",
    find=find,
)  # fmt: skip
