"""What sort of day today may be, from deviations of the body's signs from their own normal range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.readiness_signs import SIGNS, Sign, verdict
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="readiness",
    version="1.0.0",
    inputs={"signs": "deviations from the own normal range, as readiness_signs makes them"},
    output=("verdict and its contributors", "word"),
    source="Mean of robust z-scores of HRV, resting heart rate, sleep and ratings; ratings react more surely to load "
    "than measured signs, Saw et al. 2016, Br J Sports Med 50:281; the bounds are choices",
    validity=Validity.ROUGH,
    limits=(
        "no composite of readiness has been shown to predict an outcome: read the contributors",
        "not a diagnosis: it says how today differs from the athlete's own usual days, not why",
        "sign and size of a sign mean less in the first months of a device",
    ),
)
def readiness(
    signs: Mapping[str, Mapping[str, Any]], *, least: int = 2, easy: float = -0.5, recover: float = -1.0,
    rest: float = -1.75, strong: float = 2.5, apart: float = 1.0,
) -> dict[str, Any]:  # fmt: skip
    """Readiness.

    `signs`: name -> `z` (deviation in own SDs, more is fresher; None: too few nights), `n` and `needed` nights,
    `state` (below, within, above, insufficient_data) and whatever explains it. Of hrv, resting_hr, sleep and feeling at
    least `least` must be known. The mean of their z (each within +-3) and of load, where known, decides: go from
    `easy` up, go easy, recover below `recover`, rest below `rest`. One sign `strong` SDs down makes it go easy at most,
    two make it rest. Signs disagree when one is `apart` SDs down and another as much up: then it is go easy at most,
    and the confidence is low.

    Parameters: `least` [1]; `easy`, `recover`, `rest`, `strong`, `apart` [SD].
    Returns `verdict` (go, go easy, recover, rest, insufficient_data), `z` (mean), `confidence` (low, medium, high),
    `known` number of body signs, `down` and `up` (names of deviating signs, most first), `conflict` (bool).

    >>> low = {"z": -1.4, "n": 7, "needed": 3, "state": "below"}
    >>> readiness({"hrv": low, "resting_hr": {**low, "z": -1.2}})["verdict"]
    'recover'
    >>> readiness({"hrv": low, "feeling": {**low, "z": 1.5}})["conflict"]
    True
    """
    given = {name: Sign.of(signs[name]) for name in SIGNS if name in signs}
    return verdict(given, least=least, bounds=(easy, recover, rest), strong=strong, apart=apart)
