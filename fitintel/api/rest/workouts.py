"""Workouts, newest first."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from pydantic import create_model

from fitintel.api.kept import keep
from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.plain import Day, number_of
from fitintel.api.who import Bench
from fitintel.core import days
from fitintel.core.workouts import COLUMNS
from fitintel.workbench.door import Workbench

router = APIRouter(prefix="/athletes/{athlete_id}/workouts", tags=["workouts"])
KINDS: dict[str, Any] = {"day": (date, ...), "number": (float | None, None)}
Workout: Any = create_model(
    "Workout",
    **{name: KINDS.get(column.kind, (str | None, None)) for name, column in COLUMNS.items()},
)
"""One definition: the columns of core.workouts, SI."""


@router.get("", response_model=Page[Workout])
def workouts(
    athlete_id: str, bench: Bench, request: Request, since: Day = None, until: Day = None, limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:  # fmt: skip
    """Workouts of an athlete by local day, newest first; merged ones are one."""
    keep(request, bench)
    return page(bench, athlete_id, number_of(since), number_of(until), limit, cursor)


def page(
    bench: Workbench, athlete_id: str, since: int | None, until: int | None, limit: int, cursor: str | None
) -> dict[str, Any]:
    """A page of workouts: `items` and the `next` cursor; days are day numbers."""
    found = bench.workouts(athlete_id, columns=tuple(COLUMNS), since=since, until=until)
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
