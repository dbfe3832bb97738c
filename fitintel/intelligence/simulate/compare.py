"""What a history is like in figures, and the squad's figures beside those of a real history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.rules import MAX_DURATION, MAX_SPEED, MIN_ON_FOOT_SPEED
from fitintel.core.workouts import Workouts

if TYPE_CHECKING:
    from fitintel.intelligence.simulate.records import SimulatedAthlete

REFERENCE = Path(__file__).with_name("reference.json")
SPAN_DAYS = 3 * 364
"""d. Statistics are compared over spans of three years, as long as a simulated history."""
STABLE_WEEKS = 26
"""Weeks within which a habit is taken as stable."""

STATISTICS: dict[str, str] = {
    "weekly_cv": "SD / mean of weekly distance",
    "weekly_cv_half_year": "the same within half years (median)",
    "weekly_duration_cv_half_year": "SD / mean of weekly duration within half years (median)",
    "weekly_lag1": "autocorrelation of weekly distance from week to week",
    "weekly_lag1_half_year": "the same within half years (median)",
    "weeks_without": "share of weeks without a workout",
    "training_day_share": "share of days with a workout",
    "weekday_spread": "largest less smallest share of a weekday",
    "gap_p50": "days from one training day to the next, median",
    "gap_p90": "the same, 90th percentile",
    "gap_p99": "the same, 99th percentile",
    "gap_max": "the same, longest",
    "workouts_per_training_day": "workouts per training day",
    "distance_cv": "SD / mean of distance per workout",
    "distance_log_sd": "robust SD of log distance per workout",
    "pace_cv": "SD / mean of pace per workout",
    "pace_log_sd": "robust SD of log pace per workout",
    "pace_month_log_sd": "robust SD of log pace less its median of the month",
}
"""name of a statistic -> what it says."""


def history_statistics(workouts: Workouts, *, end_day: int | None = None) -> dict[str, float]:
    """The statistics of one history: day, duration [s] and distance [m] of workouts; durations over 24 h left out.

    Weeks run from Monday; part weeks at both ends are left out.
    """
    keep = ~(workouts["duration"] > MAX_DURATION)
    day, distance = workouts["day"][keep], np.nan_to_num(workouts["distance"][keep])
    duration = np.nan_to_num(workouts["duration"][keep])
    last = int(day.max()) if end_day is None else end_day
    trained = np.unique(day)
    first_week, end_week = -((-(int(day.min()) + 3)) // 7), (last + 4) // 7
    week = (day + 3) // 7 - first_week
    inside = (week >= 0) & (week < end_week - first_week)
    count = end_week - first_week
    weekly, hours, sessions = (
        np.bincount(week[inside], weights=values[inside], minlength=count)
        for values in (distance, duration, np.ones_like(distance))
    )
    gaps = np.diff(trained)
    shares = np.bincount((trained + 3) % 7, minlength=7) / trained.size
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = distance / duration
    paced = (speed > MIN_ON_FOOT_SPEED) & (speed < MAX_SPEED["running"]) & (distance > 0)
    pace, length = 1 / speed[paced], distance[distance > 0]
    month = day[paced] // 30
    within = np.log(pace) - _by_group(np.log(pace), month)
    return {
        "weekly_cv": _cv(weekly),
        "weekly_cv_half_year": _median_over_windows(weekly, _cv),
        "weekly_duration_cv_half_year": _median_over_windows(hours, _cv),
        "weekly_lag1": _lag1(weekly),
        "weekly_lag1_half_year": _median_over_windows(weekly, _lag1),
        "weeks_without": float((sessions == 0).mean()),
        "training_day_share": trained.size / float(last - int(day.min()) + 1),
        "weekday_spread": float(shares.max() - shares.min()),
        "gap_p50": float(np.quantile(gaps, 0.5)),
        "gap_p90": float(np.quantile(gaps, 0.9)),
        "gap_p99": float(np.quantile(gaps, 0.99)),
        "gap_max": float(gaps.max()),
        "workouts_per_training_day": day.size / trained.size,
        "distance_cv": _cv(length),
        "distance_log_sd": _robust_sd(np.log(length)),
        "pace_cv": _cv(pace),
        "pace_log_sd": _robust_sd(np.log(pace)),
        "pace_month_log_sd": _robust_sd(within),
    }


def reference_of(workouts: Workouts, sha256: str) -> dict[str, Any]:
    """What is kept of a real history: its statistics over consecutive spans of three years, newest last."""
    last = int(workouts["day"].max())
    ends = [last - place * SPAN_DAYS for place in range((last - int(workouts["day"].min()) + 1) // SPAN_DAYS)][::-1]
    day = workouts["day"]
    spans = [history_statistics(workouts.take((day > end - SPAN_DAYS) & (day <= end)), end_day=end) for end in ends]
    return {
        "sha256": sha256,
        "workouts": len(workouts),
        "span_days": SPAN_DAYS,
        "spans": [{name: round(value, 6) for name, value in span.items()} for span in spans],
    }


def reference() -> dict[str, Any]:
    """The kept statistics of the real history."""
    read: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return read


def _short(value: float) -> float:
    return round(float(value), 3)


def _cv(values: np.ndarray[Any, Any]) -> float:
    return float(values.std() / values.mean()) if values.size and values.mean() > 0 else float("nan")


def _lag1(values: np.ndarray[Any, Any]) -> float:
    centred = values - values.mean()
    total = float((centred**2).sum())
    return float((centred[1:] * centred[:-1]).sum()) / total if total > 0 else float("nan")


def _median_over_windows(values: np.ndarray[Any, Any], statistic: Any) -> float:
    windows = [values[i : i + STABLE_WEEKS] for i in range(0, values.size - STABLE_WEEKS + 1, STABLE_WEEKS)]
    return float(np.nanmedian([statistic(window) for window in windows])) if windows else float("nan")


def _robust_sd(values: np.ndarray[Any, Any]) -> float:
    return float(1.4826 * np.median(np.abs(values - np.median(values))))


def _by_group(values: np.ndarray[Any, Any], group: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    out = np.empty_like(values)
    for name in np.unique(group):
        out[group == name] = np.median(values[group == name])
    return out


def compare_with_reference(squad: Iterable[SimulatedAthlete]) -> list[dict[str, Any]]:
    """One row per statistic: the real history's median and range over its spans, the squad's over its athletes.

    Keys: name, statistic (words), and the figures real, real_low, real_high, median, low, high; `range` is text.
    """
    real: list[Mapping[str, float]] = reference()["spans"]
    simulated = [history_statistics(one.workouts) for one in squad]
    rows = []
    for name, says in STATISTICS.items():
        known, made = [span[name] for span in real], [one[name] for one in simulated]
        rows.append({
            "name": name, "statistic": says, "real": _short(np.median(known)), "real_low": _short(min(known)),
            "real_high": _short(max(known)), "median": _short(np.median(made)), "low": _short(min(made)),
            "high": _short(max(made)), "range": f"{min(made):.2f} to {max(made):.2f}",
        })  # fmt: skip
    return rows
