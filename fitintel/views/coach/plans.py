"""PlansView: two plans side by side, each with its interval, and what moves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.core import days
from fitintel.core.plans import Outlook, WeeklyPlan
from fitintel.core.records import Athlete
from fitintel.views import dates, numbers
from fitintel.views.charts.spec import Band, Form, Panel, Series, Table, TimeChart
from fitintel.views.coach.address import Address
from fitintel.views.language import _, spoken
from fitintel.views.what_if import outlook_notes, outlook_rows

WEEK = 7
NAMES = ("A", "B")
COLOURS = ("accent", "second")
LIMITS = {"sessions": (0.0, 14.0, 0.5), "ramp": (-20.0, 20.0, 1.0), "taper": (0.0, 21.0, 1.0)}
"""slider -> least, most, step; ramp in percent a week"""
WEEKS = (4, 16)
START = "4,0,0,0;5,3,7,0;8"
"""Plans of a page whose address says none: sessions, ramp, taper, week missed (0: none), twice, and weeks ahead."""


@dataclass(frozen=True, slots=True)
class Slider:
    """One thing that can be moved."""

    name: str
    label: str
    value: str
    low: str
    high: str
    step: str
    unit: str


@dataclass(frozen=True, slots=True)
class PlanForm:
    """One plan's sliders."""

    name: str
    sliders: tuple[Slider, ...]


@dataclass(frozen=True, slots=True)
class PlansView:
    """The page."""

    title: str
    address: Address
    language: str
    athlete: str
    athletes: tuple[tuple[str, str], ...]
    chosen: str
    forms: tuple[PlanForm, ...]
    weeks: Slider
    chart: TimeChart | None
    table: Table
    notes: tuple[str, ...]
    runs: tuple[str, ...]


def plans_of(said: str) -> tuple[tuple[WeeklyPlan, ...], int]:
    """The plans that an address says, and the weeks ahead; what cannot be read is as the page begins.

    >>> plans, weeks = plans_of("4,0,0,0;5,3,7,2;8")
    >>> plans[1].sessions, plans[1].ramp, plans[1].taper, plans[1].miss, weeks
    (5.0, 0.03, 7, 2, 8)
    """
    try:
        *told, weeks = (said or START).split(";")
        ahead = min(max(int(weeks), WEEKS[0]), WEEKS[1])
        plans = []
        for name, one in zip(NAMES, told, strict=True):
            sessions, ramp, taper, miss = (float(value) for value in one.split(","))
            plans.append(WeeklyPlan(name, _in("sessions", sessions), _in("ramp", ramp) / 100, int(_in("taper", taper)),
                                    min(int(miss), ahead) if miss >= 1 else None))  # fmt: skip
    except ValueError:
        return plans_of(START)
    return tuple(plans), ahead


def said_of(fields: dict[str, str]) -> str:
    """What the form sends, as the address says it."""
    plans = [",".join(fields.get(f"{name}-{what}", "0") for what in ("sessions", "ramp", "taper", "miss"))
             for name in NAMES]  # fmt: skip
    return ";".join([*plans, fields.get("weeks", "8")])


def plans_view(outlook: Outlook, athlete: Athlete, address: Address, athletes: Sequence[Athlete]) -> PlansView:
    """What is seen of two plans."""
    enough = outlook.value["verdict"] == "ok"
    header, rows = outlook_rows(outlook) if enough else ((), [])
    title = _("What-if for {athlete}", athlete=athlete.name)
    return PlansView(
        title, address, spoken(), athlete.name, tuple((one.id, one.name) for one in athletes), athlete.id,
        tuple(_form(plan, outlook.weeks) for plan in outlook.plans),
        Slider("weeks", _("Weeks ahead"), str(outlook.weeks), str(WEEKS[0]), str(WEEKS[1]), "1", ""),
        _chart(outlook, athlete) if enough else None, Table(header, tuple(rows)), tuple(outlook_notes(outlook)),
        outlook.run_ids,
    )  # fmt: skip


def _in(name: str, value: float) -> float:
    low, high, _step = LIMITS[name]
    if value != value:
        raise ValueError(name)
    return min(max(value, low), high)


def _form(plan: WeeklyPlan, weeks: int) -> PlanForm:
    told = {
        "sessions": (_("Sessions a week"), plan.sessions, ""),
        "ramp": (_("Change of load a week"), plan.ramp * 100, "%"),
        "taper": (_("Taper at the end"), plan.taper, _("days")),
    }  # fmt: skip
    sliders = [
        Slider(f"{plan.name}-{name}", label, f"{value:g}", f"{LIMITS[name][0]:g}", f"{LIMITS[name][1]:g}",
               f"{LIMITS[name][2]:g}", unit)
        for name, (label, value, unit) in told.items()
    ]  # fmt: skip
    miss = Slider(f"{plan.name}-miss", _("Week missed (0: none)"), str(plan.miss or 0), "0", str(weeks), "1", "")
    return PlanForm(_("Plan {name}", name=plan.name), (*sliders, miss))


def _chart(outlook: Outlook, athlete: Athlete) -> TimeChart:
    value = outlook.value
    first = outlook.day + 1
    at = tuple(first + WEEK * place for place in range(outlook.weeks))
    series, bands, told = [], [], []
    for place, plan in enumerate(outlook.plans):
        name = _("Plan {name}", name=plan.name)
        middle, low, high = (tuple(float(x) for x in value[part][place]) for part in ("ctl", "ctl_low", "ctl_high"))
        series.append(Series(name, Form.STEPS, COLOURS[place], at, middle, WEEK))
        bands.append(Band(_("{name}, 80 % interval", name=name), COLOURS[place], at, low, high, WEEK))
        told.append(_("{name} ends at {value} ({low} to {high})", name=name, value=numbers.plain(middle[-1]),
                      low=numbers.plain(low[-1]), high=numbers.plain(high[-1])))  # fmt: skip
    rows = tuple(
        (dates.date(day), *(numbers.plain(value["ctl"][place][week]) + " ("
                            + numbers.span(numbers.plain(value["ctl_low"][place][week]),
                                           numbers.plain(value["ctl_high"][place][week])) + ")"
                            for place in range(len(outlook.plans))))
        for week, day in enumerate(at)
    )  # fmt: skip
    return TimeChart(
        "plans", _("CTL under each plan"),
        _("CTL of {athlete} week by week from {day}: {list}.", athlete=athlete.name, day=days.iso(first),
          list="; ".join(told)),
        (Panel("", tuple(series), tuple(bands)),), Table((_("Week of"), *(one.name for one in series)), rows),
        wide=True, caption=_("Lines: middle of what may come. Bands: 80 % intervals."),
    )  # fmt: skip
