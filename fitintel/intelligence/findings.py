"""Results into insights: which sentences are true today. Words and units are made in views; these are codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence.registry import Result

ALERT_DAYS = 7
"""d. An anomaly is an alert while it is younger than this."""
HABIT_DAYS = 56
"""d. A change of habit is an alert while it is younger than this; a week is needed to see it at all."""
POSSIBLE_DAYS = 365
"""d. A change that is only possible is told while it is younger than this."""
CHANGES_TOLD = 6
"""At most this many lasting changes of the main quantity are told, newest first."""


def _insight(section: Section, code: str, values: Mapping[str, Any], *results: Result, **more: Any) -> Insight:
    runs = tuple(dict.fromkeys(result.run.id for result in results))
    return Insight(section=section, code=code, values=values, run_ids=runs, **more)


def plain(value: Any) -> Any:
    """A NumPy scalar as Python's own, NaN as None."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and value != value else value


def pick(result: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """These entries as plain values."""
    return {name: plain(result[name]) for name in names}


def changes(habit: Result) -> list[dict[str, Any]]:
    """The lasting changes as plain values, newest first."""
    names = ("low", "high", "before", "after", "relative", "weeks_before", "weeks_after")
    return [
        {"day": int(week), **{name: plain(habit[name][place]) for name in names}}
        for place, week in reversed(list(enumerate(habit["week"])))
    ]


def trends(subjects: Mapping[str, Result], habits: Mapping[str, Result]) -> list[Insight]:
    """One sentence per subject, then lasting changes."""
    said = []
    for subject, trend in subjects.items():
        values = {**pick(trend.value, "slope", "low", "high", "per_4_weeks", "relative", "p"), "weeks": int(trend["n"]),
                  "needed": 10, "subject": subject}  # fmt: skip
        level = Level.MISSING if trend["verdict"] == "insufficient" else Level.INFO
        said.append(_insight(Section.TRENDS, f"trend_{trend['verdict']}", values, trend, subject=subject, level=level))
    for number, (subject, habit) in enumerate(habits.items()):
        # the main quantity's whole past is told; of the others only the newest change, for it is often the same one
        told = changes(habit)[: CHANGES_TOLD if number == 0 else 1]
        for lasting in told:
            values = {"subject": subject, **lasting}
            said.append(_insight(Section.TRENDS, "change_point", values, habit, subject=subject))
        if not told:
            values = {"subject": subject, "weeks": int(habit["n"])}
            said.append(_insight(Section.TRENDS, "change_point_none", values, habit, subject=subject))
    return said


def possible_changes(day: int, possible: Mapping[str, Result], sure: Mapping[str, Result]) -> list[Insight]:
    """The newest change that the data hint at without being sure, if it is recent and none of the sure ones.

    Of several series that hint at one day, the first named tells it.
    """
    known = [change for habit in sure.values() for change in changes(habit)]
    hinted = [
        (change["day"], -place, subject, change)
        for place, (subject, found) in enumerate(possible.items())
        for change in changes(found)
        if day - change["day"] < POSSIBLE_DAYS
        and not any(one["low"] <= change["high"] and change["low"] <= one["high"] for one in known)
    ]
    if not hinted:
        return []
    _, _, subject, change = max(hinted, key=lambda one: one[:2])
    values = {"subject": subject, **change}
    return [_insight(Section.TRENDS, "change_point_possible", values, possible[subject], subject=subject)]


def forecast(subject: str, result: Result) -> Insight:
    """Next week's sentence, with what the back-test says of it."""
    if result["verdict"] == "insufficient":
        values = {"subject": subject, "weeks": int(result["n"]), "needed": int(result["needed"])}
        return _insight(Section.FORECAST, "forecast_insufficient", values, result, subject=subject,
                        level=Level.MISSING)  # fmt: skip
    values = {
        "subject": subject,
        **{key: plain(result[key][0]) for key in ("week", "mean", "low", "high")},
        **pick(result.value, "nominal", "achieved", "achieved_low", "achieved_high", "n_tests", "model", "mase",
               "mase_seasonal_naive"),
    }  # fmt: skip
    code = "forecast_week" if result["verdict"] == "model" else "forecast_week_naive"
    return _insight(Section.FORECAST, code, values, result, subject=subject)


def consistency(result: Result) -> Insight:
    """The habit score with its parts."""
    if result["verdict"] == "insufficient":
        values = {"weeks": int(result["weeks"]), "needed": 2}
        return _insight(Section.CONSISTENCY, "consistency_insufficient", values, result, level=Level.MISSING)
    values = pick(result.value, "score", "low", "high", "F", "R", "G", "P", "goal", "weeks", "early",
                  "last_training_days")  # fmt: skip
    return _insight(Section.CONSISTENCY, "consistency_score", values, result)


def load(loads: Result, pmc: Result, change: Result) -> list[Insight]:
    """Where load stands, and the latest complete week against the athlete's own norm."""
    if not len(pmc["day"]):
        return [_insight(Section.LOAD, "load_insufficient", {}, pmc, level=Level.MISSING)]
    state = {key: plain(pmc[key][-1]) for key in ("ctl", "atl", "tsb")}
    state |= {"warming_up": bool(pmc["warming_up"][-1]), "coverage": plain(loads["coverage"]),
              "validity": str(loads["validity"]), "method": method_of(loads), "mix": mix_of(loads),
              "scale": "stress" if "mix" in loads.value else "own"}  # fmt: skip
    said = [_insight(Section.LOAD, "load_state", state, pmc, loads)]
    if change["verdict"] != "insufficient":
        values = pick(change.value, "week", "value", "expected", "low", "high", "verdict")
        said.append(_insight(Section.LOAD, "load_week", values, change))
    return said


def method_of(loads: Result) -> str:
    """How most of the load was measured."""
    mix = mix_of(loads)
    return max(mix, key=lambda name: mix[name]) if mix else "none"


def mix_of(loads: Result) -> dict[str, float]:
    """Share of the workouts whose load was measured by each method, largest first."""
    names, counts = np.unique(np.asarray(loads["method"], dtype=object).astype(str), return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {str(names[place]): float(counts[place] / counts.sum()) for place in order}


def recent(workouts: Iterable[Mapping[str, Any]], types: Result, *, count: int = 5) -> list[Insight]:
    """The latest workouts, newest first, with what each is taken for."""
    rows = list(enumerate(workouts))[::-1][:count]
    said = []
    for place, row in rows:
        values = {key: row[key] for key in ("id", "day", "sport", "duration", "distance", "flags")}
        values |= {"label": str(types["label"][place]), "confidence": plain(types["confidence"][place])}
        said.append(_insight(Section.RECENT, "recent_workout", values, types, workout_ids=(row["id"],)))
    return said
