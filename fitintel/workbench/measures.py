"""Measure: one figure of detectors, a share or a rate, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from fitintel.intelligence.conformal import wilson_interval


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: a share (`found` of `total`) with a Wilson interval, or a rate (`found` per unit) with an exact
    Poisson interval; None where there is nothing to count."""  # fmt: skip

    name: str
    group: str
    """all, or the class of what was planted"""
    found: int
    total: float
    """cases, or athlete-months or athlete-years"""
    value: float | None
    low: float | None
    high: float | None
    unit: str
    target: str = ""


def share(name: str, group: str, found: int, total: int, target: str = "") -> Measure:
    """A share with Wilson's interval."""
    low, high = wilson_interval(found, total) if total else (None, None)
    return Measure(name, group, found, total, found / total if total else None, low, high, "share", target)


def rate(name: str, group: str, found: int, exposure: float, unit: str, target: str = "") -> Measure:
    """A rate per unit of exposure with an exact Poisson interval."""
    from scipy.stats import chi2

    # exact Poisson interval, Garwood 1936, Biometrika 28:437
    low = float(chi2.ppf(0.025, 2 * found)) / 2 / exposure if found else 0.0
    high = float(chi2.ppf(0.975, 2 * found + 2)) / 2 / exposure
    return Measure(name, group, found, exposure, found / exposure, low, high, unit, target)
