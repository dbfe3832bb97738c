"""What changed, in words: years, regimes, and each change with what was before and after on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.scores import Table
from fitintel.views.words.said import capital, subject

STEPS = "▁▂▃▄▅▆▇█"
NOTHING = "·"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as a page or a terminal shows it."""

    title: str
    """what, how, when, how sure"""
    before: str
    after: str
    """mean week on either side, with the number of weeks"""
    segment: str
    """the weeks around as steps, the interval of the date between bars"""
    certainty: str
    run_id: str


def change_lines(history: Mapping[str, Any], units: UnitSystem) -> tuple[ChangeLine, ...]:
    """The changes of a history, newest first."""
    return tuple(_line(one, units) for one in history["changes"])


def year_rows(history: Mapping[str, Any], units: UnitSystem) -> Table:
    """Header and a row for each year."""
    rows: list[tuple[str, ...]] = [
        (str(one["year"]), f"{one['weeks']}", *_mean_week(one, units, one["weeks"])) for one in history["years"]
    ]
    return ("year", "weeks", "sessions a week", "distance a week", "time a week"), rows


def regime_rows(history: Mapping[str, Any], units: UnitSystem) -> Table:
    """Header and a row for each regime."""
    rows: list[tuple[str, ...]] = [
        (
            days.iso(one["first"]),
            days.iso(one["last"]),
            f"{one['weeks']}",
            *_mean_week(one, units, 1),
            f"{one['empty']}",
        )
        for one in history["regimes"]
    ]
    header = ("from", "to", "weeks", "sessions a week", "distance a week", "time a week", "empty weeks")
    return header, rows


def history_title(history: Mapping[str, Any]) -> str:
    """What the page is about, or that there is nothing to tell."""
    when = f" in {history['year']}" if history["year"] else ""
    if not history["years"]:
        return "No complete week is recorded yet."
    told = [sum(one["certainty"] == kind for one in history["changes"]) for kind in ("lasting", "possible")]
    name = subject(history["subject"]).name
    return (f"What changed{when}: {numbers.count(told[0], 'lasting change')} and "
            f"{numbers.count(told[1], 'possible change')}. Regimes are those of {name}.")  # fmt: skip


def _line(one: Mapping[str, Any], units: UnitSystem) -> ChangeLine:
    what = subject(one["subject"])
    rose = one["after"] > one["before"]
    sure = one["certainty"] == "lasting"
    verb = ("rose" if rose else "fell") if sure else f"may have {'risen' if rose else 'fallen'}"
    share = numbers.percent(one["relative"], signed=True)
    span = numbers.date_range(one["low"], one["high"]).replace(numbers.TO, " and ")
    when = f"around {days.said(one['day'])}" + (f", between {span}" if one["low"] != one["high"] else "")
    before, after = (f"{numbers.quantity(one[side], what.kind, units)} "
                     f"({numbers.count(one[f'weeks_{side}'], 'week')})" for side in ("before", "after"))  # fmt: skip
    title = f"{capital(what.name)} {verb} lastingly {when} ({share})."
    return ChangeLine(title, before, after, _segment(one), one["certainty"], one["run_id"])


def _segment(one: Mapping[str, Any]) -> str:
    values: Sequence[float | None] = one["segment"]["value"]
    most = max((value for value in values if value is not None), default=0.0)
    marks = []
    for monday, value in zip(one["segment"]["week"], values, strict=True):
        marks.append("|" if monday == one["low"] else "")
        empty = value is None or not most
        marks.append(NOTHING if empty else STEPS[min(7, int(8 * (value or 0.0) / most))])
        marks.append("|" if monday == one["high"] else "")
    return "".join(marks)


def _mean_week(one: Mapping[str, Any], units: UnitSystem, weeks: int) -> tuple[str, str, str]:
    return (numbers.plain(one["sessions"] / weeks, 1), numbers.quantity(one["distance"] / weeks, "distance", units),
            numbers.quantity(one["duration"] / weeks, "duration", units))  # fmt: skip
