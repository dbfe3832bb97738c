"""What a person states: thresholds, goals, planned workouts, excused days. Checked when typed, dated, never changed."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.sports import SPORTS, known_sport
from fitintel.core.stated import (
    GOALS,
    RACE,
    REASONS,
    THRESHOLDS,
    ExcusedDays,
    Goal,
    PlannedWorkout,
    S,
    Stated,
    Threshold,
    known,
)
from fitintel.core.units import TO_SI
from fitintel.ingest import typed
from fitintel.storage.store import Store

AHEAD = 5 * typed.YEAR
"""d. How far ahead plans and goals may lie."""
MAX_TEXT = 10_000
UNITS: dict[str, dict[str, float]] = {
    "W": {"W": 1.0}, "bpm": {"bpm": 1.0}, "J": {"J": 1.0, "kJ": 1000.0}, "ml/kg/min": {"ml/kg/min": 1.0},
    "d": {"d": 1.0, "days": 1.0}, "load/day": {"load/day": 1.0},
}  # fmt: skip
PLAIN_UNIT = {"W": "W", "bpm": "bpm", "ml/kg/min": "ml/kg/min", "d": "d",
              "load/day": "load/day"}  # fmt: skip
"""units that a plain number may have; J may as well be kJ, so it must be written."""


STATED: dict[str, type[Stated]] = {
    "threshold": Threshold, "goal": Goal, "plan": PlannedWorkout, "excuse": ExcusedDays,
}  # fmt: skip
"""what can be stated, by the word for it"""


def make(what: str, athlete_id: str, **fields: Any) -> Stated:
    """A statement as typed; raises UsageError, UnknownName."""
    if what not in STATED:
        raise UnknownName("kind of statement", what, STATED)
    makers: dict[str, Callable[..., Stated]] = {
        "threshold": threshold, "goal": goal, "plan": planned, "excuse": excused,
    }  # fmt: skip
    maker = makers[what]
    _fitting(what, maker, fields)
    return maker(athlete_id, **fields)


def _fitting(what: str, maker: Callable[..., Stated], fields: Mapping[str, Any]) -> None:
    """Raise unless these are fields of such a statement, and none is missing that it needs."""
    taken = {name: one for name, one in inspect.signature(maker).parameters.items() if name != "athlete_id"}
    for name in fields:
        if name not in taken:
            raise UnknownName(f"field of a {what}", name, taken)
    missing = [name for name, one in taken.items() if one.default is one.empty and name not in fields]
    if missing:
        raise UsageError(f"A {what} needs {', '.join(missing)}", next=f"its fields are {', '.join(taken)}")


def holding(store: Store, athlete_id: str, what: str, *, history: bool = False) -> tuple[Stated, ...]:
    """The statements of a kind that hold, or all that were ever made, oldest first."""
    if what not in STATED:
        raise UnknownName("kind of statement", what, STATED)
    every: tuple[Stated, ...] = store.stated(athlete_id, STATED[what])
    return every if history else tuple(known(every))


def keep(store: Store, statement: S) -> S:
    """Keep a statement, unless the one that holds about the same thing says the same; what then holds.

    Raises NotFound for a withdrawal of what does not hold.
    """
    same = [each for each in known(store.stated(statement.athlete_id, type(statement)))
            if each.about == statement.about]  # fmt: skip
    if statement.withdrawn and not same:
        raise NotFound("There is nothing to withdraw", why="nothing was stated about that day",
                       next="see what holds with the command list")  # fmt: skip
    for each in same:
        if replace(each, id=statement.id, entered_at=statement.entered_at) == statement:
            return each
    store.state([statement])
    return statement


def threshold(
    athlete_id: str, kind: str, value: str, *, valid_from: str = "today", sport: str = "", protocol: str = "",
    source: str = "typed", today: int | None = None, now: datetime | None = None,
) -> Threshold:  # fmt: skip
    """A threshold as typed; `value` with its unit, or `none` to withdraw it. Raises UsageError."""
    if kind not in THRESHOLDS:
        raise UnknownName("threshold", kind, THRESHOLDS)
    unit, low, high, _ = THRESHOLDS[kind]
    number = None
    if value.strip().lower() != "none":
        number = typed.speed(value, kind) if unit == "m/s" else _amount(value, kind, unit)
        typed.within(number, low, high, unit, kind)
    return Threshold(_id("t"), athlete_id, kind, number, typed.day(valid_from, "from", ahead=1, today=today), _now(now),
                     _sport(sport) if sport else "", _text(protocol, "protocol"), source)  # fmt: skip


def goal(
    athlete_id: str, kind: str, value: str = "", *, valid_from: str = "today", name: str = "", sport: str = "",
    distance: str = "", time: str = "", today: int | None = None, now: datetime | None = None,
) -> Goal:  # fmt: skip
    """A goal as typed; `none` withdraws it. Of an event that is a race, `sport`, `distance` and the `time` aimed at.

    Raises UsageError.
    """
    if kind not in GOALS:
        raise UnknownName("goal", kind, GOALS)
    unit, low, high, _ = GOALS[kind]
    number: float | None
    if value.strip().lower() == "none":
        number = None
    elif kind == "event":
        if not name.strip():
            raise UsageError("An event needs a name", next="give it with --name")
        number = 0.0
    else:
        number = (typed.duration(value, kind) if kind == "weekly_duration"
                  else typed.distance(value, kind) if kind == "weekly_distance"
                  else _amount(value, kind, unit))  # fmt: skip
        typed.within(number, low, high, unit, kind)
    day = typed.day(valid_from, "from", ahead=AHEAD, today=today)
    if kind != "event" and (sport or distance or time):
        raise UsageError(f"A goal of {kind} has no sport, distance or time", next="state an event")
    return Goal(_id("g"), athlete_id, kind, number, day, _now(now), _text(name, "name"),
                _sport(sport) if sport else "", *_race(distance, time))  # fmt: skip


def _race(distance: str, time: str) -> tuple[float | None, float | None]:
    """Distance [m] and time [s] of a race as typed, None where not said."""
    if time and not distance:
        raise UsageError("A time is aimed at over a distance", next="give it with --distance 10km")
    found: list[float | None] = []
    for text, field, read in ((distance, "distance", typed.distance), (time, "target", typed.duration)):
        unit, low, high = RACE[field]
        found.append(typed.within(read(text, field), low, high, unit, field) if text else None)
    return found[0], found[1]


def planned(
    athlete_id: str, day: str, *, sport: str, duration: str = "", distance: str = "", rpe: float | None = None,
    notes: str = "", number: int = 1, withdraw: bool = False, today: int | None = None, now: datetime | None = None,
) -> PlannedWorkout:  # fmt: skip
    """A planned workout as typed. Raises UsageError: it says neither how long nor how far, or of no known sport."""
    if not (duration or distance or withdraw):
        raise UsageError("A planned workout says neither how long nor how far", next="give --duration or --distance")
    if not 1 <= number <= 9:
        raise UsageError(f"number: {number} is out of range", next="a day has workouts 1 to 9")
    return PlannedWorkout(
        _id("pw"), athlete_id, typed.day(day, "day", ahead=AHEAD, today=today), _sport(sport),
        typed.duration(duration, "duration") if duration else None,
        typed.distance(distance, "distance") if distance else None, _now(now), number,
        None if rpe is None else typed.within(rpe, 0.0, 10.0, "of 10", "rpe"), _text(notes, "notes"), withdraw,
    )  # fmt: skip


def excused(
    athlete_id: str, first: str, last: str = "", *, reason: str, notes: str = "", withdraw: bool = False,
    today: int | None = None, now: datetime | None = None,
) -> ExcusedDays:  # fmt: skip
    """Excused days as typed; `last` defaults to `first`. Raises UsageError."""
    if reason not in REASONS:
        raise UnknownName("reason", reason, REASONS)
    begin = typed.day(first, "first", ahead=typed.YEAR, today=today)
    end = typed.day(last, "last", ahead=typed.YEAR, today=today) if last else begin
    if end < begin:
        raise UsageError(f"The last day, {last}, is before the first, {first}", next="exchange them")
    return ExcusedDays(_id("e"), athlete_id, begin, end, reason, _now(now), _text(notes, "notes"), withdraw)


def _amount(value: str, field: str, unit: str) -> float:
    return typed.amount(value, field, UNITS.get(unit, TO_SI.get(unit, {unit: 1.0})), bare=PLAIN_UNIT.get(unit, ""))


def _sport(word: str) -> str:
    sport = known_sport(word)
    if sport is None:
        raise UnknownName("sport", word, SPORTS)
    return sport


def _text(text: str, field: str) -> str:
    if len(text) > MAX_TEXT:
        raise UsageError(f"{field} has {len(text):,} characters", next=f"shorten it to {MAX_TEXT:,}")
    return text.strip()


def _id(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:20]}"


def _now(now: datetime | None) -> datetime:
    return now or datetime.now(UTC)
