"""What tells kinds of session apart beyond a workout's own figures: its place in the athlete's weeks, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.answers import ACTIVITIES
from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.session_beside import columns
from fitintel.intelligence.session_said import kind_named, said


@algorithm(
    id="session_context",
    version="1.0.0",
    inputs={
        "workouts": "rows",
        "types": "activity_type",
        "evidence": "session_evidence",
        "laps": "id, s, m",
        "names": "workout id -> name",
        "plans": "planned workouts with effort and kind",
    },
    output=("further features of each workout, and what words say of it", "1"),
    source="fitintel definition. Size and pace over an exponentially weighted level of late: Brown 1963, Smoothing, "
    "Forecasting and Prediction; pace by distance: Riegel 1981, Am Sci 69:285; efforts of kinds: Seiler & Kjerland "
    "2006, Scand J Med Sci Sports 16:49",
    validity=Validity.USEFUL,
    limits=(
        "how far words are believed is assumed: 100 to 1 a name, 20 to 1 the words of a plan, 10 to 1 its effort",
        "a plan counts for the workout of its day and sport only: one that was moved is not found",
        "lengths are compared by distance: without it only session_evidence speaks",
        "the first workouts of an athlete have nothing to be compared with",
    ),
)
def session_context(
    workouts: Workouts, types: Mapping[str, Any], evidence: Mapping[str, Any], laps: Mapping[str, Any],
    names: Mapping[str, str], plans: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """Context of the kind of session.

    Beside the entries of `session_evidence`, which it passes on: how long a workout was beside those of the last weeks
    over all activities, how fast and at what heart rate beside those of the last months; the shape of its laps;
    whether it fell on the athlete's long day and what the days before were like; what is known of the device's habits.
    A workout's entry never depends on later workouts. What is missing is 0.

    `laps` as `session_evidence` takes them; `plans` with `day`, `number`, `sport`, `duration` [s], `rpe` [0-10] and
    `kind` ('' where the words of the plan name none).
    Returns, in canonical order, `id`, `phi`, `stated` and `able` of the evidence, `beside` float64[n, 43] (columns
    session_beside.BESIDE), and `said` float64[n, 6]: what name and plan add to the log odds of each kind.

    >>> from fitintel.intelligence.registry import get
    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 2700.0, "distance": 5000.0}])
    >>> types, laps = {"id": ["a"], "label": ["run"], "probability": [[1.0] + [0.0] * 8]}, {"id": []}
    >>> evidence = get("session_evidence")(w, types, laps | {"duration": [], "distance": []}, [], [], {})
    >>> found = session_context(w, types, evidence, laps, {"a": "8 x 400 m"}, [])
    >>> found["beside"].shape, found["said"].round(2)
    ((1, 43), array([[0.  , 0.  , 0.  , 4.61, 0.  , 0.  ]]))
    """
    rows = workouts.ordered()
    ids = rows["id"].tolist()
    chance = np.asarray(types["probability"], dtype=np.float64).reshape(len(ids), len(ACTIVITIES))
    odd = np.asarray(types["label"], dtype=object) == "outlier"
    words = said(ids, rows["day"].tolist(), rows["sport"].tolist(), rows["duration"].tolist(), names, plans)
    named = np.array([bool(kind_named(names.get(name, ""))) for name in ids], dtype=bool)
    able = np.array(evidence["able"], dtype=bool)
    beside = columns(rows, chance.argmax(axis=1), odd, able, laps, named, words)
    return {**{name: evidence[name] for name in ("id", "phi", "stated", "able")}, "beside": beside, "said": words}
