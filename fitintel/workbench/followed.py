"""What became of recommendations and plans, read from the workouts that followed. A person's own word always wins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core import days
from fitintel.core.answers import Told
from fitintel.core.workouts import Workouts
from fitintel.storage.store import Store

WAIT = 7
"""d. After so long it is known what became of a recommendation for the week."""
PLANNED = "today_plan"
RECOMMENDED = ("recommend_restart", "recommend_anchor_days", "recommend_keep", "recommend_ease",
               "recommend_rate_effort")  # fmt: skip
"""codes of what is followed"""
DONE, PARTLY, NOT_DONE = "done", "partly done", "not done"
BY_VERDICT = {"done": DONE, "more": DONE, "partly": PARTLY, "replaced": PARTLY, "missed": NOT_DONE}
"""what became of a planned workout -> outcome"""
TRAINING = 600.0
"""s. A training day, as in daily_totals."""


def follow(store: Store, athlete_id: str, workouts: Workouts, day: int) -> dict[tuple[int, str], str]:
    """Write down what became of what was recommended or planned up to `day`, where nobody has said."""
    outcomes: dict[tuple[int, str], str] = {}
    for each in store.told(athlete_id, since=day - 60, until=day - 1, codes=(PLANNED, *RECOMMENDED)):
        if each.outcome or not each.detail:
            continue
        found = _planned(each, workouts) if each.code == PLANNED else _recommended(each, workouts, day)
        if found:
            outcomes[each.day, each.key] = found
    store.judge_told(athlete_id, outcomes)
    return outcomes


def _planned(told: Told, workouts: Workouts) -> str:
    from fitintel.intelligence.registry import get

    detail = told.detail or {}
    plan = {name: detail.get(name) for name in ("number", "sport", "duration", "distance")} | {"day": told.day}
    met = get("plan_met")(workouts, [plan], told.day + 1)
    return BY_VERDICT[str(met["verdict"][0])]


def _recommended(told: Told, workouts: Workouts, day: int) -> str:
    detail = told.detail or {}
    after = workouts.take((workouts["day"] > told.day) & (workouts["day"] <= told.day + WAIT))
    trained = sorted(set(after["day"][~(after["duration"] < TRAINING)].tolist()))
    if told.code == "recommend_restart" and trained:
        return DONE
    if day < told.day + WAIT:
        return ""
    return _after_a_week(told.code, detail, after, trained)


def _after_a_week(code: str, detail: Mapping[str, Any], after: Workouts, trained: list[int]) -> str:
    if code == "recommend_restart":
        return NOT_DONE
    if code == "recommend_anchor_days" and detail["weekdays"]:
        return _share(len({days.weekday(day) for day in trained} & set(detail["weekdays"])), len(detail["weekdays"]))
    if code == "recommend_keep":
        return _share(len(trained), int(detail["sessions"]))
    if code == "recommend_ease":
        spent = float(np.nansum(after["duration"]))
        return DONE if spent <= detail["expected"] else PARTLY if spent < detail["value"] else NOT_DONE
    if code == "recommend_rate_effort" and len(after):
        return _share(int(np.isfinite(after["rpe"]).sum()), len(after))
    return ""


def _share(met: int, of: int) -> str:
    return DONE if met >= of else PARTLY if 2 * met >= of else NOT_DONE
