"""The samples of a workout as services give them: lists of equal length, one of them the time."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import TYPE_CHECKING

import numpy as np

from fitintel.ingest.connectors.answers import LARGEST, Node

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST = 2_000_000
"""samples of one workout; a day at 20 a second"""
CHANNELS: dict[str, str] = {
    "distance": "distance", "altitude": "elevation", "velocity_smooth": "speed", "heartrate": "hr",
    "cadence": "cadence", "watts": "power", "temp": "temperature",
}  # fmt: skip
"""their channel -> ours; both services use the same names and SI units"""
HIGHEST = {"lat": 90.0, "lon": 180.0}
Remark = tuple[str, str]


def read(lists: Mapping[str, Node], start: float) -> tuple[Floats, dict[str, Floats], list[Remark]]:
    """(time [s since 1970-01-01 UTC], channel -> values, remarks) of a workout that begins at `start`.

    Samples that do not go on in time are left out. A channel that is not known is not read; it stays in the raw bytes.

    Raises:
        UnexpectedAnswer: a value is no number, or lists differ in length.

    >>> time, stream, _ = read({"time": Node([0, 1, 1], "t"), "heartrate": Node([0, 90, 91], "h")}, 1000.0)
    >>> time.tolist(), stream["hr"].tolist()
    ([1000.0, 1001.0], [nan, 90.0])
    """
    if "time" not in lists:
        return np.array([]), {}, []
    seconds = column(lists["time"])
    if len(seconds) > MOST or np.isnan(seconds).any():
        raise lists["time"].unexpected(f"up to {MOST:,} times")
    onward = np.ones(len(seconds), dtype=bool)
    if len(seconds):
        onward[1:] = seconds[1:] > np.maximum.accumulate(seconds)[:-1]
    remarks = []
    if not onward.all():
        left_out = int(np.count_nonzero(~onward))
        remarks.append(("samples_out_of_order", f"{left_out} of {len(seconds)} samples do not go on in time"))
    stream: dict[str, Floats] = {}
    for theirs, ours in CHANNELS.items():
        if theirs in lists:
            stream[ours] = _same_length(column(lists[theirs]), seconds, lists[theirs])[onward]
    if "hr" in stream:
        stream["hr"] = np.where(stream["hr"] == 0.0, np.nan, stream["hr"])  # a strap without contact
    for ours in ("lat", "lon"):
        if ours in lists:
            values = _same_length(column(lists[ours]), seconds, lists[ours])[onward]
            stream[ours] = np.where(np.abs(values) <= HIGHEST[ours], values, np.nan)
    stream = {name: values for name, values in stream.items() if not np.isnan(values).all()}
    return start + seconds[onward], stream, remarks


def column(node: Node) -> Floats:
    """A list of numbers and nulls as float64 with NaN for null; raises UnexpectedAnswer, naming the first that is not.

    >>> column(Node([1, None, 2.5], "x")).tolist()
    [1.0, nan, 2.5]
    """
    if not isinstance(node.value, list):
        raise node.unexpected("a list")
    if set(map(type, node.value)) <= {int, float, NoneType}:
        try:
            values = np.array(node.value, dtype=np.float64)
        except OverflowError:
            values = np.array([np.inf])
        if not (np.abs(values) > LARGEST).any():
            return values
    return np.array([np.nan if (value := each.as_number()) is None else value for each in node.items()])


def pairs(node: Node) -> dict[str, Node]:
    """The list of (latitude, longitude) as two lists."""
    lat, lon = [], []
    for each in node.items():
        if each.value is not None and (not isinstance(each.value, list) or len(each.value) != 2):
            raise each.unexpected("latitude and longitude")
        lat.append(each.value[0] if each.value else None)
        lon.append(each.value[1] if each.value else None)
    return {"lat": type(node)(lat, f"{node.path}.lat"), "lon": type(node)(lon, f"{node.path}.lon")}


def still(flags: Node, seconds: Floats, start: float) -> tuple[tuple[float, float], ...]:
    """Stretches (from, to) [s since 1970-01-01 UTC] in which the service saw no movement.

    >>> still(Node([True, True, False, False, True], "m"), np.arange(5.0), 100.0)
    ((101.0, 103.0),)
    """
    moving = [each.value for each in flags.items()]
    if len(moving) != len(seconds) or not all(isinstance(each, bool) for each in moving):
        raise flags.unexpected("true or false for each sample")
    at_rest = ~np.array(moving, dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], at_rest, [False])).astype(np.int8)))
    found = []
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        # the stop begins at the last sample that moved
        begin, end = start + seconds[max(first - 1, 0)], start + seconds[after - 1]
        if end > begin:
            found.append((float(begin), float(end)))
    return tuple(found)


def _same_length(values: Floats, seconds: Floats, node: Node) -> Floats:
    if len(values) != len(seconds):
        raise node.unexpected(f"{len(seconds)} values, as many as times (there are {len(values)})")
    return values
