"""What to do, and what is missing: focus, recommendations and the honest gaps, each from insights already found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Level, Section
from fitintel.core.rules import RULES, Severity, Spoils
from fitintel.core.workouts import Workouts
from fitintel.intelligence.findings import pick
from fitintel.intelligence.registry import Result

RECENT_DAYS = 365
STALE_DAYS = 3
"""d. After this long without a workout the brief says that the data may be late."""
SMALL_SHARE = 0.5
"""A field present in less than this share of the last year's workouts is called missing."""
WEAK_PART = 0.75
"""A part of the consistency score below this is worth a recommendation."""
TIRED = -0.3
"""Form below this share of fitness, with a week above norm, is a reason for an easier week (a rule of thumb)."""


def focus(
    found: Sequence[Insight], consistency: Result, pmc: Result, change: Result, gap: Result, workouts: Workouts
) -> Insight:
    """The one thing that matters most today."""
    codes = {insight.code: insight for insight in found}

    def say(code: str, values: Mapping[str, Any], *results: Result) -> Insight:
        runs = tuple(dict.fromkeys(result.run.id for result in results))
        return Insight(Section.FOCUS, code, values, runs)

    if consistency["verdict"] == "insufficient" and len(workouts) < 5:
        return say("focus_collect", {"n": len(workouts), "needed": 5}, consistency)
    if "alert_gap" in codes:
        return say("focus_restart", {"gap_days": int(gap["days"])}, gap)
    wrong = [insight for insight in found if insight.level is Level.ALERT
             and insight.code in ("alert_entry_error", "alert_sensor_fault")]  # fmt: skip
    if wrong:
        runs = tuple(dict.fromkeys(run for insight in wrong for run in insight.run_ids))
        return Insight(Section.FOCUS, "focus_check_data", {"n": len(wrong)}, runs,
                       workout_ids=tuple(w for insight in wrong for w in insight.workout_ids))  # fmt: skip
    if tired(pmc, change):
        return say("focus_ease", {"tsb": float(pmc["tsb"][-1]), "week": float(change["value"]),
                                  "expected": float(change["expected"])}, pmc, change)  # fmt: skip
    if consistency["verdict"] == "ok":
        parts = {part: consistency[part] for part in ("F", "R", "G", "P") if consistency[part] is not None}
        weakest = min(parts, key=lambda part: parts[part])
        code = "focus_steady" if parts[weakest] >= WEAK_PART else "focus_consistency"
        return say(code, {"score": float(consistency["score"]), "weakest": weakest}, consistency)
    return say("focus_collect", {"n": len(workouts), "needed": 5}, consistency)


def tired(pmc: Result, change: Result) -> bool:
    """Form well below fitness after a week above the athlete's own norm."""
    if not len(pmc["day"]) or change["verdict"] != "higher" or pmc["warming_up"][-1]:
        return False
    return bool(pmc["tsb"][-1] < TIRED * pmc["ctl"][-1])


def recommendations(
    found: Sequence[Insight], consistency: Result, daily: Result, pmc: Result, change: Result, gap: Result,
    loads: Result,
) -> list[Insight]:  # fmt: skip
    """At most three actions, each with the runs that are its reason."""
    said: list[Insight] = []

    def say(code: str, values: Mapping[str, Any], *results: Result, workout_ids: tuple[str, ...] = ()) -> None:
        runs = tuple(dict.fromkeys(result.run.id for result in results))
        said.append(Insight(Section.RECOMMENDATIONS, code, values, runs, workout_ids=workout_ids))

    for insight in found:
        # what was set aside at the import is noted, and nothing stands on it
        if insight.code in ("alert_entry_error", "alert_sensor_fault") and insight.values.get("value") is not None:
            said.append(Insight(Section.RECOMMENDATIONS, "recommend_fix_entry",
                                {"day": insight.values["day"], "field": insight.values["field"]}, insight.run_ids,
                                workout_ids=insight.workout_ids))  # fmt: skip
            break
    if gap["verdict"] == "long":
        trained = daily["duration"][daily["duration"] > 0]
        usual = float(np.median(trained[-20:])) if len(trained) else 1800.0
        say("recommend_restart", {"gap_days": int(gap["days"]), "minutes": round(usual / 60 / 2 / 5) * 5 or 10}, gap,
            daily)  # fmt: skip
    elif tired(pmc, change):
        say("recommend_ease", pick(change.value, "value", "expected"), pmc, change)
    elif consistency["verdict"] == "ok":
        weakest = min(consistency["F"], consistency["R"], consistency["G"])
        if weakest < WEAK_PART:
            goal = max(1, round(float(consistency["goal"])))
            say("recommend_anchor_days", {"weekdays": _usual_weekdays(daily, goal)}, consistency, daily)
        else:
            say("recommend_keep", {"sessions": max(1, round(float(consistency["goal"])))}, consistency)
    if str(loads["validity"]) == "rough" and len(daily["day"]):
        say("recommend_rate_effort", {}, loads)
    if not said:
        say("recommend_collect", {"needed": 5}, consistency)
    return said[:3]


