"""Workouts, newest first."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import create_model

from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.who import Bench
from fitintel.core import days
from fitintel.core.workouts import COLUMNS

router = APIRouter(prefix="/athletes/{athlete_id}/workouts", tags=["workouts"])
KINDS: dict[str, Any] = {"day": (date, ...), "number": (float | None, None)}
Workout: Any = create_model(
    "Workout",
    **{name: KINDS.get(column.kind, (str | None, None)) for name, column in COLUMNS.items()},
)
"""One definition: the columns of core.workouts, SI."""
Day = Annotated[date | None, Query(description="2025-10-07")]


@router.get("", response_model=Page[Workout])
def workouts(
    athlete_id: str, bench: Bench, since: Day = None, until: Day = None, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """Workouts of an athlete by local day, newest first; merged ones are one."""
    found = bench.workouts(
        athlete_id, columns=tuple(COLUMNS), since=days.number(since) if since else None,
        until=days.number(until) if until else None,
    )  # fmt: skip
    rows = [{name: found[name][place] for name in COLUMNS} for place in range(len(found))]
    items, following = page_of(rows, lambda row: [-int(row["day"]), str(row["id"])], limit, cursor)
    return {"items": [_plain(row) for row in items], "next": following}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in row.items():
        if COLUMNS[name].kind == "day":
            said[name] = days.iso(int(value))
        elif COLUMNS[name].kind == "number":
            said[name] = None if value is None or math.isnan(value) else float(value)
        else:
            said[name] = None if value is None else str(value)
    return said
