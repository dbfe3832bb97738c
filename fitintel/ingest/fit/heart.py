"""R-R intervals and heart rates that the strap counted itself: hrv messages, and hr messages loaded after a swim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fitintel.ingest.fit.clock import Stamps, counted_on
from fitintel.ingest.fit.decode import Floats, Table
from fitintel.ingest.fit.protocol import Field

RR = Field(0, 1000)
FRACTION = Field(0, 32768)
BPM = Field(6)
EVENT, EVENT_12 = 9, 10
TICK = 1024.0
LONGEST_BEAT = 2.5
"""s. A longer time between two beats is a gap in what the strap stored (24 bpm is below any athlete's rest)."""
WINDOW = 5.0
"""s. A record without beats in the time since the last one, at most this, has no heart rate."""


class Beats(NamedTuple):
    """Beats of a strap: time [s since 1970 UTC] and its heart rate [bpm]."""

    time: Floats
    bpm: Floats


def intervals(hrv: Table | None) -> Floats | None:
    """R-R intervals [s] of the hrv messages, in order; None without any."""
    if hrv is None:
        return None
    found = hrv.matrix(RR).ravel()
    found = found[~np.isnan(found)]
    return found if len(found) else None


def beats(found: Sequence[tuple[Table, Stamps]]) -> Beats | None:
    """Beats of the hr messages of the chained parts of one file.

    A message with a time and an event time is the anchor; the ones behind it hold events of 12 bits at 1/1024 s.
    """
    made = [one for one in (_part(table, stamps) for table, stamps in found) if one is not None]
    if not made:
        return None
    time, bpm = np.concatenate([one.time for one in made]), np.concatenate([one.bpm for one in made])
    order = np.argsort(time, kind="stable")
    return Beats(time[order], bpm[order])


def _part(table: Table, stamps: Stamps) -> Beats | None:
    widest = 1
    packed = np.zeros((table.count, 0), np.uint8)
    for rows, raw in table.bytes(EVENT_12):
        if raw.shape[1] > packed.shape[1]:
            wider = np.zeros((table.count, raw.shape[1]), np.uint8)
            wider[:, : packed.shape[1]] = packed
            packed = wider
        packed[rows, : raw.shape[1]] = raw
    triples = packed[:, : packed.shape[1] // 3 * 3].reshape(table.count, -1, 3).astype(np.int64)
    events = np.empty((table.count, 2 * triples.shape[1]))
    events[:, 0::2] = triples[:, :, 0] | (triples[:, :, 1] & 15) << 8
    events[:, 1::2] = triples[:, :, 1] >> 4 | triples[:, :, 2] << 4
    bpm = table.matrix(BPM)
    full = table.column(EVENT)
    widest = max(1, events.shape[1])
    if full is None or bpm.shape[1] == 0:
        return None
    rates = np.full((table.count, widest), np.nan)
    rates[:, : min(widest, bpm.shape[1])] = bpm[:, :widest]
    values = np.full((table.count, widest), np.nan)
    values[:, : events.shape[1]] = events
    anchors = ~np.isnan(full)
    values[anchors, 1:] = np.nan
    values[anchors, 0] = full[anchors]
    clock = stamps.of(table)
    fraction = table.column(FRACTION)
    if fraction is not None:
        clock = clock + np.nan_to_num(fraction)
    short = np.repeat(~anchors, widest).reshape(values.shape)
    row = np.repeat(np.arange(table.count), widest).reshape(values.shape)
    told = ~np.isnan(values) & (~np.isnan(rates) | ~short)
    told &= row >= (np.flatnonzero(anchors)[0] if anchors.any() else table.count)
    if not told.any():
        return None
    counted = counted_on(values[told], short[told], 4096)
    anchor = np.maximum.accumulate(np.where(anchors, np.arange(table.count), -1))[row[told]]
    time = clock[anchor] + (counted - full[anchor]) / TICK
    good = ~np.isnan(time)
    return Beats(time[good], rates[told][good])


def rr_of(found: Beats, start: float, end: float) -> Floats | None:
    """R-R intervals [s] between the beats from `start` to `end`; gaps in the store of the strap are left out."""
    apart = np.diff(found.time[(found.time >= start) & (found.time <= end)])
    apart = apart[(apart > 0) & (apart <= LONGEST_BEAT)]
    return apart if len(apart) else None


def rate_at(found: Beats, time: Floats) -> Floats:
    """Mean heart rate [bpm] of the beats since the time before, at each of `time`; NaN without a beat."""
    rated = ~np.isnan(found.bpm)
    when, bpm = found.time[rated], found.bpm[rated]
    since = np.maximum(np.concatenate([[-np.inf], time[:-1]]), time - WINDOW)
    first, stop = np.searchsorted(when, since, "right"), np.searchsorted(when, time, "right")
    total = np.concatenate([[0.0], np.cumsum(bpm)])
    count = stop - first
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, (total[stop] - total[first]) / count, np.nan)
