"""Cooper: maximal oxygen uptake from a run of twelve minutes."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import UnknownName
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative

FORMS = ("metric", "miles")


@algorithm(
    id="cooper_vo2max",
    version="1.0.0",
    inputs={"distance": "m"},
    output=("maximal oxygen uptake, estimated", "ml/kg/min"),
    source="Cooper 1968, JAMA 203:201-204",
    validity=Validity.ROUGH,
    limits=(
        "an estimate, not a measurement: pacing, motivation and running economy go into it",
        "derived from young men of an air force; a flat run of 12 minutes as far as possible",
        "the form in miles (35.97 mi - 11.29) has rounded constants and differs by up to 0.1 ml/kg/min",
        "undefined below 505 m, where the line falls to zero",
    ),
)
def cooper_vo2max(distance: Any, *, form: str = "metric") -> Any:
    """Maximal oxygen uptake estimated from a 12-minute run.

    `(d - 504.9) / 44.73`, `distance` d [m] run in 12 minutes; scalars or arrays. Raises DataError for a negative
    distance, UnknownName for another form.

    Parameters: `form` metric, or miles for the rounded line of the original, `35.97 mi - 11.29`.

    >>> cooper_vo2max(2400)  # m -> ml/kg/min
    42.3675
    """
    if form not in FORMS:
        raise UnknownName("form of the 12-minute run", form, FORMS)
    not_negative(distance=distance)
    run = np.asarray(distance, dtype=np.float64)
    uptake = (run - 504.9) / 44.73 if form == "metric" else 35.97 * (run / METRE_PER_MILE) - 11.29
    return answer(np.where(uptake > 0, uptake, np.nan))
