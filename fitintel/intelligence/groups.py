"""A figure for each group of people, and how far the groups are apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError
from fitintel.intelligence.known import mean

Floats = NDArray[np.float64]


def by_group(values: Floats, group: Sequence[Any]) -> dict[str, float | None]:
    """Mean of the known `values` (n,) of each group, by its name in order of the alphabet; None where nothing is known.

    Raises DataError if `group` has another length.

    >>> by_group(np.array([1.0, 0.0, np.nan]), ["b", "a", "b"])
    {'a': 0.0, 'b': 1.0}
    """
    names = [str(name) for name in group]
    if len(names) != len(values):
        raise DataError("the series differ in length", why=f"{len(values)} values, {len(names)} groups")
    place = np.array(names, dtype=object)
    found = {}
    for name in sorted(set(names)):
        value = float(mean(values[place == name]))
        found[name] = value if value == value else None
    return found


def gap(figures: Mapping[str, float | None]) -> tuple[float | None, float | None]:
    """Largest less smallest figure, and smallest over largest; None without two groups that have one.

    The ratio is None where the largest is not above 0.

    >>> gap({"a": 0.5, "b": 0.4, "c": None})
    (0.1, 0.8)
    """
    known = [value for value in figures.values() if value is not None]
    if len(known) < 2:
        return None, None
    low, high = min(known), max(known)
    return high - low, low / high if high > 0 else None
