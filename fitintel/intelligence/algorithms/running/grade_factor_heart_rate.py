"""How much faster the flat speed of equal heart rate is than the speed on a gradient."""

from __future__ import annotations

from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.gradient_cost import heart_rate_factor
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="grade_factor_heart_rate",
    version="1.0.0",
    inputs={"gradient": "1"},
    output=("flat speed over speed, equal heart rate", "1"),
    source="Points of the curve that Strava published in 2017 (240 thousand athletes), as digitised in GoldenCheetah "
    "and Elevate; monotone cubic of Fritsch & Carlson 1980, SIAM J Numer Anal 17:238",
    validity=Validity.USEFUL,
    limits=(
        "read off a picture: two readings agree to about 0.02",
        "known from -0.20 to +0.20; held at the end values beyond, too low on steeper climbs",
        "heart rate lags: single short slopes are blurred in the data behind it",
        "gives less credit downhill than energy does: 0.88 against 0.60 at -0.10",
    ),
)
def grade_factor_heart_rate(gradient: Any) -> Any:
    """Grade factor, by heart rate.

    `speed * factor` is the speed on the flat of equal heart rate, `pace / factor` the pace. `gradient` [1] rise over
    run, held at +-0.20 beyond; scalars or arrays; NaN stays undefined. A curve through seven points that never leaves
    the range of its neighbours; exactly 1 on the flat.

    >>> grade_factor_heart_rate(0.10)
    1.48
    """
    return answer(heart_rate_factor(gradient))
