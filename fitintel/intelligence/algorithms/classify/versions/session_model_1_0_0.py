"""What an athlete's labels teach of their kinds of session: how far to move from the fixed model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.session_features import FEATURES
from fitintel.intelligence.session_weights import matrix
from fitintel.intelligence.softmax import fit


@algorithm(
    id="session_model",
    version="1.0.0",
    inputs={"evidence": "session_evidence", "labels": "workout id -> kind of session, as people said"},
    output=("weights beside the fixed ones", "1"),
    source="Multinomial logistic regression with a normal prior (MAP, Newton's method): Bishop 2006, Pattern "
    "Recognition and Machine Learning, 4.3-4.5",
    validity=Validity.USEFUL,
    limits=(
        "of one athlete: labels of others are not used",
        "labels that were asked for are no random sample of the workouts",
        "a kind that the athlete has never named is left to the fixed weights",
    ),
)
def session_model(
    evidence: Mapping[str, Any], labels: Mapping[str, str], *, spread: float = 0.25, offset: float = 0.75
) -> dict[str, Any]:
    """Session model.

    Weights to be added to the fixed ones, of highest posterior density; zeros without labels.

    Parameters: `spread` [1] SD of the prior of each weight; `offset` [1] that of the constant.
    Returns `weights` 6 lists of 35 (easy, long, tempo, interval, race, recovery by FEATURES), `n` labels used.

    >>> phi = np.zeros((1, len(FEATURES)))
    >>> session_model({"id": ["a"], "phi": phi, "stated": np.zeros((1, 6)), "able": [True]}, {"a": "long"})["n"]
    1
    """
    ids = np.asarray(evidence["id"], dtype=object).tolist()
    phi = np.asarray(evidence["phi"], dtype=np.float64).reshape(len(ids), len(FEATURES))
    able = np.array(evidence["able"], dtype=bool).tolist()
    rows = [place for place, name in enumerate(ids) if able[place] and labels.get(name) in SESSIONS]
    kinds = np.array([SESSIONS.index(labels[ids[place]]) for place in rows], dtype=np.int64)
    stated = np.asarray(evidence["stated"], dtype=np.float64).reshape(len(ids), len(SESSIONS))
    base = phi[rows] @ matrix().T + stated[rows]
    weights = fit(base, phi[rows], kinds, np.array([offset, *[spread] * (len(FEATURES) - 1)]))
    return {"weights": weights.tolist(), "n": len(rows)}
