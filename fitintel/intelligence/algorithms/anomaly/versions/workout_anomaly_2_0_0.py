"""Workouts that do not fit, as found before figures of one workout were held against each other. Kept to replay it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.algorithms.anomaly.versions.deviations_2_0 import Deviations
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="workout_anomaly",
    version="2.0.0",
    changed="speed is held against the third nearest earlier one, so that walks and runs of one sport are told apart; "
    "a deviation that a real day could have is unusual, no error; sensors are judged by several signs",
    inputs={"workouts": "rows", "types": "workout_type"},
    output=("anomalous workouts with kind, field, value, expected range and score", "SI, robust z"),
    source="Robust z on past-only log values (Iglewicz & Hoaglin 1993), for speed with the distance to the third "
    "nearest of the last 60 workouts in place of the distance to their median: walks and runs may share a sport",
    validity=Validity.USEFUL,
    limits=(
        "unless a rule is breached nothing is said before 20 workouts of a sport",
        "an error that turns a workout into another usual one of the athlete cannot be found",
        "miles for kilometres mostly gives a possible workout: it is told as unusual, not as an error",
        "a change of habit is unusual until it has happened three times",
        "which of distance and duration is wrong is inferred from their usual sizes",
        "sensors are judged by a workout's means and highest values: a fault that leaves these usual cannot be found",
    ),
)
def workout_anomaly(
    workouts: Workouts, types: Mapping[str, Any], *, least: int = 20, beyond: float = 2.2, slip_beyond: float = 1.5
) -> dict[str, Any]:
    """Workout anomalies.

    Breached rules are always reported. Otherwise each workout is compared with the athlete's workouts before it, never
    with itself or later ones: mean speed with the last 60 of its sport and the last 60 of its sport and type; size
    and sensors with the last 60 of its sport. A deviating speed is an entry error when a usual slip (miles for
    kilometres, a digit, minutes for seconds, distance and duration swapped) leads back to a usual one, or when nobody
    moves like that. It is unusual when it is possible: a slip by less than three times on foot that is slow, another
    gait or within reach of a good day may be real; and when nothing explains it.

    Parameters: `least` [1] earlier workouts of the sport needed; `beyond` [1] SDs to the third nearest earlier speed
    that make a workout unusual, `slip_beyond` [1] those that do when a slip explains it.
    Returns arrays of the found ones in canonical order: `id`, `day`, `kind` (entry error, sensor fault, unusual
    workout), `field`, `value`, `expected` [SI; NaN unknown], `score` [SDs; NaN for rules]. Raises ValueError when
    `types` are those of other workouts.

    >>> rows = [{"id": f"w{i:02}", "day": i, "sport": "running", "duration": 1800.0, "distance": 5400.0 + 9 * (i % 7)}
    ...         for i in range(30)]
    >>> rows[25]["distance"] *= 10
    >>> w = Workouts.from_rows(rows)
    >>> found = workout_anomaly(w, {"id": w["id"], "label": np.full(30, "run", dtype=object)})
    >>> found["id"].tolist(), found["kind"].tolist(), found["field"].tolist(), found["expected"]
    (['w25'], ['entry error'], ['distance'], array([5436.]))
    """
    rows = workouts.ordered()
    if not np.array_equal(rows["id"], np.asarray(types["id"], dtype=object)):
        raise ValueError("the types are those of other workouts")
    found = Deviations(rows, types, least)
    found.rules()
    found.speeds(beyond, slip_beyond)
    found.sensors()
    found.sizes()
    return found.as_dict()
