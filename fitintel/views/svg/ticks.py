"""Where the ticks of an axis stand."""

from __future__ import annotations

import math
from datetime import date

from fitintel.core import days
from fitintel.views.dates import month_short, weekday_short
from fitintel.views.numbers import plain


def nice(low: float, high: float, most: int = 5) -> list[float]:
    """Round values that cover low..high with at most `most` steps of 1, 2, 2.5 or 5 times a power of ten.

    >>> nice(0, 87), nice(-12, 7), nice(0, 1.1)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [-15.0, -10.0, -5.0, 0.0, 5.0, 10.0], [0.0, 0.25, 0.5, 0.75, 1.0, 1.25])
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("an axis needs finite ends")
    if high <= low:
        high = low + 1.0
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= most:
            break
    return [round(i * step, 10) + 0.0 for i in range(first, last + 1)]


def label(value: float, values: list[float]) -> str:
    """A tick's text, with as many decimals as the steps need.

    >>> label(20.0, [0.0, 20.0]), label(0.25, [0.0, 0.25]), label(-5.0, [-5.0, 0.0])
    ('20', '0.25', '−5')
    """
    step = values[1] - values[0] if len(values) > 1 else 1.0
    decimals = next((d for d in range(4) if abs(round(step, d) - step) < 1e-9), 4)
    return plain(value, decimals)


def calendar(first: int, last: int, most: int) -> list[tuple[int, str]]:
    """Ticks of a time axis: days, months, quarters or years, at most `most` and never a part of one.

    January is written as its year.

    >>> calendar(20089, 20368, 6)
    [(20089, '2025'), (20179, 'Apr'), (20270, 'Jul'), (20362, 'Oct')]
    """
    if last - first <= 21:
        step = max(1, math.ceil((last - first + 1) / most))
        return [(day, f"{weekday_short(days.weekday(day))} {days.from_number(day).day}")
                for day in range(first, last + 1, step)]  # fmt: skip
    found: list[date] = []
    for months in (1, 3, 6, 12, 24, 60, 120, 240):
        found = _months(first, last, months)
        if len(found) <= most:
            break
    if months >= 12:
        return [(days.number(day), str(day.year)) for day in found]
    return [(days.number(day), str(day.year) if day.month == 1 else month_short(day.month)) for day in found]


def _months(first: int, last: int, step: int) -> list[date]:
    """First days of every `step`-th month within first..last."""
    begin = days.from_number(first)
    index = begin.year * 12 + begin.month - 1
    if begin.day > 1:
        index += 1
    index += -index % step
    found: list[date] = []
    while True:
        day = date(index // 12, index % 12 + 1, 1)
        if days.number(day) > last:
            return found
        found.append(day)
        index += step
