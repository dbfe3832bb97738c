"""Wellness of the last nights, one value a night and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

SIGNS = {
    "hrv": ("hrv_ln_rmssd", "hrv_rmssd"), "resting_hr": ("resting_hr",), "sleep": ("sleep_duration",),
    "sleep_quality": ("sleep_quality",), "stress": ("stress",), "fatigue": ("fatigue",), "soreness": ("soreness",),
}  # fmt: skip
"""series -> metrics that give it, the first is preferred"""


@algorithm(
    id="wellness_nights",
    version="1.0.0",
    inputs={"wellness": "rows of day, metric, value, source", "day": "day number"},
    output=("series of the last nights", "ln ms, bpm, s, 1-7"),
    source="Definition: of several sources of one series the one with the most nights; they are never averaged",
    validity=Validity.HIGH,
    limits=(
        "a change of device within the window is not seen: the new one counts once it has more nights",
        "of several values of one day and source the last is used",
    ),
)
def wellness_nights(wellness: Mapping[str, Any], day: int, *, nights: int = 67) -> dict[str, Any]:
    """Nights of wellness.

    For heart rate variability (logarithm of the RMSSD), resting heart rate, sleep and each rating: the `nights` values
    up to `day`, NaN where there is none, of the one source that has the most.

    Parameters: `nights` [d].
    Returns `day` (nights,), each series (nights,), and `source`: series -> source (metric), empty without one.

    >>> rows = {"day": [20000, 20001], "metric": ["hrv_rmssd"] * 2, "value": [54.6, 20.0], "source": ["a", "a"]}
    >>> found = wellness_nights(rows, 20001, nights=3)
    >>> found["hrv"].round(1), found["source"]["hrv"]
    (array([nan,  4.,  3.]), 'a (hrv_rmssd)')
    """
    days = np.arange(day - nights + 1, day + 1)
    table = [
        (int(on), str(metric), float(value), str(source))
        for on, metric, value, source in zip(*(wellness[name] for name in ("day", "metric", "value", "source")),
                                             strict=True)
        if days[0] <= on <= day
    ]  # fmt: skip
    found: dict[str, Any] = {"day": days}
    used: dict[str, str] = {}
    for name, metrics in SIGNS.items():
        known = [row for row in table if row[1] in metrics]
        counted = Counter((row[1], row[3]) for row in known)
        series = np.full(nights, np.nan)
        if counted:
            # ties: the preferred metric, then the name of the source, so that order does not matter
            chosen = min(counted, key=lambda each: (-counted[each], metrics.index(each[0]), each[1]))
            for on, metric, value, source in known:
                if (metric, source) == chosen:
                    series[on - days[0]] = np.log(value) if metric == "hrv_rmssd" else value
            used[name] = f"{chosen[1]} ({chosen[0]})"
        else:
            used[name] = ""
        found[name] = series
    return {**found, "source": used}
