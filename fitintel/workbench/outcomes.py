"""What answers are compared with: outcomes of champion and challenger on the same histories, athlete by athlete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import VersionFailed
from fitintel.core.workouts import Workouts
from fitintel.intelligence.simulate import Truth
from fitintel.workbench.policy import Contest, Intervals

Numbers = NDArray[np.float64]
LOSSES = ("interval_score", "mase", "brier")
"""Metrics that are better when lower; of the others, higher is better."""
FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""How code fails on inputs that it was not made for."""


@dataclass(frozen=True, slots=True)
class Case:
    """One athlete's history, and what is known beside it."""

    athlete_id: str
    workouts: Workouts
    """columns of ANALYSIS, with the flags of the import"""
    given: Mapping[str, Any] = field(default_factory=dict)
    """laps, thresholds and events, as `classify` takes them"""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """level -> workout id -> what the workout was, said by a person or known of a simulated one"""
    truth: Truth | None = None
    """of a simulated athlete"""
    groups: Mapping[str, str] = field(default_factory=dict)
    """name of a monitored group -> the athlete's"""


@dataclass(frozen=True, slots=True)
class Judged:
    """One athlete's outcomes with one version. NaN where a figure does not apply."""

    events: int
    """outcomes that an answer could have been given for"""
    sums: tuple[float, ...]
    """what the metric is made of; those of athletes are added up"""
    error: float = np.nan
    coverage: float = np.nan
    alert_rate: float = np.nan
    abstain: float = np.nan


@dataclass(frozen=True, slots=True)
class Pair:
    """Both versions on the same events of one athlete."""

    athlete_id: str
    groups: Mapping[str, str]
    champion: Judged
    challenger: Judged


def value(metric: str, sums: Any) -> Any:
    """The metric of sums (..., d): of losses (sum, count); of F1 (tp, fp, fn), of macro-F1 three times the classes.

    >>> float(value("mase", np.array([3.0, 2.0]))), float(value("f1", np.array([8.0, 2.0, 2.0])))
    (1.5, 0.8)
    """
    sums = np.asarray(sums, dtype=float)
    if metric in LOSSES:
        return np.divide(sums[..., 0], sums[..., 1], out=np.full(sums.shape[:-1], np.nan), where=sums[..., 1] > 0)[()]
    hits, false, missed = np.split(sums, 3, axis=-1)
    whole = 2 * hits + false + missed
    each = np.divide(2 * hits, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    there = (hits + missed) > 0  # a class that nobody did has no F1
    total = np.where(there, np.nan_to_num(each), 0.0).sum(axis=-1)
    count = there.sum(axis=-1)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)[()]


@dataclass(frozen=True, slots=True)
class Gain:
    """How much better the challenger is, positive when it is; of losses the share by which its error is lower."""

    athletes: int
    events: int
    champion: float | None
    challenger: float | None
    """the metric over all of them"""
    gain: float | None
    low: float | None
    high: float | None


def gain(metric: str, pairs: list[Pair], interval: Intervals) -> Gain:
    """The challenger's gain over athletes, with a bootstrap interval by athlete.

    Of a loss: one less the geometric mean over athletes of the ratio of errors (Davydenko & Fildes 2013, Int J Forecast
    29:510): no athlete outweighs the others by the size of their numbers. Else the difference of the metric of all.
    """
    pairs = [pair for pair in pairs if pair.champion.events]
    events = sum(pair.champion.events for pair in pairs)
    if not pairs:
        return Gain(0, 0, None, None, None, None, None)
    old = np.array([pair.champion.sums for pair in pairs], dtype=float)
    new = np.array([pair.challenger.sums for pair in pairs], dtype=float)
    n = len(pairs)
    # the same pairs give the same interval, whoever else is judged beside them
    rng = np.random.default_rng([interval.seed, n])
    weights = rng.multinomial(n, np.full(n, 1 / n), size=interval.draws)
    every = np.ones((1, n))
    drawn = _gain(metric, old, new, np.vstack([every, weights]))
    low = high = None
    if n >= 3:
        edge = (1 - interval.confidence) / 2
        low, high = (float(each) for each in np.nanquantile(drawn[1:], (edge, 1 - edge)))
    if metric in LOSSES:
        told = [float(np.nanmean(value(metric, part))) for part in (old, new)]
    else:
        told = [float(value(metric, part.sum(axis=0))) for part in (old, new)]
    return Gain(n, events, told[0], told[1], float(drawn[0]), low, high)


def _gain(metric: str, old: Numbers, new: Numbers, weights: Any) -> Numbers:
    if metric in LOSSES:
        floor = 1e-9  # a perfect answer would otherwise be infinitely better
        ratio = np.log(np.maximum(value(metric, new), floor) / np.maximum(value(metric, old), floor))
        known = np.isfinite(ratio)
        total = weights[:, known].sum(axis=1)
        mean = np.divide(weights[:, known] @ ratio[known], total, out=np.full(len(weights), np.nan), where=total > 0)
        return np.asarray(1 - np.exp(mean))
    return np.asarray(value(metric, weights @ new) - value(metric, weights @ old))


def judge(case: Case, algorithm: str, versions: tuple[str, str], contest: Contest) -> Pair | None:
    """Champion and challenger (`versions`) on one history; None where it holds no outcome to compare with."""
    from fitintel.workbench import outcomes_anomaly, outcomes_changes, outcomes_classify, outcomes_forecast

    by = {"forecast": outcomes_forecast.judge, "classification": outcomes_classify.judge,
          "planted_faults": outcomes_anomaly.judge, "planted_changes": outcomes_changes.judge}  # fmt: skip
    try:
        found = by[contest.outcome](case, algorithm, versions, contest)
    except FAILURES as error:
        raise VersionFailed(
            f"{algorithm} {' or '.join(versions)} cannot be run on the history of {case.athlete_id}",
            why=f"{type(error).__name__}: {error}", next="a challenger takes the inputs of the version in use",
        ) from error  # fmt: skip
    return None if found is None else Pair(case.athlete_id, case.groups, *found)
