"""How many alarms are true, given how rare the thing is."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.known import numbers
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided, within


@algorithm(
    id="ppv_from_prevalence",
    version="1.0.0",
    inputs={"prevalence": "1", "sensitivity": "1", "specificity": "1"},
    output=("share of alarms that are true", "1"),
    source="Bayes' rule; Altman & Bland 1994, BMJ 309:102",
    validity=Validity.HIGH,
    limits=(
        "at a prevalence near 1 in 70 most alarms are false whatever the model: say so before showing one",
        "sensitivity and specificity from a balanced sample do not hold in the field",
    ),
)
def ppv_from_prevalence(prevalence: Any, sensitivity: Any, specificity: Any) -> Any:
    """Positive predictive value.

    `se p / (se p + (1 - sp) (1 - p))`. Numbers or arrays. Raises DataError outside 0 to 1.

    Returns None (NaN in an array) where there can be no alarm. Altman & Bland 1994, BMJ 309:102.

    >>> ppv_from_prevalence(0.0136, 0.6, 0.7)  # share of alarms
    0.026836
    """
    within(0, 1, prevalence=prevalence, sensitivity=sensitivity, specificity=specificity)
    rare, hit, spared = numbers(prevalence), numbers(sensitivity), numbers(specificity)
    true = rare * hit
    return answer(divided(true, true + (1 - rare) * (1 - spared)))
