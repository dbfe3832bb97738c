"""Columns of instants from slices of a text, with NumPy where a slice has the usual form, else one by one.

Source: ISO 8601 as the XML schema's dateTime restricts it, and what devices write beside it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.document import Bytes
from fitintel.ingest.xml.numbers import FEW, Floats, Mask

Longs = NDArray[np.int64]

_TIME = re.compile(
    rb"\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,40}))?)?\s*(Z|z|[-+]\d\d(?::?\d\d)?)?\s*"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
FURTHEST_OFFSET = 14 * 3600
"""s from UTC"""


class Times(NamedTuple):
    """Instants and how they were written."""

    seconds: Floats
    """since 1970-01-01 UTC, NaN for missing or unreadable"""
    offset: Floats
    """s from UTC as written; NaN where there is no zone"""
    unreadable: int
    blank: int


def times(text: bytes, buffer: Bytes, start: Ints, stop: Ints) -> Times:
    """ISO 8601 instants written in `text[start:stop]`; without a zone they are taken as UTC.

    Fractions are cut at the microsecond; 24:00 and a leap second are the next day and second.

    >>> data = b"2024-02-29T12:00:00.5+02:00"
    >>> found = times(data, np.frombuffer(data + bytes(64), np.uint8), np.array([0]), np.array([27]))
    >>> found.seconds.tolist(), found.offset.tolist()
    ([1709200800.5], [7200.0])
    """
    count = len(start)
    micro, offset = np.zeros(count, np.int64), np.full(count, np.nan)
    found = np.zeros(count, bool)
    if count >= FEW:
        micro, offset, found = _usual_times(text, buffer, start, stop)
    unreadable = blank = 0
    for row in np.flatnonzero(~found).tolist():
        one = text[start[row] : stop[row]]
        told = _instant(one)
        if told is None:
            unreadable += bool(one.strip())
            blank += not one.strip()
            continue
        found[row] = True
        micro[row], offset[row] = told[0], np.nan if told[1] is None else told[1]
    seconds = np.where(found, micro / 1e6, np.nan)
    return Times(seconds, offset, unreadable, blank)


def instant(text: str) -> tuple[float, float | None] | None:
    """Seconds since 1970 UTC and the written offset [s]; None where it cannot be read.

    >>> instant("2024-02-29T12:00:00Z"), instant("+052870-03-11T09:39:10.000Z")
    ((1709208000.0, 0.0), None)
    """
    told = _instant(text.encode())
    return None if told is None else (told[0] / 1e6, told[1])


def _instant(one: bytes) -> tuple[int, float | None] | None:
    parts = _TIME.fullmatch(one)
    if parts is None:
        return None
    year, month, day, hour, minute = (int(parts[place]) for place in range(1, 6))
    second, fraction = int(parts[6] or 0), int((parts[7] or b"0")[:6].ljust(6, b"0"))
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second or fraction)):
        return None
    try:
        when = datetime(year, month, day, tzinfo=UTC)
    except ValueError:  # no such day
        return None
    zone, offset = parts[8], None
    if zone is not None:
        sign = -1 if zone.startswith(b"-") else 1
        digits = zone[1:].replace(b":", b"")
        offset = sign * (int(digits[:2] or 0) * 3600.0 + int(digits[2:] or 0) * 60.0) if digits else 0.0
        if abs(offset) > FURTHEST_OFFSET or int(digits[2:] or 0) > 59:
            return None
    whole = (when - _EPOCH) // timedelta(seconds=1) + hour * 3600 + minute * 60 + second - int(offset or 0)
    return whole * 1_000_000 + fraction, offset


def _usual_times(text: bytes, buffer: Bytes, start: Ints, stop: Ints) -> tuple[Longs, Floats, Mask]:
    """Times of the form 2024-02-29T12:00:00, with or without a fraction, that end in the zone of the first one."""
    size = stop - start
    example = re.search(rb"(?:Z|[-+]\d\d:\d\d)?$", text[int(start[0]) : int(stop[0])])
    zone = b"" if example is None else example[0]
    told = _instant(b"1970-01-01T00:00:00" + zone)
    offset = np.nan if told is None or told[1] is None else told[1]
    fine = (size >= 19 + len(zone)) & (size <= 29 + len(zone))
    fine[fine] = _ends_with(buffer, stop[fine], zone)
    at = np.where(fine, start, 0).astype(np.int32)
    if len(buffer) < 64 or told is None:
        return np.zeros(len(start), np.int64), np.full(len(start), np.nan), np.zeros(len(start), bool)
    for place, mark in ((4, 45), (7, 45), (10, 84), (13, 58), (16, 58)):
        fine &= buffer[at + place] == mark
    fields = []
    for begin, width in ((0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2)):
        value = np.zeros(len(start), np.int64)
        for place in range(begin, begin + width):
            digit = buffer[at + place] - np.uint8(48)
            fine &= digit < 10
            value = value * 10 + digit
        fields.append(value)
    year, month, day, hour, minute, second = fields
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _MONTH[np.minimum(month, 12)] + (leap & (month == 2))
    fine &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= longest)
    fine &= (hour < 24) & (minute < 60) & (second < 60)
    more = np.where(fine, size - 19 - len(zone), 0)
    fraction = np.zeros(len(start), np.int64)
    if more.any():
        fine &= (more == 0) | ((buffer[at + 19] == 46) & (more >= 2))
        for step in range(1, int(more.max())):
            digit = buffer[at + 19 + step] - np.uint8(48)
            fine &= (digit < 10) | (step >= more)
            if step <= 6:
                fraction = fraction * 10 + np.where(step < more, digit, 0)
        fraction = fraction * 10 ** max(7 - int(more.max()), 0)
    # days since 1970 of the civil calendar (Howard Hinnant, chrono-compatible low-level date algorithms)
    shifted = year - (month <= 2)
    of_era = shifted % 400
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day - 1
    days = shifted // 400 * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
    whole = days * 86400 + hour * 3600 + minute * 60 + second - int(0 if np.isnan(offset) else offset)
    return whole * 1_000_000 + fraction, np.full(len(start), offset), fine


def _ends_with(buffer: Bytes, stop: Ints, ending: bytes) -> Mask:
    same = np.ones(len(stop), bool)
    for place, letter in enumerate(reversed(ending), 1):
        same &= buffer[stop - place] == letter
    return same
