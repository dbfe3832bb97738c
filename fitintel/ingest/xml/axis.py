"""One strictly increasing time axis out of points that may be untimed, out of order, doubled, or of a wrong clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fitintel.core import days
from fitintel.core.rules import MAX_DURATION
from fitintel.ingest.xml.numbers import Floats, Mask
from fitintel.ingest.xml.safe import Remark

EARTH_RADIUS = 6_371_008.8
"""m, mean radius (IUGG)."""
FIRST = days.number(days.EARLIEST) * 86_400.0
"""s since 1970; earlier times are clocks that were never set"""
PAUSE = 2.0
"""A break of more than this many times the usual step between two pieces is a pause, and of more than as many s."""

Order = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Placed:
    """Which points can be placed in time, in the order of time, and what was odd."""

    order: Order
    remarks: tuple[Remark, ...]


def placed(time: Floats) -> Placed:
    """Order of the points that have a usable time [s], those of equal time in the order of the file.

    A stretch that lies further than a day from the longest one is a clock fault and is left out.

    >>> placed(np.array([1e9, np.nan, 1e9 - 1, -2e9])).order.tolist()
    [2, 0]
    """
    remarks: list[Remark] = []
    known = ~np.isnan(time)
    if not known.all():
        remarks.append(("xml_point_without_time", f"{int((~known).sum())} of {len(time)} points"))
    early = known & (time < FIRST)
    if early.any():
        remarks.append(("xml_time_before_1990", f"{int(early.sum())} of {len(time)} points: a clock never set"))
    rows = np.flatnonzero(known & ~early)
    own = time[rows]
    back = int((own[1:] < own[:-1]).sum())
    if back:
        rows = rows[np.argsort(own, kind="stable")]
        own = time[rows]
    far = np.flatnonzero(np.diff(own) > MAX_DURATION)
    if len(far):
        edges = np.array([0, *(far + 1).tolist(), len(own)])
        longest = int(np.argmax(np.diff(edges)))
        kept = slice(int(edges[longest]), int(edges[longest + 1]))
        remarks.append(("xml_time_far_off", f"{len(own) - (kept.stop - kept.start)} points lie over a day away"))
        rows = rows[kept]
        back = int((np.diff(rows) < 0).sum())
    if back:
        remarks.append(("xml_out_of_order", f"time goes back {back} times; the points were put in order"))
    return Placed(rows, tuple(remarks))


def merged(time: Floats, stream: Mapping[str, Floats]) -> tuple[Floats, dict[str, Floats], list[Remark]]:
    """One row for each time of a sorted axis; of values with one time the last that is not missing counts.

    >>> merged(np.array([0.0, 0.0, 1.0]), {"hr": np.array([90.0, np.nan, 92.0])})[:2]
    (array([0., 1.]), {'hr': array([90., 92.])})
    """
    fresh = np.append(True, time[1:] > time[:-1]) if len(time) else np.empty(0, bool)
    if fresh.all():
        return time, dict(stream), []
    place = np.cumsum(fresh) - 1
    out: dict[str, Floats] = {}
    for channel, values in stream.items():
        told = ~np.isnan(values)
        out[channel] = np.full(int(place[-1]) + 1, np.nan)
        out[channel][place[told]] = values[told]
    said = f"{int((~fresh).sum())} points share their time with another; the last value of each counts"
    return time[fresh], out, [("xml_same_time", said)]


def path_length(lat: Floats, lon: Floats, starts: Mask) -> Floats:
    """Length of the path up to each point [m], great circles between neighbours; none where a piece starts.

    Args:
        lat: latitude [deg], shape (n,); NaN where unknown.
        lon: longitude [deg], shape (n,).
        starts: where a piece starts: the way from the point before is not known and not counted, shape (n,).

    Returns:
        shape (n,); NaN where the position is unknown.

    Source: haversine formula (Sinnott 1984, Sky and Telescope 68:159), mean Earth radius.

    >>> path_length(np.array([0.0, 0.0]), np.array([0.0, 1.0]), np.array([True, False]))
    array([     0.  , 111195.08])
    """
    known = np.flatnonzero(~(np.isnan(lat) | np.isnan(lon)))
    out = np.full(len(lat), np.nan)
    if not len(known):
        return out
    piece = np.cumsum(starts)[known]
    phi, lam = np.radians(lat[known]), np.radians(lon[known])
    half = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[1:]) * np.cos(phi[:-1]) * np.sin(np.diff(lam) / 2) ** 2
    step = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    step[piece[1:] != piece[:-1]] = 0.0
    out[known] = np.append(0.0, np.cumsum(step))
    return out


def breaks(pieces: list[Floats]) -> tuple[tuple[float, float], ...]:
    """Pauses (start, end) [s] between pieces in the order of time, each a sorted axis with at least one point."""
    steps = [np.diff(piece) for piece in pieces]
    all_steps = np.concatenate(steps) if steps else np.empty(0)
    usual = float(np.median(all_steps)) if len(all_steps) else 1.0
    found, end = [], pieces[0][-1] if pieces else 0.0
    for piece in pieces[1:]:
        if piece[0] - end > max(PAUSE, PAUSE * usual):
            found.append((float(end), float(piece[0])))
        end = max(end, piece[-1])
    return tuple(found)
