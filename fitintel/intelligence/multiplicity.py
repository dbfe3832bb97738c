"""Many tests at once: p-values adjusted so that few of the rejections are false."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.known import numbers
from fitintel.intelligence.values import within

Floats = NDArray[np.float64]

ROUNDING = 1e-12
"""relative; a p-value that equals its bound is rejected, whatever the last bit of the product says"""


def adjusted(p: Any, *, any_dependence: bool = False) -> Floats:
    """Least false discovery rate at which each of `p` (..., n) would be rejected: step-up, in the order given.

    `p_(i) n / i`, made non-decreasing from the largest down, at most 1. With `any_dependence` times 1 + 1/2 + ... + 1/n
    (Benjamini & Yekutieli 2001, Ann Stat 29:1165). Missing ones stay NaN and are not counted as tests.
    Raises DataError for a p-value outside 0 to 1.

    >>> adjusted([0.01, 0.04, 0.03])
    array([0.03, 0.04, 0.04])
    """
    given = numbers(p, "p")
    within(0, 1, p=given)
    rank = np.arange(1, given.shape[-1] + 1)
    order = np.argsort(given, axis=-1, kind="stable")  # NaN last
    tests = np.isfinite(given).sum(axis=-1, keepdims=True)
    raised = np.take_along_axis(given, order, axis=-1) * tests / rank
    if any_dependence:
        raised *= np.append(0.0, np.cumsum(1 / rank))[tests]
    raised = np.fmin.accumulate(raised[..., ::-1], axis=-1)[..., ::-1]
    found = np.empty_like(given)
    np.put_along_axis(found, order, np.minimum(raised, 1.0), axis=-1)
    return np.where(np.isnan(given), np.nan, found)


def rejected(p: Any, q: float, *, any_dependence: bool = False) -> dict[str, Any]:
    """Which tests are rejected at the false discovery rate `q`: their number, their places, the largest p among them.

    Raises DataError for `q` or a p-value outside 0 to 1.

    >>> rejected([0.01, 0.5, 0.02], 0.05)
    {'n_rejected': 2, 'rejected': array([0, 2]), 'largest_p': 0.02}
    """
    within(0, 1, q=q)
    given = numbers(p, "p")
    places = np.flatnonzero(adjusted(given, any_dependence=any_dependence) <= q * (1 + ROUNDING))
    return {
        "n_rejected": len(places),
        "rejected": places,
        "largest_p": float(given[places].max()) if len(places) else None,
    }
