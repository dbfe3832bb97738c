"""One mean per person, drawn from a population: variances between and within by restricted maximum likelihood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RATIOS = np.concatenate([[0.0], np.logspace(-8, 8, 321)])
"""of variance between to within that are looked at before the best is pinned down"""


def fit(groups: Sequence[Floats]) -> dict[str, Any] | None:
    """`mean`, `var_between`, `var_within` and `blups`, the deviations expected of each group; None if undefined.

    `groups`: the known values of each, none empty. Needs two groups and one of them with two values. The mean and the
    variance within have closed forms given the ratio of the two variances; the ratio is where the slope of the
    restricted likelihood is 0, or 0 where it falls from there.
    """
    size = np.array([len(group) for group in groups], dtype=np.float64)
    centre = np.array([group.mean() for group in groups])
    inside = float(sum(((group - group.mean()) ** 2).sum() for group in groups))
    if len(groups) < 2 or size.sum() == len(groups):
        return None
    if inside == 0:
        overall = float(centre.mean())
        return {"mean": overall, "var_between": float(centre.var(ddof=1)), "var_within": 0.0, "blups": centre - overall}
    ratio = _ratio(size, centre, inside)
    weight = size / (1 + ratio * size)
    overall = float(weight @ centre / weight.sum())
    within = (inside + float(weight @ (centre - overall) ** 2)) / (size.sum() - 1)
    return {
        "mean": overall,
        "var_between": float(ratio * within),
        "var_within": float(within),
        "blups": ratio * weight * (centre - overall),
    }


def _criterion(ratio: float, size: Floats, centre: Floats, inside: float) -> tuple[float, float]:
    """Minus twice the restricted log-likelihood up to a constant, and its slope in the ratio."""
    weight = size / (1 + ratio * size)
    overall = weight @ centre / weight.sum()
    squares = (centre - overall) ** 2
    freedom, spread = size.sum() - 1, inside + weight @ squares
    value = freedom * math.log(spread) + np.log1p(ratio * size).sum() + math.log(weight.sum())
    slope = weight.sum() - weight @ weight / weight.sum() - freedom * (weight**2 @ squares) / spread
    return float(value), float(slope)


def _ratio(size: Floats, centre: Floats, inside: float) -> float:
    at = int(np.argmin([_criterion(ratio, size, centre, inside)[0] for ratio in RATIOS]))
    low, high = float(RATIOS[max(0, at - 1)]), float(RATIOS[min(len(RATIOS) - 1, at + 1)])
    if low == 0 and _criterion(0.0, size, centre, inside)[1] >= 0:
        return 0.0
    for _ in range(200):
        middle = low + (high - low) / 2
        if not low < middle < high:
            break
        if _criterion(middle, size, centre, inside)[1] < 0:
            low = middle
        else:
            high = middle
    return low
