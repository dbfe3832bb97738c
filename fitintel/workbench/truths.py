"""settle(): the truth of forecasts whose time is over, and what people said of classifications and alerts."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from fitintel.core.answers import latest
from fitintel.core.errors import NotFound
from fitintel.core.performance import Expected

if TYPE_CHECKING:
    from fitintel.storage.store import Blobs, Store

CLASSIFIERS = {"activity": "activity_type", "session": "session_kind"}
"""level of a label -> algorithm that says it"""
VERDICTS = {"confirmed": True, "dismissed": False}
Tally = dict[str, tuple[int, int]]
"""algorithm -> (right, all)"""


def settle(store: Store, day: int) -> int:
    """Write down the totals of weeks and days that were forecast and are over on `day`; how many.

    A total is what later briefs take it for. It is known on the day after its time, whenever this is called.
    """
    from fitintel.intelligence.registry import get

    waiting: dict[str, list[Expected]] = defaultdict(list)
    for one in store.expected(due=day):
        if one.due + one.span <= day:
            waiting[one.athlete_id].append(one)
    for athlete_id, forecasts in waiting.items():
        until = max(one.due + one.span for one in forecasts) - 1
        daily = get("daily_totals")(store.workouts(athlete_id, until=until), until)
        place = {number: i for i, number in enumerate(daily["day"].tolist())}
        truths = {}
        for one in forecasts:
            days_ = (place.get(number) for number in range(one.due, one.due + one.span))
            values = [float(daily[one.subject][i]) for i in days_ if i is not None]
            truth = sum(value for value in values if math.isfinite(value))
            truths[one.athlete_id, one.run_id, one.due] = (truth, one.due + one.span)
        store.settle_expected(truths)
    return sum(map(len, waiting.values()))


def agreement(store: Store, blobs: Blobs, now: datetime, window: int) -> Tally:
    """Classifier -> labels of the last `window` days that it had said before the person did, and all such labels."""
    tally: dict[str, list[bool]] = defaultdict(list)
    for athlete in store.athletes():
        said = [one for one in latest(store.labels(athlete.id)) if now - one.at <= timedelta(days=window)]
        made = store.briefs(athlete.id) if said else ()
        for one in said:
            before = [brief_id for brief_id, _, at in made if at < one.at]
            guess = _guess(store, blobs, before[-1], CLASSIFIERS[one.level], one.workout_id) if before else None
            if guess is not None:
                tally[CLASSIFIERS[one.level]].append(guess == one.value)
    return {name: (sum(found), len(found)) for name, found in tally.items()}


def precision(store: Store, now: datetime, window: int) -> Tally:
    """Algorithm -> answered alerts of the last `window` days that rest on it: those confirmed, and all."""
    from fitintel.workbench.telling import BECAME

    tally: dict[str, list[bool]] = defaultdict(list)
    for athlete in store.athletes():
        answers = {one.key: VERDICTS[BECAME[one.action]] for one in store.answers(athlete.id)
                   if now - one.at <= timedelta(days=window) and BECAME.get(one.action) in VERDICTS}  # fmt: skip
        for key, right in answers.items():
            told = [one for one in store.told(athlete.id, key=key) if one.level == "alert" or one.section == "alerts"]
            for name in {run.algorithm for run in store.runs(told[-1].run_ids)} if told else ():
                tally[name].append(right)
    return {name: (sum(found), len(found)) for name, found in tally.items()}


def _guess(store: Store, blobs: Blobs, brief_id: str, algorithm: str, workout_id: str) -> str | None:
    """What the brief's run said of a workout; None if it said nothing, or only repeated a person."""
    from fitintel.core import snapshot

    for run in store.runs(store.brief(brief_id).run_ids):
        if run.algorithm == algorithm:
            try:
                value: Any = snapshot.load(blobs.get("snapshots", run.output))
            except NotFound:
                return None  # removed with the workouts it came from
            ids = list(value["id"])
            place = ids.index(workout_id) if workout_id in ids else None
            # a later run of it in the brief says what there would be without labels, and nobody was told that
            known = place is not None and not bool(value["said"][place])
            return str(value["label"][place]) if known else None
    return None
