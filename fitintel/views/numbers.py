"""Numbers as people read them: the only place where a figure becomes text.

Everything comes in as SI and leaves with its unit. Rounding happens here, once, so that the same figure reads the same
in the page, the terminal, the notebook and JSON. A minus is a real minus sign; an interval is written with "to".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from fitintel.core import days
from fitintel.core.errors import UnknownName
from fitintel.core.units import JOULE_PER_KCAL, UnitSystem, shown

MINUS = "\N{MINUS SIGN}"
TO = " to "
QUANTITIES = (
    "distance", "duration", "pace", "speed", "speed change", "energy", "sessions", "training days", "count", "share",
    "load", "heart rate", "cadence", "elevation", "power",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def known(value: Any) -> bool:
    """Whether a value is there: not None, not NaN, not infinite.

    >>> known(0), known(None), known(float("nan"))
    (True, False, False)
    """
    return value is not None and (not isinstance(value, float) or math.isfinite(value))


def plain(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """A bare number with thousands separators.

    >>> plain(12345.678, 1), plain(-0.04, 1), plain(3, signed=True), plain(-3.5, 1)
    ('12,345.7', '0.0', '+3', '−3.5')
    """
    text = f"{abs(value):,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        return text  # never "-0.0"
    return (MINUS if value < 0 else "+" if signed else "") + text


def count(n: int, noun: str, plural: str | None = None) -> str:
    """A number of things.

    >>> count(1, "week"), count(2774, "workout"), count(2, "entry", "entries")
    ('1 week', '2,774 workouts', '2 entries')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def percent(share: float, *, signed: bool = False) -> str:
    """A share as whole percent.

    >>> percent(0.804), percent(0.73, signed=True)
    ('80 %', '+73 %')
    """
    return plain(share * 100, signed=signed) + " %"


def certainty(share: float) -> str:
    """A probability as whole percent; never rounded up to certainty.

    >>> certainty(0.972), certainty(0.9991)
    ('97 %', 'over 99 %')
    """
    return "over 99 %" if 0.99 < share < 1 else percent(share)


def clock(seconds: float) -> str:
    """Time of a workout: hours and minutes, or minutes below one hour; carries.

    >>> clock(3599), clock(74065), clock(1680), clock(20), clock(0), clock(-5400)
    ('1:00 h', '20:34 h', '28 min', '20 s', '0 min', '−1:30 h')
    """
    sign, whole = (MINUS if seconds < 0 else ""), abs(seconds)
    if whole < 0.5:
        return "0 min"
    if whole < 59.5:
        return f"{sign}{whole:.0f} s"
    minutes = int(whole / 60 + 0.5)
    hours, rest = divmod(minutes, 60)
    return sign + (f"{hours:,}:{rest:02d} h" if hours else f"{rest} min")


def pace(seconds_per_metre: float, units: UnitSystem, *, signed: bool = False) -> str:
    """Pace as minutes and seconds; 59.7 s carries to the next minute.

    >>> pace(0.3598, UnitSystem.METRIC), pace(0.36, UnitSystem.IMPERIAL), pace(-0.005, UnitSystem.METRIC, signed=True)
    ('6:00 min/km', '9:39 min/mi', '−0:05 min/km')
    """
    how = shown("pace", units)
    seconds = int(abs(seconds_per_metre) / how.si * 60 + 0.5)
    sign = MINUS if seconds_per_metre < 0 and seconds else "+" if signed and seconds else ""
    return f"{sign}{seconds // 60}:{seconds % 60:02d} {how.unit}"


