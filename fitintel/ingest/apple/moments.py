"""Apple's times: `2024-03-31 02:30:00 +0100`, the offset being that of the phone when it exported."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from math import isfinite

from fitintel.core import days

_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d+)? ?([+-]\d{2}):?(\d{2})", re.ASCII)
FARTHEST = 15 * 3600.0
"""s from UTC; no clock was ever farther"""


@lru_cache(maxsize=50_000)
def _day(text: str) -> int:
    return days.number(date.fromisoformat(text))


def moment(text: str | None) -> tuple[float, float] | None:
    """(s since 1970-01-01 UTC, offset [s]) of one time; None where it is none.

    >>> moment("2024-03-31 02:30:00 +0100"), moment("soon"), moment(None)
    ((1711848600.0, 3600.0), None, None)
    """
    found = _TIME.fullmatch(text or "")
    if found is None:
        return None
    try:
        day = _day(found[1])
    except ValueError:
        return None
    hours = int(found[5])
    offset = hours * 3600.0 + (-1.0 if found[5][0] == "-" else 1.0) * int(found[6]) * 60.0
    if abs(offset) > FARTHEST or int(found[2]) > 24 or int(found[3]) > 59 or int(found[4]) > 60:
        return None
    return day * 86400.0 + int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4]) - offset, offset


def number(text: str | None) -> float | None:
    """A number, with a point or, in exports of some languages, a comma; None where it is none.

    >>> number("70.5"), number("70,5"), number("1_0"), number("1e999"), number(None)
    (70.5, 70.5, None, None, None)
    """
    if not text or not re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?", text, re.ASCII):
        return None
    value = float(text.replace(",", "."))
    return value if isfinite(value) else None
