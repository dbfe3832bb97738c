"""Tanaka: maximal heart rate expected from age."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="hrmax_tanaka",
    version="1.0.0",
    inputs={"age": "years"},
    output=("maximal heart rate, expected", "bpm"),
    source="Tanaka, Monahan & Seals 2001, J Am Coll Cardiol 37:153-156",
    validity=Validity.ROUGH,
    limits=(
        "a prior only: people of one age differ by a standard deviation of 7 to 10 bpm",
        "where a robust maximum of hard sessions is known, use that",
        "adults; from 351 studies, mostly of healthy people who take no heart medication",
    ),
)
def hrmax_tanaka(age: Any) -> Any:
    """Maximal heart rate expected from age (Tanaka).

    `208 - 0.7 age`; `age` in years, scalars or arrays. Raises DataError for a negative age.

    >>> hrmax_tanaka(40)  # years -> bpm
    180.0
    """
    not_negative(age=age)
    return answer(208.0 - 0.7 * np.asarray(age, dtype=np.float64))
