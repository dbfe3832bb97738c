"""The fitted model of kinds of session: a network with one hidden layer, as plain numbers in a file beside this one.

It was fitted on simulated athletes (workbench.fitted_sessions); the file says on which. What it is worth on a person,
only labels tell. A new fit is a new file, and a new version of the algorithms that use it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.session_beside import BESIDE
from fitintel.intelligence.session_features import FEATURES

Numbers = NDArray[np.float64]

FITTED = Path(__file__).with_name("session_network_1.json")
UNSEEN = "top"
"""The one of FEATURES that it does not see: the highest speed in a fixed unit, which in real files is mostly error."""
COLUMNS = (*(name for name in FEATURES if name != UNSEEN), *BESIDE)
"""What it sees of a workout, in this order."""
ROWS = 512
"""Rows computed at a time: what is summed stays in the processor's cache."""
LAYERS = ("hidden", "hidden_bias", "output", "output_bias")


@cache
def fitted() -> Mapping[str, Any]:
    """The weights as read-only arrays: `hidden` [p, h] for the p COLUMNS, `hidden_bias` [h], `output` [h, 6],
    `output_bias` [6]; and what the file says of their making: `fitted_on`."""
    said = json.loads(FITTED.read_text(encoding="utf-8"))
    found: dict[str, Any] = {"fitted_on": said["fitted_on"]}
    for name in LAYERS:
        found[name] = np.array(said[name], dtype=np.float64)
        found[name].flags.writeable = False
    return found


def seen(evidence: Mapping[str, Any]) -> Numbers:
    """Columns [n, len(COLUMNS)] of the entries `phi` and `beside` of `session_context`."""
    n = len(evidence["id"])
    phi, beside = (np.asarray(evidence[name], dtype=np.float64).reshape(n, len(names))
                   for name, names in (("phi", FEATURES), ("beside", BESIDE)))  # fmt: skip
    return np.column_stack([np.delete(phi, FEATURES.index(UNSEEN), axis=1), beside])


def scores(columns: Numbers, weights: Mapping[str, Any]) -> Numbers:
    """Log odds of the kinds [n, k], up to a constant of each row, from `columns` [n, p]: a layer of rectified units
    between (Goodfellow, Bengio, Courville 2016, Deep Learning, 6). Every row is computed by itself.

    >>> layers = {"hidden": np.eye(2), "hidden_bias": np.zeros(2), "output": np.eye(2), "output_bias": np.ones(2)}
    >>> scores(np.array([[2.0, -3.0]]), layers)
    array([[3., 1.]])
    """
    found = np.empty((len(columns), len(weights["output_bias"])))
    for begin in range(0, len(columns), ROWS):
        rows = slice(begin, begin + ROWS)
        inside = np.maximum(_sums(columns[rows], weights["hidden"], weights["hidden_bias"]), 0.0)
        found[rows] = _sums(inside, weights["output"], weights["output_bias"])
    return found


def _sums(values: Numbers, weights: Numbers, bias: Numbers) -> Numbers:
    # not a matrix product: its order of summing depends on the number of rows
    total = np.repeat(bias[:, None], len(values), axis=1)
    part = np.empty_like(total)
    for value, weight in zip(np.ascontiguousarray(values.T), weights, strict=True):
        if value.any():  # most athletes have no laps, no ratings, no plans: zeros add nothing
            total += np.multiply(weight[:, None], value, out=part)
    return total.T
