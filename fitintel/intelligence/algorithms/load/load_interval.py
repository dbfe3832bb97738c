"""How far the load of each workout can be off by what was measured badly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.quality import LOADS, MADE_OF, widening
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import not_negative, within


@algorithm(
    id="load_interval",
    version="1.0.0",
    inputs={"loads": "load per workout", "quality": "quality of recordings, 0-100"},
    output=("half-width of the interval of each load", "unit of the load"),
    source="Errors of the sensors as their makers state them, carried through each method's formula (science 1.1: 1 % "
    "of heart rate reserve is 3.3 % of the impulse), times sqrt(100 / quality)",
    validity=Validity.ROUGH,
    limits=(
        "errors of measurement only: not of a threshold, and not of the method itself",
        "a workout without samples cannot be judged: a middling quality is assumed of it",
        "a load filled in with a typical value has the error of an estimate, whatever its recording",
    ),
)
def load_interval(
    loads: Mapping[str, Any], quality: Mapping[str, Any], *, power: float = 0.04, pace: float = 0.04,
    heart_rate: float = 0.07, rating: float = 0.1, estimate: float = 0.3, unjudged: float = 50.0,
) -> dict[str, Any]:  # fmt: skip
    """Interval of each workout's load.

    `half = error * load * sqrt(100 / quality)`, at most four times `error * load`. `loads` is what session_load or
    load_hierarchy gives; `quality` holds `id` and, for each, `power`, `pace`, `heart_rate` and `time` [0-100]: the
    quality of what a load made from it depends on. Raises DataError for a quality outside 0-100, or a negative error.

    Parameters: half-widths on a clean recording [share of the load] by `power`, `pace` (also MET minutes),
    `heart_rate`, a `rating`, and an `estimate`; `unjudged` [0-100] quality assumed of a workout without samples.
    Returns `day` int64[n], `half` and `quality` float64[n] (NaN: not judged), in the order of the loads, and `judged`,
    the share of workouts whose quality is known.

    >>> ride = {"id": ["a"], "day": [5], "load": [100.0], "method": ["power"]}
    >>> judged = {"id": ["a"], "power": [25.0], "pace": [90.0], "heart_rate": [90.0], "time": [100.0]}
    >>> load_interval(ride, judged)["half"].tolist()
    [8.0]
    """
    not_negative(power=power, pace=pace, heart_rate=heart_rate, rating=rating, estimate=estimate)
    within(0.0, 100.0, unjudged=unjudged, **{name: quality[name] for name in LOADS})
    errors = {"power": power, "grade-adjusted pace": pace, "MET minutes": pace, "heart rate": heart_rate,
              "session RPE": rating}  # fmt: skip
    place = {str(one): index for index, one in enumerate(quality["id"])}
    load = np.asarray(loads["load"], dtype=np.float64)
    filled_in = loads.get("estimated", np.zeros(len(load)))
    methods = [str(method) for method in loads["method"]]
    error = np.array([errors.get(method, estimate) for method in methods], dtype=np.float64)
    error[np.asarray(filled_in, dtype=bool)] = estimate
    score = np.full(len(load), np.nan)
    if place:
        for row, (name, method) in enumerate(zip(loads["id"], methods, strict=True)):
            if str(name) in place:
                score[row] = float(quality[MADE_OF.get(method, "time")][place[str(name)]])
    scores, which = np.unique(np.where(np.isnan(score), unjudged, score), return_inverse=True)
    wider = np.array([widening(one) for one in scores.tolist()], dtype=np.float64)[which]
    return {
        "day": np.asarray(loads["day"], dtype=np.int64),
        "half": np.nan_to_num(load * error * wider),
        "quality": score,
        "judged": float(np.mean(~np.isnan(score))) if len(score) else 0.0,
    }
