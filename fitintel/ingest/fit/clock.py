"""Times of a FIT file: compressed headers, clocks that were never set, jumped or stood still, and the local time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.fit.decode import Floats, Table, block
from fitintel.ingest.fit.framing import Framed
from fitintel.ingest.fit.protocol import EPOCH, SYSTEM_TIME, TIMESTAMP

Remark = tuple[str, str]

JUMP = 60.0
"""s. Messages may be written a little out of order; a time further back than this is a clock that was changed."""
FAR = 86_400.0
"""s. One record further than this from both its neighbours, which are near each other, has a wrong time."""
QUARTER, FURTHEST, SLACK = 900.0, 14 * 3600.0, 120.0
"""s. Offsets from UTC are whole quarter hours up to 14 h; devices write both times within two minutes."""


class Stamps:
    """The time of every message, in seconds since 1970 UTC (or, without a clock, since 1989 plus time switched on)."""

    def __init__(self, data: bytes, framed: Framed) -> None:
        self._starts: NDArray[np.int64] | None = None
        if framed.compressed and framed.spans:
            self._starts, self._seconds = _expanded(data, framed)

    def of(self, table: Table | None) -> Floats:
        """Times of a table's messages, NaN where there is none, shape (count,)."""
        if table is None:
            return np.empty(0)
        if self._starts is not None:
            return self._seconds[np.searchsorted(self._starts, table.starts)] + EPOCH
        raw = table.column(TIMESTAMP)
        return np.full(table.count, np.nan) if raw is None else raw + EPOCH


def _expanded(data: bytes, framed: Framed) -> tuple[NDArray[np.int64], Floats]:
    """Places and raw times of all messages; a compressed time counts on from the last time, modulo 32 s."""
    starts, times, short = [], [], []
    view = np.frombuffer(data, np.uint8)
    for key, spans in framed.spans.items():
        made = block(data, key, spans)
        where = made.layout.fields.get(TIMESTAMP)
        starts.append(made.starts)
        if key.compressed:
            times.append((view[made.starts] & 31).astype(np.float64))
        else:
            times.append(made.numbers(where) if where else np.full(made.count, np.nan))
        short.append(np.full(made.count, key.compressed))
    order = np.argsort(np.concatenate(starts), kind="stable")
    place, value, is_short = (np.concatenate(each)[order] for each in (starts, times, short))
    told = ~np.isnan(value)
    seconds = np.full(len(value), np.nan)
    seconds[told] = counted_on(value[told], is_short[told], 32)
    return place, seconds


def counted_on(values: Floats, short: NDArray[np.bool_], modulus: int) -> Floats:
    """Full values of a counter of which some entries show only the remainder modulo `modulus`.

    >>> counted_on(np.array([1000.0, 10.0, 12.0, 2.0]), np.array([False, True, True, True]), 32)
    array([1000., 1002., 1004., 1026.])
    """
    low = np.mod(values, modulus)
    steps = np.mod(np.diff(low, prepend=0.0), modulus)
    steps[~short] = 0.0
    count = np.cumsum(steps)
    base = np.maximum.accumulate(np.where(short, -1, np.arange(len(values))))
    known = base >= 0
    since = np.where(known, count - count[np.maximum(base, 0)], count)
    return np.where(known, values[np.maximum(base, 0)], 0.0) + since


class Straight(NamedTuple):
    """A strictly increasing time axis: `rows` of the records in their order, and for each its place in `time`."""

    time: Floats
    rows: NDArray[np.int64]
    place: NDArray[np.int64]
    remarks: tuple[Remark, ...]


