"""A run of Nike Run Club as its web service writes it: metrics with times of their own, moments, and tags.

Each metric is a list of {start_epoch_ms, end_epoch_ms, value} at times of its own; a distance is the way gone between
the two times. All of them are put on one axis, the union of their times: figures need channels beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.core.sports import known_sport
from fitintel.core.units import JOULE_PER_KCAL
from fitintel.ingest.between import FARTHEST, between
from fitintel.ingest.connectors.activity import short
from fitintel.ingest.connectors.samples import HIGHEST, MOST
from fitintel.ingest.json.field import Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CHANNELS: dict[str, tuple[str, str, float]] = {
    "latitude": ("lat", "DD", 1.0), "longitude": ("lon", "DD", 1.0), "elevation": ("elevation", "M", 1.0),
    "speed": ("speed", "KMH", 1 / 3.6), "heart_rate": ("hr", "BPM", 1.0), "distance": ("distance", "KM", 1000.0),
}  # fmt: skip
"""their metric -> our channel, the unit it has, the factor to SI"""
KNOWN = {*CHANNELS, "steps", "calories", "ascent", "descent", "nikefuel", "pace"}
"""metrics that need no remark"""
SUMMARY: dict[tuple[str, str], tuple[str, float]] = {
    ("distance", "total"): ("distance", 1000.0), ("steps", "total"): ("steps", 1.0),
    ("ascent", "total"): ("elevation_gain", 1.0), ("descent", "total"): ("elevation_loss", 1.0),
    ("calories", "total"): ("energy", JOULE_PER_KCAL), ("heart_rate", "mean"): ("hr_mean", 1.0),
    ("speed", "mean"): ("speed_mean", 1 / 3.6),
}  # fmt: skip
"""(their metric, kind of summary) -> our figure and the factor to SI"""
MS = 1000.0
SLACK = 60.0
"""s that a sample may lie outside of the run"""


def is_nike(value: object) -> bool:
    """Whether an object of a JSON file is a run of Nike Run Club."""
    return isinstance(value, dict) and "start_epoch_ms" in value and bool({"metrics", "summaries"} & set(value))


def read(run: Field) -> Recording:
    """The recording of a run. Raises UnexpectedAnswer with the path of what is not as Nike writes it."""
    start, end = run.needed_whole("start_epoch_ms") / MS, run.needed_whole("end_epoch_ms") / MS
    if end < start:
        raise run.child("end_epoch_ms").unexpected("a time not before the start")
    word = run.needed_text("type")
    remarks: list[tuple[str, str]] = []
    time, stream = _stream(run, start, end, remarks)
    device = _device(run, start, end)
    if "elevation_gain" in device and "elevation" in stream:
        # the climb was counted by the altimeter; elevations beside positions are the receiver's and climb four times it
        stream["dev:receiver_elevation"] = stream.pop("elevation")
    tags = run.child("tags") if run.has("tags") else Field({}, f"{run.path}.tags")
    if known_sport(word) is None:
        remarks.append(("sport_unknown", f"{word[:40]!r} was kept as other"))
    return Recording(
        sport=known_sport(word) or "other", source_sport=word[:64], start=start, utc_offset=None,
        device=device, time=time, stream=stream, pauses=_pauses(run, end),
        source_id=run.identity("id"), maker="Nike Run Club", name=short(tags, "com.nike.name"),
        notes=short(tags, "note"), remarks=tuple(remarks),
    )  # fmt: skip


def _stream(
    run: Field, start: float, end: float, remarks: list[tuple[str, str]]
) -> tuple[Floats, dict[str, Floats]]:  # fmt: skip
    found: dict[str, tuple[Floats, Floats]] = {}
    unknown: list[str] = []
    outside = 0
    if run.has("metric_types") and not run.has("metrics"):
        raise run.child("metrics").unexpected(f"the {len(list(run.items('metric_types')))} metrics of metric_types")
    for metric in run.items("metrics"):
        name = metric.needed_text("type")
        if name not in CHANNELS:
            unknown += [name] if name not in KNOWN else []
            continue
        channel, unit, factor = CHANNELS[name]
        if metric.needed_text("unit") != unit:
            raise metric.child("unit").unexpected(f"the unit {unit}")
        if channel in found:
            raise metric.child("type").unexpected("each metric once")
        begun, times, values = _values(metric)
        inside = (times >= start - SLACK) & (times <= end + SLACK)
        outside += int(np.count_nonzero(~inside))
        begun, times, values = begun[inside], times[inside], values[inside] * factor
        if channel == "distance":
            gone = np.cumsum(values)
            # a piece begins where the one before it has ended, and later only after a pause
            times, values = np.concatenate([begun, times]), np.concatenate([gone - values, gone])
        order = np.argsort(times, kind="stable")
        if times.size:
            found[channel] = (times[order], values[order])
    if unknown:
        shown = ", ".join(repr(name[:40]) for name in unknown[:6])
        remarks.append(("kind_not_read", f"{len(unknown)} metrics: {shown}"))
    if outside:
        remarks.append(("samples_out_of_order", f"{outside} samples do not lie between start and end"))
    return _one_axis(run, found, remarks)


def _one_axis(
    run: Field, found: Mapping[str, tuple[Floats, Floats]], remarks: list[tuple[str, str]]
) -> tuple[Floats, dict[str, Floats]]:
    if ("lat" in found) != ("lon" in found):
        raise run.child("metrics").unexpected("latitude and longitude beside each other")
    axis = np.unique(np.concatenate([times for times, _ in found.values()])) if found else np.array([])
    stream: dict[str, Floats] = {}
    for channel, (times, values) in found.items():
        if channel in HIGHEST:
            values = np.where(np.abs(values) <= HIGHEST[channel], values, np.nan)
        stream[channel] = between(axis, times, values, np.inf if channel == "distance" else FARTHEST)
    if "lat" in stream:
        alone = np.isnan(stream["lat"]) != np.isnan(stream["lon"])
        for channel in HIGHEST:
            stream[channel] = np.where(alone, np.nan, stream[channel])
        if alone.any():
            remarks.append(("position_unpaired", f"{int(alone.sum())} of {axis.size} times"))
    stream = {channel: values for channel, values in stream.items() if not np.isnan(values).all()}
    return axis, stream


def _values(metric: Field) -> tuple[Floats, Floats, Floats]:
    """(start, end of each sample [s since 1970-01-01 UTC], its value) of a metric, in the order of time."""
    rows = [
        (each.needed_whole("start_epoch_ms") / MS, each.needed_whole("end_epoch_ms") / MS, each.needed_number("value"))
        for each in metric.items("values")
    ]
    if len(rows) > MOST:
        raise metric.child("values").unexpected(f"up to {MOST:,} samples")
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    table = table[np.argsort(table[:, 1], kind="stable")]
    return table[:, 0], table[:, 1], table[:, 2]


def _device(run: Field, start: float, end: float) -> dict[str, float]:
    found = {"elapsed": end - start}
    active = run.whole("active_duration_ms")
    if active is not None:
        found["duration"] = active / MS
    for each in run.items("summaries"):
        ours, factor = SUMMARY.get((each.needed_text("metric"), each.needed_text("summary")), ("", 0.0))
        if not ours:
            continue
        value = each.whole("value") if ours == "steps" else each.needed_number("value")
        if value is not None and value < 0:
            raise each.child("value").unexpected("a number that is not negative")
        if value:
            found[ours] = value * factor
    return found


def _pauses(run: Field, end: float) -> tuple[tuple[float, float], ...]:
    halts = sorted(
        (each.needed_whole("timestamp") / MS, each.needed_text("value").removeprefix("auto_"))
        for each in run.items("moments")
        if each.text("key") == "halt"
    )
    made, since = [], None
    for at, kind in halts:
        if kind == "pause" and since is None:
            since = at
        elif kind == "resume" and since is not None:
            made.append((since, at))
            since = None
    if since is not None:
        made.append((since, end))
    return tuple((begun, done) for begun, done in made if done > begun)
