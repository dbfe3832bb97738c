"""Resting heart rate against the athlete's own last weeks."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive

NORMAL = 0.6745
"""median absolute deviation of a standard normal distribution"""
MEAN_NORMAL = 1.253314
"""its standard deviation over its mean absolute deviation"""


@algorithm(
    id="resting_hr_robust_z",
    version="1.0.0",
    inputs={"baseline": "bpm", "today": "bpm"},
    output=("robust z of the resting heart rate", "1"),
    source="Modified z score, Iglewicz & Hoaglin 1993, over the 28 days before",
    validity=Validity.USEFUL,
    limits=(
        "one high morning means little: only two in a row beyond 2.5 are worth a word",
        "alcohol, heat, illness, altitude and the menstrual cycle raise it; no diagnosis",
        "devices round to 1 bpm: with a very steady baseline a single beat is a large z",
        "the lowest five-minute mean of the night and a morning reading are two different baselines",
    ),
)
def resting_hr_robust_z(baseline: Any, today: Any, *, least: int = 7) -> Any:
    """Resting heart rate, robust z.

    `z = 0.6745 (today - median) / MAD` over the days before, `baseline` [bpm] (n,) or (athletes, n), 28 of them by
    convention, NaN for a day without one; `today` [bpm]. Where over half of them are equal (MAD 0),
    `(today - median) / (1.253314 * mean absolute deviation)`; undefined when all are equal. Raises DataError for a
    heart rate that is not above zero.

    Parameters: `least` [1] valid days, below which it is undefined.

    >>> round(resting_hr_robust_z([48, 50, 51, 49, 50, 52, 50], 56), 2)
    4.05
    """
    positive(baseline=baseline, today=today)
    days = np.asarray(baseline, dtype=np.float64)
    known = np.isfinite(days)
    days = np.where((known.sum(axis=-1) >= least)[..., None], days, np.nan)
    middle = _median(days)
    apart = np.abs(days - middle[..., None])
    mad = _median(apart)
    mean = np.where(np.isfinite(apart), apart, 0.0).sum(axis=-1) / np.maximum(known.sum(axis=-1), 1)
    scale = np.where(mad > 0, mad / NORMAL, np.where(mean > 0, MEAN_NORMAL * mean, np.nan))
    return answer((np.asarray(today, dtype=np.float64) - middle) / scale)


def _median(values: Any) -> Any:
    """Median of the known values along the last axis, NaN where there are none."""
    none = ~np.isfinite(values).any(axis=-1)
    return np.where(none, np.nan, np.nanmedian(np.where(none[..., None], 0.0, values), axis=-1))
