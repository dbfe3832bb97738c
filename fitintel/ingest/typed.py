"""Typed words to values: days, amounts with units, speeds. What could mean two things is asked about, not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.units import METRE_PER_MILE, TO_SI
from fitintel.ingest.dates import Order, read_moment
from fitintel.ingest.numbers import PLAIN, clock

YEAR = 366
_AMOUNT = re.compile(r"([+-]?[0-9]+(?:[.,][0-9]+)?)\s*([a-z/%²0-9]*)", re.IGNORECASE)
_PACE = re.compile(r"(\d{1,2}):(\d{2})(?:\.(\d))?\s*(?:min)?\s*/\s*(km|mi|100\s*m|100\s*yd|500\s*m)", re.IGNORECASE)
PACES = {"km": 1000.0, "mi": METRE_PER_MILE, "100m": 100.0, "100yd": 91.44, "500m": 500.0}
"""what a pace is told for -> m."""


def day(text: str, field: str, *, ahead: int = 0, order: Order = "", today: int | None = None) -> int:
    """The day number of a typed date, at most `ahead` days in the future.

    Raises:
        UsageError: it is no date, could be two, or lies outside the range, which is named.

    >>> day("2024-02-29", "date", today=20000), day("29 Feb 2024", "date", today=20000)
    (19782, 19782)
    """
    now = days.today() if today is None else today
    latest = now + ahead
    bounds = f"from {days.iso(days.number(days.EARLIEST))} to {days.iso(latest)}"
    word = text.strip().lower()
    if word in ("today", "yesterday"):
        return now - (word == "yesterday")
    read = read_moment(text, order)
    if read == "date_ambiguous":
        raise UsageError(f"{field}: {text!r} can be read as day/month or month/day", next="write it as 2024-02-29")
    if isinstance(read, str):
        raise UsageError(f"{field}: {text!r} is not a date", next=f"write it as 2024-02-29, {bounds}")
    if not days.number(days.EARLIEST) <= read.day <= latest:
        raise UsageError(f"{field}: {days.iso(read.day)} is out of range", next=f"choose a day {bounds}")
    return read.day


def amount(text: str, field: str, units: Mapping[str, float], *, bare: str = "") -> float:
    """A typed amount in SI. `units` are those that may be written; `bare` is that of a plain number, '' for none.

    Raises:
        UsageError: it is no plain number with one of the units.

    >>> amount("20kJ", "w_prime", {"J": 1.0, "kJ": 1000.0}), amount("250", "power", {"W": 1.0}, bare="W")
    (20000.0, 250.0)
    """
    found = _AMOUNT.fullmatch(text.strip())
    known = {name.lower(): factor for name, factor in units.items()}
    example = f"write for example {'250' if bare else '20'}{next(iter(units))}; units: {', '.join(units)}"
    if not found or not PLAIN.fullmatch(found[1].replace(",", ".")):
        raise UsageError(f"{field}: {text!r} is not a plain number with a unit", next=example)
    unit = (found[2] or bare).lower()
    if not unit:
        raise UsageError(f"{field}: {text!r} has no unit", next=example)
    if unit not in known:
        raise UsageError(f"{field}: {found[2]!r} is not a unit of it", next=example)
    return float(found[1].replace(",", ".")) * known[unit]


def speed(text: str, field: str) -> float:
    """A typed speed or pace in m/s; its unit must be written.

    >>> round(speed("4:10/km", "speed"), 3), speed("14.4 km/h", "speed"), round(speed("1:35/100m", "speed"), 4)
    (4.0, 4.0, 1.0526)
    """
    found = _PACE.fullmatch(text.strip())
    if found:
        seconds = int(found[1]) * 60 + int(found[2]) + int(found[3] or 0) / 10
        if int(found[2]) > 59 or seconds == 0:
            raise UsageError(f"{field}: {text!r} is not a pace", next="write it as 4:10/km, 6:40/mi or 1:35/100m")
        return PACES[found[4].replace(" ", "").lower()] / seconds
    return amount(text, field, TO_SI["speed"])


def duration(text: str, field: str) -> float:
    """A typed duration in s: 45min, 1h05, 1:05:00 or 90 s; a plain number is minutes.

    Raises:
        UsageError: it is none, or could mean two things.

    >>> duration("1h05", "duration"), duration("45", "duration")
    (3900.0, 2700.0)
    """
    word = text.strip()
    if re.fullmatch(r"\d{1,2}:\d{2}", word, re.ASCII):
        raise UsageError(f"{field}: {text!r} can be minutes and seconds or hours and minutes",
                         next=f"write {word}:00 for hours and minutes, or 0:{word} for minutes and seconds",
                         )  # fmt: skip
    value = float(word) * 60.0 if PLAIN.fullmatch(word) else clock(word)
    if value is None or not value > 0:
        raise UsageError(f"{field}: {text!r} is not a duration", next="write it as 45min, 1h05 or 1:05:00")
    return value


def distance(text: str, field: str) -> float:
    """A typed distance in m; its unit must be written.

    >>> distance("8.2km", "distance")
    8200.0
    """
    value = round(amount(text, field, TO_SI["distance"]), 6)
    if not value > 0:
        raise UsageError(f"{field}: {text!r} is not a distance", next="write it as 8.2km, 5mi or 400m")
    return value


def within(value: float, low: float, high: float, unit: str, field: str) -> float:
    """The value, if it can be of a person; raises UsageError, naming the range."""
    if not low <= value <= high:
        raise UsageError(f"{field}: {value:g} {unit} is out of range", next=f"{field} is {low:g} to {high:g} {unit}")
    return value
