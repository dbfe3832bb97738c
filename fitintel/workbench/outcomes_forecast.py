"""Forecasts against what came: rolling origin, each version seeing only the past of each origin."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.intelligence.brief import main_subject
from fitintel.intelligence.registry import get
from fitintel.workbench.outcomes import Case, Judged
from fitintel.workbench.policy import Contest

FIRST = {"week": 30, "day": 120}
"""periods before the first origin"""
MOST = 26
"""origins, the latest"""
NOMINAL = 0.8


def judge(case: Case, algorithm: str, versions: tuple[str, str], contest: Contest) -> tuple[Judged, Judged] | None:
    """Both versions on the athlete's main quantity, origin by origin; errors of the steps that both answered.

    Errors are scaled by the mean absolute change from period to period before the origin (MASE); the interval score
    (Gneiting & Raftery 2007, J Am Stat Assoc 102:359) is scaled alike.
    """
    time, key, values = series(case, algorithm)
    origins = list(range(len(values) - 1, FIRST[key] - 1, -contest.step))[:MOST][::-1]
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for origin in origins:
        past = values[:origin]
        scale = float(np.nanmean(np.abs(np.diff(past)))) if np.isfinite(past).sum() > 2 else 0.0
        if not scale > 0:
            continue
        answers = [get(algorithm, version)(time[:origin], past, nominal=NOMINAL) for version in versions]
        came = [_came(answer, time, key, values) for answer in answers]
        rows += _matched(came[0], came[1], scale)
    if not rows:
        return None
    metric = contest.metric
    both = [row for row in rows if all(np.isfinite(one[metric]) for one in row)]
    old, new = (_judged([row[place] for row in rows], [row[place] for row in both], metric) for place in (0, 1))
    return old, new


def series(case: Case, algorithm: str) -> tuple[Any, str, Any]:
    """(times, name of the time, totals) of the athlete's main quantity, whole weeks only."""
    key = next(iter(get(algorithm).card.inputs))
    day = int(case.workouts["day"][-1])
    subject = main_subject(case.workouts, day)
    daily = get("daily_totals")(case.workouts, day)
    found = get("weekly_totals")(daily) if key == "week" else daily
    return np.asarray(found[key]), key, np.asarray(found[subject], dtype=float)


def _came(answer: Any, time: Any, key: str, values: Any) -> dict[int, tuple[float, float, float, float]]:
    """time -> (mean, low, high, what came), of the steps within the history."""
    place = {int(each): index for index, each in enumerate(time.tolist())}
    columns = (np.asarray(answer[name], dtype=float) for name in ("mean", "low", "high"))
    return {
        int(at): (mean, low, high, float(values[place[int(at)]]))
        for at, mean, low, high in zip(np.asarray(answer[key]).tolist(), *columns, strict=True)
        if int(at) in place
    }


def _matched(old: Any, new: Any, scale: float) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    blank = {"mase": np.nan, "interval_score": np.nan, "inside": np.nan}
    rows = []
    for at in sorted(set(old) | set(new)):
        came = (old.get(at) or new.get(at))[3]
        if np.isfinite(came):
            rows.append((_scored(old[at], scale) if at in old else blank,
                         _scored(new[at], scale) if at in new else blank))  # fmt: skip
    return rows


def _scored(step: tuple[float, float, float, float], scale: float) -> dict[str, Any]:
    mean, low, high, came = step
    outside = max(low - came, 0.0) + max(came - high, 0.0)
    score = (high - low + 2 / (1 - NOMINAL) * outside) / scale
    known = np.isfinite(score)
    return {"mase": abs(came - mean) / scale, "interval_score": score,
            "inside": float(low <= came <= high) if known else np.nan}  # fmt: skip


def _judged(rows: list[dict[str, Any]], both: list[dict[str, Any]], metric: str) -> Judged:
    scores = np.array([row[metric] for row in both], dtype=float)
    scores = scores[np.isfinite(scores)]
    inside = np.array([row["inside"] for row in both], dtype=float)
    inside = inside[np.isfinite(inside)]
    return Judged(
        events=len(rows), sums=(float(scores.sum()), float(len(scores))),
        error=float(np.mean([row["mase"] for row in both])) if both else np.nan,
        coverage=float(inside.mean()) if len(inside) else np.nan,
        abstain=float(np.mean([not np.isfinite(row[metric]) for row in rows])),
    )  # fmt: skip
