"""The alerts of a stretch of daily briefs, replayed without making the briefs: each day sees only what came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Level, Run
from fitintel.core.workouts import Workouts
from fitintel.intelligence import findings, registry
from fitintel.intelligence.brief import main_subject
from fitintel.intelligence.registry import Result

SAME_CHANGE = 28
"""d. A change of habit whose date moves by no more than this from one brief to the next is the same alert."""


@dataclass(frozen=True, slots=True)
class RaisedAlert:
    """An alert on the first day on which it stood in the brief."""

    day: int
    code: str
    workout_id: str | None = None


def replay_alerts(workouts: Workouts, first: int, last: int) -> tuple[RaisedAlert, ...]:
    """Alerts that the briefs of days `first`..`last` [day numbers] raise anew.

    `workouts` are the whole history (columns of ANALYSIS, canonical order). An alert on a workout or a week is counted
    once; a gap or a change of habit once for as long as it stands.
    """
    raised: list[RaisedAlert] = []
    standing: dict[tuple[Any, ...], int] = {}
    day_column = workouts["day"]
    state: dict[str, Result] = {}
    known = -1
    for day in range(first - findings.HABIT_DAYS, last + 1):
        past = int(np.searchsorted(day_column, day, side="right"))
        if past == 0:
            continue
        history = workouts.take(slice(0, past))
        daily = _run("daily_totals", history, day)
        state["gap"] = _run("training_gap", daily)
        if past != known:
            state["anomalies"] = _run("workout_anomaly", history, _run("workout_type", history).value)
        if past != known or (day + 3) % 7 == 0:
            weekly = _run("weekly_totals", daily.value)
            state["change"] = _run("load_change", weekly.value)
            state |= {name: _run("change_points", weekly["week"], weekly[name])
                      for name in (main_subject(history, day), "sessions")}  # fmt: skip
        known = past
        habits = {name: state[name] for name in (main_subject(history, day), "sessions")}
        facts = {str(name): _facts(history, str(name)) for name in _recent(state["anomalies"], day)}
        alerts, _ = findings.alerts(day, facts, state["anomalies"], state["change"], state["gap"], habits)
        now = {_key(alert, standing, day): alert for alert in alerts if alert.level is Level.ALERT}
        for key, alert in now.items():
            if key not in standing and day >= first:
                raised.append(RaisedAlert(day, alert.code, alert.workout_ids[0] if alert.workout_ids else None))
            standing[key] = day
        # an alert on a workout or week comes once; the others end on the first day without them
        standing = {key: seen for key, seen in standing.items() if key in now or key[0] in ("workout", "week")}
    return tuple(raised)


def _run(algorithm_id: str, *inputs: Any) -> Result:
    values = [item.value if isinstance(item, Result) else item for item in inputs]
    nobody = Run(algorithm_id, algorithm_id, "", {}, {}, (), "", datetime.fromtimestamp(0, UTC), 0.0)
    return Result(registry.get(algorithm_id)(*values), nobody)


def _recent(anomalies: Result, day: int) -> list[Any]:
    on = zip(anomalies["id"], anomalies["day"], strict=True)
    return [name for name, found in on if 0 <= day - int(found) < findings.ALERT_DAYS]


def _facts(history: Workouts, workout_id: str) -> dict[str, Any]:
    place = int(np.flatnonzero(history["id"] == workout_id)[0])
    return {name: history[name][place] for name in ("sport", "duration", "distance")}


def _key(alert: Insight, standing: dict[tuple[Any, ...], int], day: int) -> tuple[Any, ...]:
    if alert.workout_ids:
        return "workout", alert.code, alert.workout_ids[0]
    if "week" in alert.values:
        return "week", alert.code, alert.values["week"]
    if alert.code == "alert_habit_change":
        for key, _ in standing.items():
            if key[0] == "habit" and abs(key[1] - alert.values["day"]) <= SAME_CHANGE:
                return key
        return "habit", alert.values["day"]
    return "state", alert.code
