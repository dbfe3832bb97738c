"""Local clock and UTC: where a time zone is known, every moment gets its offset, and the local day follows from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np

from fitintel.core.errors import UnknownName

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_EPOCH = datetime(1970, 1, 1)
DAY = 86_400.0
_EARLIEST, _LATEST = -2_208_988_800.0, 4_102_444_800.0
"""s. 1900 and 2100: dates outside are refused by their own rules and need no offset."""


class Placed(NamedTuple):
    """Moments with their local day, start [s since 1970-01-01 UTC] and offset [s], NaN where not known."""

    day: NDArray[np.int64]
    start: Floats
    offset: Floats
    gap: list[int]
    """places of local times that do not exist"""
    fold: list[int]
    """places of local times that exist twice"""


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; raises UnknownName.

    >>> zone("Europe/Berlin").key
    'Europe/Berlin'
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownName("time zone", name, available_timezones()) from None


def place_in_time(day: NDArray[np.int64], second: Floats, offset: Floats, *, clock: str, zone: str) -> Placed:
    """Days and seconds of the day as a file says them, placed in time.

    An offset in the cell is believed. Without one, `clock` `utc` makes the second one of UTC, else it is local; with a
    `zone` either gets its offset, without one a UTC time keeps UTC's day and a local time its local clock.
    """
    timed = np.isfinite(second)
    start = np.where(timed, day.astype(np.float64) * DAY + second - np.nan_to_num(offset), np.nan)
    found = np.where(timed, offset, np.nan)
    days = day.copy()
    gap: list[int] = []
    fold: list[int] = []
    open_ = np.flatnonzero(timed & np.isnan(offset) & (start > _EARLIEST) & (start < _LATEST)) if zone else ()
    for place in map(int, open_):
        if clock == "utc":
            found[place] = offset_at(float(start[place]), zone)
            days[place] = int((start[place] + found[place]) // DAY)
        else:
            found[place], odd = offset_of_local(float(start[place]), zone)
            (gap if odd == "gap" else fold if odd == "fold" else []).append(place)
            start[place] -= found[place]
            days[place] = int((start[place] + offset_at(float(start[place]), zone)) // DAY)
            found[place] = offset_at(float(start[place]), zone)
    return Placed(days, start, found, gap, fold)


def offset_at(start: float, name: str) -> float:
    """Offset from UTC [s] of a zone at a moment [s since 1970-01-01 UTC].

    >>> offset_at(1.7e9, "Europe/Berlin"), offset_at(1.72e9, "Europe/Berlin")
    (3600.0, 7200.0)
    """
    offset = datetime.fromtimestamp(start, UTC).astimezone(zone(name)).utcoffset()
    return (offset or timedelta()).total_seconds()


def offset_of_local(local: float, name: str) -> tuple[float, str]:
    """(offset [s], '' or 'gap' or 'fold') of a local clock, given as s since 1970-01-01 on that clock.

    In a gap the offset before it holds, which shifts the time forward as clocks were; in a fold the first one.

    >>> local = (datetime(2024, 3, 31, 2, 30) - _EPOCH).total_seconds()
    >>> offset_of_local(local, "Europe/Berlin")
    (3600.0, 'gap')
    >>> local = (datetime(2024, 10, 27, 2, 30) - _EPOCH).total_seconds()
    >>> offset_of_local(local, "Europe/Berlin")
    (7200.0, 'fold')
    """
    moment = _EPOCH + timedelta(seconds=local)
    first = moment.replace(tzinfo=zone(name), fold=0).utcoffset() or timedelta()
    second = moment.replace(tzinfo=zone(name), fold=1).utcoffset() or timedelta()
    odd = "" if first == second else "gap" if first < second else "fold"
    return first.total_seconds(), odd
