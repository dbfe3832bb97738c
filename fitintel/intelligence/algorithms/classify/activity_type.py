"""What each workout was: a person's word, else the recorded sport where it is firm, else Bayes' rule over figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import ACTIVITIES
from fitintel.core.card import Validity
from fitintel.core.sports import ON_FOOT
from fitintel.intelligence.gaits import GAITS
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.softmax import probabilities

FIRM = {"cycling": ("ride", 50.0), "swimming": ("swim", 50.0), "strength": ("strength", 50.0),
        "multisport": ("mixed", 20.0), "rowing": ("other", 50.0), "skiing": ("other", 50.0),
        "mobility": ("other", 20.0), "machine": ("other", 10.0), "other": ("other", 2.0)}  # fmt: skip
"""Recorded sport -> activity, and how many labels to the contrary it outweighs: assumed."""
FAINT = 0.02
"""Pseudo-count of every other activity."""


@algorithm(
    id="activity_type",
    version="1.0.0",
    inputs={
        "evidence": "activity_evidence",
        "model": "activity_model",
        "labels": "workout id -> activity, as people said",
    },
    output=("activity, probability and confidence per workout", "1"),
    source="Bayes' rule over the components of activity_evidence with the weights of activity_model; Dirichlet "
    "posterior mean for sports that are not on foot (Gelman et al. 2013, 3.4)",
    validity=Validity.USEFUL,
    limits=(
        "a workout recorded under a sport that is not on foot is believed until people say otherwise",
        "of workouts recorded on foot only run, walk, hike and mixed are told apart: a ride recorded as a run is an "
        "outlier at best",
        "how right it is on the labels of an athlete is said by an evaluation, not here",
    ),
)
def activity_type(
    evidence: Mapping[str, Any], model: Mapping[str, Any], labels: Mapping[str, str], *, unsure_below: float = 0.7,
    temperature: float = 1.0,
) -> dict[str, Any]:  # fmt: skip
    """Activity.

    A person's label is the activity, with probability 1. `outlier`: unlike every gait, or flagged so that nothing of it
    counts. `unsure`: no probability reaches `unsure_below`, or of a workout on foot neither speed nor cadence is known.

    Parameters: `unsure_below` [1] probability that an activity needs; `temperature` [1] scores are divided by it.
    Returns, in canonical order: `id`, `label` text[n], `probability` float64[n, 9] over run, walk, hike, ride, swim,
    strength, mixed, other, outlier, `confidence` float64[n]: the highest probability, 0 for an outlier that no person
    named; `said` bool[n]: a person's word.

    >>> evidence = {"id": ["a"], "sport": ["running"], "score": np.array([[4.0, 0.0, 0.0, 0.0]]),
    ...             "phi": np.zeros((1, 6)), "known": [True], "odd": [False]}
    >>> model = {"weights": [[0.0] * 6] * 4, "counts": {}}
    >>> activity_type(evidence, model, {})["label"], activity_type(evidence, model, {"a": "walk"})["label"]
    (array(['run'], dtype=object), array(['walk'], dtype=object))
    """
    ids = np.asarray(evidence["id"], dtype=object)
    n = len(ids)
    gaits = probabilities(np.asarray(evidence["score"], dtype=np.float64).reshape(n, 4) / temperature,
                          np.asarray(evidence["phi"], dtype=np.float64).reshape(n, 6),
                          np.asarray(model["weights"], dtype=np.float64))  # fmt: skip
    probability = np.zeros((n, len(ACTIVITIES)))
    known, odd = (np.array(evidence[name], dtype=bool) for name in ("known", "odd"))
    firm = {sport: _firm(sport, model["counts"].get(sport, {})) for sport in FIRM}
    sports = np.asarray(evidence["sport"], dtype=object)
    gait_places = np.array([ACTIVITIES.index(gait) for gait in GAITS])
    for sport in set(sports.tolist()):
        rows = np.flatnonzero(sports == sport)
        if sport in ON_FOOT:
            probability[np.ix_(rows, gait_places)] = gaits[rows]
        else:
            probability[rows], known[rows] = firm[sport or "other"], True
    said = np.array([labels.get(name) in ACTIVITIES for name in ids.tolist()], dtype=bool)
    for place in np.flatnonzero(said).tolist():
        probability[place] = np.eye(len(ACTIVITIES))[ACTIVITIES.index(labels[ids[place]])]
    best = probability.max(axis=1, initial=0.0)
    label = np.array(ACTIVITIES, dtype=object)[probability.argmax(axis=1)]
    label[(best < unsure_below) | ~(known | said)] = "unsure"
    label[odd & ~said] = "outlier"
    return {"id": ids, "label": label, "probability": probability,
            "confidence": np.where(odd & ~said, 0.0, best), "said": said}  # fmt: skip


def _firm(sport: str, counts: Mapping[str, float]) -> list[float]:
    """Probability of each activity for workouts recorded under a sport that is not on foot."""
    activity, weight = FIRM[sport]
    found = [(weight if name == activity else FAINT) + counts.get(name, 0) for name in ACTIVITIES]
    total = sum(found)
    return [value / total for value in found]
