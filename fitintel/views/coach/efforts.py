"""The mean-maximal curves of an athlete: the highest mean power and speed over each duration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.units import UnitSystem, shown
from fitintel.views import dates, numbers
from fitintel.views.charts.plane import Line, PlaneChart
from fitintel.views.charts.spec import Table
from fitintel.views.language import _, counted, marked

NAMED = {"power": marked("Mean-maximal power, cycling"), "speed": marked("Mean-maximal speed, running")}
PLACES = (1, 5, 30, 120, 600, 1800, 7200)
"""s; durations at which the axis is marked"""
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class EffortsView:
    """The charts, how many recordings are still to be read for them, and what is said where there is none."""

    charts: tuple[PlaneChart, ...]
    waiting: int
    said: str


def efforts(found: Mapping[str, Any] | None, units: UnitSystem) -> EffortsView:
    """What is seen of the curves; None: they are not shared with who reads."""
    if found is None:
        return EffortsView((), 0, _("Recordings and their samples are not shared with you."))
    charts = tuple(chart for name in NAMED if (chart := _chart(found, name, units)) is not None)
    said = ""
    if found["waiting"]:
        said = counted("{n} recording is still to be read.", "{n} recordings are still to be read.", found["waiting"])
    elif not charts:
        said = _("No recording with samples of power or running speed is here: a curve is made of those.")
    return EffortsView(charts, found["waiting"], said)


def lasting(seconds: float) -> str:
    """A duration of the axis, as short as it can be said.

    >>> lasting(5), lasting(300), lasting(7200)
    ('5 s', '5 min', '2 h')
    """
    if seconds < MINUTE:
        return f"{numbers.plain(seconds)} s"
    return f"{numbers.plain(seconds / MINUTE)} min" if seconds < HOUR else f"{numbers.plain(seconds / HOUR)} h"


def scale(channel: str, units: UnitSystem) -> tuple[float, str]:
    """(SI units in one unit that is shown, its name) of the curve of a channel.

    >>> scale("power", UnitSystem.METRIC)
    (1.0, 'W')
    """
    how = shown("speed", units)
    return (1.0, "W") if channel == "power" else (how.si, how.unit)


def best_text(value: float, scaled: tuple[float, str]) -> str:
    """A point of a curve [SI] in the unit of its scale.

    >>> best_text(251.6, (1.0, "W"))
    '252 W'
    """
    si, unit = scaled
    return f"{numbers.plain(value / si, 0 if unit == 'W' else 1)} {unit}"


def _chart(found: Mapping[str, Any], name: str, units: UnitSystem) -> PlaneChart | None:
    si, unit = scale(name, units)
    windows = {"all": (_("ever"), "quiet"), "recent": (_("last {n} days", n=found["recent_days"]), "accent")}
    lines = []
    for window, (words, colour) in windows.items():
        best = found[name][window]["best"]
        points = [(float(at), value / si) for at, value in zip(found["durations"], best, strict=True)
                  if value is not None]  # fmt: skip
        if len(points) > 1:
            lines.append(Line(words, colour, tuple(at for at, _value in points),
                              tuple(value for _at, value in points), dots=True))  # fmt: skip
    if not lines:
        return None
    rows = tuple(
        (lasting(at), *(_cell(found[name][window], place, si, unit) for window in windows))
        for place, at in enumerate(found["durations"])
        if found[name]["all"]["best"][place] is not None
    )
    told = "; ".join(f"{row[0]}: {row[1]}" for row in rows)
    n = found[name]["all"]["n"]
    return PlaneChart(
        f"efforts-{name}", _(NAMED[name]), _("Highest mean over a duration: {list}.", list=told), _("duration"), unit,
        tuple(lines), Table((_("Over"), *(words for words, _colour in windows.values())), rows),
        caption=counted("Of {n} recording; what was done, not what can be done.",
                        "Of {n} recordings; what was done, not what can be done.", n),
        places=tuple((float(at), lasting(at)) for at in PLACES),
    )  # fmt: skip


def _cell(window: Mapping[str, Any], place: int, si: float, unit: str) -> str:
    value, day = window["best"][place], window["day"][place]
    if value is None:
        return ""
    return f"{best_text(value, (si, unit))}, {dates.short_date(int(day))}"
