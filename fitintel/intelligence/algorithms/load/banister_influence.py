"""How long before a competition a training day stops helping, and when it helps most."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive


@algorithm(
    id="banister_influence",
    version="1.0.0",
    inputs={"k1": "1", "k2": "1"},
    output=("days before a competition", "d"),
    source="Fitz-Clarke, Morton & Banister 1991, J Appl Physiol 71:1151-1158",
    validity=Validity.ROUGH,
    limits=(
        "as uncertain as the model's parameters, which past tests hardly determine: not a plan for a taper",
        "undefined unless tau1 > tau2; both are 0 when training is never harmful by the model",
    ),
)
def banister_influence(k1: Any, k2: Any, *, tau1: float = 42.0, tau2: float = 7.0) -> dict[str, Any]:
    """Influence of a training day on a later performance.

    `tn = tau1 tau2 / (tau1 - tau2) * ln(k2 / k1)`: load in the last `tn` days lowers the performance of the day;
    `tg = tau1 tau2 / (tau1 - tau2) * ln(k2 tau1 / (k1 tau2))`: load `tg` days before raises it most. Scalars or arrays.
    Raises DataError for weights or time constants that are not above zero.

    Parameters: `tau1`, `tau2` [d] time constants of the lasting and the passing effect.
    Returns `tn`, `tg` [d], not below 0.

    >>> banister_influence(0.1826, 0.2302, tau1=35.82, tau2=21.34)  # days
    {'tn': 12.23, 'tg': 39.57}
    """
    positive(k1=k1, k2=k2, tau1=tau1, tau2=tau2)
    ratio = np.asarray(k2, dtype=np.float64) / np.asarray(k1, dtype=np.float64)
    span = tau1 * tau2 / (tau1 - tau2) if tau1 > tau2 else float("nan")
    return {
        "tn": answer(np.maximum(span * np.log(ratio), 0.0)),
        "tg": answer(np.maximum(span * np.log(ratio * tau1 / tau2), 0.0)),
    }
