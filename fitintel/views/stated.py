"""What a person stated, and wellness, as rows and plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fitintel.core import days
from fitintel.core.stated import GOALS, THRESHOLDS, ExcusedDays, Goal, PlannedWorkout, Stated, Threshold
from fitintel.core.units import UnitSystem
from fitintel.core.wellness import METRICS, Wellness
from fitintel.views.language import _
from fitintel.views.numbers import clock, date, plain, quantity, race_time
from fitintel.views.words.sports import sport
from fitintel.views.words.terms import term

DAY_FIELDS = ("day", "valid_from", "first", "last")


def stated_dict(statement: Stated) -> dict[str, Any]:
    """Plain values for JSON; days are ISO dates, numbers are SI."""
    values = {name: getattr(statement, name) for name in type(statement).__dataclass_fields__}
    for name in DAY_FIELDS:
        if name in values:
            values[name] = days.iso(values[name])
    values["entered_at"] = statement.entered_at.isoformat()
    if isinstance(statement, Threshold):
        values["unit"] = THRESHOLDS[statement.kind][0]
    if isinstance(statement, Goal):
        values["unit"] = GOALS[statement.kind][0]
    return values


def stated_text(statement: Stated) -> str:
    """One statement as a sentence."""
    header, rows = stated_rows([statement])
    return ", ".join(f"{name} {cell}" for name, cell in zip(header, rows[0], strict=True) if cell)


def stated_rows(statements: Sequence[Stated]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(header, rows) of statements of one kind."""
    if not statements:
        return (), []
    first = statements[0]
    header: tuple[str, ...]
    if isinstance(first, Threshold):
        header = (_("threshold"), _("value"), _("sport"), _("from"), _("protocol"))
        return header, [_threshold(each) for each in statements if isinstance(each, Threshold)]
    if isinstance(first, Goal):
        header = (_("goal"), _("value"), _("from"), _("name"))
        return header, [_goal(each) for each in statements if isinstance(each, Goal)]
    if isinstance(first, PlannedWorkout):
        header = (_("day"), _("sport"), _("duration"), _("distance"), _("effort"), _("notes"))
        return header, [_planned(each) for each in statements if isinstance(each, PlannedWorkout)]
    header = (_("first"), _("last"), _("reason"), _("notes"))
    return header, [(date(each.first), date(each.last), term(each.reason), each.notes)
                    for each in statements if isinstance(each, ExcusedDays)]  # fmt: skip


def _threshold(each: Threshold) -> tuple[str, ...]:
    unit = THRESHOLDS[each.kind][0]
    value = _("withdrawn") if each.value is None else f"{plain(each.value, 2 if unit == 'm/s' else 0)} {unit}"
    return term(each.kind), value, sport(each.sport) if each.sport else _("any"), date(each.valid_from), each.protocol


def _goal(each: Goal) -> tuple[str, ...]:
    if each.value is None:
        value = _("withdrawn")
    elif each.kind == "event":
        value = _race(each)
    elif each.kind == "ctl":
        value = f"CTL {plain(each.value)}"
    elif each.kind == "weekly_duration":
        value = clock(each.value)
    elif each.kind == "weekly_distance":
        value = quantity(each.value, "distance", UnitSystem.METRIC)
    else:
        value = _("{n} a week", n=plain(each.value, 0 if float(each.value).is_integer() else 1))
    return term(each.kind), value, date(each.valid_from), each.name


def _race(each: Goal) -> str:
    """Sport, distance and target of an event, as far as they are said."""
    far = quantity(each.distance, "distance", UnitSystem.METRIC) if each.distance else ""
    said = " ".join(part for part in (sport(each.sport) if each.sport else "", far) if part)
    if not each.target:
        return said
    return _("{race} in {time}", race=said, time=race_time(each.target))


def _planned(each: PlannedWorkout) -> tuple[str, ...]:
    return (date(each.day), sport(each.sport), "" if each.duration is None else clock(each.duration),
            "" if each.distance is None else quantity(each.distance, "distance", UnitSystem.METRIC),
            "" if each.rpe is None else _("{n} of 10", n=plain(each.rpe, 0 if float(each.rpe).is_integer() else 1)),
            _("withdrawn") if each.withdrawn else each.notes)  # fmt: skip


def wellness_dict(value: Wellness) -> dict[str, Any]:
    """Plain values for JSON."""
    return {"day": days.iso(value.day), "metric": value.metric, "value": value.value,
            "unit": METRICS[value.metric].unit, "source": value.source, "at": value.at, "utc_offset": value.utc_offset,
            "import": value.import_id, "id": value.id}  # fmt: skip


def wellness_rows(values: Sequence[Wellness]) -> list[tuple[str, ...]]:
    """day, metric, value with unit, source."""
    return [(date(each.day), term(each.metric), _shown(each), each.source) for each in values]


def _shown(each: Wellness) -> str:
    unit = METRICS[each.metric].unit
    if unit == "s":
        return clock(each.value) if each.value >= 0 else _("{time} before midnight", time=clock(-each.value))
    if unit == "J":
        return quantity(each.value, "energy", UnitSystem.METRIC)
    digits = 0 if METRICS[each.metric].whole else 2 if unit == "ln ms" else 1
    return plain(each.value, digits) + ("" if unit[0].isdigit() else f" {unit}")
