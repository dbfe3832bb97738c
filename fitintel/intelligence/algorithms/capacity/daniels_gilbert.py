"""The running index of Daniels & Gilbert from a race."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.units import SECOND_PER_MINUTE
from fitintel.intelligence.oxygen import oxygen_cost, sustained_share
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="daniels_gilbert",
    version="1.0.0",
    inputs={"distance": "m", "duration": "s"},
    output=("running index", "ml/kg/min"),
    source="Daniels & Gilbert 1979, Oxygen Power; widely known as VDOT, a trademark of others",
    validity=Validity.USEFUL,
    limits=(
        "an index of performance in units of oxygen uptake, not a measurement of it",
        "races or clearly maximal efforts of 3.5 to 240 minutes, flat and without strong wind",
        "the formula is in m/min and min: a copy in seconds is wrong; printed tables differ by up to 32 s",
    ),
    title="Running index of Daniels and Gilbert",
)
def daniels_gilbert(distance: Any, duration: Any) -> Any:
    """Running index of Daniels and Gilbert (VDOT) from a race.

    `index = VO2(v) / F(t)`, `VO2 = -4.60 + 0.182258 v + 0.000104 v^2` with v in m/min, `F = 0.8 + 0.1894393
    exp(-0.012778 t) + 0.2989558 exp(-0.1932605 t)` with t in min. `distance` [m], `duration` [s]; scalars or arrays.
    Undefined where the speed is too low for the formula (VO2 not above zero). Raises DataError unless both are above
    zero.

    >>> daniels_gilbert(5000, 1474)  # m, s -> ml/kg/min
    39.1104
    """
    positive(distance=distance, duration=duration)
    minutes = np.asarray(duration, dtype=np.float64) / SECOND_PER_MINUTE
    oxygen = oxygen_cost(np.asarray(distance, dtype=np.float64) / minutes)
    return answer(np.where(oxygen > 0, oxygen, np.nan) / sustained_share(minutes))
