"""What an athlete's labels teach of their activities: how far to move from the fixed model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import ACTIVITIES
from fitintel.core.card import Validity
from fitintel.intelligence.gaits import GAITS
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.softmax import fit

SPREAD = (1.0, 2.0, 0.5, 1.0, 1.0, 1.0)
"""SD of the prior of the weight of each feature in `phi`."""


@algorithm(
    id="activity_model",
    version="1.0.0",
    inputs={"evidence": "activity_evidence", "labels": "workout id -> activity, as people said"},
    output=("weights, and counts of labels by recorded sport", "1"),
    source="Multinomial logistic regression with a normal prior (MAP, Newton's method): Bishop 2006, Pattern "
    "Recognition and Machine Learning, 4.3-4.5; counts for a Dirichlet prior: Gelman et al. 2013, 3.4",
    validity=Validity.USEFUL,
    limits=(
        "of one athlete: labels of others are not used",
        "labels that were asked for are no random sample of the workouts",
        "a workout on foot that was none of the four gaits teaches nothing of gaits",
    ),
)
def activity_model(evidence: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    """Activity model.

    For workouts recorded on foot: weights of `phi` beside the fixed scores, highest posterior density around zero. For
    the other sports: how often people named which activity. Plain numbers; without labels they are zeros.

    Returns `weights` 4 lists of 6 (run, walk, hike, mixed), `counts` sport -> activity -> number, `n` labels used.

    >>> activity_model({"id": ["a"], "sport": ["cycling"], "score": np.zeros((1, 4)), "phi": np.ones((1, 6))},
    ...                {"a": "ride"})["counts"]
    {'cycling': {'ride': 1}}
    """
    ids = np.asarray(evidence["id"], dtype=object).tolist()
    sports = np.asarray(evidence["sport"], dtype=object).tolist()
    base, phi = np.asarray(evidence["score"], dtype=np.float64), np.asarray(evidence["phi"], dtype=np.float64)
    foot, gait = [], []
    counts: dict[str, dict[str, int]] = {}
    for place, name in enumerate(ids):
        said = labels.get(name)
        if said not in ACTIVITIES:
            continue
        counted = counts.setdefault(str(sports[place]), {})
        counted[said] = counted.get(said, 0) + 1
        if said in GAITS and base[place].any():
            foot.append(place)
            gait.append(GAITS.index(said))
    weights = fit(base[foot], phi[foot], np.array(gait, dtype=np.int64), np.array(SPREAD))
    return {
        "weights": weights.tolist(),
        "counts": {sport: dict(sorted(found.items())) for sport, found in sorted(counts.items())},
        "n": sum(sum(found.values()) for found in counts.values()),
    }
