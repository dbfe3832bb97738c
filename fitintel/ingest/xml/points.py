"""Track points as columns, from the elements that stand inside of them. GPX and TCX alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fitintel.ingest.xml.attributes import Ints, pairs
from fitintel.ingest.xml.document import Document
from fitintel.ingest.xml.instants import Times, times
from fitintel.ingest.xml.numbers import Floats, Mask, floats, number
from fitintel.ingest.xml.safe import Remark

BY_PARENT = ""
"""Channel of an element whose meaning the element around it gives: `Value` is a heart rate inside of HeartRateBpm."""
MAX_OTHERS = 64
"""channels of our own naming (`dev:NAME`) in one file"""
SENTINELS: dict[str, tuple[float, ...]] = {"hr": (0.0, 255.0), "cadence": (255.0,), "power": (65535.0,)}
"""What devices write for 'no value'."""
TEXTS = frozenset(("name", "cmt", "desc", "src", "sym", "type", "fix", "link", "text", "time", "Time", "SensorState",
                   "url", "urlname"))  # fmt: skip
"""Elements of a point that hold no number."""


@dataclass(frozen=True)
class Points:
    """All points of a document in its order, n rows."""

    rows: Ints
    times: Times
    columns: Mapping[str, Floats]
    unreadable: Mapping[str, Mask]
    """channel -> where something stood that is no number"""
    absent: Mapping[str, Mask]
    """channel -> where the device wrote its sign for 'no value'"""


def read(document: Document, rows: Ints, time: str, channels: Mapping[str, str], positions: bool) -> Points:
    """The points at `rows`, n of them.

    Args:
        document: where they stand.
        rows: elements of points, sorted, not one inside another.
        time: name of the element that holds the time.
        channels: element name in lower case -> channel; an element that holds no other one and is not named becomes
            `dev:NAME`, if it is a number in most points. Where several stand in a point the first counts, of those
            with the same channel the one that is named first here.
        positions: latitude and longitude are the attributes `lat` and `lon` of a point.
    """
    columns = _Columns(len(rows))
    if positions:
        for name, values in _positions(document, rows).items():
            columns.add(name, values, np.zeros(len(rows), bool))
    leaves = np.flatnonzero(document.last == np.arange(len(document.last))).astype(np.int32)
    owner = document.inside(leaves, rows)
    leaves, owner = leaves[owner >= 0], owner[owner >= 0]
    codes = document.name[leaves]
    present = [document.names[code] for code in np.flatnonzero(np.bincount(codes, minlength=1)).tolist()]
    priority = {name: place for place, name in enumerate(channels)}
    for name in sorted(present, key=lambda name: priority.get(name.lower(), len(priority))):
        if name in TEXTS:
            continue
        which = codes == document.code[name]
        at, place = leaves[which], owner[which]
        channel = channels.get(name.lower(), f"dev:{name}")
        if channel == BY_PARENT:
            channel, held = "hr", document.name[document.parent[at]] == document.code.get("HeartRateBpm", -1)
            at, place = at[held], place[held]
        values, odd = floats(document.text, document.buffer, document.start[at], document.stop[at])
        if not len(at) or (channel.startswith("dev:") and not columns.welcomes(values, odd)):
            continue
        if len(place) == len(rows) and bool((place[1:] > place[:-1]).all()):
            columns.add(channel, values, odd)
        else:
            column, wrong = np.full(len(rows), np.nan), np.zeros(len(rows), bool)
            column[place[::-1]], wrong[place[::-1]] = values[::-1], odd[::-1]  # the first of several comes last
            columns.add(channel, column, wrong)
    return Points(rows, _times(document, rows, time), columns.values, columns.unreadable, columns.absent)


class _Columns:
    """Channels as they are found."""

    def __init__(self, count: int) -> None:
        self.values: dict[str, Floats] = {}
        self.unreadable: dict[str, Mask] = {}
        self.absent: dict[str, Mask] = {}
        self._nothing = np.zeros(count, bool)

    def welcomes(self, values: Floats, odd: Mask) -> bool:
        """Whether an element that is not named is a channel: mostly numbers, and not one too many."""
        others = sum(name.startswith("dev:") for name in self.values)
        return others < MAX_OTHERS and not np.isnan(values).all() and odd.sum() * 2 <= len(odd)

    def add(self, channel: str, values: Floats, odd: Mask) -> None:
        """Values of a channel, or what fills the gaps of one that is there."""
        gone = np.isin(values, SENTINELS[channel]) if channel in SENTINELS else self._nothing
        if gone.any():
            values = np.where(gone, np.nan, values)
        before = self.values.get(channel)
        self.values[channel] = values if before is None else np.where(np.isnan(before), values, before)
        self.unreadable[channel] = self.unreadable.get(channel, self._nothing) | odd
        self.absent[channel] = self.absent.get(channel, self._nothing) | gone


def said(points: Points) -> list[Remark]:
    """Remarks on values that could not be used; the place is the number of the point in the file, from 1."""
    remarks: list[Remark] = []
    for channel, where in points.unreadable.items():
        if where.any():
            place = int(np.flatnonzero(where)[0]) + 1
            remarks.append(("xml_value_unreadable", f"{int(where.sum())} of {channel}, the first in point {place}"))
    for channel, where in points.absent.items():
        if where.any():
            remarks.append(("xml_value_sentinel", f"{int(where.sum())} of {channel}: the device's sign for no value"))
    return remarks


def bad_positions(points: Points) -> Mask:
    """Points whose latitude or longitude is missing, no number, or beyond the globe; they have none afterwards."""
    lat, lon = points.columns["lat"], points.columns["lon"]
    bad = ~((np.abs(lat) <= 90.0) & (np.abs(lon) <= 180.0))
    lat[bad] = np.nan
    lon[bad] = np.nan
    return bad


def _times(document: Document, rows: Ints, name: str) -> Times:
    at = document.rows(name)
    owner = document.inside(at, rows)
    # directly in the point: an extension may hold a time of its own
    direct = (owner >= 0) & (document.parent[at] == rows[owner] if len(rows) else False)
    at, owner = at[direct], owner[direct]
    if len(at) > 1:
        first = np.append(True, owner[1:] != owner[:-1])
        at, owner = at[first], owner[first]
    found = times(document.text, document.buffer, document.start[at], document.stop[at])
    if len(at) == len(rows):
        return found
    seconds, offset = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    seconds[owner], offset[owner] = found.seconds, found.offset
    return Times(seconds, offset, found.unreadable, found.blank + len(rows) - len(at))


def _positions(document: Document, rows: Ints) -> Mapping[str, Floats]:
    """The attributes `lat` and `lon` of each row as numbers, NaN where there is none."""
    found = pairs(document.buffer, document.quotes, document.tag[rows], document.tag_stop[rows])
    usual = found.found
    out: dict[str, Floats] = {}
    for name, (start, stop) in (("lat", found.lat), ("lon", found.lon)):
        out[name] = np.full(len(rows), np.nan)
        out[name][usual], _ = floats(document.text, document.buffer, start[usual], stop[usual])
        for place in np.flatnonzero(~usual).tolist():
            value = number(document.attribute(int(rows[place]), name) or "")
            out[name][place] = np.nan if value is None else value
    return out


def runs(keys: Ints) -> list[tuple[int, int]]:
    """(first, stop) of each stretch of equal neighbours.

    >>> runs(np.array([3, 3, 5]))
    [(0, 2), (2, 3)]
    """
    if not len(keys):
        return []
    edges = [0, *(np.flatnonzero(keys[1:] != keys[:-1]) + 1).tolist(), len(keys)]
    return list(pairwise(edges))
