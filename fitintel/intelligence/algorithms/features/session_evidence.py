"""What each workout's figures and laps say of the kind of session, beside the athlete's own earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.answers import ACTIVITIES
from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.session_features import columns
from fitintel.intelligence.session_names import stated

KINDLESS = ("strength", "other", "outlier")
"""Activities whose sessions have no kind."""


@algorithm(
    id="session_evidence",
    version="1.0.0",
    inputs={
        "workouts": "rows",
        "types": "activity_type",
        "laps": "id, s, m",
        "thresholds": "statements of speed",
        "events": "day numbers",
        "names": "workout id -> name",
    },
    output=("features of each workout, and what its name says", "1"),
    source="fitintel definition. Sessions by their place in the athlete's own distribution and by their structure, not "
    "by mean intensity alone: Seiler 2010, Int J Sports Physiol Perform 5:276; structure of intervals: Buchheit & "
    "Laursen 2013, Sports Med 43:313",
    validity=Validity.USEFUL,
    limits=(
        "without laps an interval session is told from a tempo run by its highest speed and heart rate alone",
        "hills, heat and wind change pace as much as effort does",
        "the first five workouts of an activity have nothing to be compared with",
        "laps that a person forgot to press are not there",
        "of a name only a few words and `8 x 400` are understood; it is believed 20 to 1, not blindly",
    ),
)
def session_evidence(
    workouts: Workouts, types: Mapping[str, Any], laps: Mapping[str, Any], thresholds: Sequence[Mapping[str, Any]],
    events: Sequence[int], names: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """Evidence for the kind of session.

    Pace, length, heart rate, effort and their peaks relative to the last 60 earlier workouts of the same activity; how
    fast and slow laps alternate, and how fast they are beside the stated threshold speed; whether the distance is that
    of a usual race, and whether the athlete has stated an event for that day; what the days before were like. A
    workout's entry never depends on later workouts. What is missing is 0.

    `laps` has the columns `id`, `duration` [s] and `distance` [m], those of a workout together in order of time.
    Returns, in canonical order: `id`, `phi` float64[n, 35] (columns FEATURES), `stated` float64[n, 6]: what the name of
    the workout adds to each kind, easy to recovery; `able` bool[n]: of an activity whose sessions have kinds, with a
    duration. Raises ValueError when `types` are those of other workouts.

    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 2700.0, "distance": 5000.0}])
    >>> types = {"id": ["a"], "label": ["run"], "probability": [[1.0] + [0.0] * 8]}
    >>> found = session_evidence(w, types, {"id": [], "duration": [], "distance": []}, [], [], {"a": "Race"})
    >>> found["able"], found["phi"].shape, found["stated"].argmax()
    (array([ True]), (1, 35), np.int64(4))
    """
    rows = workouts.ordered()
    if rows["id"].tolist() != np.asarray(types["id"], dtype=object).tolist():
        raise ValueError("the types are those of other workouts")
    chance = np.asarray(types["probability"], dtype=np.float64).reshape(len(rows), len(ACTIVITIES))
    group = chance.argmax(axis=1)
    odd = np.asarray(types["label"], dtype=object) == "outlier"
    phi = columns(rows, group, odd, laps, thresholds, events)
    without = [ACTIVITIES.index(name) for name in KINDLESS]
    said = stated(rows["id"].tolist(), names)
    return {"id": rows["id"], "phi": phi, "stated": said, "able": ~np.isin(group, without) & (rows["duration"] > 0)}
