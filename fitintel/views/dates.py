"""Dates and times as people read them, in the language that is spoken (CLDR); English as the house writes it."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from fitintel.core import days
from fitintel.views.language import SOURCE, _, spoken

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def date(day: int) -> str:
    """A date with its weekday.

    >>> date(20368)
    'Tue 7 Oct 2025'
    """
    if spoken() == SOURCE:
        return f"{days.WEEKDAYS[days.weekday(day)][:3]} {days.said(day)}"
    return _in_order("yMMMEd", day)


def short_date(day: int) -> str:
    """A date without its weekday.

    >>> short_date(20368)
    '7 Oct 2025'
    """
    return days.said(day) if spoken() == SOURCE else _in_order("yMMMd", day)


def full_date(day: int) -> str:
    """A date written out, for a heading.

    >>> full_date(20368)
    'Tuesday, 7 October 2025'
    """
    found = days.from_number(day)
    if spoken() == SOURCE:
        return f"{days.WEEKDAYS[days.weekday(day)]}, {found.day} {MONTHS[found.month - 1]} {found.year}"
    from babel.dates import format_date

    return format_date(found, "full", locale=spoken())


def month(day: int) -> str:
    """The month and year of a day.

    >>> month(20368)
    'October 2025'
    """
    found = days.from_number(day)
    return f"{MONTHS[found.month - 1]} {found.year}" if spoken() == SOURCE else _in_order("yMMMM", day)


def weekday(place: int) -> str:
    """The name of a weekday; Monday is 0.

    >>> weekday(0)
    'Monday'
    """
    return days.WEEKDAYS[place] if spoken() == SOURCE else _names("days", "wide", spoken())[place]


def weekday_short(place: int) -> str:
    """Its short name, for charts and tables.

    >>> weekday_short(0)
    'Mon'
    """
    return days.WEEKDAYS[place][:3] if spoken() == SOURCE else _names("days", "abbreviated", spoken())[place]


def month_name(number: int) -> str:
    """The name of a month; January is 1.

    >>> month_name(1)
    'January'
    """
    return MONTHS[number - 1] if spoken() == SOURCE else _names("months", "wide", spoken())[number]


def month_short(number: int) -> str:
    """The short name of a month; January is 1.

    >>> month_short(1)
    'Jan'
    """
    return days.MONTHS[number - 1] if spoken() == SOURCE else _names("months", "abbreviated", spoken())[number]


def date_range(low: int, high: int) -> str:
    """An interval of dates; what both share is said once.

    >>> date_range(20368, 20375), date_range(20300, 20368), date_range(20000, 20368)
    ('7 to 14 Oct 2025', '31 Jul to 7 Oct 2025', '4 Oct 2024 to 7 Oct 2025')
    """
    if low == high:
        return short_date(low)
    if spoken() == SOURCE:
        return f"{_shortened(low, high)} to {days.said(high)}"
    from babel.dates import format_interval

    return format_interval(days.from_number(low), days.from_number(high), "yMMMd", locale=spoken())


def between_dates(low: int, high: int) -> str:
    """An interval in which something happened; its ends differ.

    >>> between_dates(20368, 20375)
    'between 7 and 14 Oct 2025'
    """
    first = _shortened(low, high) if spoken() == SOURCE else short_date(low)
    return _("between {first} and {last}", first=first, last=short_date(high))


def moment(at: datetime, time_zone: str = "") -> str:
    """A date and time to the minute, in a time zone (its IANA name; empty: the machine's).

    >>> from datetime import UTC
    >>> moment(datetime(2025, 10, 7, 22, 30, tzinfo=UTC), "Europe/Paris")
    'Wed 8 Oct 2025, 00:30'
    """
    from zoneinfo import ZoneInfo

    here = at.astimezone(ZoneInfo(time_zone) if time_zone else None)
    return f"{date(days.number(here.date()))}, {here:%H:%M}"


def _shortened(low: int, high: int) -> str:
    first, last = days.from_number(low), days.from_number(high)
    if first.year != last.year:
        return days.said(low)
    return f"{first.day}" if first.month == last.month else f"{first.day} {days.MONTHS[first.month - 1]}"


def _in_order(skeleton: str, day: int) -> str:
    """The parts of a date in the language's own order."""
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, days.from_number(day), locale=spoken())


def date_order(skeleton: str) -> str:
    """The order in which a language writes the parts of a date, as a format of d3: for a chart that scripts draw.

    >>> from fitintel.views.language import speaking
    >>> with speaking("de"):
    ...     date_order("yMMMd")
    '%-d. %b %Y'
    """
    from babel import Locale

    pattern = str(Locale(spoken()).datetime_skeletons[skeleton].pattern)
    return pattern.replace("MMM", "%b").replace("y", "%Y").replace("d", "%-d")


def day_format() -> str:
    """How a language writes a day in a column that sorts by it, as a format of Moment.js: for Streamlit's tables.

    >>> from fitintel.views.language import speaking
    >>> with speaking("fr"):
    ...     day_format()
    'DD/MM/YYYY'
    """
    if spoken() == SOURCE:
        return "D MMM YYYY"
    from babel import Locale

    pattern = str(Locale(spoken()).datetime_skeletons["yMd"].pattern)
    return pattern.replace("y", "YYYY").replace("d", "D")


@cache
def _names(kind: str, width: str, language: str) -> dict[int, str]:
    from babel import Locale

    names = getattr(Locale(language), kind)["stand-alone"][width]
    # French and German write the short names with a stop, which a chart has no room for
    return {place: name.removesuffix(".") if width == "abbreviated" else name for place, name in names.items()}
