"""Numbers as people read them: the only place where a figure becomes text.

Everything comes in as SI and leaves with its unit. Rounding happens here, once, so that the same figure reads the same
in the page, the terminal, the notebook and JSON, in every language: a language only changes the separators and words
around the digits. A minus is a real minus sign; an interval is written with "to". Dates: `views/dates.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from fitintel.core.errors import UnknownName
from fitintel.core.units import JOULE_PER_KCAL, UnitSystem, shown
from fitintel.views.dates import between_dates, date, date_range, full_date, short_date, weekday
from fitintel.views.language import SOURCE, _, chosen, counted, spoken

__all__ = [
    "MINUS", "QUANTITIES", "between", "between_dates", "certainty", "chance", "clock", "count", "counted", "date",
    "date_range", "ends", "full_date", "known", "listed", "pace", "percent", "plain", "quantity", "short_date",
    "span", "weekday",
]  # fmt: skip

MINUS = "\N{MINUS SIGN}"
QUANTITIES = (
    "distance", "duration", "pace", "speed", "speed change", "energy", "sessions", "training days", "count", "share",
    "load", "heart rate", "cadence", "elevation", "power",
)  # fmt: skip


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
    nothing = not any(digit in text for digit in "123456789")
    if spoken() != SOURCE:
        text = text.translate({ord(sign): other for sign, other in separators(spoken()).items()})
    if nothing:
        return text  # never "-0.0"
    return (MINUS if value < 0 else "+" if signed else "") + text


@cache
def separators(language: str) -> dict[str, str]:
    """English separators -> those of a language (CLDR)."""
    from babel import Locale

    marks = Locale(language).number_symbols["latn"]
    return {",": marks["group"], ".": marks["decimal"]}


def count(n: int, noun: str, plural: str | None = None) -> str:
    """A number of things, in English: for the reports that only a terminal shows. Elsewhere: `counted`.

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
    return _("over {share}", share=percent(0.99)) if 0.99 < share < 1 else percent(share)


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
    return sign + (f"{plain(hours)}:{rest:02d} h" if hours else f"{rest} min")


def race_time(seconds: float) -> str:
    """Time of a race, to the second: minutes and seconds, and hours from one on.

    >>> race_time(2730), race_time(12_599.6), race_time(59.7)
    ('45:30 min', '3:30:00 h', '1:00 min')
    """
    minutes, rest = divmod(int(seconds + 0.5), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d} min"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d} h"


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
        whole = float(value).is_integer()
        n, text = (value if whole else round(value, 1)), plain(value, 0 if whole else 1, signed=signed)
        # 1.04 is written "1.0": several, as it is read
        n = abs(n) if whole or abs(n) != 1 else 1.5
        if kind == "sessions":
            return chosen("{n} session", "{n} sessions", n, n=text)
        return chosen("{n} training day", "{n} training days", n, n=text)
    if kind == "speed change":  # small beside a speed, so one more digit
        how = shown("speed", units)
        return f"{plain(value / how.si, how.decimals + 1, signed=signed)} {how.unit}"
    if kind == "energy":
        return f"{plain(value / JOULE_PER_KCAL, signed=signed)} kcal"
    if kind == "share":
        return percent(value, signed=signed)
    if kind == "heart rate":
        return _("{n} bpm", n=plain(value, signed=signed))
    if kind == "power":
        return f"{plain(value, signed=signed)} W"
    if kind == "cadence":
        return _("{n} per minute", n=plain(value, signed=signed))
    if kind in ("count", "load"):
        return plain(value, 0 if float(value).is_integer() else 1, signed=signed)
    raise UnknownName("quantity", kind, QUANTITIES)


def span(low: str, high: str) -> str:
    """An interval from the texts of its ends, each with its unit.

    >>> span("2 %", "15 %")
    '2 % to 15 %'
    """
    return _("{low} to {high}", low=low, high=high)


def ends(low: str, high: str) -> str:
    """An interval from the texts of its ends; the unit is said once where both have the same.

    >>> ends("30.0 km", "55.2 km"), ends("58 min", "1:02 h"), ends("12", "15")
    ('30.0 to 55.2 km', '58 min to 1:02 h', '12 to 15')
    """
    number, unit = low.partition(" ")[::2]
    if unit and unit == high.partition(" ")[2]:
        low = number
    return span(low, high)


def between(low: float, high: float, kind: str, units: UnitSystem, *, signed: bool = False) -> str:
    """An interval; the unit is said once where both ends have the same.

    >>> between(30000, 55210, "distance", UnitSystem.METRIC), between(2700, 5400, "duration", UnitSystem.METRIC)
    ('30.0 to 55.2 km', '45 min to 1:30 h')
    >>> between(5, 1, "sessions", UnitSystem.METRIC), between(-0.2, 0, "sessions", UnitSystem.METRIC, signed=True)
    ('5 to 1 sessions', '−0.2 to 0.0 sessions')
    """
    if kind == "sessions":
        decimals = 0 if float(low).is_integer() and float(high).is_integer() else 1
        return _("{low} to {high} sessions", low=plain(low, decimals, signed=signed),
                 high=plain(high, decimals, signed=signed))  # fmt: skip
    return ends(quantity(low, kind, units, signed=signed), quantity(high, kind, units, signed=signed))


def chance(p: float) -> str:
    """A p value.

    >>> chance(0.0002), chance(0.034)
    ('p < 0.001', 'p = 0.034')
    """
    return f"p < {plain(0.001, 3)}" if p < 0.001 else f"p = {plain(p, 3)}"


def listed(items: Sequence[str]) -> str:
    """Items as a person lists them.

    >>> listed(["Monday"]), listed(["Monday", "Thursday", "Sunday"])
    ('Monday', 'Monday, Thursday and Sunday')
    """
    if spoken() != SOURCE:
        from babel.lists import format_list

        return format_list(list(items), "standard", spoken()) if items else ""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""
