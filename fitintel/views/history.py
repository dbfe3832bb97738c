"""What changed, in words: years, regimes, and each change with what was before and after on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.language import _, counted
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
    header = (_("year"), _("weeks"), _("sessions a week"), _("distance a week"), _("time a week"))
    return header, rows


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
    header = (_("from"), _("to"), _("weeks"), _("sessions a week"), _("distance a week"), _("time a week"),
              _("empty weeks"))  # fmt: skip
    return header, rows


def history_title(history: Mapping[str, Any]) -> str:
    """What the page is about, or that there is nothing to tell."""
    if not history["years"]:
        return _("No complete week is recorded yet.")
    told = [sum(one["certainty"] == kind for one in history["changes"]) for kind in ("lasting", "possible")]
    name = subject(history["subject"]).name
    said = {"lasting": counted("{n} lasting change", "{n} lasting changes", told[0]), "subject": name,
            "possible": counted("{n} possible change", "{n} possible changes", told[1])}  # fmt: skip
    if history["year"]:
        return _("What changed in {year}: {lasting} and {possible}. Regimes are those of {subject}.",
                 year=history["year"], **said)  # fmt: skip
    return _("What changed: {lasting} and {possible}. Regimes are those of {subject}.", **said)


def _line(one: Mapping[str, Any], units: UnitSystem) -> ChangeLine:
    what = subject(one["subject"])
    rose = one["after"] > one["before"]
    sure = one["certainty"] == "lasting"
    if sure:
        title = (_("{subject} rose lastingly around {when} ({share}).") if rose else
                 _("{subject} fell lastingly around {when} ({share})."))  # fmt: skip
    else:
        title = (_("{subject} may have risen lastingly around {when} ({share}).") if rose else
                 _("{subject} may have fallen lastingly around {when} ({share})."))  # fmt: skip
    when = numbers.short_date(one["day"])
    if one["low"] != one["high"]:
        when = f"{when}, {numbers.between_dates(one['low'], one['high'])}"
    title = title.format(subject=capital(what.name), when=when, share=numbers.percent(one["relative"], signed=True))
    before, after = (
        counted("{value} ({n} week)", "{value} ({n} weeks)", one[f"weeks_{side}"],
                value=numbers.quantity(one[side], what.kind, units))
        for side in ("before", "after")
    )  # fmt: skip
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
