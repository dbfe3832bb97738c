"""Acute and chronic load side by side: what is known of the last weeks, and their ratio where it means something."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.daily_smoothing import MOST_MISSING
from fitintel.intelligence.values import answer, divided, not_negative

Floats = NDArray[np.float64]


def days_known(daily_loads: Any) -> tuple[Floats, NDArray[np.int64]]:
    """Daily loads (..., n) as numbers, and the days of history (...): from the first day that is not missing.

    Raises DataError for a negative load.
    """
    load = np.asarray(daily_loads, dtype=np.float64)
    not_negative(daily_loads=load)
    if not load.shape[-1]:
        return load, np.zeros(load.shape[:-1], dtype=np.int64)
    known = np.isfinite(load)
    return load, np.where(known.any(axis=-1), load.shape[-1] - known.argmax(axis=-1), 0)


def known_mean(load: Floats, newest: int, oldest: int) -> Floats:
    """Mean of the days `newest` to `oldest`, counted back from 1, the last; NaN if over a quarter of them is missing.

    >>> float(known_mean(np.arange(28.0), 1, 7)), float(known_mean(np.arange(28.0), 8, 28))
    (24.0, 10.0)
    """
    n = load.shape[-1]
    piece = load[..., max(0, n - oldest) : n - newest + 1]
    count = np.isfinite(piece).sum(axis=-1)
    mean = divided(np.where(np.isfinite(piece), piece, 0.0).sum(axis=-1), count)
    return np.where(count >= (1 - MOST_MISSING) * (oldest - newest + 1), mean, np.nan)


def ratio(acute: Floats, chronic: Floats, meant: Any) -> dict[str, Any]:
    """`acute`, `chronic` and `ratio`; undefined where `meant` is false, the ratio also at a chronic load of 0."""
    acute, chronic = np.where(meant, acute, np.nan), np.where(meant, chronic, np.nan)
    return {"acute": answer(acute), "chronic": answer(chronic), "ratio": answer(divided(acute, chronic))}
