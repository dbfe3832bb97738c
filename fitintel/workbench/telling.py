"""What a brief told, kept insight by insight: its runs, its evidence, since when, and what became of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fitintel.core.answers import Action, Answer, Told, key_of
from fitintel.core.records import Brief, Level, Section
from fitintel.core.workouts import Workouts
from fitintel.storage.store import Store

BREAK_DAYS = 7
"""d. A brief this long after the one before goes on with it: what both tell stands without a break."""
LATELY_DAYS = 14
"""d. A brief compares its alerts with those of the last one, unless that is longer ago."""
BECAME: dict[Action, str] = {
    Action.ACKNOWLEDGE: "confirmed", Action.HELPFUL: "confirmed", Action.DISMISS: "dismissed",
    Action.UNHELPFUL: "dismissed", Action.DONE: "done", Action.PARTLY: "partly done", Action.NOT_DONE: "not done",
}  # fmt: skip
"""answer -> outcome of what was told"""
JUDGED = ("forecast_week", "forecast_week_naive")
"""codes whose outcome is known when the week is over"""


def as_told(store: Store, brief: Brief) -> list[Told]:
    """The insights of a brief as they are kept; of two under one key the first."""
    before = store.told(brief.athlete_id, since=brief.day - BREAK_DAYS, until=brief.day - 1)
    latest = max((each.day for each in before), default=None)
    standing = {each.key: each.first_day for each in before if each.day == latest}
    made: dict[str, Told] = {}
    for insight in brief.insights:
        key = key_of(insight)
        since = insight.values.get("since")
        first = int(since) if isinstance(since, int) else standing.get(key, brief.day)
        made.setdefault(
            key,
            Told(
                brief.athlete_id, brief.day, brief.id, key, insight.section.value, insight.code, insight.level.value,
                insight.run_ids, insight.workout_ids, first, detail=_plain(insight.values),
            ),
        )  # fmt: skip
    return list(made.values())


def told_before(store: Store, athlete_id: str, day: int) -> dict[str, Any] | None:
    """The alerts of the last brief of an earlier day, as `compose` takes them; None without a brief lately."""
    lately = store.told(athlete_id, since=day - LATELY_DAYS, until=day - 1)
    last = max((each.day for each in lately), default=None)
    if last is None:
        return None
    told = [each for each in lately if each.day == last]
    if len({each.brief_id for each in told}) > 1:
        # a day's brief that was made again: the newest holds
        made = {brief_id: at for brief_id, on, at in store.briefs(athlete_id) if on == last}
        newest = max(made, key=lambda brief_id: made[brief_id], default="")
        told = [each for each in told if each.brief_id == newest]
    standing = [each for each in told if each.section == Section.ALERTS and _stood(each)]
    return {"day": last, "alerts": [
        {"key": each.key, "code": each.code, "since": each.first_day, "told": each.detail or {}} for each in standing
    ]}  # fmt: skip


def _stood(told: Told) -> bool:
    """Whether it was an alert, told aloud or quietly; what is only noted was none."""
    return told.level == Level.ALERT or bool((told.detail or {}).get("acknowledged"))


def judge(store: Store, athlete_id: str, workouts: Workouts, day: int) -> dict[tuple[int, str], str]:
    """Write down what became of earlier forecasts whose week is over on `day`; what was written.

    The week's total lay inside the interval (came true), or above or below it.
    """
    outcomes: dict[tuple[int, str], str] = {}
    for each in store.told(athlete_id, since=day - 60, until=day - 1, codes=JUDGED):
        if each.outcome or not each.detail:
            continue
        week, subject = each.detail["week"], each.detail["subject"]
        if week + 7 > day or subject not in ("distance", "duration") or each.detail["low"] is None:
            continue
        total = _week_total(workouts, week, subject)
        low, high = each.detail["low"], each.detail["high"]
        outcomes[each.day, each.key] = "came true" if low <= total <= high else "above" if total > high else "below"
    store.judge_told(athlete_id, outcomes)
    return outcomes


def _week_total(workouts: Workouts, week: int, subject: str) -> float:
    from fitintel.intelligence.registry import get

    upto = workouts.take(workouts["day"] < week + 7)
    if not len(upto):
        return 0.0
    daily = get("daily_totals")(upto, week + 6)
    of = daily["day"] >= week
    return float(sum(value for value in daily[subject][of].tolist() if math.isfinite(value)))


def answered(given: Sequence[Answer], day: int, known_on: datetime | None = None) -> list[dict[str, Any]]:
    """Answers to briefs up to `day` as `compose` takes them, oldest first; `known_on` leaves out later ones."""
    return [
        {"key": each.key, "action": each.action.value, "day": each.day, "until": each.until, "by": each.by}
        for each in given
        if each.day <= day and (known_on is None or each.at <= known_on)
    ]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that any store and any JSON reader takes."""
    return {str(name): _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, (list, tuple)):
        return [_value(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
