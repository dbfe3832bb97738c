"""Workouts of an export as recordings: Apple's own figures, the route, and the heart rate samples of their time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.recording import Recording
from fitintel.core.sports import sport_of
from fitintel.ingest.apple.gathered import ACTIVITY, FACTORS, HALF, QUANTITY, SAMPLED, THOUSAND, Gathered
from fitintel.ingest.apple.moments import moment, number
from fitintel.ingest.between import FARTHEST, between
from fitintel.ingest.zones import offset_at, zone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Heart = NDArray[np.uint64]

Routes = Callable[[str], "bytes | None"]
"""path in the export -> bytes of that GPX file, None where it is not there"""
COVERED = 0.5
"""share of a workout that its samples must span, for figures to be made of them"""
SLACK = 60.0
"""s that a route may begin before its workout, or end after it"""
DISTANCES = ("DistanceWalkingRunning", "DistanceCycling", "DistanceSwimming", "DistanceWheelchair", "DistanceRowing",
             "DistanceCrossCountrySkiing", "DistanceDownhillSnowSports", "DistancePaddleSports",
             "DistanceSkatingSports")  # fmt: skip


def recording(workout: Mapping[str, Any], found: Gathered, heart: Heart, routes: Routes) -> Recording | None:
    """One workout; None where it does not say when it was. `heart` are packed samples, sorted."""
    said = workout["attributes"]
    begun, ended = moment(said.get("startDate")), moment(said.get("endDate"))
    if begun is None:
        return None
    remarks: list[tuple[str, str]] = []
    start, offset = begun
    if ended is None or ended[0] < start:
        remarks.append(("end_missing", f"started {said.get('startDate')}"))
    end = ended[0] if ended is not None and ended[0] >= start else start
    offset = _true_offset(workout["metadata"].get("HKTimeZone", ""), start, offset)
    device = {name: value for name, value in _device(workout).items() if value is not None}
    device.setdefault("elapsed", end - start)
    remarks += workout["remarks"]
    if workout["samples"]:
        time, stream = _sampled(workout["samples"])
    else:
        points, missing = _points(workout, routes, start - SLACK, end + SLACK)
        remarks += [("route_missing", path[:200]) for path in missing]
        time, stream = _stream(points, heart, start, end)
        if time.size and (time[-1] - time[0]) < COVERED * (end - start):
            remarks.append(("samples_partial", f"{time.size:,} samples over {time[-1] - time[0]:.0f} s"))
            time, stream = np.empty(0), {}
    word = _word(said.get("workoutActivityType", ""))
    return Recording(
        sport=sport_of(word), source_sport=word, start=start, utc_offset=offset, device=device, time=time,
        stream=stream, pauses=_pauses(workout["events"], end), maker=said.get("sourceName", "")[:200],
        remarks=tuple(remarks),
    )  # fmt: skip


def filled(one: Recording) -> Recording:
    """The recording with each channel also where only others were read, on the line between its own readings.

    Route and heart rate are of times of their own: without it hardly a sample has a neighbour of its channel, and
    means over time and the time under way are of what little has one. Members of a split export hold the readings
    alone.
    """
    stream = {}
    for name, values in one.stream.items():
        known = ~np.isnan(values)
        stream[name] = between(one.time, one.time[known], values[known], FARTHEST) if known.any() else values
    return replace(one, stream=stream)


def _word(kind: str) -> str:
    """`HKWorkoutActivityTypeTraditionalStrengthTraining` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.removeprefix(ACTIVITY)).lower()[:64]


def _true_offset(name: str, start: float, exported: float) -> float:
    # the offsets in the file are the phone's at export; only the zone of the workout says what the clock showed
    try:
        return offset_at(start, zone(name).key) if name else exported
    except ValueError:
        return exported


def _device(workout: Mapping[str, Any]) -> dict[str, float | None]:
    said = workout["attributes"]
    found: dict[str, float | None] = {
        "duration": _amount(said, "duration", "durationUnit", "min"),
        "distance": _amount(said, "totalDistance", "totalDistanceUnit", ""),
        "energy": _amount(said, "totalEnergyBurned", "totalEnergyBurnedUnit", "kcal"),
    }
    for each in workout["statistics"]:
        kind = each.get("type", "").removeprefix(QUANTITY)
        if kind in DISTANCES:
            found["distance"] = found["distance"] or _amount(each, "sum", "unit", "")
        elif kind == "ActiveEnergyBurned":
            found["energy"] = found["energy"] or _amount(each, "sum", "unit", "kcal")
        elif kind == "StepCount":
            found["steps"] = _amount(each, "sum", "unit", "count")
        elif kind == "HeartRate":
            found["hr_mean"] = _amount(each, "average", "unit", "count/min")
            found["hr_max"] = _amount(each, "maximum", "unit", "count/min")
    if found["distance"] == 0.0:
        found["distance"] = None  # a gym hour
    return found


