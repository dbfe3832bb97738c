"""Heart rate variability in the time domain."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.beats import mean_and_sd, root_mean_square, successive_differences
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, divided


@algorithm(
    id="hrv_time_domain",
    version="1.0.0",
    inputs={"rr": "ms"},
    output=("RMSSD, SDNN, mean interval, pNN50", "ms; %"),
    source="Task Force of the ESC and NASPE 1996, Circulation 93:1043-1065",
    validity=Validity.HIGH,
    limits=(
        "SDNN grows with the length of the recording: compare recordings of one length only",
        "clean the intervals first; breathing, posture and time of day move all of them",
    ),
)
def hrv_time_domain(rr: Any) -> dict[str, Any]:
    """Time-domain heart rate variability.

    `rr` intervals between beats [ms], (n,) or (recordings, n), a dropped beat NaN. Returns `rmssd` [ms], `sdnn` [ms]
    with n - 1, `mean_nni` [ms] and `pnni_50` [%], the share of successive differences beyond 50 ms; each undefined with
    too few beats. Raises DataError for an interval that is not above zero.

    >>> found = hrv_time_domain([800, 860, 790, 805, 795])
    >>> found["mean_nni"], found["pnni_50"]
    (810.0, 50.0)
    """
    intervals = np.asarray(rr, dtype=np.float64)
    steps = successive_differences(intervals)
    mean, sd, _ = mean_and_sd(intervals)
    count = np.isfinite(steps).sum(axis=-1)
    return {
        "rmssd": answer(root_mean_square(steps)),
        "sdnn": answer(sd),
        "mean_nni": answer(mean),
        "pnni_50": answer(100.0 * divided((np.abs(steps) > 50).sum(axis=-1), count)),
    }
