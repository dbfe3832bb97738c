"""A month as a calendar: what was done, what is planned; and every month as a row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fitintel.core import days
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.stated import PlannedWorkout
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.views import numbers
from fitintel.views.app.workouts import sport_word
from fitintel.views.charts import body
from fitintel.views.charts.spec import CalendarChart
from fitintel.views.language import _, counted

COLUMNS = ("id", "day", "sport", "duration", "distance", "flags")
"""columns of a workout that are read"""
SUMMED = ("duration", "distance")
ASKED = re.compile(r"(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day with something in it."""

    day: int
    said: str
    done: tuple[tuple[str, str], ...]
    """id of a workout, and what it was"""
    planned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month."""

    month: str
    """2025-10"""
    title: str
    totals: str
    chart: CalendarChart | None
    days: tuple[DayLine, ...]
    earlier: str
    later: str
    """the months beside it, as `month`"""


def month_of(day: int) -> str:
    """The month of a day number.

    >>> month_of(20368)
    '2025-10'
    """
    return days.iso(day)[:7]


def month_asked(text: str, day: int) -> str:
    """The month that an address asks for; that of `day` where it names none of 1970 to 2099.

    >>> month_asked("2025-12", 20368), month_asked("2025-13", 20368), month_asked("", 20368)
    ('2025-12', '2025-10', '2025-10')
    """
    return text if ASKED.fullmatch(text) else month_of(day)


def bounds(month: str) -> tuple[int, int]:
    """First and last day number of a month.

    >>> first, last = bounds("2025-12")
    >>> days.iso(first), days.iso(last)
    ('2025-12-01', '2025-12-31')
    """
    first = days.number(date.fromisoformat(f"{month}-01"))
    return first, days.number(date.fromisoformat(f"{beside(month, 1)}-01")) - 1


def beside(month: str, steps: int) -> str:
    """The month `steps` later.

    >>> beside("2025-12", 1), beside("2025-01", -1)
    ('2026-01', '2024-12')
    """
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + steps, 12)
    return f"{year:04d}-{number + 1:02d}"


def month_title(month: str) -> str:
    """A month in words.

    >>> month_title("2025-10")
    'October 2025'
    """
    return numbers.full_date(bounds(month)[0]).split(", ")[-1].partition(" ")[2]


def months(workouts: Workouts, plans: Iterable[PlannedWorkout], *beside_these: str) -> dict[str, str]:
    """Every month from the first to the last in which there is something, and `beside_these`, the latest first."""
    held = {month_of(day) for day in (*workouts["day"].tolist(), *(one.day for one in plans))} | set(beside_these)
    found, first = [max(held)], min(held)
    while found[-1] > first:
        found.append(beside(found[-1], -1))
    return {month: month_title(month) for month in found}


def month_view(workouts: Workouts, plans: Iterable[PlannedWorkout], month: str, today: int, units: UnitSystem
               ) -> MonthView:  # fmt: skip
    """A month of the athlete's `workouts` (those of the month, with COLUMNS) and plans."""
    first, last = bounds(month)
    within = _usable(workouts.take((workouts["day"] >= first) & (workouts["day"] <= last)))
    done: dict[int, list[tuple[str, str]]] = {}
    for row in within.rows():
        done.setdefault(row["day"], []).append((row["id"], _what(row, units)))
    planned: dict[int, list[str]] = {}
    for one in sorted(plans, key=lambda each: (each.day, each.number)):
        if first <= one.day <= last:
            said = {"sport": one.sport, "duration": one.duration, "distance": one.distance}
            planned.setdefault(one.day, []).append(_what(said, units))
    lines = tuple(
        DayLine(day, numbers.date(day), tuple(done.get(day, ())), tuple(planned.get(day, ())))
        for day in sorted({*done, *planned})
    )
    each = dict.fromkeys(range(first, min(last, today) + 1), 0.0)
    for row in within.rows():
        each[row["day"]] = each.get(row["day"], 0.0) + (row["duration"] or 0.0)
    chart = body.calendar({"calendar": {"day": list(each), "duration": list(each.values())}}, units) if each else None
    return MonthView(
        month, month_title(month), _totals(within, units), chart, lines, beside(month, -1), beside(month, 1)
    )


def month_rows(workouts: Workouts, units: UnitSystem) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and a row for each month with workouts, the newest first."""
    usable = _usable(workouts)
    sums: dict[str, list[dict[str, Any]]] = {}
    for row in usable.rows():
        sums.setdefault(month_of(row["day"]), []).append(row)
    header = (_("Month"), _("Workouts"), _("Distance"), _("Time"))
    return header, [(month, numbers.plain(len(sums[month])), *_sums(sums[month], units))
                    for month in sorted(sums, reverse=True)]  # fmt: skip


def _usable(workouts: Workouts) -> Workouts:
    spoils = spoiled_rows(workouts["flags"].tolist(), Spoils.EVERYTHING)
    return workouts.take([place for place, spoiled in enumerate(spoils) if not spoiled])  # type: ignore[arg-type]


def _sums(rows: Sequence[dict[str, Any]], units: UnitSystem) -> tuple[str, str]:
    """Distance and time; a distance that no workout has is empty."""
    duration, distance = (math.fsum(row[name] for row in rows if numbers.known(row[name])) for name in SUMMED)
    return numbers.quantity(distance, "distance", units) if distance else "", numbers.clock(duration)


def _totals(workouts: Workouts, units: UnitSystem) -> str:
    rows = list(workouts.rows())
    if not rows:
        return ""
    distance, duration = _sums(rows, units)
    said = counted("{n} workout", "{n} workouts", len(rows))
    if not distance:
        return _("{workouts}: {duration}").format(workouts=said, duration=duration)
    return _("{workouts}: {distance} in {duration}").format(workouts=said, distance=distance, duration=duration)


def _what(row: dict[str, Any], units: UnitSystem) -> str:
    figures = [numbers.quantity(row[name], name, units) for name in ("distance", "duration")
               if numbers.known(row[name]) and row[name]]  # fmt: skip
    return ", ".join([sport_word(row["sport"]), *figures])
