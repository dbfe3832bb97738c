"""Cells to local days and start times. Day and month are told apart by evidence over the column, never by habit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from fitintel.core import days
from fitintel.ingest.distinct import distinct
from fitintel.ingest.numbers import MISSING

if TYPE_CHECKING:
    from numpy.typing import NDArray

Order = Literal["", "dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")

NO_DAY = np.iinfo(np.int64).min
"""Stands in a column of day numbers where the date is missing or unusable; such rows are never imported."""

_MONTHS = {
    1: ("jan", "ene"), 2: ("feb", "fev", "fevr"), 3: ("mar", "maerz", "mrz", "mars"), 4: ("apr", "avr", "abr"),
    5: ("may", "mai"), 6: ("jun", "juin"), 7: ("jul", "juil"), 8: ("aug", "aou", "ago"), 9: ("sep", "set"),
    10: ("oct", "okt"), 11: ("nov",), 12: ("dec", "dez", "dic"),
}  # fmt: skip
"""Beginnings of month names in English, German, French and Spanish."""

_TIME = r"(?:(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,]\d{1,9})?))?\s*([ap]\.?m\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)"
_TAIL = rf"(?:(?:[T\s,]|\sat\s|\sum\s|\sà\s)+{_TIME})?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TAIL}", re.ASCII | re.IGNORECASE)
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TAIL}", re.ASCII | re.IGNORECASE)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TAIL}", re.ASCII | re.IGNORECASE)
_WORD = r"([^\W\d_]{3,12})\.?"
_MONTH_FIRST = re.compile(
    rf"(?:{_WORD},?\s+)?{_WORD}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TAIL}", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"(?:{_WORD},?\s+)?(\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s+(?:de\s+)?{_WORD},?\s+(?:de\s+)?(\d{{4}}){_TAIL}",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """One read date: day number, local second of the day (NaN if none), offset from UTC in s (NaN if not said)."""

    day: int
    second: float
    offset: float
    shifted: bool = False
    """24:00 or a leap second was read as the next day or second"""


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of dates."""

    day: NDArray[np.int64]
    second: NDArray[np.float64]
    offset: NDArray[np.float64]
    wrong: dict[int, str]
    """place -> rule that it breaches: date_missing, date_unreadable, date_ambiguous"""
    shifted: tuple[int, ...]


def month_of(word: str) -> int | None:
    """Number of a month name or abbreviation in English, German, French or Spanish.

    >>> month_of("Sept"), month_of("août"), month_of("März"), month_of("Foo")
    (9, 8, 3, None)
    """
    text = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    if text.startswith("juil"):
        return 7
    found = [number for number, starts in _MONTHS.items() if text.startswith(starts)]
    return found[0] if len(found) == 1 else None


def order_of(cells: Iterable[str]) -> tuple[Order, bool]:
    """(order, unsettled): what the numeric dates of a column force; unsettled if any could be read two ways.

    >>> order_of(["03/04/2024", "13/04/2024"]), order_of(["03/04/2024"]), order_of(["2024-03-04"])
    (('dmy', False), ('', True), ('', False))
    """
    first_over = second_over = dots = open_ = False
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.strip())
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        first_over |= first > 12
        second_over |= second > 12
        dots |= found[2] == "."
        open_ |= first <= 12 and second <= 12 and first != second
    if first_over != second_over:
        return ("dmy" if first_over else "mdy"), False
    if dots and not second_over:
        return "dmy", False  # 03.04.2024 is written only where the day comes first
    return "", open_


def rewritten(cells: Iterable[str]) -> tuple[str, str] | None:
    """(a date that a spreadsheet rewrote, one that it could not read) where a column shows both, else None.

    A program writes 4/5/2016 and 4/13/2016 alike, or 04/05/2016 and 04/13/2016. A spreadsheet of the other order of day
    and month reads the first, writes it in its own way, and leaves the second as text.

    >>> rewritten(["04/12/2016", "4/13/2016", "4/14/2016"])
    ('04/12/2016', '4/13/2016')
    >>> rewritten(["4/12/2016", "4/13/2016"]), rewritten(["04/12/2016", "04/13/2016"])
    (None, None)
    """
    padded: dict[bool, str] = {}
    bare: dict[bool, str] = {}
    for cell in cells:
        found = _NUMERIC.fullmatch(cell.strip())
        if not found or (int(found[1]) > 9 and int(found[3]) > 9):
            continue
        open_ = int(found[1]) <= 12 and int(found[3]) <= 12
        (padded if "0" in (found[1][0], found[3][0]) else bare).setdefault(open_, cell.strip())
    if True in padded and False in bare and True not in bare and False not in padded:
        return padded[True], bare[False]
    return None


