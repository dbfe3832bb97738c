"""Laps of a TCX activity and what they add up to. A figure that cannot be is left out of its lap, and said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from fitintel.core.units import JOULE_PER_KCAL
from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.axis import FIRST
from fitintel.ingest.xml.document import Document
from fitintel.ingest.xml.instants import instant
from fitintel.ingest.xml.numbers import Floats, number
from fitintel.ingest.xml.safe import Remark

MAX_LAPS = 50_000
FIGURES: dict[str, tuple[tuple[str, ...], float]] = {
    "duration": (("TotalTimeSeconds",), 1.0), "distance": (("DistanceMeters",), 1.0),
    "speed_max": (("MaximumSpeed",), 1.0), "energy": (("Calories",), JOULE_PER_KCAL),
    "hr_mean": (("AverageHeartRateBpm", "Value"), 1.0), "hr_max": (("MaximumHeartRateBpm", "Value"), 1.0),
    "cadence": (("Cadence",), 1.0), "speed_mean": (("Extensions", "LX", "AvgSpeed"), 1.0),
    "power_mean": (("Extensions", "LX", "AvgWatts"), 1.0), "power_max": (("Extensions", "LX", "MaxWatts"), 1.0),
    "steps": (("Extensions", "LX", "Steps"), 1.0),
}  # fmt: skip
"""key of core.recording.SUMMARY -> path below the lap, factor"""
RUN_CADENCE = ("Extensions", "LX", "AvgRunCadence")
NEVER_ZERO = ("hr_mean", "hr_max", "duration")
"""figures of which 0 means 'none'"""
FURTHEST = 86_400.0
"""s that a lap may start before or after the points that it holds; more is a broken clock"""


def read(found: Document, rows: Ints, time: Floats, lap_of: Ints) -> tuple[list[dict[str, Any]], list[Remark]]:
    """Laps in the order of the file: start, end [s], what the device says, and why each was begun.

    Args:
        found: the document.
        rows: its laps.
        time: times of the placed points of the activity [s], sorted, shape (n,).
        lap_of: for each of them the index of its lap, -1 for none, shape (n,).
    """
    made: list[dict[str, Any]] = []
    remarks: list[Remark] = []
    if len(rows) > MAX_LAPS:
        remarks.append(("tcx_lap_odd", f"{len(rows)} laps; {MAX_LAPS} are kept"))
    for place, row in enumerate(rows[:MAX_LAPS].tolist()):
        figures, odd = _figures(found, row)
        own = time[lap_of == place] if len(rows) <= 64 else _own(time, lap_of, place)
        told = instant(found.attribute(row, "StartTime") or "")
        start = math.nan if told is None or told[0] < FIRST else told[0]
        if len(own) and not abs(start - float(own[0])) <= FURTHEST:
            odd.append("StartTime")
            start = float(own[0])
        if math.isnan(start):
            remarks.append(("tcx_lap_odd", f"lap {place + 1} has neither a start nor a point, and is left out"))
            continue
        if odd:
            remarks.append(("tcx_lap_odd", f"lap {place + 1}: {', '.join(odd)} cannot be and is left out"))
        end = max([start + figures.get("duration", 0.0), *own[-1:].tolist()])
        for key, name in (("intensity", "Intensity"), ("trigger", "TriggerMethod")):
            word = found.word(found.child(row, name))
            if word:
                figures[key] = word[:60]
        made.append({"start": start, "end": end, **figures})
    for lap, after in pairwise(made):
        if lap["start"] < after["start"] < lap["end"]:
            lap["end"] = after["start"]
    return made, remarks


def totals(laps: Sequence[dict[str, Any]]) -> dict[str, float]:
    """What the laps add up to: sums, highest values, means weighted by duration.

    A mean is given only where every lap with a duration has it.

    >>> totals([{"duration": 60.0, "hr_mean": 120.0}, {"duration": 180.0, "hr_mean": 160.0}])
    {'duration': 240.0, 'hr_mean': 150.0, 'laps': 2.0}
    """
    whole: dict[str, float] = {}
    for key in ("duration", "distance", "energy", "steps"):
        values = [lap[key] for lap in laps if key in lap]
        if values:
            whole[key] = math.fsum(values)
    for key in ("hr_max", "speed_max", "power_max"):
        values = [lap[key] for lap in laps if key in lap]
        if values:
            whole[key] = max(values)
    timed = [lap for lap in laps if lap.get("duration")]
    weight = math.fsum(lap["duration"] for lap in timed)
    for key in ("hr_mean", "power_mean", "cadence"):
        if timed and all(key in lap for lap in timed):
            whole[key] = math.fsum(lap[key] * lap["duration"] for lap in timed) / weight
    if laps:
        whole["laps"] = float(len(laps))
    return whole


def _figures(found: Document, row: int) -> tuple[dict[str, Any], list[str]]:
    figures: dict[str, Any] = {}
    odd = []
    for key, (path, factor) in FIGURES.items():
        at = found.child(row, *path)
        if at is None and key == "cadence":
            at = found.child(row, *RUN_CADENCE)
        text = found.word(at)
        if not text:
            continue
        value = number(text)
        if value is None or value < 0 or (value == 0 and key in NEVER_ZERO):
            odd.append(f"{path[0] if path[0] != 'Extensions' else path[-1]} {text[:20]}")
        else:
            figures[key] = value * factor
    return figures, odd


def _own(time: Floats, lap_of: Ints, place: int) -> Floats:
    """Times of one lap of many; laps are stretches unless points were out of order."""
    first, stop = np.searchsorted(lap_of, [place, place + 1])
    return time[first:stop]
