"""Has a distribution moved? The population stability index, and what chance alone makes of it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

BINS = 5
FLOOR = 0.5
"""cases that an empty bin is taken to have: without it one empty bin is an infinite index"""
Z = 1.645
"""one-sided 95 %"""


def stability_index(reference: Any, recent: Any, *, bins: int = BINS) -> float:
    """`sum (q - p) ln(q / p)` over bins that hold equal shares of the reference.

    Parameters: `reference`, `recent` values, finite, in one unit. Returns the index [1], 0 for equal distributions.
    Siddiqi 2006, Credit Risk Scorecards.

    >>> stability_index(range(100), range(100))
    0.0
    >>> stability_index(range(100), range(50, 150)) > 0.25
    True
    """
    before, now = np.asarray(list(reference), dtype=float), np.asarray(list(recent), dtype=float)
    edges = np.unique(np.quantile(before, np.linspace(0, 1, bins + 1)[1:-1]))
    shares = []
    for values in (before, now):
        counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
        counts = np.maximum(counts, FLOOR)
        shares.append(counts / counts.sum())
    p, q = shares
    return float(np.sum((q - p) * np.log(q / p)))


def by_chance(reference: int, recent: int, *, bins: int = BINS) -> float:
    """The index that equal distributions exceed in 1 of 20 samples of so many independent cases.

    The index times `n m / (n + m)` is nearly chi-square with `bins - 1` degrees of freedom (Yurdakul & Naranjo 2020,
    J Risk Model Valid 14:89); its 95 % point by the normal approximation.

    >>> round(by_chance(1000, 1000), 4)
    0.0173
    """
    degrees = bins - 1
    return (1 / reference + 1 / recent) * (degrees + Z * math.sqrt(2 * degrees))
