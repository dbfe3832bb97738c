"""Load of a run from its weighted modelled power."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.stress import stress
from fitintel.intelligence.values import answer


@algorithm(
    id="govss",
    version="1.0.0",
    inputs={"weighted_power": "W", "duration": "s", "threshold_power": "W"},
    output=("modelled run stress", "hours at threshold x 100"),
    source="Skiba 2006, gravity-ordered velocity stress score; as in GoldenCheetah GOVSS.cpp",
    validity=Validity.ROUGH,
    limits=(
        "heavier than the stress from grade-adjusted speed, without a proven benefit: optional",
        "both powers must come from the same model, the threshold one at critical speed on the flat",
    ),
)
def govss(weighted_power: Any, duration: Any, threshold_power: Any) -> Any:
    """Modelled run stress.

    `100 * hours * (weighted_power / threshold_power)^2`: one hour at critical speed is 100. `weighted_power` [W] of
    the run by the model, `duration` [s], `threshold_power` [W] modelled at critical speed on the flat; scalars or
    arrays. Raises DataError for a threshold that is not above zero, a negative duration or power.

    >>> govss(373.94, 3600, 373.94)
    100.0
    """
    return answer(stress(duration, weighted_power, threshold_power))
