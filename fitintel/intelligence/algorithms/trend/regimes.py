"""Regimes: the stretches between lasting changes of habit."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

WEEK = 7
QUANTITIES = ("sessions", "distance", "duration")


@algorithm(
    id="regimes", version="1.0.0", title="Regimes of training",
    inputs={"weekly": "weekly totals", "changes": "lasting changes"},
    output=("means per week of each regime", "sessions, m, s"),
    source="fitintel definition: the complete weeks between two lasting changes",
    validity=Validity.USEFUL,
    limits=("a regime is as sure as the changes on either side: read their intervals",
            "weeks without anything count, so a regime with a long break has low means"),
)  # fmt: skip
def regimes(weekly: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Stretches of complete weeks between lasting changes, oldest first, and the mean week of each.

    Returns equally long arrays: `first` and `last` [day number], `weeks`, `sessions`, `distance` [m], `duration` [s]
    (means per week), `empty`, the number of weeks without a session. Nothing without weeks.

    >>> weekly = {"week": np.arange(4) * 7, "sessions": [1, 1, 3, 3], "distance": [5.0, 5, 9, 9], "duration": [1.0] * 4}
    >>> found = regimes(weekly, {"week": [14]})
    >>> found["first"], found["last"], found["distance"]
    (array([ 0, 14]), array([13, 27]), array([5., 9.]))
    """
    week = np.asarray(weekly["week"], dtype=np.int64)
    starts = np.concatenate([[0], np.searchsorted(week, np.asarray(changes["week"], dtype=np.int64)), [len(week)]])
    pairs = [(start, end) for start, end in pairwise(starts.tolist()) if end > start]
    means = {name: np.array([float(np.asarray(weekly[name], dtype=np.float64)[start:end].mean())
                             for start, end in pairs]) for name in QUANTITIES}  # fmt: skip
    sessions = np.asarray(weekly["sessions"], dtype=np.float64)
    return {
        "first": np.array([week[start] for start, _ in pairs], dtype=np.int64),
        "last": np.array([week[end - 1] + WEEK - 1 for _, end in pairs], dtype=np.int64),
        "weeks": np.array([end - start for start, end in pairs], dtype=np.int64),
        **means, "empty": np.array([int((sessions[start:end] == 0).sum()) for start, end in pairs], dtype=np.int64),
    }  # fmt: skip
