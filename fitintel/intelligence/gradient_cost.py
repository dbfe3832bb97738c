"""What a gradient costs a runner: Minetti's energy polynomial, and a curve drawn from heart rates."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEEPEST = 0.45
"""gradient up to which Minetti measured, up and down"""
MINETTI = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
"""J/kg/m, highest power of the gradient first"""
HEART_RATE_POINTS = (
    (-0.20, 1.085), (-0.10, 0.875), (-0.05, 0.90), (0.0, 1.0), (0.05, 1.19), (0.10, 1.48), (0.20, 2.28),
)  # fmt: skip
"""gradient, speed on the flat of equal heart rate over speed; as two programs digitised the published curve"""


def minetti(gradient: Any) -> Floats:
    """Energy cost of running [J/kg/m] at a gradient [1], held at its end values beyond +-0.45; NaN stays NaN.

    >>> minetti([-0.2, 0.0, 0.1])
    array([1.800032, 3.6     , 5.968214])
    """
    slope = np.clip(np.asarray(gradient, dtype=np.float64), -STEEPEST, STEEPEST)
    cost: Floats = np.polyval(np.array(MINETTI), slope)
    return cost


def heart_rate_factor(gradient: Any) -> Floats:
    """Speed on the flat that asks for the same heart rate, over the speed at a gradient [1]; held beyond +-0.20.

    Through HEART_RATE_POINTS by the monotone cubic of Fritsch & Carlson 1980, SIAM J Numer Anal 17:238: between two
    points the curve never leaves their range.

    >>> heart_rate_factor([-0.1, 0.0, 0.1])
    array([0.875, 1.   , 1.48 ])
    """
    x, y = np.array(HEART_RATE_POINTS).T
    slope = np.clip(np.asarray(gradient, dtype=np.float64), x[0], x[-1])
    tangent = _tangents(x, y)
    known = np.where(np.isnan(slope), 0.0, slope)
    at = np.clip(np.searchsorted(x, known, side="right") - 1, 0, len(x) - 2)
    width = x[at + 1] - x[at]
    t = (slope - x[at]) / width
    low, high = 1 - t, t
    value: Floats = (
        y[at] * (1 + 2 * t) * low**2
        + y[at + 1] * high**2 * (3 - 2 * t)
        + width * (tangent[at] * t * low**2 - tangent[at + 1] * high**2 * low)
    )
    return value


def _tangents(x: Floats, y: Floats) -> Floats:
    """Slopes at the points: weighted harmonic means of their neighbours' secants, 0 where these change sign."""
    width, secant = np.diff(x), np.diff(y) / np.diff(x)
    tangent = np.empty_like(y)
    one, two = 2 * width[1:] + width[:-1], width[1:] + 2 * width[:-1]
    same = secant[:-1] * secant[1:] > 0
    before, after = np.where(same, secant[:-1], 1.0), np.where(same, secant[1:], 1.0)
    tangent[1:-1] = np.where(same, (one + two) / (one / before + two / after), 0.0)
    tangent[0] = _end(width[0], width[1], secant[0], secant[1])
    tangent[-1] = _end(width[-1], width[-2], secant[-1], secant[-2])
    return tangent


def _end(width: float, beside: float, secant: float, next_secant: float) -> float:
    """One-sided three-point slope, kept from overshooting."""
    slope = ((2 * width + beside) * secant - width * next_secant) / (width + beside)
    if slope * secant <= 0:
        return 0.0
    return 3 * secant if secant * next_secant <= 0 and abs(slope) > 3 * abs(secant) else slope
