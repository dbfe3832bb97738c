"""Which alerts have opened and closed since the brief before, and what closed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm

HELD = ("dismissed", "snoozed", "told for long enough", "budget")
"""reasons of alert_budget for which something significant is not told"""
WEEK = ("alert_load_higher", "alert_load_lower")
WORKOUT = ("alert_entry_error", "alert_sensor_fault", "alert_unusual_workout")


@algorithm(
    id="alerts_since",
    version="1.0.0",
    inputs={
        "before": "alerts of the last brief of an earlier day", "budget": "alert_budget",
        "found": "keys of the findings of the day", "daily": "daily_totals", "wellness": "wellness_deviation",
    },
    output=("alerts that opened and closed", "keys"),
    source="Definition",
    validity=Validity.HIGH,
    limits=(
        "compared with the last brief that was made, not with every day between",
        "why an alert closed is read from what is no longer found: two causes on one day are told as one",
    ),
    title="Alerts since the last brief",
)  # fmt: skip
def alerts_since(
    before: Mapping[str, Any], budget: Mapping[str, Any], found: Sequence[str], daily: Mapping[str, Any],
    wellness: Mapping[str, Any] | None = None, *, workout_days: int = 7,
) -> dict[str, Any]:  # fmt: skip
    """Alerts since the last brief.

    Opened are alerts that stand now and did not then. Closed are those that stood then and do not now, with the reason:
    what a person answered (dismissed, snoozed); `told for long enough` or `budget`, as alert_budget holds it back;
    `trained` on a day, for a gap; `week over`, for a week that is no longer the latest complete one; `past`, for a
    workout of `workout_days` ago; `corrected`, for a younger workout in which nothing is found any more; `not
    measured`, for a sign of wellness of which too few nights are known now; `usual`, for what is no longer found, or is
    not significant any more.

    Parameters: `workout_days` [d] for which a workout is spoken of.
    Returns `opened`: keys; `closed`: `key`, `since` [day number], `why`, `on` (day number of the training that ended a
    gap, else None).

    >>> before = {"day": 10, "alerts": [{"key": "alert_gap:2", "code": "alert_gap", "since": 8, "told": {}}]}
    >>> daily = {"day": np.arange(12), "training": np.array([1.0] * 3 + [0] * 8 + [1])}
    >>> alerts_since(before, {"told": [], "quiet": [], "held": {}}, [], daily)["closed"]
    [{'key': 'alert_gap:2', 'since': 8, 'why': 'trained', 'on': 11}]
    """
    days = np.asarray(daily["day"], dtype=np.int64)
    trained = days[np.asarray(daily["training"], dtype=np.float64) > 0]
    today = int(days[-1]) if len(days) else 0
    standing = {str(one["key"]) for one in (*budget["told"], *budget["quiet"])} & set(found)
    stood = {str(one["key"]): one for one in before["alerts"]}
    closed = []
    for key, one in sorted(stood.items()):
        if key in standing:
            continue
        why, on = _why(str(one["code"]), key, one["told"], budget["held"], found, trained, today - workout_days)
        if why == "usual" and key.startswith("alert_wellness:") and not _measured(key, wellness):
            why = "not measured"
        closed.append({"key": key, "since": int(one["since"]), "why": why, "on": on})
    return {"opened": sorted(standing - set(stood)), "closed": closed}


def _measured(key: str, wellness: Mapping[str, Any] | None) -> bool:
    sign = key.split(":")[1]
    return wellness is not None and wellness[sign]["state"] != "insufficient_data"


def _why(
    code: str, key: str, told: Mapping[str, Any], held: Mapping[str, str], found: Sequence[str], trained: Any, old: int
) -> tuple[str, int | None]:
    if held.get(key) in HELD:
        return held[key], None
    if code == "alert_gap":
        after = trained[trained > int(key.rpartition(":")[2])]
        return ("trained", int(after[0])) if len(after) else ("usual", None)
    if code in WEEK and key not in found:
        return "week over", None
    if code in WORKOUT and key not in found:
        return ("past" if int(told.get("day") or 0) <= old else "corrected"), None
    return "usual", None
