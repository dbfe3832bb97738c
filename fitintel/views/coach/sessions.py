"""The form with which a coach changes what is planned: a session of the days ahead, or one that is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core import days
from fitintel.core.sports import SPORTS
from fitintel.core.units import UnitSystem, shown
from fitintel.views.language import _
from fitintel.views.words.sports import sport


@dataclass(frozen=True, slots=True)
class SessionForm:
    """One planned session as it can be typed. `key` is empty for a new one."""

    key: str
    title: str
    day: str
    sports: tuple[tuple[str, str], ...]
    sport: str
    duration: str
    distance: str
    rpe: str
    notes: str


def key_of(day: int, number: int) -> str:
    """The name of a planned session in an address.

    >>> key_of(20781, 2)
    '2026-11-24.2'
    """
    return f"{days.iso(day)}.{number}"


def of_key(key: str) -> tuple[str, int] | None:
    """Day and number of a planned session; None for what names none.

    >>> of_key("2026-11-24.2"), of_key("x")
    (('2026-11-24', 2), None)
    """
    day, _dot, number = key.rpartition(".")
    return (day, int(number)) if day and number.isdecimal() and len(number) == 1 else None


def session_form(found: Sequence[Mapping[str, Any]], key: str, day: int, units: UnitSystem) -> SessionForm:
    """The form for the session `key` of the days around; for a new one on the day after, where there is none."""
    sports, far = tuple((name, sport(name)) for name in SPORTS), shown("distance", units)
    for one in found:
        for plan in one["planned"]:
            if key and key_of(one["day"], plan["number"]) == key:
                return SessionForm(
                    key, _("Change what is planned"), days.iso(one["day"]), sports, plan["sport"],
                    _said(plan["duration"], 60, "min"),
                    _said(plan["distance"], far.si, far.unit), "" if plan["rpe"] is None else f"{plan['rpe']:g}",
                    plan["notes"],
                )  # fmt: skip
    latest = [plan["sport"] for one in found for plan in one["planned"]]
    return SessionForm("", _("Plan a session"), days.iso(day + 1), sports, latest[-1] if latest else "running", "", "",
                       "", "")  # fmt: skip


def _said(value: float | None, si: float, unit: str) -> str:
    """As it is typed, in every language alike: no figure that is read, but one that is sent back."""
    return f"{value / si:.6g} {unit}" if value else ""
