"""How far recent nights lie on the worse side of the athlete's own normal range, for every day of the past at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from fitintel.intelligence import own_past
from fitintel.intelligence.readiness_signs import BASE_NIGHTS, FLOOR, LEAST_BASE, LEAST_NIGHTS, MAD, WEEK

Floats = NDArray[np.float64]


class Range(NamedTuple):
    """How a sign is compared: its last nights with those before them, as the signs of readiness are."""

    worse: int
    """1 where more is worse, -1 where less is"""
    recent: int
    needed: int
    base: int
    base_needed: int
    floor: float
    """least SD"""
    robust: bool
    width: float
    """SDs from the middle to the end of the usual range"""


RANGES = {
    "resting_hr": Range(1, 2, 2, BASE_NIGHTS["resting_hr"], LEAST_BASE, FLOOR["resting_hr"], True, 1.0),
    # the band of hrv_swc_band
    "hrv": Range(-1, WEEK, LEAST_NIGHTS, 60, 30, 0.02, False, 0.5),
    "sleep": Range(-1, WEEK, LEAST_NIGHTS, BASE_NIGHTS["sleep"], LEAST_BASE, FLOOR["sleep"], True, 1.0),
}
"""sign -> how it is compared"""
APART, YEAR = 14, 365
"""d. A day is compared with a year of days that end so long before it: windows that share nights are no comparison."""
ENOUGH = 180
"""Earlier days with a score from which the share of those as bad can be small enough to be told of three signs."""
BREAK = 3
"""d. An episode goes on after so many days without a sign of it, or without nights."""


def compared(series: Any, of: Range) -> dict[str, Any]:
    """For each day of `series` (n,): `value` of the recent nights, `usual`, `low`, `high`, `z` (more is worse), and
    how many nights (`n`) and nights before them (`base`) are known. NaN where these are too few.

    >>> nights = np.append(np.tile([48.0, 50.0, 52.0], 10), [60.0, 62.0])
    >>> found = compared(nights, RANGES["resting_hr"])
    >>> found["value"][-1], found["usual"][-1], round(float(found["z"][-1]), 1), int(found["base"][-1])
    (np.float64(61.0), np.float64(50.0), 3.7, 28)
    """
    nights = np.asarray(series, dtype=np.float64)
    padded = np.concatenate([np.full(of.recent + of.base - 1, np.nan), nights])
    windows = sliding_window_view(padded, of.recent + of.base)
    mean, _, n = _mean_sd(windows[:, of.base :])
    past = windows[:, : of.base]
    middle, scale, base = _robust(past) if of.robust else _mean_sd(past)
    scale = np.maximum(scale, of.floor)
    known = (n >= of.needed) & (base >= of.base_needed)
    value, usual, scale = (np.where(known, each, np.nan) for each in (mean, middle, scale))
    return {"value": value, "usual": usual, "low": usual - of.width * scale, "high": usual + of.width * scale,
            "z": of.worse * (value - usual) / scale, "n": n, "base": base}  # fmt: skip


def chances(z: Floats, beyond: float) -> Floats:
    """How seldom the own past was as bad (n,): 1 where a day is not beyond, NaN where it has no score."""
    found = np.where(np.isfinite(z), 1.0, np.nan)
    for place in np.flatnonzero(z > beyond).tolist():
        earlier = z[max(0, place - APART - YEAR) : max(0, place - APART + 1)]
        earlier = earlier[np.isfinite(earlier)]
        score = float(z[place])
        found[place] = own_past.conformal_p(score, earlier) if len(earlier) >= ENOUGH else own_past.heavy_p(score)
    return found


def begins(bad: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Place of the first day of the episode that each bad day belongs to (n,); -1 for a day that is not bad.

    >>> begins(np.array([False, True, False, True, False, False, False, False, True])).tolist()
    [-1, 1, -1, 1, -1, -1, -1, -1, 8]
    """
    found = np.full(len(bad), -1, dtype=np.int64)
    last = first = -BREAK - 2
    for place in np.flatnonzero(bad).tolist():
        first = first if place - last <= BREAK + 1 else place
        found[place], last = first, place
    return found


def _mean_sd(windows: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    known = np.isfinite(windows)
    count = known.sum(axis=1)
    mean = np.where(known, windows, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, (windows - mean[:, None]) ** 2, 0.0).sum(axis=1)
    return mean, np.sqrt(squares / np.maximum(count - 1, 1)), count


def _robust(windows: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
    middle, count = _median(windows)
    apart, _ = _median(np.abs(windows - middle[:, None]))
    return middle, MAD * apart, count


def _median(windows: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Median of the known values of each row (np.nanmedian is slow), and how many they are; NaN without any."""
    ordered = np.sort(windows, axis=1)  # NaN last
    count = np.isfinite(windows).sum(axis=1)
    row, last = np.arange(len(windows)), np.maximum(count - 1, 0)
    middle: Floats = (ordered[row, last // 2] + ordered[row, (last + 1) // 2]) / 2
    return middle, count
