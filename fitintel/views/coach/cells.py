"""Cells of a row of the squad: readiness, load against the athlete's own norm, plan, freshness."""

from __future__ import annotations

from dataclasses import dataclass

from fitintel.core.standing import Standing
from fitintel.core.units import UnitSystem
from fitintel.views import dates, numbers
from fitintel.views.language import _, counted, marked
from fitintel.views.svg import spark
from fitintel.views.words.readiness import named

UNKNOWN = marked("not known")
CONFIDENCE = {"high": marked("confidence high"), "medium": marked("confidence medium"),
              "low": marked("confidence low")}  # fmt: skip
AWAY = {
    "ill": marked("ill"), "injured": marked("injured"), "travelling": marked("travelling"),
    "holiday": marked("on holiday"), "not_synchronised": marked("not synchronised"), "other": marked("excused"),
}  # fmt: skip
"""reason of excused days -> status"""
VERDICT = {"higher": marked("above own norm"), "lower": marked("below own norm"), "usual": marked("as usual")}
SIGN = {"go": "✓", "go easy": "→", "recover": "↘", "rest": "↘"}

STALE_DAYS = 3
"""d. Nothing recorded for longer than this: the row is greyed, for what it says is old."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with its name; `mark` is a drawing made here."""

    code: str
    name: str
    value: str
    note: str = ""
    mark: str = ""
    sign: str = ""


def status(reason: str) -> str:
    """Why an athlete is away, in words; empty for one in training."""
    return _(AWAY.get(reason, AWAY["other"])) if reason else ""


def is_stale(one: Standing) -> bool:
    """Whether nothing was recorded for days."""
    return one.last_day is None or one.day - one.last_day > STALE_DAYS


def freshness(one: Standing) -> str:
    """The last workout, and how long ago."""
    if not one.brief_id:
        return _("The brief of this day is being made.")
    if one.last_day is None:
        return _("No workouts yet")
    late = one.day - one.last_day
    day = dates.date(one.last_day)
    if late <= 0:
        return _("Last workout {day}, the same day", day=day)
    return counted("Last workout {day}, {n} day ago", "Last workout {day}, {n} days ago", late, day=day)


def next_event(one: Standing) -> str:
    """The next day to be ready for."""
    found = one.lines.get("goal_event")
    if found is None:
        return ""
    values = found.insight.values
    return counted("{name} in {n} day", "{name} in {n} days", values["ahead"], name=values["name"])


def cells(one: Standing, units: UnitSystem) -> tuple[Cell, ...]:
    """The figures that are scanned, each as the brief has it."""
    return _readiness(one), _load(one, units), _plan(one), _balance(one)


def weeks_drawing(one: Standing, units: UnitSystem) -> tuple[str, str]:
    """The last complete weeks as a drawing, and the latest in words."""
    if not one.weeks:
        return "", ""
    known = [value for value in one.values if value is not None]
    latest = one.values[-1]
    told = _("last week {value}", value=numbers.quantity(latest, one.subject, units)) if latest is not None else \
        _("last week not known")  # fmt: skip
    title = counted("The last {n} week", "The last {n} weeks", len(one.weeks))
    said = title
    if known:
        said = _("{weeks}: between {low} and {high}, {latest}.", weeks=title, latest=told,
                 low=numbers.quantity(min(known), one.subject, units),
                 high=numbers.quantity(max(known), one.subject, units))  # fmt: skip
    return spark.weeks(one.athlete.id, one.values, said, title), told


def _readiness(one: Standing) -> Cell:
    name = _("Readiness")
    found = one.lines.get("readiness_verdict")
    if found is None:
        few = one.lines.get("readiness_insufficient")
        note = _("{n} of {nights} nights measured", n=few.insight.values["n"],
                 nights=few.insight.values["nights"]) if few else ""  # fmt: skip
        return Cell("readiness", name, _(UNKNOWN), note)
    values = found.insight.values
    return Cell("readiness", name, named(values), _(CONFIDENCE[values["confidence"]]), sign=SIGN[values["verdict"]])


def _load(one: Standing, units: UnitSystem) -> Cell:
    found, name = one.lines.get("load_week"), _("Last week")
    if found is None:
        return Cell("load", name, _(UNKNOWN))
    values = found.insight.values
    told = numbers.quantity(values["value"], "duration", units)
    if not (numbers.known(values.get("low")) and numbers.known(values.get("high"))):
        return Cell("load", name, told)
    verdict = _(VERDICT.get(values["verdict"], VERDICT["usual"]))
    norm = numbers.between(values["low"], values["high"], "duration", units)
    said = _("{value} of training; own norm {norm}", value=told, norm=norm)
    mark = spark.norm(one.athlete.id, values["value"], values["low"], values["high"], said, name)
    return Cell("load", name, told, verdict, mark)


def _plan(one: Standing) -> Cell:
    found, name = one.lines.get("week_plan"), _("Plan")
    if found is None:
        return Cell("plan", name, _("no plan"))
    values = found.insight.values
    left = counted("{n} to come", "{n} to come", values["left"])
    if not values["due"]:
        return Cell("plan", name, _("nothing due yet"), left)
    missed = counted("{n} not done", "{n} not done", values["missed"]) if values["missed"] else left
    return Cell("plan", name, _("{met} of {due} done", met=values["met"], due=values["due"]), missed)


def _balance(one: Standing) -> Cell:
    found = one.lines.get("load_state")
    if found is None:
        return Cell("balance", _("CTL, ATL, TSB"), _(UNKNOWN))
    values = found.insight.values
    shown = [numbers.plain(values[name]) for name in ("ctl", "atl", "tsb")]
    return Cell("balance", _("CTL, ATL, TSB"), ", ".join(shown))
