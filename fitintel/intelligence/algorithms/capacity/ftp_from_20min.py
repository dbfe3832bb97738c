"""Threshold power from the best 20 minutes."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative, positive


@algorithm(
    id="ftp_from_20min",
    version="1.0.0",
    inputs={"power": "W"},
    output=("threshold power, estimated", "W"),
    source="Allen & Coggan, Training and Racing with a Power Meter: 0.95 of the best 20 minutes",
    validity=Validity.ROUGH,
    limits=(
        "individual error of about 5 %; for riders with a large anaerobic capacity 0.95 is too high a share",
        "the 20 minutes must be maximal, after the hard 5 minutes of the protocol",
        "not the critical power, which lies 3 to 7 % higher; keep protocol and date with it (threshold_power)",
    ),
)
def ftp_from_20min(power: Any, *, share: float = 0.95) -> Any:
    """Threshold power from the best 20 minutes.

    `share x power`; `power` [W] is the highest mean power over 20 minutes, scalars or arrays. Raises DataError for a
    negative power.

    Parameters: `share` [1] of the 20-minute power.

    >>> ftp_from_20min(300)  # W -> W
    285.0
    """
    not_negative(power=power)
    positive(share=share)
    return answer(share * np.asarray(power, dtype=np.float64))
