"""Values that hold from a day: which one held on each day of a series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def held(thresholds: Iterable[Mapping[str, Any]], kind: str, day: Any, sport: Any) -> Floats:
    """The value of `kind` that held on each day for each sport, NaN where none did; shape of `day`.

    `thresholds` are statements {kind, value, sport, valid_from}; one for a sport goes before one for every sport
    (sport ''), a later `valid_from` before an earlier one. A value of None ends what held before.

    >>> ftp = [{"kind": "power", "value": 250.0, "sport": "", "valid_from": 10}]
    >>> held(ftp, "power", [9, 10, 11], ["cycling"] * 3)
    array([ nan, 250., 250.])
    """
    days, sports = np.asarray(day, dtype=np.int64), np.asarray(sport, dtype=object)
    general = _series([one for one in thresholds if one["kind"] == kind and not one["sport"]], days)
    own = sorted({str(one["sport"]) for one in thresholds if one["kind"] == kind and one["sport"]})
    for name in own:
        special = _series([one for one in thresholds if one["kind"] == kind and one["sport"] == name], days)
        general = np.where((sports == name) & np.isfinite(special), special, general)
    return general


def _series(statements: list[Mapping[str, Any]], days: NDArray[np.int64]) -> Floats:
    ordered = sorted(statements, key=lambda one: int(one["valid_from"]))
    starts = np.array([int(one["valid_from"]) for one in ordered], dtype=np.int64)
    values = np.array([np.nan, *(np.nan if one["value"] is None else float(one["value"]) for one in ordered)])
    found: Floats = values[np.searchsorted(starts, days, side="right")]
    return found
