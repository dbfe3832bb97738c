"""OutlookView: plans side by side, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fitintel.core import days
from fitintel.core.plans import Outlook, WeeklyPlan
from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted, marked
from fitintel.views.words.terms import method

UNSAID = {
    "insufficient": marked(
        "Performance is not predicted: {n} dated tests are stated, and 8 over 60 days are needed to see whether a "
        "model of load and performance fits you."
    ),
    "not better": marked(
        "Performance is not predicted: on your {n} tests the impulse-response model was no better than the last test. "
        "Load only."
    ),
    "better than the last test": marked(
        "On your {n} tests the impulse-response model was better than the last test; its prediction is not shown here, "
        "for it rests on so few."
    ),
}
"""verdict on the impulse-response model -> what is said"""


def plan_words(plan: WeeklyPlan) -> str:
    """One plan as a phrase.

    >>> plan_words(WeeklyPlan("A", 4, 0.05, 7, 3))
    '4 sessions a week, +5 % a week, 7 days of taper, week 3 missed'
    """
    sessions = numbers.plain(plan.sessions, 0 if float(plan.sessions).is_integer() else 1)
    parts = [chosen("{n} session a week", "{n} sessions a week", plan.sessions, n=sessions)]
    if plan.ramp:
        parts.append(_("{change} a week", change=numbers.percent(plan.ramp, signed=True)))
    if plan.taper:
        parts.append(counted("{n} day of taper", "{n} days of taper", plan.taper))
    if plan.miss:
        parts.append(_("week {n} missed", n=plan.miss))
    return ", ".join(parts)


def outlook_rows(outlook: Outlook) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(header, rows): one row a plan."""
    header: tuple[str, ...] = (
        _("Plan"), "", _("Load in all"), _("Heaviest week"), _("CTL at the end"), _("TSB after"),
        _("CTL beside the first"),
    )  # fmt: skip
    value = outlook.value
    rows: list[tuple[str, ...]] = []
    for place, plan in enumerate(outlook.plans):
        week = value["week_load"][place]
        rows.append((
            plan.name, plan_words(plan), numbers.plain(sum(week)), numbers.plain(max(week)),
            _with(value["ctl"][place][-1], value["ctl_low"][place][-1], value["ctl_high"][place][-1]),
            _with(value["tsb"][place], value["tsb_low"][place], value["tsb_high"][place]),
            "" if place == 0 else _with(value["difference"][place], value["difference_low"][place],
                                        value["difference_high"][place], signed=True),
        ))  # fmt: skip
    return header, rows


def _with(value: float, low: float, high: float, *, signed: bool = False) -> str:
    shown = [numbers.plain(each, signed=signed) for each in (value, low, high)]
    return f"{shown[0]} ({numbers.span(shown[1], shown[2])})"


def outlook_notes(outlook: Outlook) -> list[str]:
    """What is to be known of the figures."""
    value = outlook.value
    if value["verdict"] == "insufficient":
        return [_("Too few weeks of load to look ahead from: {n} of {needed}.", n=value["n"], needed=value["needed"])]
    return [
        counted("From {day}, {n} week ahead; CTL today {ctl}. A session is a usual training day of yours: a load of "
                "{load} ({method}).",
                "From {day}, {n} weeks ahead; CTL today {ctl}. A session is a usual training day of yours: a load of "
                "{load} ({method}).", outlook.weeks, day=numbers.date(outlook.day), method=method(outlook.method),
                ctl=numbers.plain(value["ctl_now"]), load=numbers.plain(value["session"])),
        counted("In brackets: 80 % interval from how your last {n} week differed from the month before each. All plans "
                "meet the same luck, so that their difference is surer than each alone.",
                "In brackets: 80 % interval from how your last {n} weeks differed from the month before each. All "
                "plans meet the same luck, so that their difference is surer than each alone.", value["n"]),
        _("CTL and TSB are smoothed loads, not fitness or form."),
        _(UNSAID[outlook.performance], n=outlook.tests),
    ]  # fmt: skip


def outlook_dict(outlook: Outlook) -> dict[str, Any]:
    """Plain values."""
    value = outlook.value
    plans = []
    for place, plan in enumerate(outlook.plans):
        found = {name: value[name][place] for name in value if isinstance(value[name], list)}
        plans.append({"name": plan.name, "said": plan_words(plan), "sessions": plan.sessions, "ramp": plan.ramp,
                      "taper": plan.taper, "miss": plan.miss, **found})  # fmt: skip
    return {
        "athlete": outlook.athlete_id, "day": days.iso(outlook.day), "weeks": outlook.weeks,
        "verdict": value["verdict"], "plans": plans, "notes": outlook_notes(outlook), "runs": list(outlook.run_ids),
        "performance": outlook.performance, "tests": outlook.tests,
        **{name: value[name] for name in ("session", "ctl_now") if name in value},
    }  # fmt: skip


def outlook_lines(outlook: Outlook) -> Iterator[str]:
    """Plain text, plan by plan."""
    if outlook.value["verdict"] != "insufficient":
        header, rows = outlook_rows(outlook)
        for row in rows:
            yield f"{row[0]}: {row[1]}"
            for name, cell in zip(header[2:], row[2:], strict=True):
                if cell:
                    yield f"  {name:<22}{cell}"
    yield from outlook_notes(outlook)
