"""What the device itself says: sessions, laps, lengths, pauses and the activity, as plain rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.ingest.fit import protocol
from fitintel.ingest.fit.clock import Stamps
from fitintel.ingest.fit.decode import Floats, Table
from fitintel.ingest.fit.protocol import EPOCH, Field

MAX_ROWS = 50_000
"""Laps, lengths, events or sessions of one file beyond which the rest is left out."""
ON_FOOT = ("running", "walking", "hiking")


@dataclass(frozen=True, slots=True)
class Session:
    """One session message."""

    sport: str
    source_sport: str
    start: float
    end: float
    device: Mapping[str, float]
    name: str
    linked: bool
    """the device changed sport by itself: this session belongs to the one before"""
    unknown: str
    """a code that the profile does not name"""


def sport_of_codes(sport: float, sub: float) -> tuple[str, str, str]:
    """Our sport, the file's own words, and what is unknown about them.

    >>> sport_of_codes(4, 14), sport_of_codes(10, 20), sport_of_codes(200, float("nan"))
    (('rowing', 'fitness_equipment/indoor_rowing', ''), ('strength', 'training/strength_training', ''),
     ('other', 'sport 200', 'sport 200'))
    """
    if math.isnan(sport):
        return "other", "", ""
    code, under = int(sport), 0 if math.isnan(sub) else int(sub)
    name = protocol.SPORT_NAMES.get(code)
    word = name or f"sport {code}"
    if under in protocol.SUB_SPORT_NAMES:
        word = f"{word}/{protocol.SUB_SPORT_NAMES[under]}"
    ours = protocol.SPORTS.get(code)
    if ours is None and code in (0, 4, 10):  # generic, fitness equipment, training: the sub-sport says which
        ours = protocol.SUB_SPORTS.get(under)
    return ours or "other", word, "" if name else word


def sessions(table: Table | None, stamps: Stamps) -> list[Session]:
    """The session messages in the order of their starts."""
    if table is None:
        return []
    count = min(table.count, MAX_ROWS)
    figures = _figures(table, protocol.SESSION_SUMMARY, protocol.SESSION_CADENCE_FRACTION)
    sport, sub, trigger = (_column(table, number) for number in (5, 6, 28))
    starts, stamp = _column(table, protocol.START_TIME) + EPOCH, stamps.of(table)
    cycles, names = _column(table, protocol.TOTAL_CYCLES), table.texts(110)
    found = []
    for row in range(count):
        device = figures[row]
        ours, word, unknown = sport_of_codes(float(sport[row]), float(sub[row]))
        if ours in ON_FOOT and not math.isnan(cycles[row]):
            device["steps"] = 2.0 * float(cycles[row])  # the device counts strides
        length = device.get("elapsed", device.get("duration", 0.0))
        start = float(starts[row])
        if math.isnan(start):
            start = float(stamp[row]) - length
        end = start + length if length else float(stamp[row])
        end = start if math.isnan(end) else max(end, start)
        linked = trigger[row] == protocol.AUTO_MULTI_SPORT_SESSION
        found.append(Session(ours, word, start, end, device, names[row], bool(linked), unknown))
    return sorted(found, key=lambda one: one.start if not math.isnan(one.start) else math.inf)


def laps(table: Table | None, stamps: Stamps) -> list[dict[str, Any]]:
    """Laps: start, end [s], and what the device says of each."""
    if table is None:
        return []
    figures = _figures(table, protocol.LAP_SUMMARY, protocol.LAP_CADENCE_FRACTION)
    starts, ends = _column(table, protocol.START_TIME) + EPOCH, stamps.of(table)
    found = []
    for row, device in enumerate(figures):
        start, end = float(starts[row]), float(ends[row])
        length = device.get("elapsed", device.get("duration", math.nan))
        start = end - length if math.isnan(start) else start
        end = start + length if math.isnan(end) else end
        if not math.isnan(start) and not math.isnan(end):
            found.append({"start": start, "end": end, **device})
    return found


def lengths(table: Table | None, stamps: Stamps) -> list[dict[str, Any]]:
    """Pool lengths: start, duration [s], strokes, and whether it was swum or a rest."""
    if table is None:
        return []
    starts, ends = _column(table, protocol.START_TIME) + EPOCH, stamps.of(table)
    timer, elapsed = _column(table, 4) / 1000, _column(table, 3) / 1000
    strokes, active = _column(table, 5), _column(table, 12)
    duration = np.where(np.isnan(timer), elapsed, timer)
    starts = np.where(np.isnan(starts), ends - duration, starts)
    return [
        {
            "start": float(starts[row]), "duration": float(duration[row]),
            "strokes": None if math.isnan(strokes[row]) else float(strokes[row]),
            "active": None if math.isnan(active[row]) else bool(active[row]),
        }
        for row in range(min(table.count, MAX_ROWS))
        if not math.isnan(starts[row])
    ]  # fmt: skip


def pauses(table: Table | None, stamps: Stamps) -> list[tuple[float, float]]:
    """From each stop of the timer to the next start [s]; a last stop without a start is the end, not a pause."""
    if table is None:
        return []
    event, kind, when = _column(table, 0), _column(table, 1), stamps.of(table)
    found: list[tuple[float, float]] = []
    stopped: float | None = None
    for row in np.flatnonzero((event == protocol.TIMER_EVENT) & ~np.isnan(when))[:MAX_ROWS].tolist():
        time = float(when[row])
        if kind[row] in protocol.TIMER_STOP:
            stopped = time if stopped is None else stopped
        elif kind[row] in protocol.TIMER_START:
            if stopped is not None and time > stopped:
                found.append((stopped, time))
            stopped = None
    return found


def combined(found: Sequence[Session]) -> dict[str, float]:
    """The device's figures of several legs as those of the whole: sums, highest values, means weighted by duration.

    Figures that do not add up (`weighted_power`, `threshold_power`, `cadence`, speeds) are left to the legs.
    """
    if len(found) == 1:
        return dict(found[0].device)
    whole: dict[str, float] = {}
    sums = ("duration", "distance", "stress_score", "elevation_gain", "elevation_loss", "energy", "steps", "laps",
            "lengths")  # fmt: skip
    for key in sums:
        values = [one.device[key] for one in found if key in one.device]
        if values:
            whole[key] = sum(values)
    for key in ("hr_max", "power_max", "speed_max"):
        values = [one.device[key] for one in found if key in one.device]
        if values:
            whole[key] = max(values)
    for key in ("hr_mean", "power_mean"):
        weighed = [(one.device[key], one.device.get("duration", 0.0)) for one in found if key in one.device]
        weight = sum(duration for _, duration in weighed)
        if weight > 0:
            whole[key] = sum(value * duration for value, duration in weighed) / weight
    whole["elapsed"] = max(one.end for one in found) - found[0].start
    return whole


def _figures(table: Table, spec: Mapping[str, tuple[Field, ...]], fraction: Field) -> list[dict[str, float]]:
    rows: list[dict[str, float]] = [{} for _ in range(min(table.count, MAX_ROWS))]
    for key, fields in spec.items():
        values = table.best(fields)
        if values is None:
            continue
        if key == "cadence" and table.has(fraction.number):
            values = values + np.nan_to_num(_column(table, fraction))
        for row, value in zip(rows, values.tolist(), strict=False):
            if value == value:
                row[key] = value
    return rows


def _column(table: Table, field: Field | int) -> Floats:
    values = table.column(field)
    return np.full(table.count, np.nan) if values is None else values
