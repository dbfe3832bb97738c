"""Power of steady running on a slope, modelled."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.running_power import running_power
from fitintel.intelligence.values import answer


@algorithm(
    id="govss_running_power",
    version="1.0.0",
    inputs={"speed": "m/s", "slope": "1", "mass": "kg", "height": "m"},
    output=("modelled running power", "W"),
    source="Skiba 2006, Calculation of power output and quantification of training stress in distance runners; as in "
    "GoldenCheetah GOVSS.cpp",
    validity=Validity.ROUGH,
    limits=(
        "a model, not a measurement: vendors' figures differ from it and from each other by tens of watts",
        "steady speed only; wind, surface and running economy are not known to it",
        "slopes beyond +-0.45 count as +-0.45",
    ),
)
def govss_running_power(speed: Any, slope: Any, mass: Any, height: Any) -> Any:
    """Modelled running power.

    `P = (air + Cr(slope) * efficiency) * speed * mass`: air resistance of the body's frontal area at rest air, and
    Minetti's cost of the slope times the model's efficiency of the speed. `speed` [m/s], `slope` [1] rise over run,
    `mass` [kg], `height` [m]; scalars or arrays. Raises DataError for a negative speed, or a mass or height that is
    not above zero.

    >>> govss_running_power(4.0, 0.0, 70, 1.75)  # W
    373.94
    """
    return answer(running_power(speed, slope, mass, height))
