"""How far resting heart rate, HRV and sleep lie on the worse side of their usual range, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.night_scores import ENOUGH, RANGES, begins, chances, compared
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="wellness_deviation",
    version="1.0.0",
    inputs={"wellness": "rows of day, metric, value, source", "nights": "wellness_nights", "day": "day number"},
    output=("deviation to the worse side and how seldom the own past was as bad", "own SD; 1"),
    source="Ranges as in signs_of_readiness and hrv_swc_band; conformal p-values, Bates et al. 2023, Ann Stat "
    "51:149-178, over a year of own days that end two weeks before; heavy-tailed (Student's t, 4 degrees of freedom) "
    "with fewer than half a year of them",
    validity=Validity.USEFUL,
    limits=(
        "that something differs is all it says: heat, alcohol, travel, stress, illness, a menstrual cycle or the "
        "device may be behind it",
        "days share nights, so p-values of neighbouring days hang together: how often alerts are false is measured",
        "after a change of device the past of the new one begins anew",
    ),
    title="Deviation of wellness",
)
def wellness_deviation(
    wellness: Mapping[str, Any], nights: Mapping[str, Any], day: int, *, span: int = 500, beyond: float = 2.0
) -> dict[str, Any]:
    """Deviation of wellness.

    Resting heart rate (mean of two mornings, both needed, against the median of the 28 before), HRV (mean of seven
    nights against mean and SD of the 60 before) and sleep (mean of seven nights against the median of the 28 before).
    Each sign's source is the one that `nights` uses. What is better than usual is no deviation here.

    Parameters: `span` [d] up to `day`; `beyond` [own SD] from which a day is a deviation.
    Returns `day` (span,), and under each sign: `z` (span,), more is worse; `p` (span,), 1 for a day that is not beyond,
    NaN without a score; `start` (span,) day number on which the deviation began, -1 without one; and of the last day
    `value`, `usual`, `low`, `high`, `last_z`, `n` (`needed`) recent nights, `base` (`base_needed`) before them, `state`
    (usual, worse, insufficient_data), `compared` earlier days with a score.

    >>> rows = {"day": list(range(20000, 20040)), "metric": ["resting_hr"] * 40, "source": ["ring"] * 40,
    ...         "value": [48.0, 50.0, 52.0, 50.0] * 9 + [50.0, 50.0, 62.0, 64.0]}
    >>> nights = {"source": {"resting_hr": "ring (resting_hr)", "hrv": "", "sleep": ""}}
    >>> found = wellness_deviation(rows, nights, 20039)["resting_hr"]
    >>> found["state"], int(found["start"][-1]), found["value"], round(float(found["p"][-1]), 4)
    ('worse', 20038, 63.0, 0.001)
    """
    days = np.arange(day - span + 1, day + 1)
    found: dict[str, Any] = {"day": days}
    for name, of in RANGES.items():
        scores = compared(_series(wellness, str(nights["source"][name]), days), of)
        z = scores["z"]
        bad = z > beyond
        start = begins(bad)
        last = {key: _plain(scores[key][-1]) for key in ("value", "usual", "low", "high")}
        state = "insufficient_data" if np.isnan(z[-1]) else "worse" if bad[-1] else "usual"
        found[name] = {
            "z": z, "p": chances(z, beyond), "start": np.where(start >= 0, days[start], -1), **last,
            "last_z": _plain(z[-1]), "n": int(scores["n"][-1]), "needed": of.needed, "nights": of.recent,
            "base": int(scores["base"][-1]), "base_needed": of.base_needed, "state": state,
            "compared": int(np.isfinite(z[:-1]).sum()), "enough": ENOUGH, "source": str(nights["source"][name]),
        }  # fmt: skip
    return found


def _series(wellness: Mapping[str, Any], source: str, days: Any) -> Any:
    """The values of one source and metric, NaN where there is none."""
    series = np.full(len(days), np.nan)
    for on, metric, value, whose in zip(*(wellness[key] for key in ("day", "metric", "value", "source")), strict=True):
        place = int(on) - int(days[0])
        if 0 <= place < len(series) and source == f"{whose} ({metric})":
            series[place] = np.log(value) if metric == "hrv_rmssd" else value
    return series


def _plain(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
