"""Whether the days since the last training are more than the athlete's own usual gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="training_gap",
    version="1.0.0",
    inputs={"daily": "daily_totals"},
    output=("days since the last training day", "d"),
    source="Definition: the 95th percentile of the own gaps of the year before",
    validity=Validity.HIGH,
    limits=(
        "seven days and half as much again as usual are a choice, not evidence",
        "illness, holidays and missing recordings are gaps like any other",
        "the current gap is not part of its own baseline, earlier long ones are",
    ),
)
def training_gap(
    daily: Mapping[str, Any],
    *,
    window: int = 365,
    share: float = 0.95,
    least: int = 10,
    times: float = 1.5,
    shortest: int = 7,
) -> dict[str, Any]:
    """Training gap.

    A gap is the number of days from one training day to the next (1: on consecutive days). The current one runs from
    the last training day to the last day of the calendar and is compared with the gaps that ended within `window` days
    before that day. One gap in twenty is beyond the usual one by definition: to be long it must be `times` as long
    and at least `shortest`.

    Parameters: `window` [d]; `share` [1] percentile of the usual; `least` [1] gaps needed; `times` [1]; `shortest` [d].
    Returns `days` since the last training day (None without one), `usual` [d] (None when insufficient), `verdict`
    (usual, long, insufficient).

    >>> training = np.zeros(60)
    >>> training[[*range(0, 45, 3), 45]] = 1
    >>> training_gap({"day": np.arange(60), "training": training})
    {'days': 14, 'usual': 3.0, 'verdict': 'long'}
    """
    day = np.asarray(daily["day"], dtype=np.int64)
    trained = day[np.asarray(daily["training"], dtype=np.float64) > 0]
    if not len(trained):
        return {"days": None, "usual": None, "verdict": "insufficient"}
    days = int(day[-1] - trained[-1])
    gaps = np.diff(trained)[trained[1:] > day[-1] - window]
    if len(gaps) < least:
        return {"days": days, "usual": None, "verdict": "insufficient"}
    usual = float(np.quantile(gaps, share))
    long = days > times * usual and days >= shortest
    return {"days": days, "usual": usual, "verdict": "long" if long else "usual"}
