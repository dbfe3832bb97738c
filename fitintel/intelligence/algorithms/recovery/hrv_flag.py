"""Whether a week of heart rate variability is below, within or above the athlete's usual band."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative

FLAGS = np.array(["insufficient_data", "below_band", "within", "above_band"], dtype=object)


@algorithm(
    id="hrv_flag",
    version="1.0.0",
    inputs={"baseline_mean": "ln ms", "baseline_sd": "ln ms", "rolling7_mean": "ln ms", "n_valid_last7": "1"},
    output=("flag of the weekly mean", "word"),
    source="Plews et al. 2013, Sports Med 43:773 (band of +- 0.5 SD); Plews et al. 2014, Int J Sports Physiol Perform "
    "9:783-790 (at least three readings in seven days)",
    validity=Validity.USEFUL,
    limits=(
        "above the band is a flag too, not a good mark",
        "a description of one signal, not readiness and not a diagnosis: ask how the athlete feels",
        "never from one day's value",
    ),
)
def hrv_flag(
    baseline_mean: Any, baseline_sd: Any, rolling7_mean: Any, n_valid_last7: Any, *, k: float = 0.5, least: int = 3
) -> Any:
    """Flag of heart rate variability.

    Where the mean of the last seven days [ln ms] lies against `baseline_mean +- k * baseline_sd` [ln ms], the bounds
    included in the band. Scalars or arrays. Raises DataError for a negative SD or number of readings.

    Parameters: `k` [1]; `least` [1] valid readings in the last seven days.
    Returns below_band, within, above_band, or insufficient_data when a figure is missing or readings are too few.

    >>> hrv_flag(4.0, 0.12, 3.9, 5)
    'below_band'
    """
    not_negative(baseline_sd=baseline_sd, n_valid_last7=n_valid_last7)
    mean, sd, week, n = (
        np.asarray(x, dtype=np.float64) for x in (baseline_mean, baseline_sd, rolling7_mean, n_valid_last7)
    )
    enough = (n >= least) & np.isfinite(mean) & np.isfinite(sd) & np.isfinite(week)
    place = 2 + (week > mean + k * sd).astype(np.int64) - (week < mean - k * sd)
    flags = FLAGS[np.where(enough, place, 0)]
    return flags if isinstance(flags, np.ndarray) else str(flags)
