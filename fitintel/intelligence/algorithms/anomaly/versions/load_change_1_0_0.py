"""Whether the latest complete week was larger or smaller than the athlete's own weeks before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

MAD = 1.4826
"""Median absolute deviation of a normal distribution to its SD."""
MEAN_AD = 1.253314
"""Mean absolute deviation of a normal distribution to its SD, for when the median one is zero."""
FLOOR = 0.15
"""Least SD on the log scale: a few equal weeks must not make 20 % more an alarm."""


@algorithm(
    id="load_change",
    version="1.0.0",
    inputs={"weekly": "weekly_totals"},
    output=("robust z of the latest complete week", "1"),
    source="Modified z on log(1 + x), Iglewicz & Hoaglin 1993; the week is not part of its own baseline",
    validity=Validity.USEFUL,
    limits=(
        "a description of the own past, not of risk: no evidence ties it to injury in one person",
        "seasons are not taken out: the first weeks of a new season are higher or lower",
        "a break of months makes an empty week usual",
    ),
)
def load_change(weekly: Mapping[str, Any], *, weeks: int = 26, least: int = 8, beyond: float = 2.5) -> dict[str, Any]:
    """Load change.

    Compares the last complete week's duration with the `weeks` before it on the scale log(1 + minutes); distance
    (log(1 + km)) is given beside it. An empty week is an observation like any other. Higher or lower is a week beyond
    `beyond` and beyond every week of the baseline: training weeks have heavy tails, and of exchangeable weeks the
    latest is the largest of 27 only once in 27.

    Parameters: `weeks` [1] baseline; `least` [1] weeks it needs; `beyond` [1] robust z.
    Returns `week` (day number of its Monday, None without one), `field` (duration), `value`, `expected`, `low`, `high`
    [s] (the usual range), `z`, `verdict` (usual, higher, lower, insufficient), and under `distance` the same figures
    [m]. Figures that cannot be had are None.

    >>> hours = [3, 4, 3, 5, 4, 3, 4, 5, 4, 12]
    >>> weekly = {"week": 20367 + 7 * np.arange(10), "duration": 3600.0 * np.array(hours), "distance": np.zeros(10)}
    >>> found = load_change(weekly)
    >>> found["verdict"], found["value"], found["expected"]
    ('higher', 43200.0, 14400.0)
    """
    week = np.asarray(weekly["week"], dtype=np.int64)
    figures = {
        name: _compare(np.asarray(weekly[name], dtype=np.float64) / unit, unit, weeks, least, beyond)
        for name, unit in (("duration", 60.0), ("distance", 1000.0))
    }
    return {
        "week": int(week[-1]) if len(week) else None,
        "field": "duration",
        **figures["duration"],
        "distance": figures["distance"],
    }


def _compare(values: Any, unit: float, weeks: int, least: int, beyond: float) -> dict[str, Any]:
    past = np.log1p(values[:-1][-weeks:])
    if len(past) < least:
        value = float(values[-1] * unit) if len(values) else None
        return {"value": value, "expected": None, "low": None, "high": None, "z": None, "verdict": "insufficient"}
    middle = float(np.median(past))
    apart = np.abs(past - middle)
    scale = max(MAD * float(np.median(apart)) or MEAN_AD * float(apart.mean()), FLOOR)
    low = min(middle - beyond * scale, float(past.min()))
    high = max(middle + beyond * scale, float(past.max()))
    now = float(np.log1p(values[-1]))
    return {
        "value": float(values[-1] * unit), "expected": unit * float(np.expm1(middle)),
        "low": unit * max(float(np.expm1(low)), 0.0), "high": unit * float(np.expm1(high)), "z": (now - middle) / scale,
        "verdict": "higher" if now > high else "lower" if now < low else "usual",
    }  # fmt: skip
