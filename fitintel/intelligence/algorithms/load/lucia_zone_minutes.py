"""Minutes of a heart rate stream below, between and above two ventilatory thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.intelligence.bands import time_in_bands
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, positive


@algorithm(
    id="lucia_zone_minutes",
    version="1.0.0",
    inputs={"duration": "min", "hr": "bpm", "hr_vt1": "bpm", "hr_vt2": "bpm"},
    output=("time in phases 1-3", "min"),
    source="Lucia et al. 2003, Med Sci Sports Exerc 35:872-878",
    validity=Validity.USEFUL,
    limits=("needs thresholds measured in a laboratory; estimates move minutes from one phase to the next",),
)
def lucia_zone_minutes(duration: Any, hr: Any, hr_vt1: Any, hr_vt2: Any) -> Any:
    """Minutes below, between and above two thresholds.

    Phase 1 lies below `hr_vt1` [bpm], phase 2 from it, phase 3 from `hr_vt2` [bpm] on. Samples (..., n) of `duration`
    [min] each (one number, or one per sample) and heart rate `hr` [bpm]; a sample of NaN is in no phase. Returns
    minutes (..., 3). Raises DataError for thresholds in the wrong order or a negative duration.

    >>> lucia_zone_minutes(1.0, [120, 140, 165], 140, 165)  # min
    array([1., 1., 1.])
    """
    hr = np.asarray(hr, dtype=np.float64)
    first, second = (np.expand_dims(np.asarray(bound, dtype=np.float64), -1) for bound in (hr_vt1, hr_vt2))
    positive(hr_vt1=first, hr_vt2=second)
    not_negative(duration=duration)
    if (second < first).any():
        raise DataError("hr_vt2 lies below hr_vt1", next="give the lower threshold first")
    phase = np.where(np.isfinite(hr), (hr >= first).astype(int) + (hr >= second), -1)
    return time_in_bands(duration, phase, 3)