def _usual_weekdays(daily: Result, count: int) -> list[int]:
    """The athlete's own most frequent training weekdays of the last 26 weeks (Monday 0), in week order."""
    recent = np.asarray(daily["day"][-182:])[np.asarray(daily["training"][-182:]) > 0]
    counts = np.bincount((recent + 3) % 7, minlength=7)
    best = np.argsort(-counts, kind="stable")[:count]
    return sorted(int(weekday) for weekday in best)


def missing(
    day: int, workouts: Workouts, daily: Result, alike: Mapping[str, Any] | None = None, late: Result | None = None
) -> list[Insight]:
    """What the brief does without, what is late (the run of `late_sources`), and what it left out; said, never filled
    in."""
    runs = (daily.run.id,)

    def gap(code: str, values: Mapping[str, Any]) -> Insight:
        return Insight(Section.MISSING, code, values, runs, level=Level.MISSING)

    said: list[Insight] = []
    last = int(workouts["day"].max())
    if day - last > STALE_DAYS:
        said.append(gap("missing_recent", {"days": day - last, "last_day": last}))
    for one in late["late"] if late is not None else ():
        code = "missing_sync" if one["kind"] == "account" else "missing_nights"
        values = pick(one, "source", "state", "days") | {"last_day": one["last"]}
        said.append(Insight(Section.MISSING, code, values, (late.run.id,) if late else (), Level.MISSING,
                            subject=str(one["source"])))  # fmt: skip
    year = workouts.take(workouts["day"] > day - RECENT_DAYS)
    if len(year):
        for code, column in (("missing_heart_rate", "hr_mean"), ("missing_rpe", "rpe")):
            share = float(np.mean(np.isfinite(year[column])))
            if share < SMALL_SHARE:
                said.append(gap(code, {"share": share}))
    if not np.isfinite(workouts["start"]).any():
        said.append(gap("missing_start_times", {}))
    broken = Counter(name for flags in workouts["flags"] for name in (flags or "").split())
    out = {name: count for name, count in broken.items() if Spoils.EVERYTHING in RULES[name].spoils}
    if out:
        said.append(gap("missing_excluded", {"n": sum(out.values()), "rules": dict(sorted(out.items()))}))
    partly = {name: count for name, count in broken.items()
              if name not in out and RULES[name].severity is Severity.WARNING and RULES[name].spoils}  # fmt: skip
    alike = alike or {"undecided": broken["possible_duplicate"], "pairs": [], "merged": 0}
    if alike["undecided"]:
        values = {"n": alike["undecided"], "pairs": alike["pairs"]}
        pairs = tuple(dict.fromkeys(name for pair in alike["pairs"] for name in pair))
        said.append(Insight(Section.MISSING, "missing_possible_duplicates", values, runs, level=Level.MISSING,
                            workout_ids=pairs))  # fmt: skip
    if alike["merged"]:
        said.append(gap("missing_merged", {"n": alike["merged"]}))
    if partly:
        said.append(gap("missing_flagged", {"n": sum(partly.values()), "rules": dict(sorted(partly.items()))}))
    return said
