"""Threshold power from a test, with its protocol, its date and when it expires."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.errors import UnknownName
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, not_negative

SHARES = {"20min": 0.95, "8min": 0.90, "ramp": 0.75, "critical_power": 0.95}
"""protocol -> share of its power; critical power lies 3 to 7 % above the threshold power"""
ERROR = 0.05
DAYS = 90


@algorithm(
    id="threshold_power",
    version="1.0.0",
    inputs={"power": "W", "day": "day number"},
    output=("threshold power, estimated", "W"),
    source="Allen & Coggan, Training and Racing with a Power Meter (20 and 8 minutes); 0.75 of the last minute of a "
    "ramp; 0.95 of critical power, the middle of the 3 to 7 % by which it lies above",
    validity=Validity.ROUGH,
    limits=(
        "every protocol has an individual error of about 5 %: values of two protocols are not compared",
        "it expires after 90 days, a choice of this library",
    ),
)
def threshold_power(power: Any, day: Any, *, protocol: str = "20min") -> dict[str, Any]:
    """Threshold power from a test, dated.

    `power` [W] of the test (best 20 or 8 minutes, last minute of a ramp, or a critical power), on `day` (day number);
    scalars or arrays. Raises DataError for a negative power, UnknownName for another protocol.

    Parameters: `protocol` 20min, 8min, ramp or critical_power.
    Returns `power`, `low`, `high` [W] (5 % either way), `share` [1], `protocol`, `day`, `expires` (the day number
    from which it is too old).

    >>> threshold_power(300, 20_000)["power"], threshold_power(400, 20_000, protocol="ramp")["power"]  # W -> W
    (285.0, 300.0)
    """
    if protocol not in SHARES:
        raise UnknownName("protocol of a power test", protocol, SHARES)
    not_negative(power=power)
    share = SHARES[protocol]
    threshold = share * np.asarray(power, dtype=np.float64)
    return {
        "power": answer(threshold),
        "low": answer(threshold * (1 - ERROR)),
        "high": answer(threshold * (1 + ERROR)),
        "share": share,
        "protocol": protocol,
        "day": day,
        "expires": answer(np.asarray(day, dtype=np.float64) + DAYS),
    }
