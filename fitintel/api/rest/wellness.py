"""Wellness: sleep, HRV, resting heart rate, weight, ratings; and what a person types."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from fitintel.api.kept import keep
from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.plain import Day, number_of, plain
from fitintel.api.rest.imports import Report, report_of
from fitintel.api.who import Bench

router = APIRouter(prefix="/athletes/{athlete_id}/wellness", tags=["wellness"])


class Typed(BaseModel, extra="forbid"):
    """Values of one day, as text with units where they have one."""

    day: date
    values: dict[str, str] = Field(
        min_length=1, max_length=30, examples=[{"sleep_duration": "7h20", "resting_hr": "52"}]
    )


@router.get("")
def wellness(
    athlete_id: str, bench: Bench, request: Request, since: Day = None, until: Day = None, limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[dict[str, Any]]:  # fmt: skip
    """Values by day and metric, SI; those that you may see."""
    keep(request, bench)
    limits = {name: number for name, day in (("since", since), ("until", until)) if (number := number_of(day))}
    found = bench.wellness(bench.athlete(athlete_id).id, **limits)
    items, following = page_of(found, lambda one: [one.day, one.metric, one.id], limit, cursor)
    return Page(items=[plain(one) for one in items], next=following)


@router.post("", status_code=201)
def add(athlete_id: str, typed: Typed, bench: Bench) -> Report:
    """Take in the values of a day, through the same checks as a file."""
    return report_of(bench.add_wellness(athlete_id=athlete_id, date=typed.day.isoformat(), **typed.values))
