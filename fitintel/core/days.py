"""The only place that knows what an athlete's local day is.

Inside, a day is a day number: whole days since 1970-01-01 in the athlete's own calendar (int). It sorts, subtracts and
fits in an array. Dates for people are made here too. Weeks are ISO weeks: they begin on Monday.
"""

from __future__ import annotations

from datetime import date, datetime

EPOCH = date(1970, 1, 1)
EARLIEST = date(1990, 1, 1)
"""No workout is older than this: earlier dates are device clocks that were never set."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(day: date) -> int:
    """Day number of a date.

    >>> number(date(2025, 10, 7))
    20368
    """
    return day.toordinal() - EPOCH.toordinal()


def from_number(value: int) -> date:
    """Date of a day number.

    >>> from_number(20368)
    datetime.date(2025, 10, 7)
    """
    return date.fromordinal(int(value) + EPOCH.toordinal())


def iso(value: int) -> str:
    """ISO text of a day number.

    >>> iso(20368)
    '2025-10-07'
    """
    return from_number(value).isoformat()


def local_day(start: datetime) -> int:
    """Local day number of a start time; the time must carry its offset.

    >>> from datetime import timedelta, timezone
    >>> local_day(datetime(2024, 1, 1, 0, 20, tzinfo=timezone(timedelta(hours=1))))
    19723
    """
    if start.tzinfo is None:
        raise ValueError("a start time needs its UTC offset to have a local day")
    return number(start.date())


def week_start(day: int) -> int:
    """Day number of the Monday of the week that holds `day`.

    >>> iso(week_start(number(date(2025, 10, 7))))
    '2025-10-06'
    """
    return day - weekday(day)


def weekday(day: int) -> int:
    """Weekday of a day number: Monday is 0. (1970-01-01 was a Thursday.)"""
    return (int(day) + 3) % 7


def today() -> int:
    """Day number of the day it is here now, by the machine's own clock and zone."""
    return number(date.today())


def said(value: int) -> str:
    """A date as a person reads it.

    >>> said(20368)
    '7 Oct 2025'
    """
    day = from_number(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
