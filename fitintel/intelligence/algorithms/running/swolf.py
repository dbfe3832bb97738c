"""Seconds and strokes that a length of the pool takes."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.units import to_si
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="swolf",
    version="1.0.0",
    inputs={"pace": "s/m", "stroke_rate": "1/min", "pool_length": "m"},
    output=("seconds plus strokes per length", "1"),
    source="Common definition; as in Elevate",
    validity=Validity.USEFUL,
    limits=(
        "adds seconds to strokes: only figures of one person, one stroke and one pool length are comparable",
        "a lower figure is not always a better swim: long glides lower it too",
        "some devices count the strokes of one arm: theirs is lower",
    ),
)
def swolf(pace: Any, stroke_rate: Any, pool_length: Any) -> Any:
    """Seconds plus strokes per length.

    `pace * pool_length` [s] and the strokes made in that time at `stroke_rate`. `pace` [s/m], `stroke_rate` [1/min],
    `pool_length` [m]; scalars or arrays. Raises DataError for a pace or length that is not above zero, or a negative
    stroke rate.

    >>> swolf(1.78, 26, 20)  # 2:58 per 100 m
    51.03
    """
    positive(pace=pace, pool_length=pool_length)
    not_negative(stroke_rate=stroke_rate)
    seconds = np.asarray(pace, dtype=np.float64) * np.asarray(pool_length, dtype=np.float64)
    return answer(seconds + np.asarray(stroke_rate, dtype=np.float64) * seconds / to_si("duration", "min"))
