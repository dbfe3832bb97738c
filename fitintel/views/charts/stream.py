"""Samples of a workout over time, without a map: one panel a channel, as recorded and repaired."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core.units import UnitSystem, shown
from fitintel.views import numbers, theme
from fitintel.views.charts.figure import colour, template
from fitintel.views.charts.plane import Line, PlaneChart
from fitintel.views.charts.spec import Table
from fitintel.views.language import _, marked

CHANNELS: tuple[tuple[str, str, str], ...] = (
    ("hr", marked("Heart rate"), "heart rate"), ("speed", marked("Speed"), "speed"),
    ("power", marked("Power"), "power"),
    ("cadence", marked("Cadence"), "cadence"), ("elevation", marked("Elevation"), "elevation"),
)  # fmt: skip
"""channel -> its name and quantity; a position is never drawn."""
UNITS = {"heart rate": "bpm", "power": "W", "cadence": "1/min"}
MOST = 600
"""points drawn of one channel"""
BETWEEN = 0.06
PANEL = 120
"""px"""
EVERY = 5
"""minutes between rows of the table behind a chart"""


@dataclass(frozen=True, slots=True)
class Stream:
    """One channel over time."""

    channel: str
    name: str
    unit: str
    minute: tuple[float, ...]
    value: tuple[float | None, ...]
    recorded: tuple[float | None, ...] = ()
    """as recorded, where a repair changed it"""
    recorded_minute: tuple[float, ...] = ()


def streams(repaired: Mapping[str, Any], recorded: Mapping[str, Any], units: UnitSystem) -> tuple[Stream, ...]:
    """The channels that are there, in the reader's units. Samples: `time` [s] and channels, SI."""
    if not len(repaired.get("time", ())):
        return ()
    time = [float(value) for value in repaired["time"]]
    past = [float(value) for value in recorded.get("time", ())]
    found = []
    for channel, name, kind in CHANNELS:
        if channel not in repaired:
            continue
        values = _drawn(repaired[channel], kind, units)
        if not any(value is not None for value in values):
            continue
        before = _drawn(recorded[channel], kind, units) if past and channel in recorded else values
        differs = before != values
        # a repair may take samples away or move them; where it does not, the two are drawn at the same times
        then = _places(before)
        places = then if past == time else _places(values)
        recorded_minute, as_recorded = _at(then, past, before, time[0]) if differs else ((), ())
        found.append(Stream(channel, _(name), _unit(kind, units), *_at(places, time, values, time[0]), as_recorded,
                            recorded_minute))  # fmt: skip
    return tuple(found)


def stream_alt(found: Sequence[Stream]) -> str:
    """The streams in words: from where to where each goes."""
    return " ".join(
        _("{channel} over the workout: {low} to {high} {unit}.", channel=one.name, low=numbers.plain(min(known), 1),
          high=numbers.plain(max(known), 1), unit=one.unit)
        for one in found if (known := [value for value in one.value if value is not None])
    )  # fmt: skip


def stream_charts(found: Sequence[Stream]) -> tuple[PlaneChart, ...]:
    """Each stream as a chart of its own, with its table."""
    return tuple(_chart(one) for one in found)


def _chart(one: Stream) -> PlaneChart:
    lines = [Line(_("repaired") if one.recorded else one.name, "accent", one.minute, one.value)]
    if one.recorded:
        lines.insert(0, Line(_("as recorded"), "second", one.recorded_minute, one.recorded, dashed=True))
    caption = _("Dotted: as recorded. Line: repaired.") if one.recorded else ""
    return PlaneChart(f"stream-{one.channel}", one.name, stream_alt([one]), _("min"), one.unit, tuple(lines),
                      _minutes(lines, one.unit), caption=caption)  # fmt: skip


def _minutes(lines: Sequence[Line], unit: str) -> Table:
    """Every fifth minute of each line: its first value there."""
    rows: dict[int, dict[str, str]] = {}
    for line in lines:
        for x, y in zip(line.x, line.y, strict=True):
            if y is not None and int(x) % EVERY == 0:
                rows.setdefault(int(x), {}).setdefault(line.name, f"{numbers.plain(y, 1)} {unit}")
    names = [line.name for line in lines]
    return Table((_("Minute"), *names), tuple((numbers.plain(minute), *(cells.get(name, "") for name in names))
                                              for minute, cells in sorted(rows.items())))  # fmt: skip


def stream_figure(found: Sequence[Stream], *, dark: bool = False) -> dict[str, Any]:
    """The streams as a Plotly figure, one above the other over one axis of time."""
    palette = theme.DARK if dark else theme.LIGHT
    room = (1 - BETWEEN * (len(found) - 1)) / max(1, len(found))
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "height": 60 + PANEL * len(found), "template": template(dark=dark),
        "showlegend": any(one.recorded for one in found),
        "xaxis": {"title": {"text": "min"}, "anchor": "free", "position": 0}, "hovermode": "x unified",
    }  # fmt: skip
    for place, one in enumerate(found):
        axis = "y" if place == 0 else f"y{place + 1}"
        top = 1 - place * (room + BETWEEN)
        title = {"text": f"{one.name}, {one.unit}", "font": {"size": 11}}
        layout[axis.replace("y", "yaxis")] = {"domain": [max(0.0, top - room), top], "nticks": 4, "title": title}
        traces = [(_("as recorded"), one.recorded_minute, one.recorded, "quiet", 1.0)] if one.recorded else []
        traces.append((_("repaired") if one.recorded else one.name, one.minute, one.value, "accent", 1.6))
        for name, minutes, values, role, width in traces:
            data.append({"type": "scatter", "mode": "lines", "name": name, "x": list(minutes), "y": list(values),
                         "yaxis": axis, "connectgaps": False, "legendgroup": name,
                         "showlegend": bool(one.recorded) and name not in {each["name"] for each in data},
                         "line": {"color": colour(role, palette), "width": width},
                         "hovertemplate": f"%{{y:,.1f}} {one.unit}"})  # fmt: skip
    return {"data": data, "layout": layout}


def _drawn(values: Any, kind: str, units: UnitSystem) -> list[float | None]:
    factor = shown(kind, units).si if kind in ("speed", "elevation") else 1.0
    return [float(value) / factor if value is not None and math.isfinite(value) else None for value in values]


def _unit(kind: str, units: UnitSystem) -> str:
    return UNITS[kind] if kind in UNITS else shown(kind, units).unit


def _at(
    places: Sequence[int], time: Sequence[float], values: Sequence[float | None], begin: float
) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    return tuple((time[at] - begin) / 60 for at in places), tuple(values[at] for at in places)


def _places(values: Sequence[float | None]) -> list[int]:
    """Which samples are drawn: of each stretch the lowest and the highest, so that a spike stays to be seen."""
    if len(values) <= MOST:
        return list(range(len(values)))
    size = math.ceil(2 * len(values) / MOST)
    chosen: list[int] = []
    for start in range(0, len(values), size):
        part = range(start, min(start + size, len(values)))
        there = [at for at in part if values[at] is not None]
        if not there:
            chosen.append(start)
            continue
        ends = {min(there, key=lambda at: values[at] or 0.0), max(there, key=lambda at: values[at] or 0.0)}
        chosen += sorted(ends)
    return chosen
