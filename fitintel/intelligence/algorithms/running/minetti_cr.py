"""Energy cost of running on a gradient."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.gradient_cost import minetti
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="minetti_cr",
    version="1.0.0",
    inputs={"gradient": "1"},
    output=("energy cost of running", "J/kg/m"),
    source="Minetti et al. 2002, J Appl Physiol 93:1039-1046",
    validity=Validity.USEFUL,
    limits=(
        "10 runners on a treadmill: people differ by a tenth on the flat and more on slopes, most of all downhill",
        "measured from -0.45 to +0.45; held at the end values beyond, where walking takes over",
        "the polynomial gives 3.6 on the flat, where 3.4 was measured",
        "gradient is rise over run: rise over slope distance differs by 2 % at 0.20",
        "a copy in circulation has -165 i in place of +19.5 i",
    ),
)
def minetti_cr(gradient: Any) -> Any:
    """Energy cost of running.

    `Cr = 155.4 i^5 - 30.4 i^4 - 43.3 i^3 + 46.3 i^2 + 19.5 i + 3.6`, `gradient` i [1] rise over run, held at +-0.45
    beyond. Scalars or arrays; NaN stays undefined.

    >>> minetti_cr(0.1)  # J/kg/m
    5.968
    """
    return answer(minetti(gradient))
