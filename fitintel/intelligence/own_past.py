"""How often the athlete's own past looked like this: p-values without a model of the distribution."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from fitintel.intelligence.past import IQR

Floats = NDArray[np.float64]

WEEKS = 26
"""weeks that a week is compared with"""
LEAST_WEEKS = 8
COMPARED = 104
"""earlier weeks among which a week's score is placed"""
RECENT = 8
"""weeks that make the present level"""
MAD = 1.4826
FLOOR = 0.15
"""Least SD of log(1 + minutes): a few equal weeks must not make 20 % more an alarm."""
ENOUGH = 49
"""Earlier values from which a share of them can be as small as 0.02; with fewer a heavy-tailed law has to serve."""


def conformal_p(score: float, earlier: Floats) -> float:
    """Share of the earlier scores at least as large, the score itself counted among them; NaN without a score.

    `(1 + #{earlier >= score}) / (1 + n)` is a valid p-value whenever the order of the scores is exchangeable, and
    Benjamini-Hochberg holds for such p-values (Bates et al. 2023, Ann Stat 51:149). Missing scores are left out.

    >>> conformal_p(3.0, np.array([1.0, 2.0, 3.0, np.nan]))
    0.5
    """
    known = earlier[np.isfinite(earlier)]
    return math.nan if math.isnan(score) else float((1 + np.count_nonzero(known >= score)) / (1 + len(known)))


def heavy_p(z: float) -> float:
    """Two-sided p of a robust z under Student's t with 4 degrees of freedom, in closed form.

    >>> round(heavy_p(2.776445), 4)
    0.05
    """
    t = abs(z)
    x = t * t / 4
    return 1.0 - 0.75 * (t / math.sqrt(1 + x)) * (1 - x / (1 + x) / 3)


def waiting_p(days: int, gaps: Floats) -> float:
    """Chance of a gap of at least `days` among the athlete's own gaps [d].

    With fewer than ENOUGH gaps: of gaps without memory whose mean is known from the `gaps` only,
    `(sum / (sum + days)) ** n`.

    >>> round(waiting_p(14, np.full(15, 3.0)), 3), waiting_p(14, np.full(99, 3.0))
    (0.017, 0.01)
    """
    if len(gaps) >= ENOUGH:
        return conformal_p(float(days), gaps)
    total = float(gaps.sum())
    return (total / (total + days)) ** len(gaps)


def week_surprises(minutes: Floats) -> Floats:
    """Robust z (n,) of each week's time against the weeks before it, as `load_change` makes it; NaN for too few."""
    log = np.log1p(minutes)
    found = np.full(len(log), np.nan)
    place = np.arange(LEAST_WEEKS, len(log))
    if not len(place):
        return found
    past, count = _before(log, WEEKS)[place], np.minimum(place, WEEKS)
    middle = _middle(past, count)
    apart = np.abs(past - middle[:, None])
    scale = MAD * _middle(apart, count)
    for at in np.flatnonzero(scale == 0).tolist():
        scale[at] = 1.253314 * apart[at, WEEKS - count[at] :].mean()
    found[place] = (log[place] - middle) / np.maximum(scale, FLOOR)
    return found


def _before(values: Floats, width: int) -> Floats:
    """The `width` values before each place (n + 1, width), the latest last; NaN where there are none yet."""
    return sliding_window_view(np.concatenate((np.full(width, np.nan), values)), width)


def _middle(rows: Floats, count: NDArray[np.int64]) -> Floats:
    """Median of the `count` values of each row; NaN, which fills what a row lacks, is taken for the largest."""
    ordered, row = np.sort(rows, axis=1), np.arange(len(rows))
    middle: Floats = (ordered[row, (count - 1) // 2] + ordered[row, count // 2]) / 2
    return middle


def level_surprises(totals: Floats) -> Floats:
    """How far the mean of the last RECENT weeks lies from the WEEKS before them, in SDs of such means (n,).

    On the scale of square roots, as `change_points` works; NaN for too few weeks.
    """
    root = np.sqrt(np.where(np.isfinite(totals), totals, 0.0))
    found = np.full(len(root), np.nan)
    place = np.arange(RECENT + LEAST_WEEKS, len(root) + 1)
    count = np.minimum(place - RECENT, WEEKS)
    for known in np.unique(count).tolist():  # few weeks are behind the first places only
        at = place[count == known]
        now, past = _last(root, at, RECENT), _last(root, at - RECENT, known)
        low, high = np.quantile(past, (0.25, 0.75), axis=1)
        level = past.mean(axis=1)
        scale = np.maximum((high - low) / IQR, 0.1 * level)
        apart = np.where(scale > 0, scale, 1.0) * math.sqrt(1 / RECENT + 1 / known)
        found[at - 1] = np.where(scale > 0, (now.mean(axis=1) - level) / apart, 0.0)
    return found


def _last(values: Floats, places: NDArray[np.int64], width: int) -> Floats:
    """The `width` values before each of these places (len(places), width)."""
    return np.ascontiguousarray(_before(values, width)[places])


def latest_p(scores: Floats, place: int, *, width: int = COMPARED, apart: int = 1) -> float:
    """p of the size of `scores[place]` among the `width` before it, those nearer than `apart` left out.

    With fewer than ENOUGH of them that of `heavy_p`; NaN where there is no score.
    """
    if place < 0 or not math.isfinite(scores[place]):
        return math.nan
    earlier = np.abs(scores[max(0, place - width) : max(0, place - apart + 1)])
    earlier = earlier[np.isfinite(earlier)]
    return conformal_p(abs(float(scores[place])), earlier) if len(earlier) >= ENOUGH else heavy_p(scores[place])


def of_several(p: float, tried: int) -> float:
    """p of the smallest of `tried` values (Sidak 1967, J Am Stat Assoc 62:626).

    >>> round(of_several(0.01, 4), 4)
    0.0394
    """
    return 1.0 - (1.0 - p) ** max(tried, 1)


def plain(value: Any) -> float | None:
    """A number, or None where it is missing."""
    return None if value is None or value != value else float(value)
