"""What kind of session each workout was: a person's word, else a fixed network, what words say, and own labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.session_features import FEATURES
from fitintel.intelligence.session_network import fitted, scores, seen
from fitintel.intelligence.softmax import probabilities


@algorithm(
    id="session_kind",
    version="2.0.0",
    inputs={
        "evidence": "session_context",
        "model": "session_model",
        "labels": "workout id -> kind of session, as people said",
    },
    output=("kind of session, probability and confidence per workout", "1"),
    source="Network with one hidden layer of rectified units (Goodfellow, Bengio, Courville 2016, Deep Learning, 6), "
    "fitted by fitintel on simulated athletes (intelligence/session_network_1.json says on which), moved by the "
    "athlete's labels (session_model)",
    validity=Validity.ROUGH,
    limits=(
        "the network was fitted on simulated athletes: on real ones only labels tell how right it is",
        "whether an easy run of unusual length was a long one is a matter of degree: near the bound it errs",
        "without laps and words hard sessions are told by pace, heart rate and highest speed alone, or unsure",
        "what was done, not what was meant; the words of a plan count as if it had been done",
        "how right it is on the labels of an athlete is said by an evaluation, not here",
    ),
    changed="a network over the figures and the athlete's weeks; plans count; unsure below 0.7, where 1.0.0 was linear "
    "in the figures of single workouts and unsure below 0.5",
)
def session_kind(
    evidence: Mapping[str, Any], model: Mapping[str, Any], labels: Mapping[str, str], *, unsure_below: float = 0.7
) -> dict[str, Any]:
    """Kind of session.

    A person's label is the kind, with probability 1. Else the network's log odds, plus what name and plan add, plus
    what the athlete's labels have moved. Empty for activities whose sessions have no kind. `unsure`: no probability
    reaches `unsure_below`.

    Parameters: `unsure_below` [1] probability that a kind needs. With 0.7 one in twelve sessions of development
    squads has no kind, with 0.5 one in a hundred, and twice as many kinds are wrong.
    Returns, in canonical order: `id`, `label` text[n], `probability` float64[n, 6] over easy, long, tempo, interval,
    race, recovery (zeros where there is no kind), `confidence` float64[n]: the highest; `said` bool[n]: a person's
    word.

    >>> evidence = {"id": ["a"], "phi": np.zeros((1, 35)), "beside": np.zeros((1, 43)), "said": np.zeros((1, 6)),
    ...             "able": [True]}
    >>> model = {"weights": [[0.0] * 35] * 6}
    >>> session_kind(evidence, model, {"a": "race"})["label"], session_kind(evidence, model, {})["probability"].shape
    (array(['race'], dtype=object), (1, 6))
    """
    ids = np.asarray(evidence["id"], dtype=object)
    phi = np.asarray(evidence["phi"], dtype=np.float64).reshape(len(ids), len(FEATURES))
    words = np.asarray(evidence["said"], dtype=np.float64).reshape(len(ids), len(SESSIONS))
    able = np.array(evidence["able"], dtype=bool)
    base = scores(seen(evidence), fitted()) + words
    own = np.asarray(model["weights"], dtype=np.float64)
    probability = np.where(able[:, None], probabilities(base, phi, own), 0.0)
    said = np.array([labels.get(name) in SESSIONS for name in ids.tolist()], dtype=bool)
    for place in np.flatnonzero(said).tolist():
        probability[place] = np.eye(len(SESSIONS))[SESSIONS.index(labels[ids[place]])]
    best = probability.max(axis=1, initial=0.0)
    label = np.array(SESSIONS, dtype=object)[probability.argmax(axis=1)]
    label[best < unsure_below] = "unsure"
    label[~able & ~said] = ""
    return {"id": ids, "label": label, "probability": probability, "confidence": best, "said": said}
