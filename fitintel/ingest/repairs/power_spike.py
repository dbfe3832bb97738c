"""Power that no person makes is missing: beyond all that was measured, or one lone sample far above its neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.figures import MAX_POWER
from fitintel.ingest.repairs.step import Found, Step, without

LONE, NEIGHBOURS = 1000.0, 0.4
"""W, share. A sprint lasts seconds and has flanks: one sample above LONE between neighbours within 2 s that both are
below this share of it is a fault of the meter."""
WITHIN = 2.0
"""s"""


def find(recording: Recording) -> Found | None:
    """Power below 0, above figures.MAX_POWER, or alone."""
    power = recording.stream.get("power")
    if power is None:
        return None
    with np.errstate(invalid="ignore"):
        at = (power < 0.0) | (power > MAX_POWER)
    known = np.flatnonzero(~np.isnan(power) & ~at)
    if len(known) > 2:
        watts, time = power[known], recording.time[known]
        middle, around = watts[1:-1], np.maximum(watts[:-2], watts[2:])
        near = np.maximum(time[1:-1] - time[:-2], time[2:] - time[1:-1]) <= WITHIN
        at[known[1:-1][(middle > LONE) & (around < NEIGHBOURS * middle) & near]] = True
    if not at.any():
        return None
    stream = {**recording.stream, "power": without(power, at)}
    return Found(replace(recording, stream=stream), at, ("power",))


STEP = Step(name="power_spike", version="1.0.0", says="impossible power is missing", find=find)