def quantity(value: float, kind: str, units: UnitSystem, *, signed: bool = False) -> str:
    """An SI value of `kind` (one of `QUANTITIES`) with its unit.

    >>> quantity(42195, "distance", UnitSystem.METRIC), quantity(42195, "distance", UnitSystem.IMPERIAL)
    ('42.2 km', '26.2 mi')
    >>> quantity(3.25, "sessions", UnitSystem.METRIC), quantity(-1800, "duration", UnitSystem.METRIC, signed=True)
    ('3.2 sessions', '−30 min')
    """
    if kind == "duration":
        text = clock(value)
        return "+" + text if signed and value >= 0.5 else text
    if kind == "pace":
        return pace(value, units, signed=signed)
    if kind in ("distance", "elevation", "speed"):
        how = shown(kind, units)
        return f"{plain(value / how.si, how.decimals, signed=signed)} {how.unit}"
    if kind in ("sessions", "training days"):
        text = plain(value, 0 if float(value).is_integer() else 1, signed=signed)
        return f"{text} {kind[:-1] if text.lstrip('+' + MINUS) == '1' else kind}"
    if kind == "speed change":  # small beside a speed, so one more digit
        how = shown("speed", units)
        return f"{plain(value / how.si, how.decimals + 1, signed=signed)} {how.unit}"
    if kind == "energy":
        return f"{plain(value / JOULE_PER_KCAL, signed=signed)} kcal"
    if kind == "share":
        return percent(value, signed=signed)
    if kind == "heart rate":
        return f"{plain(value, signed=signed)} bpm"
    if kind == "power":
        return f"{plain(value, signed=signed)} W"
    if kind == "cadence":
        return f"{plain(value, signed=signed)} per minute"
    if kind in ("count", "load"):
        return plain(value, 0 if float(value).is_integer() else 1, signed=signed)
    raise UnknownName("quantity", kind, QUANTITIES)


def between(low: float, high: float, kind: str, units: UnitSystem, *, signed: bool = False) -> str:
    """An interval; the unit is said once where both ends have the same.

    >>> between(30000, 55210, "distance", UnitSystem.METRIC), between(2700, 5400, "duration", UnitSystem.METRIC)
    ('30.0 to 55.2 km', '45 min to 1:30 h')
    >>> between(5, 1, "sessions", UnitSystem.METRIC), between(-0.2, 0, "sessions", UnitSystem.METRIC, signed=True)
    ('5 to 1 sessions', '−0.2 to 0.0 sessions')
    """
    if kind == "sessions":
        decimals = 0 if float(low).is_integer() and float(high).is_integer() else 1
        return f"{plain(low, decimals, signed=signed)}{TO}{plain(high, decimals, signed=signed)} sessions"
    first, last = quantity(low, kind, units, signed=signed), quantity(high, kind, units, signed=signed)
    number, _, unit = first.partition(" ")
    if unit and unit == last.partition(" ")[2]:
        return f"{number}{TO}{last}"
    return f"{first}{TO}{last}"


def date(day: int) -> str:
    """A date with its weekday.

    >>> date(20368)
    'Tue 7 Oct 2025'
    """
    return f"{days.WEEKDAYS[days.weekday(day)][:3]} {days.said(day)}"


def full_date(day: int) -> str:
    """A date written out, for a heading.

    >>> full_date(20368)
    'Tuesday, 7 October 2025'
    """
    found = days.from_number(day)
    return f"{days.WEEKDAYS[days.weekday(day)]}, {found.day} {MONTHS[found.month - 1]} {found.year}"


def date_range(low: int, high: int) -> str:
    """An interval of dates; what both share is said once.

    >>> date_range(20368, 20375), date_range(20300, 20368), date_range(20000, 20368)
    ('7 to 14 Oct 2025', '31 Jul to 7 Oct 2025', '4 Oct 2024 to 7 Oct 2025')
    """
    first, last = days.from_number(low), days.from_number(high)
    if low == high:
        return days.said(low)
    if first.year != last.year:
        return f"{days.said(low)}{TO}{days.said(high)}"
    if first.month != last.month:
        return f"{first.day} {days.MONTHS[first.month - 1]}{TO}{days.said(high)}"
    return f"{first.day}{TO}{days.said(high)}"


def chance(p: float) -> str:
    """A p value.

    >>> chance(0.0002), chance(0.034)
    ('p < 0.001', 'p = 0.034')
    """
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def listed(items: Sequence[str]) -> str:
    """Items as a person lists them.

    >>> listed(["Monday"]), listed(["Monday", "Thursday", "Sunday"])
    ('Monday', 'Monday, Thursday and Sunday')
    """
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""
