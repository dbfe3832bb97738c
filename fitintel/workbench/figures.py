"""Figure: one measured number of an evaluation, with its interval, and whether it holds what was aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

from fitintel.intelligence.conformal import wilson_interval

DRAWS = 2000
"""samples of a bootstrap"""
SHARE = "share"


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at: a value not under `least` and not over `most`."""

    least: float | None = None
    most: float | None = None

    def holds(self, value: float | None) -> bool | None:
        """Whether a value is within; None without a value or an aim."""
        if value is None or (self.least is None and self.most is None):
            return None
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


NONE = Target()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `value` is None where there was nothing to measure; `low` and `high` are its 95 % interval."""

    of: str
    """squad, or history: the histories of people"""
    area: str
    name: str
    group: str
    """all, or a part of what was measured"""
    value: float | None
    low: float | None
    high: float | None
    n: float
    """of what it is made: athletes, tests, cases, months, as `unit_n` says"""
    unit_n: str
    unit: str
    """share, ratio, or what a rate is per"""
    target: Target = NONE

    @property
    def holds(self) -> bool | None:
        """Whether the value is what was aimed at; None where nothing was, or nothing could be measured."""
        return self.target.holds(self.value)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "holds": self.holds}


def share(
    of: str, area: str, name: str, found: float, n: int, unit_n: str, target: Target = NONE, *, group: str = "all"
) -> Figure:
    """`found` of `n` with Wilson's interval."""
    low, high = wilson_interval(found, n) if n else (None, None)
    return Figure(of, area, name, group, found / n if n else None, low, high, n, unit_n, SHARE, target)


def middle(
    of: str, area: str, name: str, values: Sequence[float], target: Target = NONE, *, group: str = "all", seed: int
) -> Figure:
    """Median over athletes, with a bootstrap interval over athletes from three on."""
    low = high = None
    if len(values) >= 3:
        rng = np.random.default_rng([seed, len(values)])
        medians = np.median(rng.choice(np.array(values), (DRAWS, len(values))), axis=1)
        low, high = (float(each) for each in np.quantile(medians, (0.025, 0.975)))
    value = float(median(values)) if values else None
    return Figure(of, area, name, group, value, low, high, len(values), "athletes", "ratio", target)
