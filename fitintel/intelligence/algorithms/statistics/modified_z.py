"""How far each value is from the median, in robust standard deviations."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.known import row
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative


@algorithm(
    id="modified_z",
    version="1.0.0",
    inputs={"x": "any"},
    output=("modified z", "1"),
    source="Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers; mean deviation where the median one is 0",
    validity=Validity.USEFUL,
    limits=(
        "on residuals of the athlete's own past, not on raw values: trend, season and weekday come first",
        "more than half equal values make the median deviation 0; the mean deviation then stands in for it",
        "tells what is unusual, not what is wrong",
    ),
)
def modified_z(x: Any, *, threshold: float = 3.5) -> dict[str, Any]:
    """Modified z-scores.

    `0.6745 (x - median) / MAD`; where the median absolute deviation is 0, `(x - median) / (1.253314 mean absolute
    deviation)`; 0 where all values are equal. `x` (n,), missing ones stay NaN. Raises DataError for a negative
    threshold.

    Parameters: `threshold` [1] beyond which a value is an outlier.
    Returns `z` (n,), `outliers` (places), `scale`: "MAD", "mean AD" or "none". Iglewicz & Hoaglin 1993.

    >>> modified_z([3.2, 3.4, 3.7, 3.8, 4.0, 14.0])["outliers"]  # places
    array([5])
    """
    not_negative(threshold=threshold)
    series = row(x, "x")
    known = series[np.isfinite(series)]
    if not len(known):
        return {"z": series, "outliers": np.array([], dtype=np.int64), "scale": "none"}
    off = series - np.median(known)
    away = np.abs(off[np.isfinite(off)])
    middle, average = float(np.median(away)), float(away.mean())
    if middle > 0:
        z, scale = 0.6745 * off / middle, "MAD"
    elif average > 0:
        z, scale = off / (1.253314 * average), "mean AD"
    else:
        z, scale = off, "none"
    return {"z": z, "outliers": np.flatnonzero(np.abs(z) > threshold), "scale": scale}
