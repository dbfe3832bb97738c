"""How good a race prediction was, told by the race."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="race_prediction_score",
    version="1.0.0",
    inputs={"prediction": "race_prediction", "duration": "s"},
    output=("error of a race prediction", "s"),
    source="Dawid 1984, J R Stat Soc A 147:278 (probability integral transform)",
    validity=Validity.HIGH,
    limits=(
        "one race says little: judge the methods by the percentiles of many",
        "a race that was not run to win or for time (pacing a friend, heat) must not be scored",
    ),
)
def race_prediction_score(prediction: Mapping[str, Any], duration: Any) -> dict[str, Any]:
    """Score of a race prediction.

    `prediction` as race_prediction gives it, `duration` [s] the time of the race; scalars or arrays of one shape.
    Undefined where nothing was predicted. Raises DataError unless duration is above zero.

    Returns `error` [s] and `relative` [1] (positive: slower than predicted), `percentile` [1] of the race within the
    distribution (uniform over many races if the predictions are right), `z` [1] in standard deviations of log time, and
    `within` the interval from `low` to `high`.

    >>> prediction = {"duration": 2500.0, "sd": 0.012, "low": 2451.1, "high": 2549.8}
    >>> score = race_prediction_score(prediction, 2530)  # s
    >>> score["error"], score["percentile"], score["within"]
    (30.0, 0.8399, True)
    """
    positive(duration=duration)
    expected, sd, low, high = (np.asarray(prediction[k], dtype=np.float64) for k in ("duration", "sd", "low", "high"))
    run = np.asarray(duration, dtype=np.float64)
    z = np.log(run / expected) / sd
    known = np.isfinite(z)
    within = known & (run >= low) & (run <= high)
    return {
        "error": answer(run - expected),
        "relative": answer(run / expected - 1.0),
        "percentile": answer(_normal(z)),
        "z": answer(z),
        "within": (bool(within) if known else None) if within.ndim == 0 else np.where(known, within, np.nan),
    }


def _normal(z: Any) -> Any:
    return 0.5 * np.vectorize(math.erfc, otypes=[np.float64])(-z / math.sqrt(2.0))
