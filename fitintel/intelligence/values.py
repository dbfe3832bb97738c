"""What goes into and comes out of a formula: checked numbers in, None or NaN for what is undefined out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError

Floats = NDArray[np.float64]


def answer(value: Any) -> Any:
    """A formula's result as it is handed out: never infinite; undefined is None for one number, NaN within an array.

    >>> answer(np.float64(2.5)), answer(np.float64("nan")), answer(np.array([1.0, np.inf]))
    (2.5, None, array([ 1., nan]))
    """
    found = np.asarray(value, dtype=np.float64)
    if found.ndim == 0:
        return float(found) if np.isfinite(found) else None
    return np.where(np.isfinite(found), found, np.nan)


def divided(over: Any, under: Any) -> Floats:
    """`over / under`, NaN where `under` is 0.

    >>> divided([1.0, 1.0], [2.0, 0.0])
    array([0.5, nan])
    """
    over, under = np.broadcast_arrays(np.asarray(over, dtype=np.float64), np.asarray(under, dtype=np.float64))
    quotient: Floats = np.divide(over, under, out=np.full(over.shape, np.nan), where=under != 0)
    return quotient


def positive(**named: Any) -> None:
    """Refuse numbers that are not above zero, or infinite; missing ones (None, NaN) pass. Raises DataError.

    >>> positive(threshold_power=0)
    Traceback (most recent call last):
    fitintel.core.errors.DataError: threshold_power is 0. Why: a number above 0 is expected.
    """
    for name, value in named.items():
        _refuse(name, value, lambda given: (given <= 0) | np.isinf(given), "a number above 0 is expected")


def not_negative(**named: Any) -> None:
    """Refuse negative or infinite numbers; missing ones (None, NaN) pass. Raises DataError."""
    for name, value in named.items():
        _refuse(name, value, lambda given: (given < 0) | np.isinf(given), "a number of at least 0 is expected")


def within(low: float, high: float, **named: Any) -> None:
    """Refuse numbers outside `low` to `high`, bounds included; missing ones (None, NaN) pass. Raises DataError."""
    for name, value in named.items():
        _refuse(
            name, value, lambda given: (given < low) | (given > high), f"a number from {low:g} to {high:g} is expected"
        )


def _refuse(name: str, value: Any, wrong: Any, why: str) -> None:
    given = np.asarray(value, dtype=np.float64)
    refused = wrong(given)
    if refused.any():
        raise DataError(f"{name} is {given[refused].flat[0]:g}", why=why)
