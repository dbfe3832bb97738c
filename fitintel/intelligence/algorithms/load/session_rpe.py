"""Session RPE: how hard a session felt times how long it took."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import DataError
from fitintel.core.rules import RPE_RANGE
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="session_rpe",
    version="1.0.0",
    inputs={"duration": "min", "rpe": "CR-10"},
    output=("session load", "a.u."),
    source="Foster 2001, J Strength Cond Res 15:109-115",
    validity=Validity.USEFUL,
    limits=(
        "a rating is personal: compare a person with themselves",
        "ratings on Borg's 6-20 scale are another quantity and are refused, not converted",
    ),
)
def session_rpe(duration: Any, rpe: Any) -> Any:
    """Session RPE.

    `load = rpe x duration`; `duration` [min] is the whole time, rests included, `rpe` the CR-10 rating (0-10) of the
    session, asked about half an hour later. Scalars or arrays; NaN stays NaN. Raises DataError for a rating outside
    0-10.

    >>> session_rpe(60, 5)
    300.0
    """
    rating = np.asarray(rpe, dtype=np.float64)
    low, high = RPE_RANGE
    outside = (rating < low) | (rating > high)
    if outside.any():
        raise DataError(
            f"a CR-10 rating of {rating[outside].flat[0]:g} is outside {low:g}-{high:g}",
            next="rate from 0 (rest) to 10 (maximal)",
        )
    load = np.asarray(duration, dtype=np.float64) * rating
    return float(load) if load.ndim == 0 else load
