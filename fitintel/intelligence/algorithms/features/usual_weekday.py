"""What the athlete usually does on this weekday."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="usual_weekday",
    version="1.0.0",
    inputs={"daily": "daily_totals"},
    output=("how often and how long on this weekday", "1, s"),
    source="Definition: the same weekday of the weeks before, and the median time of its training days",
    validity=Validity.HIGH,
    limits=("a habit, not a plan: it says what was, not what is due",),
    title="This weekday usually",
)
def usual_weekday(daily: Mapping[str, Any], *, weeks: int = 8) -> dict[str, Any]:
    """This weekday usually.

    Of the last day given, looking at the same weekday of the `weeks` [1] before it.

    Returns `n` such days, `trained` of them, and the median `duration` [s] of those trained, None without one.

    >>> daily = {"day": np.arange(15), "training": np.array([1.0] + [0.0] * 6 + [1.0] + [0.0] * 7),
    ...          "duration": np.array([1800.0] + [0.0] * 6 + [2400.0] + [0.0] * 7)}
    >>> usual_weekday(daily)
    {'n': 2, 'trained': 2, 'duration': 2100.0}
    """
    before = np.arange(len(daily["day"]) - 1 - 7, -1, -7)[:weeks]
    trained = before[np.asarray(daily["training"])[before] > 0]
    spent = np.asarray(daily["duration"], dtype=np.float64)[trained]
    return {"n": len(before), "trained": len(trained), "duration": float(np.median(spent)) if len(spent) else None}
