"""What an athlete's labels teach of their kinds of session: how far to move from the fixed network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.session_features import FEATURES
from fitintel.intelligence.session_network import fitted, scores, seen
from fitintel.intelligence.softmax import fit


@algorithm(
    id="session_model",
    version="2.0.0",
    inputs={"evidence": "session_context", "labels": "workout id -> kind of session, as people said"},
    output=("weights beside the fixed network", "1"),
    source="Multinomial logistic regression with a normal prior (MAP, Newton's method): Bishop 2006, Pattern "
    "Recognition and Machine Learning, 4.3-4.5",
    validity=Validity.USEFUL,
    limits=(
        "of one athlete: labels of others are not used",
        "labels that were asked for are no random sample of the workouts",
        "it moves by the 35 figures of session_evidence, not by what else the network sees",
        "a kind that the athlete has never named is left to the network",
    ),
    changed="it moves the network of session_kind 2.0.0, and by less, because that is nearer to begin with",
)
def session_model(
    evidence: Mapping[str, Any], labels: Mapping[str, str], *, spread: float = 0.1, offset: float = 0.5
) -> dict[str, Any]:
    """Session model.

    Weights to be added to the network's log odds, of highest posterior density; zeros without labels.

    Parameters: `spread` [1] SD of the prior of each weight; `offset` [1] that of the constant.
    Returns `weights` 6 lists of 35 (easy, long, tempo, interval, race, recovery by FEATURES), `n` labels used.

    >>> evidence = {"id": ["a"], "phi": np.zeros((1, 35)), "beside": np.zeros((1, 43)), "said": np.zeros((1, 6)),
    ...             "able": [True]}
    >>> session_model(evidence, {"a": "long"})["n"]
    1
    """
    ids = np.asarray(evidence["id"], dtype=object).tolist()
    phi = np.asarray(evidence["phi"], dtype=np.float64).reshape(len(ids), len(FEATURES))
    words = np.asarray(evidence["said"], dtype=np.float64).reshape(len(ids), len(SESSIONS))
    able = np.array(evidence["able"], dtype=bool).tolist()
    rows = [place for place, name in enumerate(ids) if able[place] and labels.get(name) in SESSIONS]
    kinds = np.array([SESSIONS.index(labels[ids[place]]) for place in rows], dtype=np.int64)
    base = scores(seen(evidence)[rows], fitted()) + words[rows]
    weights = fit(base, phi[rows], kinds, np.array([offset, *[spread] * (len(FEATURES) - 1)]))
    return {"weights": weights.tolist(), "n": len(rows)}