def read_moment(cell: str, order: Order = "") -> Moment | str:
    """One date with or without time of day, or the name of the rule that it breaches.

    >>> read_moment("Jan. 8, 2024").day == read_moment("2024-01-08").day
    True
    >>> read_moment("03/04/2024"), read_moment("31 Feb 2024")
    ('date_ambiguous', 'date_unreadable')
    """
    text = cell.strip()
    if text.lower() in MISSING:
        return "date_missing"
    found = _ISO.fullmatch(text)
    if found:
        return _moment(int(found[1]), int(found[3]), int(found[4]), found.groups()[4:])
    found = _COMPACT.fullmatch(text)
    if found:
        return _moment(int(found[1]), int(found[2]), int(found[3]), found.groups()[3:])
    found = _NUMERIC.fullmatch(text)
    if found:
        first, second = int(found[1]), int(found[3])
        if order not in ("dmy", "mdy"):
            if first <= 12 and second <= 12 and first != second:
                return "date_ambiguous"
            order = "dmy" if first > 12 else "mdy"
        day, month = (first, second) if order == "dmy" else (second, first)
        return _moment(int(found[4]), month, day, found.groups()[4:])
    found = _MONTH_FIRST.fullmatch(text)
    if found:
        return _moment(int(found[4]), month_of(found[2]), int(found[3]), found.groups()[4:])
    found = _DAY_FIRST.fullmatch(text)
    if found:
        return _moment(int(found[4]), month_of(found[3]), int(found[2]), found.groups()[4:])
    return "date_unreadable"


def _moment(year: int, month: int | None, day: int, time: tuple[str | None, ...]) -> Moment | str:
    try:
        number = days.number(date(year, month or 0, day))
    except ValueError:
        return "date_unreadable"
    hour, minute, second, half, zone = time
    if hour is None:
        return Moment(number, float("nan"), float("nan"))
    h, m, s = int(hour), int(minute or 0), float((second or "0").replace(",", "."))
    if half:
        if not 1 <= h <= 12:
            return "date_unreadable"
        h = h % 12 + (12 if half.lower().startswith("p") else 0)
    shifted = (h == 24 and m == 0 and s == 0) or (h == 23 and m == 59 and 60 <= s < 61)
    if not shifted and (h > 23 or m > 59 or s >= 60):
        return "date_unreadable"
    total = h * 3600 + m * 60 + s
    offset = _offset(zone)
    if shifted and total >= 86400:
        return Moment(number + 1, total - 86400, offset, True)
    return Moment(number, total, offset, shifted)


def _offset(zone: str | None) -> float:
    if not zone:
        return float("nan")
    if zone.upper() in ("Z", "UTC"):
        return 0.0
    sign = -1.0 if zone[0] == "-" else 1.0
    digits = zone[1:].replace(":", "")
    return sign * (int(digits[:2]) * 3600.0 + int(digits[2:]) * 60.0)


def read_moments(cells: Sequence[str], order: Order = "") -> Moments:
    """A column of dates; equal cells are read once."""
    known, codes = distinct(cells)
    found = [read_moment(cell, order) for cell in known]
    nothing = Moment(NO_DAY, float("nan"), float("nan"))
    read = [nothing if isinstance(moment, str) else moment for moment in found]
    bad = np.array([isinstance(moment, str) for moment in found], dtype=bool)[codes]
    odd = np.array([moment.shifted for moment in read], dtype=bool)[codes]
    return Moments(
        day=np.array([moment.day for moment in read], dtype=np.int64)[codes],
        second=np.array([moment.second for moment in read], dtype=np.float64)[codes],
        offset=np.array([moment.offset for moment in read], dtype=np.float64)[codes],
        wrong={int(place): str(found[codes[place]]) for place in np.flatnonzero(bad)},
        shifted=tuple(np.flatnonzero(odd).tolist()),
    )
