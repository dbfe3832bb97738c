"""The local day of a recorded workout, and how sure it is. A missing offset is never invented: the day is estimated."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.zones import offset_at

DAY, HOUR, DEGREES_PER_HOUR = 86_400.0, 3600.0, 15.0
CIVIL = (-1.5, 3.0)
"""h. Clocks of all inhabited places differ from the sun's by no more than this (Maine in winter, western China)."""
NIGHT, AWAKE = (0.5, 4.0), (5.0, 22.5)
"""h by the sun: hardly anyone starts then; h of the day at which people do start."""
APART = 2.0
"""h between sun and UTC from which on a local time marked as UTC shows."""

Remark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Local:
    """Day number, offset from UTC [s] (NaN where it is not known), and what to say of them."""

    day: int
    offset: float
    remarks: tuple[Remark, ...] = ()


def local(one: Recording, zone: str | None = None) -> Local:
    """The local day at the start of a recording.

    The file's own offset counts most, then the zone that a person stated, then the longitude of the first position;
    without any it is the day in UTC, and said.

    Raises:
        UnknownName: there is no such zone.
    """
    if one.utc_offset is not None:
        return Local(_day(one.start + one.utc_offset), one.utc_offset)
    if zone is not None:
        offset = offset_at(one.start, zone)
        return Local(_day(one.start + offset), offset)
    longitude = first_longitude(one)
    if longitude is None:
        return Local(_day(one.start), math.nan, (("day_uncertain", "no zone and no position: the day is that of UTC"),))
    sun = longitude / DEGREES_PER_HOUR
    day, first, last = (_day(one.start + HOUR * (sun + shift)) for shift in (0.0, *CIVIL))
    remarks: list[Remark] = []
    if first == last:
        remarks.append(("zone_from_position", f"about {sun:+.0f} h from UTC"))
    else:
        remarks.append(("day_uncertain", f"about {sun:+.0f} h from UTC: it started near midnight"))
    by_sun, by_utc = (one.start / HOUR + sun) % 24, (one.start / HOUR) % 24
    if NIGHT[0] <= by_sun < NIGHT[1] and AWAKE[0] <= by_utc <= AWAKE[1] and abs(sun) >= APART:
        said = f"started at {_clock(by_sun)} by the sun, if {_clock(by_utc)} is UTC"
        remarks.append(("clock_maybe_local", said))
    return Local(day, math.nan, tuple(remarks))


def first_longitude(one: Recording) -> float | None:
    """Longitude of the first position [deg]; a device that has none yet writes 0, 0."""
    lat, lon = one.stream.get("lat"), one.stream.get("lon")
    if lat is None or lon is None:
        return None
    known = np.flatnonzero(~np.isnan(lat) & ~np.isnan(lon) & ((lat != 0.0) | (lon != 0.0)))
    return float(lon[known[0]]) if len(known) else None


def _day(local_seconds: float) -> int:
    return math.floor(local_seconds / DAY)


def _clock(hours: float) -> str:
    return f"{int(hours):02d}:{int(hours % 1 * 60):02d}"