def straightened(stamps: Floats, start: float | None) -> Straight:
    """Make the times of records strictly increasing without losing a record that can be placed.

    Args:
        stamps: times as `Stamps.of` gives them [s], shape (n,).
        start: the session's start [s]; the anchor of records whose device had no clock.
    """
    remarks: list[Remark] = []
    rows = np.flatnonzero(~np.isnan(stamps))
    if len(rows) < len(stamps):
        remarks.append(("fit_record_without_time", f"{len(stamps) - len(rows)} of {len(stamps)} records"))
    time = stamps[rows]
    if len(time) and time.min() < EPOCH + SYSTEM_TIME:
        time, said = _anchored(time, start)
        remarks.append(said)
        rows, time = rows[~np.isnan(time)], time[~np.isnan(time)]
    if len(time) < 2:
        return Straight(time, rows, np.arange(len(time)), tuple(remarks))
    steps = np.diff(time)
    if steps.min() > 0:
        if steps.max() > FAR:
            remarks.append(("fit_clock_jump", f"{steps.max():.0f} s forwards at record {int(steps.argmax()) + 1}"))
        return Straight(time, rows, np.arange(len(time)), tuple(remarks))
    keep = _believable(time)
    if not keep.all():
        remarks.append(("fit_time_impossible", f"{int((~keep).sum())} records more than a day from their neighbours"))
        time, rows = time[keep], rows[keep]
    back = np.diff(time)
    jumps = np.flatnonzero(back < -JUMP)
    if len(jumps):
        shift = np.zeros(len(time))
        shift[jumps + 1] = 1.0 - back[jumps]
        time = time + np.cumsum(shift)
        worst = float(-back[jumps].min())
        remarks.append(("fit_clock_jump", f"{len(jumps)} times backwards, by up to {worst:.0f} s; read on from there"))
    late = int((np.diff(time) < 0).sum())
    if late:
        order = np.argsort(time, kind="stable")
        time, rows = time[order], rows[order]
        remarks.append(("fit_time_backwards", f"{late} records written late, put into order"))
    new = np.diff(time, prepend=-np.inf) > 0
    return Straight(time[new], rows, np.cumsum(new) - 1, tuple(remarks))


def _believable(time: Floats) -> NDArray[np.bool_]:
    keep = np.ones(len(time), bool)
    before, after = np.abs(time[1:-1] - time[:-2]), np.abs(time[2:] - time[1:-1])
    keep[1:-1] = ~((before > FAR) & (after > FAR) & (np.abs(time[2:] - time[:-2]) < FAR))
    return keep


def _anchored(time: Floats, start: float | None) -> tuple[Floats, Remark]:
    """Times of a device without a clock, moved to where the clock or the session says they belong; NaN if nowhere."""
    unset = time < EPOCH + SYSTEM_TIME
    if not unset.all():
        first = int(unset.argmin())
        moved = np.where(unset, np.nan, time)
        if first == 0:
            return moved, ("fit_time_impossible", f"{int(unset.sum())} records dated before the clock was set")
        moved[:first] = time[:first] + (time[first] - 1.0 - time[first - 1])
        return moved, ("fit_clock_set_late", f"{first} of {len(time)} records before the clock was set")
    if start is not None and start >= EPOCH + SYSTEM_TIME:
        return time + (start - time[0]), ("fit_clock_set_late", "records have no clock; the session says its start")
    said = ("fit_no_clock", f"the device's clock was never set; it counted {time[0] - EPOCH:.0f} s since switched on")
    return time, said


def utc_offset(utc: float, local: float) -> tuple[float | None, Remark | None]:
    """Offset of local time from UTC [s] out of the activity's two times; None with a remark where they cannot be.

    >>> utc_offset(1_500_000_000.0, 1_500_007_203.0)
    (7200.0, None)
    >>> utc_offset(1_500_000_000.0, 1_500_001_300.0)[0] is None
    True
    """
    if np.isnan(utc) or np.isnan(local):
        return None, None
    apart = local - utc
    whole = round(apart / QUARTER) * QUARTER
    if abs(whole) > FURTHEST or abs(apart - whole) > SLACK:
        return None, ("fit_local_time_odd", f"local time is {apart:.0f} s from UTC")
    return whole, None
