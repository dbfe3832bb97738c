"""Each sign of readiness as a deviation from the athlete's own normal range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence import readiness_signs as signs
from fitintel.intelligence.registry import algorithm

WELLNESS = ("hrv", "resting_hr", "sleep")


@algorithm(
    id="signs_of_readiness",
    version="1.0.0",
    inputs={
        "nights": "wellness_nights",
        "week": "hrv_rolling",
        "band": "hrv_swc_band",
        "flag": "hrv_flag",
        "pulse_before": "SD",
        "pulse": "SD",
        "feeling": "points",
        "daily_load": "daily_load",
    },
    output=("deviation, range and nights of each sign", "own SD"),
    source="Median and 1.4826 median absolute deviations of the nights before, as in resting_hr_robust_z; HRV as in "
    "hrv_swc_band; that one high morning means little: Buchheit 2014, Front Physiol 5:73",
    validity=Validity.USEFUL,
    limits=(
        "a range of the own past: an athlete who is ill for weeks has an ill range",
        "devices round: no range is narrower than a least SD for each sign",
    ),
)
def signs_of_readiness(
    nights: Mapping[str, Any], week: Mapping[str, Any], band: Mapping[str, Any], flag: str, pulse_before: float | None,
    pulse: float | None, feeling: Any, daily_load: Mapping[str, Any], *, high_pulse: float = 2.5,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Signs of readiness.

    `z = (recent mean - median of the base) / SD of the base`, turned so that more is fresher; the SD is 1.4826 median
    absolute deviations and at least the sign's own least. The base is 28 nights (ratings: days) before the last 7
    (pulse: 2, ratings: 3); of load, the logarithms of the sums of 26 weeks before the last. HRV is judged by its band:
    `z = 2 * (week - base) / SD`, 0 where it is above the band, which is no sign of freshness.

    Inputs: `nights` as wellness_nights gives them; `week`, `band`, `flag` of HRV; `pulse_before`, `pulse` robust z of
    the resting heart rate of the last two mornings, None where one is missing; `feeling` (n,) Hooper index of each day;
    `daily_load` with `load` (n,). Parameters: `high_pulse` [SD] counts when both mornings are beyond it.
    Returns for hrv, resting_hr, sleep, feeling and load: `z`, `state` (below, within, above, insufficient_data),
    `value`, `low`, `high`, `usual`, `n` of `nights` (`needed` for a figure), `base` (`base_needed`), `source`; also
    `measured` of the last 7 nights, `twice` of resting_hr, `debt` and `last` [s] of sleep.

    >>> series = np.append(np.tile([48.0, 50.0, 52.0], 20), [60.0, 62.0])
    >>> empty = np.full(62, np.nan)
    >>> nights = {"resting_hr": series, "hrv": empty, "sleep": empty,
    ...           "source": {name: "" for name in ("resting_hr", "hrv", "sleep", "fatigue")}}
    >>> nothing = {"mean": None, "sd": None, "lower": None, "upper": None, "n": 0}
    >>> found = signs_of_readiness(nights, nothing, nothing, "insufficient_data", 3.4, 4.0, empty,
    ...                            {"load": np.zeros(70)})
    >>> found["resting_hr"]["state"], found["resting_hr"]["twice"], found["sleep"]["z"], found["load"]["usual"]
    ('above', True, None, 0.0)
    """
    found = {
        "hrv": signs.heart_rate_variability(nights, week, band, flag),
        "resting_hr": signs.pulse(nights, (pulse_before, pulse), high_pulse), "sleep": signs.sleep(nights),
        "feeling": signs.feeling(nights, feeling),
        "load": {**signs.rolling_load(np.asarray(daily_load["load"], dtype=np.float64)), "source": ""},
    }  # fmt: skip
    for name in WELLNESS:
        found[name]["measured"] = int(np.isfinite(np.asarray(nights[name], dtype=np.float64)[-signs.WEEK :]).sum())
    return found
