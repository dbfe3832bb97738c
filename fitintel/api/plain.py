"""Records as JSON takes them: days as ISO dates, missing as null."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

from fastapi import Query

from fitintel.core import days

DAY_FIELDS = frozenset({"day", "valid_from", "first", "last", "first_day", "until", "since_day"})
"""fields of records that hold a day number"""
Day = Annotated[date | None, Query(description="A local day, as 2025-10-07.")]


def number_of(day: date | None) -> int | None:
    """A day as records hold it."""
    return None if day is None else days.number(day)


def plain(value: Any, name: str = "") -> Any:
    """A record, or what is in one.

    >>> from fitintel.core.records import Athlete
    >>> plain(Athlete("a", "Ann"))["units"], plain(float("nan")), plain(20368, "day")
    ('metric', None, '2025-10-07')
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name), each.name) for each in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "tolist"):  # an array, or a number out of one
        return plain(value.tolist(), name)
    if isinstance(value, dict):
        return {str(key): plain(each, str(key)) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if name in DAY_FIELDS and isinstance(value, int):
        return days.iso(value)
    return value
