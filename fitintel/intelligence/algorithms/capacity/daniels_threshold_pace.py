"""Training pace at a share of the running index of Daniels & Gilbert."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.units import SECOND_PER_MINUTE
from fitintel.intelligence.oxygen import speed_at
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="daniels_threshold_pace",
    version="1.0.0",
    inputs={"index": "ml/kg/min"},
    output=("pace", "s/m"),
    source="Daniels, Running Formula, 3rd edition: threshold pace as the speed at 0.88 of the running index",
    validity=Validity.USEFUL,
    limits=(
        "agrees with the printed table within 1 s/km from an index of 30 to 85",
        "below 39 the printed paces are adjusted by hand: show a range",
        "a pace to train at, not a measurement of the lactate threshold",
    ),
)
def daniels_threshold_pace(index: Any, *, fraction: float = 0.88) -> Any:
    """Threshold pace from the running index.

    The pace of the speed v with `-4.60 + 0.182258 v + 0.000104 v^2 = fraction x index` (v in m/min). `index`
    [ml/kg/min] as of daniels_gilbert; scalars or arrays. Raises DataError unless index and fraction are above zero.

    Parameters: `fraction` [1] of the index: 0.63-0.73 easy, 0.825 marathon, 0.88 threshold, 0.974 interval.

    >>> daniels_threshold_pace(60)  # ml/kg/min -> s/m
    0.2202
    """
    positive(index=index, fraction=fraction)
    speed = speed_at(np.asarray(index, dtype=np.float64) * np.asarray(fraction, dtype=np.float64))
    return answer(SECOND_PER_MINUTE / speed)
