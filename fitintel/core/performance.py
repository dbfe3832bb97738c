"""How algorithms fare: what the runs of a night were like, what forecasts promised, and the points of each day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Executed:
    """The runs of one algorithm in one brief."""

    athlete_id: str
    brief_id: str
    day: int
    algorithm: str
    version: str
    runs: int
    insufficient: int
    """runs that said that there is too little data"""
    seconds: tuple[float, ...]
    """s; of the runs that were computed for this brief, not taken from an earlier one"""
    inputs: Mapping[str, float]
    """input -> mean of its newest values, in the input's unit: what drift is measured on"""
    counted: bool = False
    """it is part of a point"""


@dataclass(frozen=True, slots=True)
class Expected:
    """One forecast value of a run, and the truth once it is known."""

    athlete_id: str
    run_id: str
    due: int
    """first day number of the week or day that is forecast"""
    algorithm: str
    version: str
    subject: str
    """what is forecast: distance [m] or duration [s]"""
    span: int
    """d; a week or a day"""
    mean: float
    low: float
    high: float
    nominal: float
    """share of truths that the interval promises to hold"""
    truth: float | None = None
    judged: int | None = None
    """day number of the brief that first knew the truth"""
    counted: bool = False

    @property
    def covered(self) -> bool:
        """Whether the interval held the truth."""
        return self.truth is not None and self.low <= self.truth <= self.high

    @property
    def error(self) -> float:
        """Absolute error, in the unit of what is forecast; NaN while the truth is not known."""
        return float("nan") if self.truth is None else abs(self.truth - self.mean)


@dataclass(frozen=True, slots=True)
class Point:
    """One algorithm's figures of one day, over the fleet: what MLflow is sent, once."""

    algorithm: str
    day: int
    figures: Mapping[str, float]
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Fared:
    """What one brief says of the algorithms that made it; stored with it in one transaction."""

    executed: tuple[Executed, ...] = ()
    expected: tuple[Expected, ...] = ()
