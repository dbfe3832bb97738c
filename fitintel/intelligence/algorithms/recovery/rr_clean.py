"""Intervals between beats without artefacts, and whether the recording can be used."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

SHORTEST, LONGEST = 300.0, 2000.0
"""ms"""


@algorithm(
    id="rr_clean",
    version="1.0.0",
    inputs={"rr": "ms"},
    output=("intervals without artefacts", "ms"),
    source="Range and local-median rule in the spirit of Malik; Task Force 1996, Circulation 93:1043-1065",
    validity=Validity.USEFUL,
    limits=(
        "a rule, not a reading of the electrocardiogram: some ectopic beats pass, some real jumps are dropped",
        "with atrial fibrillation most of it is dropped, and no variability is meaningful",
    ),
)
def rr_clean(
    rr: Any, *, beyond: float = 0.20, neighbours: int = 5, most_dropped: float = 0.05, least_duration: float = 60.0
) -> dict[str, Any]:
    """Cleaning of R-R intervals.

    Drops (NaN) intervals outside 300-2000 ms and those more than `beyond` away from the median of the `neighbours` on
    either side, themselves included. `rr` [ms] (n,). What is dropped stays in its place, so that no difference is
    taken across it.

    Parameters: `beyond` [1]; `neighbours` [1] on each side; `most_dropped` [1] share and `least_duration` [s] that
    decide whether the recording is usable.
    Returns `rr` [ms] (n,), `dropped` [1] share, `duration` [s] of all intervals in range, `usable`.

    >>> found = rr_clean([800.0] * 80 + [400.0] + [800.0] * 19)
    >>> found["dropped"], found["usable"], int(np.isnan(found["rr"]).sum())
    (0.01, True, 1)
    """
    intervals = np.asarray(rr, dtype=np.float64)
    kept = np.where((intervals >= SHORTEST) & (intervals <= LONGEST), intervals, np.nan)
    duration = float(np.nansum(kept)) / 1000.0
    if np.isfinite(kept).any():
        padded = np.pad(kept, neighbours, constant_values=np.nan)
        around = np.lib.stride_tricks.sliding_window_view(padded, 2 * neighbours + 1)
        middle = np.full(len(kept), np.nan)
        some = np.isfinite(around).any(axis=1)
        middle[some] = np.nanmedian(around[some], axis=1)
        kept = np.where(np.abs(kept - middle) <= beyond * middle, kept, np.nan)
    dropped = float(np.isnan(kept).mean()) if len(kept) else 1.0
    return {"rr": kept, "dropped": dropped, "duration": duration,
            "usable": bool(dropped <= most_dropped and duration >= least_duration)}  # fmt: skip
