"""What laps add to the check of workouts: a pulse that falls from one lap to the next though the speed does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.lap_pulse import STEEPER, falls
from fitintel.intelligence.registry import algorithm

LEAST = 10
"""Earlier workouts of the sport from which its usual heart rate is known."""
WINDOW = 60
COLUMNS = ("id", "day", "kind", "field", "value", "expected", "score", "low", "high", "why", "hard")


@algorithm(
    id="lap_anomaly",
    version="1.0.0",
    inputs={"workouts": "rows", "anomalies": "workout_anomaly", "laps": "duration, distance and hr_mean by lap"},
    output=("anomalous workouts with kind, field, value, expected range and score", "SI"),
    source="Heart rate follows a change of effort with a time constant of 30-60 s (Bell et al. 2001, Exp Physiol "
    "86:659) and on even effort only rises (Coyle & Gonzalez-Alonso 2001, Exerc Sport Sci Rev 29:88): between laps "
    "of the same speed it does not fall",
    validity=Validity.USEFUL,
    limits=(
        "only laps with distance and heart rate can tell",
        "a sensor that fails for less than a lap, or from the first to the last, is not found here",
        "after a climb in one lap the next may be as fast and much easier",
    ),
)
def lap_anomaly(
    workouts: Workouts, anomalies: Mapping[str, Any], laps: Mapping[str, Any], *, fall: float = 12.0,
    below: float = 10.0,
) -> dict[str, Any]:  # fmt: skip
    """Workout anomalies, laps included.

    A later lap whose mean heart rate is more than `fall + 30 spread` bpm under that of an earlier lap that was not
    faster, where `spread` is the log ratio of the fastest to the slowest lap (after fast parts the pulse settles), and
    that lies `below` under the athlete's median of the last 60 workouts of the sport: the sensor lost contact. Where
    fewer than ten are known, 60 takes the place of 30. What `anomalies` tells of a workout stays.

    `laps` has the columns `id`, `duration` [s], `distance` [m], `hr_mean` [bpm, NaN unknown], those of a workout
    together and in order of time.
    Parameters: `fall`, `below` [bpm].
    Returns what `workout_anomaly` returns; of the added ones `value` is the recorded mean heart rate, `expected` the
    mean without the laps that fell, `score` the fall in units of the least one that is told.

    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 900.0, "hr_mean": 126.0}])
    >>> told = {name: [] for name in COLUMNS} | {"compared": {"id": ["a"], "day": [1], "surprise": [0.0]}}
    >>> laps = {"id": ["a"] * 3, "duration": [300.0] * 3, "distance": [900.0] * 3, "hr_mean": [146.0, 150.0, 82.0]}
    >>> found = lap_anomaly(w, told, laps)
    >>> found["id"].tolist(), found["why"].tolist(), found["expected"]
    (['a'], ['fell'], array([148.]))
    """
    rows = workouts.ordered()
    place = {str(name): at for at, name in enumerate(rows["id"].tolist())}
    taken = {str(name) for name in anomalies["id"]}
    added: dict[int, dict[str, Any]] = {}
    for name, fell in falls(laps).items():
        at = place.get(name)
        if at is None or name in taken:
            continue
        before = np.flatnonzero((rows["sport"][:at] == rows["sport"][at]) & (rows["hr_mean"][:at] > 0))[-WINDOW:]
        usual = float(np.median(rows["hr_mean"][before])) if len(before) >= LEAST else np.nan
        limit = fall + (2 if np.isnan(usual) else 1) * STEEPER * fell.spread
        if fell.by > limit and not fell.to > usual - below:
            added[at] = {
                "id": name, "day": int(rows["day"][at]), "kind": "sensor fault", "field": "hr_mean",
                "value": float(rows["hr_mean"][at]), "expected": fell.mean_before, "score": fell.by / limit,
                "low": np.nan, "high": np.nan, "why": "fell", "hard": False,
            }  # fmt: skip
    return _together(anomalies, added, place)


def _together(anomalies: Mapping[str, Any], added: Mapping[int, Mapping[str, Any]], place: Any) -> dict[str, Any]:
    """Both in canonical order, and how much each workout surprises."""
    kept = {place[str(name)]: {column: anomalies[column][at] for column in COLUMNS}
            for at, name in enumerate(anomalies["id"])}  # fmt: skip
    every = dict(sorted({**kept, **added}.items()))
    kinds = {"day": np.int64, "hard": np.bool_} | dict.fromkeys(
        ("value", "expected", "score", "low", "high"), np.float64
    )
    found: dict[str, Any] = {column: np.array([row[column] for row in every.values()], dtype=kinds.get(column, object))
                             for column in COLUMNS}  # fmt: skip
    compared = anomalies["compared"]
    surprise = np.array(compared["surprise"], dtype=np.float64)
    where = {str(name): at for at, name in enumerate(compared["id"])}
    for row in added.values():
        at = where[row["id"]]
        surprise[at] = np.fmax(surprise[at], row["score"])
    return {**found, "compared": {**compared, "surprise": surprise}}
