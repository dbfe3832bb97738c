"""Karvonen: heart rate at a share of the reserve."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="karvonen_hr",
    version="1.0.0",
    inputs={"hr_rest": "bpm", "hr_max": "bpm", "fraction": "1"},
    output=("heart rate", "bpm"),
    source="Karvonen, Kentala & Mustala 1957, Ann Med Exp Biol Fenn 35:307-315",
    validity=Validity.USEFUL,
    limits=(
        "as good as hr_rest and hr_max: an hr_max from age shifts every zone by up to 10 bpm",
        "a share of the reserve is near, not equal to, the same share of the oxygen uptake reserve",
    ),
)
def karvonen_hr(hr_rest: Any, hr_max: Any, fraction: Any) -> Any:
    """Heart rate at a share of the heart rate reserve.

    `hr_rest + fraction (hr_max - hr_rest)`; heart rates [bpm], `fraction` [1] of the reserve; scalars or arrays.
    Raises DataError unless hr_max is above hr_rest, that above zero, and fraction at least zero.

    >>> karvonen_hr(60, 190, 0.6)  # bpm, bpm, 1 -> bpm
    138.0
    """
    rest, top = np.asarray(hr_rest, dtype=np.float64), np.asarray(hr_max, dtype=np.float64)
    positive(hr_rest=rest, **{"hr_max - hr_rest": top - rest})
    not_negative(fraction=fraction)
    return answer(rest + np.asarray(fraction, dtype=np.float64) * (top - rest))
