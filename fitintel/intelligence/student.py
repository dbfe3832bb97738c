"""Student's t with whole degrees of freedom, in closed form (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4)."""

from __future__ import annotations

import math


def cdf(t: float, freedom: int) -> float:
    """Chance of a value of at most `t`.

    >>> round(cdf(0.0, 5), 4), round(cdf(2.015048, 5), 4), round(cdf(-1.894579, 7), 4), round(cdf(1.0, 1), 4)
    (0.5, 0.95, 0.05, 0.75)
    """
    angle = math.atan(t / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    if freedom % 2:
        term = total = cosine if freedom > 1 else 0.0
        for k in range(3, freedom - 1, 2):
            term *= cosine * cosine * (k - 1) / k
            total += term
        within = 2.0 / math.pi * (angle + sine * total)
    else:
        term = total = 1.0
        for k in range(2, freedom - 1, 2):
            term *= cosine * cosine * (k - 1) / k
            total += term
        within = sine * total
    return 0.5 + within / 2.0


def quantile(share: float, freedom: int) -> float:
    """The value that a share of at least 0.5 lies below, to nine digits.

    >>> round(quantile(0.9, 4), 5), round(quantile(0.975, 30), 5)
    (1.53321, 2.04227)
    """
    low, high = 0.0, 2.0
    while cdf(high, freedom) < share:
        high *= 2.0
    while high - low > 1e-9 * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if cdf(middle, freedom) < share else (low, middle)
    return high
