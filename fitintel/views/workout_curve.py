"""The mean-maximal curves of one recording, each beside the best that the athlete ever did over a duration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.units import UnitSystem
from fitintel.views.charts.plane import Line, PlaneChart
from fitintel.views.charts.spec import Table
from fitintel.views.coach.efforts import PLACES, best_text, lasting, scale
from fitintel.views.language import _, marked

TITLES = {"power": marked("Highest mean power"), "speed": marked("Highest mean speed")}


def workout_curves(found: Mapping[str, Any], units: UnitSystem) -> tuple[PlaneChart, ...]:
    """A chart for each channel of `found` (`of_workout` of workbench.mean_maximal); none without samples."""
    durations = found["durations"]
    return tuple(_chart(channel, durations, curve, units) for channel, curve in found["channels"].items())


def _chart(channel: str, durations: Sequence[int], curve: Mapping[str, Any], units: UnitSystem) -> PlaneChart:
    scaled = scale(channel, units)
    mine, ever = curve["best"], curve["ever"] or [None] * len(durations)
    lines = [Line(_("this workout"), "accent", *_points(durations, mine, scaled[0]), dots=True)]
    before = _points(durations, [value if own is not None else None for own, value in zip(mine, ever, strict=True)],
                     scaled[0])  # fmt: skip
    compared = bool(before[0])
    if compared:
        lines.insert(0, Line(_("best that counts, to that day"), "quiet", *before, dots=True))
    rows = [
        (lasting(at), best_text(value, scaled), *([best_text(best, scaled) if best is not None else ""]
                                                  if compared else []))
        for at, value, best in zip(durations, mine, ever, strict=True) if value is not None
    ]  # fmt: skip
    longest = max(at for at, value in zip(durations, mine, strict=True) if value is not None)
    header = (_("Over"), _("this workout"), *([_("best that counts, to that day")] if compared else []))
    caption = _("The best is of the recordings that are read so far.") if compared else ""
    return PlaneChart(
        f"curve-{channel}", _(TITLES[channel]), _("Highest mean over a duration: {list}.",
                                                  list="; ".join(f"{row[0]}: {row[1]}" for row in rows)),
        _("duration"), scaled[1], tuple(lines), Table(header, tuple(rows)), caption=caption,
        places=tuple((float(at), lasting(at)) for at in PLACES if at <= longest),
    )  # fmt: skip


def _points(
    durations: Sequence[int], values: Sequence[float | None], si: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    known = [(float(at), value / si) for at, value in zip(durations, values, strict=True) if value is not None]
    return tuple(at for at, _value in known), tuple(value for _at, value in known)
