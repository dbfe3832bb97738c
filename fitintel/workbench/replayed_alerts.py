"""The alerts of a stretch of daily briefs, replayed without making the briefs: each day sees only what came before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.core.workouts import Workouts
from fitintel.intelligence.alert_candidates import SAME_CHANGE as SAME_CHANGE
from fitintel.intelligence.alerting import WINDOW, same_change
from fitintel.intelligence.brief import main_subject
from fitintel.intelligence.budget import kind_of
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.findings import HABIT_DAYS
from fitintel.intelligence.registry import get

SPAN = 500
"""d. Nights before the first day that the check of wellness looks at."""


@dataclass(frozen=True, slots=True)
class RaisedAlert:
    """An alert on the first day on which it stood in the brief."""

    day: int
    code: str
    workout_id: str | None = None


def replay_alerts(
    workouts: Workouts, first: int, last: int, wellness: Mapping[str, Any] | None = None
) -> tuple[RaisedAlert, ...]:
    """Alerts that the briefs of days `first`..`last` [day numbers] raise anew, with no answers and no labels given.

    `workouts` are the whole history (columns of ANALYSIS, canonical order), `wellness` columns `day`, `metric`,
    `value`, `source` in order of time.
    """
    history = workouts.take(slice(0, int(np.searchsorted(workouts["day"], last, side="right"))))
    if not len(history):
        return ()
    daily = get("daily_totals")(history, last)
    weekly = get("weekly_totals")(daily)
    anomalies = get("workout_anomaly")(history, classify(plainly, history, {}).types)
    days = last - first + 1 + WINDOW
    news = _news(history, weekly, last - days - HABIT_DAYS)
    body = None
    if wellness is not None and len(wellness["day"]):
        body = get("wellness_deviation")(wellness, get("wellness_nights")(wellness, last), last, span=days + SPAN)
    checks = get("alert_checks")(daily, weekly, anomalies, news, body, days=days)
    raised = get("alert_budget")(checks)["raised"]
    return tuple(RaisedAlert(day, kind_of(key), _workout(key)) for day, key in raised if day >= first)


def _workout(key: str) -> str | None:
    kind, _, about = key.partition(":")
    return about if kind in ("alert_entry_error", "alert_sensor_fault", "alert_unusual_workout") else None


def _news(history: Workouts, weekly: dict[str, Any], since: int) -> list[dict[str, Any]]:
    """Lasting changes with the day on which each was first found, as the briefs of these weeks find them."""
    found: list[dict[str, Any]] = []
    standing: list[dict[str, Any]] = []
    for place in range(int(np.searchsorted(weekly["week"], since)), len(weekly["week"])):
        known = int(weekly["week"][place]) + 6
        now: list[dict[str, Any]] = []
        for subject in (main_subject(history.take(history["day"] <= known), known), "sessions"):
            result = get("change_points")(weekly["week"][: place + 1], weekly[subject][: place + 1])
            for day, relative in zip(result["week"], result["relative"], strict=True):
                one: dict[str, Any] = {"subject": subject, "day": int(day), "relative": float(relative), "known": known}
                if known - one["day"] < HABIT_DAYS and not any(abs(each["day"] - one["day"]) <= SAME_CHANGE
                                                               for each in now):  # fmt: skip
                    before = [each for each in standing if each["subject"] == subject and same_change(each, one)]
                    now.append({**one, "day": before[0]["day"], "known": before[0]["known"]} if before else one)
        found += [one for one in now if one["known"] == known]
        standing = now
    return [{name: one[name] for name in ("subject", "day", "known")} for one in found]
