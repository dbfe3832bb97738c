"""How fast a heart rate can change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fitintel.ingest.repairs.chain import Reaches

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]
    Mask = NDArray[np.bool_]

AT_ONCE, PER_SECOND = 30.0, 3.0
"""bpm, bpm/s. At the start of an effort a heart gains about 1-2 bpm a second; devices that smooth or repeat values
catch up by tens at once."""


def reachable(time: Floats, beats: Floats) -> Reaches:
    """Whether a heart can get from one sample to a later one; `time` [s], `beats` [bpm], each of shape (n,)."""

    def reaches(first: Places, second: Places) -> Mask:
        reach = AT_ONCE + PER_SECOND * (time[second] - time[first])
        near: Mask = np.abs(beats[second] - beats[first]) <= reach
        return near

    return reaches
