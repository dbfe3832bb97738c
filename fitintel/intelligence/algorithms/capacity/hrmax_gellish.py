"""Gellish: maximal heart rate expected from age, by a line and by a curve."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative


@algorithm(
    id="hrmax_gellish",
    version="1.0.0",
    inputs={"age": "years"},
    output=("maximal heart rate, expected", "bpm"),
    source="Gellish et al. 2007, Med Sci Sports Exerc 39:822-829",
    validity=Validity.ROUGH,
    limits=(
        "a prior only: people of one age differ by a standard deviation of 7 to 10 bpm",
        "where a robust maximum of hard sessions is known, use that",
        "132 people of one fitness centre, followed from 30 to 75 years of age",
        "secondary sources print 191.5 or 192 for the curve: half a beat",
    ),
)
def hrmax_gellish(age: Any, *, intercept: float = 192.0) -> dict[str, Any]:
    """Maximal heart rate expected from age (Gellish).

    Line `206.9 - 0.67 age` and curve `intercept - 0.007 age^2`; `age` in years, scalars or arrays. Raises DataError for
    a negative age.

    Parameters: `intercept` [bpm] of the curve. Returns `linear` and `nonlinear` [bpm].

    >>> hrmax_gellish(40)  # years -> bpm
    {'linear': 180.1, 'nonlinear': 180.8}
    """
    not_negative(age=age)
    years = np.asarray(age, dtype=np.float64)
    return {"linear": answer(206.9 - 0.67 * years), "nonlinear": answer(intercept - 0.007 * years**2)}
