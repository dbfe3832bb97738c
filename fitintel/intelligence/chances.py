"""A chance from counted cases, and how such chances fared: Brier score and what was said beside what came true."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.conformal import wilson_interval

Array = NDArray[Any]
LEAST_TESTS = 12


def chance(hits: float, n: float) -> float:
    """Share of hits with half a hit added on both sides (Jeffreys' prior): never 0 or 1 from few cases.

    >>> round(chance(26, 26), 3), chance(0, 1)
    (0.981, 0.25)
    """
    return (float(hits) + 0.5) / (float(n) + 1.0)


def fared(said: Array, came: Array) -> dict[str, Any]:
    """`brier`, that of the past's own share `brier_base`, `mean_said`, `came_true` with 95 % bounds, and `tests`.

    `said` chances (n,) and `came` 0 or 1 (n,), oldest first. None below 12 tests.

    >>> fared(np.full(20, 0.5), np.tile([0.0, 1.0], 10))["brier"]
    0.25
    """
    n = len(said)
    if n < LEAST_TESTS:
        return {"tests": n, "brier": None, "brier_base": None, "mean_said": None, "came_true": None, "came_low": None,
                "came_high": None}  # fmt: skip
    # what anyone would say who only counts how often it came true before
    before = np.concatenate([[0.0], np.cumsum(came)[:-1]])
    base = (before + 0.5) / (np.arange(n) + 1.0)
    low, high = wilson_interval(float(came.sum()), n)
    return {
        "tests": n, "brier": float(np.mean((said - came) ** 2)), "brier_base": float(np.mean((base - came) ** 2)),
        "mean_said": float(said.mean()), "came_true": float(came.mean()), "came_low": low, "came_high": high,
    }  # fmt: skip
