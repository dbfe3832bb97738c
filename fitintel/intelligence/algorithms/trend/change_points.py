"""Lasting changes of level in a weekly series."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.errors import UsageError
from fitintel.intelligence.levels import YEAR, annual, spread, steady
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.segments import Stretches, credible_range, optimal_partition, place

Array = NDArray[Any]

ROUNDS = 3
COLUMNS = ("index", "week", "low", "high", "before", "after", "relative", "weeks_before", "weeks_after")


@algorithm(
    id="change_points", version="2.1.0", title="Lasting changes",
    changed="intervals of dates are wider, because weeks hang together for longer; weeks behind each level are counted",
    inputs={"week": "day number of the Monday", "values": "any total per week, not negative"},
    output=("week", "day number"),
    source="Jackson et al. 2005, IEEE Signal Process Lett 12:105; Yao 1988, Stat Probab Lett 6:181; "
           "Newey & West 1987, Econometrica 55:703; Bissiri, Holmes & Walker 2016, J R Stat Soc B 78:1103",
    validity=Validity.USEFUL,
    limits=("a change of less than about a third is mostly lost in the ordinary spread of weeks",
            "the date is seldom sure to the week: read the interval",
            "a slow drift is told as one or more steps", "a season is taken out only from two years of history on"),
)  # fmt: skip
def change_points(
    week: Any,
    values: Any,
    *,
    min_size: int = 4,
    penalty: float = 2.0,
    least: float = 0.2,
    confidence: float = 0.9,
    temper: float = 2.0,
) -> dict[str, Any]:
    """Weeks at which the level of a weekly series changed for good, each with an interval for its date.

    Parameters: `week` (n,) consecutive Mondays [day number]; `values` (n,) totals, NaN where missing, or (n, q) for
    quantities that change together (the first is the one reported); `min_size`, weeks that a level must last at least;
    `penalty` per change for one quantity, in units of ln n times the variance; `least`, the smallest relative change
    reported; `confidence` of the date intervals; `temper`, by how much the evidence for a date is divided, because
    weeks hang together for longer than the long-run variance sees (docs/decisions/change-point-accuracy.md).

    Square roots of the totals, single weeks held to 2.5 robust standard deviations around their quarter, are cut by
    exact optimal partition. The penalty is taken (1+q)/2 times and on the long-run variance around a yearly moving
    level, so that runs of good and bad weeks do not pass for changes. With two years of data an annual wave is fitted
    together with the levels and taken out. Two or more weeks in a row without anything are a gap, not a level: they are
    passed over. The interval of a date is the most probable set of weeks between the changes on
    either side, every week as likely beforehand.

    Returns lists of equal length, oldest first: `index`, `week` (first week of the new level), `low`, `high` (first and
    last week it may have been), `before`, `after` (mean week outside gaps), `relative` (after / before - 1),
    `weeks_before`, `weeks_after` (known weeks behind those means); and `n`, the number of known weeks.

    >>> found = change_points(np.arange(40) * 7, [30.0, 34.0, 32.0, 36.0] * 5 + [60.0, 64.0, 68.0, 66.0] * 5)
    >>> found["index"], round(found["relative"][0], 2)
    ([20], 0.95)
    """
    monday = np.asarray(week, dtype=np.int64).reshape(-1)
    table = _table(values, monday)
    n = len(monday)
    result: dict[str, Any] = {key: [] for key in COLUMNS}
    result["n"] = int(np.isfinite(table[:, 0]).sum())
    if n < 2 * min_size or result["n"] < 2 * min_size:
        return result
    level = np.column_stack([steady(np.sqrt(column)) for column in table.T])
    cuts, stretches = _cut(level, monday, min_size, penalty)
    for (left, cut), (_, right) in pairwise(pairwise(cuts)):
        before, after = _mean(table[left:cut, 0]), _mean(table[cut:right, 0])
        if not before or abs(after / before - 1) < least:
            continue
        places, probability = place(stretches, left, right, min_size=min_size, temper=temper)
        low, high = credible_range(places, probability, confidence)
        weeks = (int(np.isfinite(part).sum()) for part in (table[left:cut, 0], table[cut:right, 0]))
        found = (cut, int(monday[cut]), int(monday[low]), int(monday[high]), before, after, after / before - 1, *weeks)
        for key, value in zip(result, found, strict=False):
            result[key].append(value)
    return result


def _table(values: Any, monday: Array) -> Array:
    """Totals as (n, q), weeks of a gap and what is not finite as NaN."""
    table = np.array(values, dtype=float)
    table = table.reshape(len(table), -1) if table.size else table.reshape(0, 1)
    table[~np.isfinite(table)] = np.nan
    if len(table) != len(monday) or (np.diff(monday) != 7).any():
        raise UsageError(
            "Change points need one row for each week, in order and without a gap",
            why=f"{len(monday)} weeks with {len(table)} rows",
            next="fill missing weeks with NaN",
        )
    if (table < 0).any():
        raise UsageError("A total per week is never negative", why=f"the least is {np.nanmin(table):g}")
    nothing = np.concatenate([[False], table[:, 0] == 0, [False]])
    table[nothing[1:-1] & (nothing[:-2] | nothing[2:])] = np.nan
    return table


def _mean(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else 0.0


def _cut(level: Array, monday: Array, min_size: int, penalty: float) -> tuple[list[int], Stretches]:
    """Cuts (with 0 and n) and the costs, every quantity in units of its own long-run standard deviation."""
    n, quantities = level.shape
    charge = penalty * (1 + quantities) / 2 * math.log(n)
    wave = np.zeros_like(level)
    cuts = [0, n]
    stretches = Stretches(level)
    for _ in range(ROUNDS):
        flat = level - wave
        stretches = Stretches(flat / np.array([spread(column) for column in flat.T]))
        new = [0, *optimal_partition(stretches, charge, min_size=min_size)]
        if new == cuts and wave.any():
            break
        cuts = new
        if n < 2 * YEAR:
            break
        wave = np.column_stack([annual(column, monday, cuts) for column in level.T])
    return cuts, stretches
