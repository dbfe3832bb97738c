"""Uth: maximal oxygen uptake from two heart rates."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="uth_vo2max",
    version="1.0.0",
    inputs={"hr_max": "bpm", "hr_rest": "bpm"},
    output=("maximal oxygen uptake, estimated", "ml/kg/min"),
    source="Uth et al. 2004, Eur J Appl Physiol 91:111-115",
    validity=Validity.ROUGH,
    limits=(
        "derived from 46 well-trained men; elsewhere far less exact than the 2.7 ml/kg/min found there",
        "both heart rates measured, not estimated from age; 1 bpm at rest moves it by 1 to 2 %",
        "an order of magnitude, not a measurement: no basis for a diagnosis",
    ),
)
def uth_vo2max(hr_max: Any, hr_rest: Any) -> Any:
    """Maximal oxygen uptake estimated from heart rates.

    `15.3 hr_max / hr_rest`; heart rates [bpm], scalars or arrays. Raises DataError unless hr_max is above hr_rest, and
    that above zero.

    >>> uth_vo2max(190, 60)  # bpm, bpm -> ml/kg/min
    48.45
    """
    top, rest = np.asarray(hr_max, dtype=np.float64), np.asarray(hr_rest, dtype=np.float64)
    positive(hr_rest=rest, **{"hr_max - hr_rest": top - rest})
    return answer(15.3 * top / rest)
