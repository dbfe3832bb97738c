"""Heart rate zones for running from the threshold heart rate."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive

ZONES = ("1", "2", "3", "4", "5a", "5b", "5c")
EDGES = (0.85, 0.90, 0.95, 1.00, 1.03, 1.06)


@algorithm(
    id="friel_run_hr_zones",
    version="1.0.0",
    inputs={"threshold_hr": "bpm"},
    output=("zones", "bpm"),
    source="Friel, The Triathlete's Training Bible: zones for running as shares of the threshold heart rate",
    validity=Validity.ROUGH,
    limits=(
        "a coaching rule; the edges are no physiological thresholds of a person",
        "the table is printed in whole percent (85-89, 90-94, ...): here half-open zones on unrounded shares",
        "for running: cycling has other shares and another threshold heart rate",
    ),
)
def friel_run_hr_zones(threshold_hr: Any) -> dict[str, Any]:
    """Heart rate zones for running.

    Edges at 0.85, 0.90, 0.95, 1.00, 1.03 and 1.06 of `threshold_hr` [bpm], a scalar or an array (...). Raises DataError
    unless it is above zero.

    Returns `zone` names, `low` and `high` (..., 7) [bpm]: a heart rate is in a zone when low <= hr < high; zone 1 has
    no lower and zone 5c no upper bound (NaN).

    >>> zones = friel_run_hr_zones(165)  # bpm -> bpm
    >>> zones["zone"][1], float(zones["low"][1]), float(zones["high"][1])
    ('2', 140.25, 148.5)
    """
    positive(threshold_hr=threshold_hr)
    edges = np.asarray(threshold_hr, dtype=np.float64)[..., None] * np.array(EDGES)
    open_end = np.full((*edges.shape[:-1], 1), np.nan)
    return {
        "zone": list(ZONES),
        "low": answer(np.concatenate([open_end, edges], axis=-1)),
        "high": answer(np.concatenate([edges, open_end], axis=-1)),
    }
