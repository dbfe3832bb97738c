"""Minutes of a heart rate stream in the five zones of Edwards."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.bands import time_in_bands
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, positive


@algorithm(
    id="edwards_zone_minutes",
    version="1.0.0",
    inputs={"duration": "min", "hr": "bpm", "hr_max": "bpm"},
    output=("time in zones 1-5", "min"),
    source="Edwards 1993, The Heart Rate Monitor Book",
    validity=Validity.USEFUL,
    limits=(
        "zones of the highest heart rate, not of thresholds: the same zone is another effort in another person",
        "below half of hr_max is in no zone; above hr_max is in zone 5",
    ),
)
def edwards_zone_minutes(duration: Any, hr: Any, hr_max: Any) -> Any:
    """Minutes in Edwards' zones.

    Zones 1 to 5 begin at 50, 60, 70, 80 and 90 % of `hr_max` [bpm], each bound inside the higher zone. Samples
    (..., n) of `duration` [min] each (one number, or one per sample) and heart rate `hr` [bpm]; a sample of NaN is in
    no zone. Returns minutes (..., 5). Raises DataError for hr_max not above zero or a negative duration.

    >>> edwards_zone_minutes(1.0, [90, 120, 139, 140, 195], 200)  # min
    array([0., 2., 1., 0., 1.])
    """
    hr = np.asarray(hr, dtype=np.float64)
    positive(hr_max=hr_max)
    not_negative(duration=duration)
    top = np.expand_dims(np.asarray(hr_max, dtype=np.float64), -1)
    # in tenths, because 10 * hr and 7 * hr_max are whole numbers and 0.7 * hr_max is not exact
    zone = np.sum([10 * hr >= tenths * top for tenths in (5, 6, 7, 8, 9)], axis=0) - 1
    return time_in_bands(duration, zone, 5)
