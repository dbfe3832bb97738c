"""Thresholds, goals, plans and excused days: what a person states, each with a day from which it holds."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from fitintel.api.plain import plain
from fitintel.api.who import Bench
from fitintel.core.errors import UsageError

router = APIRouter(prefix="/athletes/{athlete_id}", tags=["statements"])


class What(StrEnum):
    """Kinds of statements."""

    THRESHOLDS = "thresholds"
    GOALS = "goals"
    PLANS = "plans"
    EXCUSES = "excuses"


ONE = {What.THRESHOLDS: "threshold", What.GOALS: "goal", What.PLANS: "plan", What.EXCUSES: "excuse"}


NOW = ("today", "now", "withdraw")
"""what a caller does not choose, or has a field of its own"""


class Stated(BaseModel, extra="forbid"):
    """A statement in the words of the command line."""

    fields: dict[str, str] = Field(
        max_length=20, examples=[{"kind": "ftp", "value": "250 W", "valid_from": "2025-09-01"}]
    )


@router.get("/{what}")
def stated(athlete_id: str, what: What, bench: Bench, history: bool = False) -> list[dict[str, Any]]:
    """What holds, or with `history` all that was ever stated, oldest first."""
    return [plain(one) for one in bench.stated(ONE[what], bench.athlete(athlete_id).id, history=history)]


@router.post("/{what}", status_code=201)
def state(athlete_id: str, what: What, asked: Stated, bench: Bench) -> dict[str, Any]:
    """State something; the earlier statement about the same thing stays readable."""
    for name in NOW:
        if name in asked.fields:
            raise UsageError(f"{name!r} is no field of a statement")
    said: dict[str, Any] = plain(bench.state(ONE[what], athlete_id=athlete_id, **asked.fields))
    return said
