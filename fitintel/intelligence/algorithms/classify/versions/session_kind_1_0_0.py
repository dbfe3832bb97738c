"""What kind of session each workout was: a person's word, else a fixed linear model that their labels have moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.session_features import FEATURES
from fitintel.intelligence.session_weights import matrix
from fitintel.intelligence.softmax import probabilities


@algorithm(
    id="session_kind",
    version="1.0.0",
    inputs={
        "evidence": "session_evidence",
        "model": "session_model",
        "labels": "workout id -> kind of session, as people said",
    },
    output=("kind of session, probability and confidence per workout", "1"),
    source="Multinomial logistic regression (Bishop 2006, 4.3.4); fixed weights fitted by fitintel on simulated "
    "athletes of development seeds (intelligence/session_weights.py), moved by the athlete's labels (session_model)",
    validity=Validity.ROUGH,
    limits=(
        "the fixed weights come from simulated athletes: on real ones only labels tell how right it is",
        "without laps intervals, tempo and recovery are mostly read as easy, or unsure",
        "what was done, not what was meant",
        "how right it is: fitintel evaluate classification",
    ),
)
def session_kind(
    evidence: Mapping[str, Any], model: Mapping[str, Any], labels: Mapping[str, str], *, unsure_below: float = 0.5
) -> dict[str, Any]:
    """Kind of session.

    A person's label is the kind, with probability 1. Empty for activities whose sessions have no kind. `unsure`: no
    probability reaches `unsure_below`.

    Parameters: `unsure_below` [1] probability that a kind needs: more likely than all others together. With 0.7
    every seventh session of a development squad would have no kind.
    Returns, in canonical order: `id`, `label` text[n], `probability` float64[n, 6] over easy, long, tempo, interval,
    race, recovery (zeros where there is no kind), `confidence` float64[n]: the highest; `said` bool[n]: a person's
    word.

    >>> evidence = {"id": ["a"], "phi": np.zeros((1, len(FEATURES))), "stated": np.zeros((1, 6)), "able": [True]}
    >>> model = {"weights": [[0.0] * len(FEATURES)] * 6}
    >>> session_kind(evidence, model, {"a": "race"})["label"], session_kind(evidence, model, {})["label"]
    (array(['race'], dtype=object), array(['unsure'], dtype=object))
    """
    ids = np.asarray(evidence["id"], dtype=object)
    phi = np.asarray(evidence["phi"], dtype=np.float64).reshape(len(ids), len(FEATURES))
    stated = np.asarray(evidence["stated"], dtype=np.float64).reshape(len(ids), len(SESSIONS))
    able = np.array(evidence["able"], dtype=bool)
    weights = matrix() + np.asarray(model["weights"], dtype=np.float64)
    probability = np.where(able[:, None], probabilities(stated, phi, weights), 0.0)
    said = np.array([labels.get(name) in SESSIONS for name in ids.tolist()], dtype=bool)
    for place in np.flatnonzero(said).tolist():
        probability[place] = np.eye(len(SESSIONS))[SESSIONS.index(labels[ids[place]])]
    best = probability.max(axis=1, initial=0.0)
    label = np.array(SESSIONS, dtype=object)[probability.argmax(axis=1)]
    label[best < unsure_below] = "unsure"
    label[~able & ~said] = ""
    return {"id": ids, "label": label, "probability": probability, "confidence": best, "said": said}
