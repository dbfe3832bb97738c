"""Heart rates that a sensor counted twice or every other beat of: missing.

They are not divided or multiplied back: where a sensor loses count, its half is no measurement.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fitintel.core.recording import Recording
from fitintel.core.rules import HR_RANGE
from fitintel.ingest.repairs.hr_reach import reachable
from fitintel.ingest.repairs.step import Found, Step, without

RATIO = (1.6, 2.4)
"""How far from 2 a leap may be: sensors get there in a sample or two."""
MOST = 0.5
"""share of the recording. What is longer is more likely the truth."""


def find(recording: Recording) -> Found | None:
    """Stretches that begin with a leap to the double or half and end with the leap back to where a heart can be."""
    beats = recording.stream.get("hr")
    if beats is None:
        return None
    with np.errstate(invalid="ignore"):
        known = np.flatnonzero((beats >= HR_RANGE[0]) & (beats <= HR_RANGE[1]))
    time, values = recording.time[known], beats[known]
    if len(known) < 3:
        return None
    leaps = np.flatnonzero(~reachable(time, values)(np.arange(len(known) - 1), np.arange(1, len(known))))
    ratio = values[leaps + 1] / values[leaps]
    kind = np.where((ratio >= RATIO[0]) & (ratio <= RATIO[1]), 1, 0)
    kind = np.where((1 / ratio >= RATIO[0]) & (1 / ratio <= RATIO[1]), -1, kind)
    at = np.zeros(len(beats), bool)
    place = 0
    while place < len(leaps) - 1:
        begin, end = int(leaps[place]), int(leaps[place + 1])
        low, high = sorted((values[begin], values[end + 1]))
        same_level = bool(high <= low * RATIO[0])
        short = end - begin <= MOST * len(known)
        if kind[place] and kind[place + 1] == -kind[place] and same_level and short:
            at[known[begin + 1 : end + 1]] = True
            place += 1  # the leap back begins nothing
        place += 1
    if not at.any():
        return None
    stream = {**recording.stream, "hr": without(beats, at)}
    return Found(replace(recording, stream=stream), at, ("hr",))


STEP = Step(name="hr_doubling", version="1.0.0", says="doubled and halved heart rates are missing", find=find)
