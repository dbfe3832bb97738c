"""The calendar of a coach: each day with what was planned and what was done, week by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.units import UnitSystem
from fitintel.views import dates, numbers
from fitintel.views.coach.cells import status
from fitintel.views.coach.sessions import key_of
from fitintel.views.language import _, marked
from fitintel.views.words.sports import sport

BECAME = {
    "done": (marked("done as planned"), "✓"), "more": (marked("more than planned"), "↗"),
    "partly": (marked("in part"), "◐"), "replaced": (marked("another sport"), "→"),
    "missed": (marked("not done"), "○"), "open": (marked("still open"), "·"), "": (marked("to come"), "·"),
}  # fmt: skip
"""verdict of plan_met -> its words and its mark"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One planned or done workout of a day."""

    kind: str
    """planned, done"""
    text: str
    note: str
    sign: str
    workout: str = ""
    session: str = ""
    """key of a planned session that can still be changed"""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day."""

    said: str
    number: str
    entries: tuple[Entry, ...]
    excused: str
    today: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class WeekRow:
    """Seven days from a Monday."""

    said: str
    days: tuple[DayCell, ...]


def weeks(found: Sequence[Mapping[str, Any]], day: int, units: UnitSystem) -> tuple[WeekRow, ...]:
    """What is seen of the days around a day."""
    cells = [_cell(one, day, units) for one in found]
    return tuple(
        WeekRow(_("Week of {day}", day=dates.short_date(found[place]["day"])), tuple(cells[place : place + 7]))
        for place in range(0, len(found), 7)
    )


def heads() -> tuple[str, ...]:
    """Weekdays above the columns."""
    return tuple(dates.weekday_short(place) for place in range(7))


def _cell(one: Mapping[str, Any], day: int, units: UnitSystem) -> DayCell:
    planned = tuple(_planned(plan, key_of(one["day"], plan["number"]) if one["day"] >= day else "", units)
                    for plan in one["planned"])  # fmt: skip
    done = tuple(Entry("done", _amount(row, units), sport(row["sport"]), "✓", row["id"]) for row in one["done"])
    at = one["day"]
    return DayCell(dates.date(at), str(days.from_number(at).day), (*planned, *done), status(one["excused"]), at == day,
                   at > day)  # fmt: skip


def _planned(plan: Mapping[str, Any], session: str, units: UnitSystem) -> Entry:
    words, sign = BECAME[plan["verdict"]]
    return Entry("planned", _("planned {amount}", amount=_amount(plan, units)), _(words), sign, session=session)


def _amount(row: Mapping[str, Any], units: UnitSystem) -> str:
    for name in ("duration", "distance"):
        if numbers.known(row[name]) and row[name]:
            return numbers.quantity(row[name], name, units)
    return sport(row["sport"])
