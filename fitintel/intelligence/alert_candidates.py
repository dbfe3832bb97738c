"""What might be told as an alert today: findings as insights, each under the key on which it stands or falls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.answers import key_of
from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence.checks import WORKOUT_DAYS, habit_key, wellness_key
from fitintel.intelligence.findings import changes, pick, plain
from fitintel.intelligence.night_scores import RANGES
from fitintel.intelligence.registry import Result

CODES = {"entry error": "alert_entry_error", "sensor fault": "alert_sensor_fault",
         "unusual workout": "alert_unusual_workout"}  # fmt: skip
"""kind of anomaly -> code of its insight"""
EFFECTS = ("week_distance", "week_distance_without", "week_duration", "week_duration_without", "fitness", "records")
SAME_CHANGE = 28
"""d. A lasting change whose date moves by no more than this from one week to the next is the same."""


def candidates(
    day: int, facts: Mapping[str, Mapping[str, Any]], daily: Result, anomalies: Result, change: Result, gap: Result,
    habits: Mapping[str, Result], fresh: Sequence[Mapping[str, Any]], effects: Result, body: Result | None,
) -> dict[str, Insight]:  # fmt: skip
    """Everything that might be told today, by key; workouts newest first."""
    made = [_gap(gap, daily), _load(change), *(_habit(habits[str(each["subject"])], each) for each in fresh),
            *_body(body)]  # fmt: skip
    columns = anomalies.value
    places = [place for place, on in enumerate(columns["day"]) if 0 <= day - int(on) < WORKOUT_DAYS]
    made += [_workout(anomalies, place, facts, effects) for place in reversed(places)]
    return {key_of(one): one for one in made if one is not None}


def _gap(gap: Result, daily: Result) -> Insight | None:
    if gap["verdict"] != "long":
        return None
    last = int(daily["day"][-1]) - int(gap["days"])
    values = {**pick(gap.value, "days", "usual"), "key": f"alert_gap:{last}"}
    return _noted("alert_gap", values, gap)


def _load(change: Result) -> Insight | None:
    if change["verdict"] not in ("higher", "lower"):
        return None
    code = f"alert_load_{change['verdict']}"
    values = pick(change.value, "week", "value", "expected", "low", "high", "z")
    return _noted(code, {**values, "key": f"{code}:{values['week']}"}, change)


def _habit(habit: Result, fresh: Mapping[str, Any]) -> Insight | None:
    near = [one for one in changes(habit) if abs(one["day"] - int(fresh["day"])) <= SAME_CHANGE]
    if not near:
        return None
    subject = str(fresh["subject"])
    values = {"subject": subject, **near[0], "key": habit_key(subject, int(fresh["day"]))}
    return _noted("alert_habit_change", values, habit, subject=subject)


def _body(body: Result | None) -> list[Insight]:
    """Signs of the body that are worse than usual today."""
    said = []
    for sign in RANGES if body is not None else ():
        found = body[sign] if body is not None else {}
        if found["state"] == "worse":
            start = int(found["start"][-1])
            values = {"sign": sign, "start": start, "z": found["last_z"],
                      **pick(found, "value", "usual", "low", "high", "n", "nights", "base"),
                      "key": wellness_key(sign, start)}  # fmt: skip
            said.append(_noted("alert_wellness", values, *([body] if body else []), subject=sign))
    return said


def _workout(anomalies: Result, place: int, facts: Mapping[str, Mapping[str, Any]], effects: Result) -> Insight:
    columns = anomalies.value
    name, code = str(columns["id"][place]), CODES[str(columns["kind"][place])]
    at = [str(each) for each in effects["id"]].index(name)
    effect = {key: plain(effects[key][at]) for key in EFFECTS}
    values = {
        "day": int(columns["day"][place]), "field": str(columns["field"][place]),
        **{key: plain(columns[key][place]) for key in ("value", "expected", "low", "high", "score")},
        "why": str(columns["why"][place]), **{key: facts[name][key] for key in ("sport", "duration", "distance")},
        **effect, "key": f"{code}:{name}",
    }  # fmt: skip
    return _noted(code, values, anomalies, effects, workout_ids=(name,))


def _noted(code: str, values: Mapping[str, Any], *results: Result, **more: Any) -> Insight:
    runs = tuple(dict.fromkeys(result.run.id for result in results))
    return Insight(Section.ALERTS, code, values, runs, level=Level.NOTICE, **more)
