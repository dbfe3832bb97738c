"""Whether a cadence on foot counts one leg or both. It is kept as recorded; doubling it is for a person to decide."""

from __future__ import annotations

import numpy as np

from fitintel.core.sports import ON_FOOT
from fitintel.ingest.xml.numbers import Floats
from fitintel.ingest.xml.safe import Remark

ONE_LEG = 120.0
"""1/min. Nobody runs or walks a workout at fewer steps than this per minute; strides are half the steps."""


def said(sport: str, cadence: Floats | None) -> list[Remark]:
    """A remark where the cadence on foot can only be that of one leg.

    >>> said("running", np.array([82.0, 84.0, 0.0]))
    [('cadence_one_leg', 'median 83 per minute: strides, kept as recorded')]
    >>> said("running", np.array([168.0])), said("cycling", np.array([82.0]))
    ([], [])
    """
    if sport not in ON_FOOT or cadence is None:
        return []
    moving = cadence[cadence > 0]
    if not len(moving) or float(np.median(moving)) >= ONE_LEG:
        return []
    return [("cadence_one_leg", f"median {np.median(moving):.0f} per minute: strides, kept as recorded")]