def _amount(said: Mapping[str, str], name: str, unit: str, default: str) -> float | None:
    value, factor = number(said.get(name)), FACTORS.get(said.get(unit, default))
    return None if value is None or factor is None else value * factor


def _pauses(events: list[dict[str, str]], end: float) -> tuple[tuple[float, float], ...]:
    made, since = [], None
    for event in events:
        at, kind = moment(event.get("date")), event.get("type", "")
        if at is None:
            continue
        if kind.endswith("Pause") and since is None:
            since = at[0]
        elif kind.endswith("Resume") and since is not None:
            made.append((since, at[0]))
            since = None
    if since is not None and since < end:
        made.append((since, end))
    return tuple((begun, done) for begun, done in made if done > begun)


def _points(
    workout: Mapping[str, Any], routes: Routes, start: float, end: float
) -> tuple[dict[str, Floats], list[str]]:
    """(time, lat, lon, elevation, speed) of the routes, and the paths of those that are not there."""
    rows = list(workout["points"])
    missing = []
    for path in workout["routes"]:
        data = routes(path)
        if data is None:
            missing.append(path)
            continue
        before = len(rows)
        from fitintel.ingest.xml import read_gpx

        for one in read_gpx(data, salvage=True).recordings:
            columns = [one.stream.get(name, np.full(len(one.time), np.nan))
                       for name in ("lat", "lon", "elevation", "speed")]  # fmt: skip
            each = zip(one.time.tolist(), *(column.tolist() for column in columns), strict=True)
            rows += [row for row in each if start <= row[0] <= end]
        if len(rows) == before:
            missing.append(f"{path}: none of its times are of the workout")
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=np.float64)
    table = table.reshape(-1, 5)
    table = table[np.argsort(table[:, 0], kind="stable")]
    keep = np.concatenate([[True], np.diff(table[:, 0]) > 0])[: len(table)] if len(table) else np.empty(0, dtype=bool)
    table = table[keep]
    names = ("time", "lat", "lon", "elevation", "speed")
    return {name: table[:, place] for place, name in enumerate(names)}, missing


def _sampled(rows: list[dict[str, float | None]]) -> tuple[Floats, dict[str, Floats]]:
    """The samples of a workout that was split from its export before."""
    good = {t: row for row in rows if (t := row.get("t")) is not None}
    order = sorted(good)
    stream = {
        name: np.array([good[t].get(name, np.nan) for t in order], dtype=np.float64)
        for name in SAMPLED[1:]
        if any(name in row for row in good.values())
    }
    return np.array(order, dtype=np.float64), stream


def _stream(points: Mapping[str, Floats], heart: Heart, start: float, end: float) -> tuple[Floats, dict[str, Floats]]:
    """One time axis for route and heart rate; a channel is NaN where it has no sample."""
    # a workout of another century has no packed samples, and its time would not fit
    low, high = (min(max(int(at), 0), 2**HALF - 1) for at in (start, end + 1))
    bounds = np.array([low << HALF, high << HALF], dtype=np.uint64)
    first, last = np.searchsorted(heart, bounds)
    inside = heart[first:last]
    beats, rate = np.unique((inside >> np.uint64(HALF)).astype(np.float64), return_index=True)
    values = (inside & np.uint64(2**HALF - 1)).astype(np.float64)[rate] / THOUSAND
    time = np.union1d(points["time"], beats)
    stream: dict[str, Floats] = {}
    for name in ("lat", "lon", "elevation", "speed"):
        if points["time"].size and np.isfinite(points[name]).any():
            stream[name] = _placed(time, points["time"], points[name])
    if beats.size:
        stream["hr"] = _placed(time, beats, values)
    if "speed" in stream:
        stream["speed"] = np.where(stream["speed"] < 0, np.nan, stream["speed"])  # -1 stands for unknown
    return time, stream


def _placed(axis: Floats, at: Floats, values: Floats) -> Floats:
    out = np.full(axis.size, np.nan)
    out[np.searchsorted(axis, at)] = values
    return out
