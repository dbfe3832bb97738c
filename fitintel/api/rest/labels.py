"""Labels: a person's word on what a workout was. It always wins."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from fitintel.api.plain import plain
from fitintel.api.who import Bench

router = APIRouter(prefix="/athletes/{athlete_id}", tags=["labels"])


class Said(BaseModel, extra="forbid"):
    """What it was: its activity, its kind of session, or both."""

    activity: str | None = Field(default=None, examples=["walk"])
    session: str | None = Field(default=None, examples=["easy"])
    why: str = Field(default="", max_length=500)


@router.get("/labels")
def labels(athlete_id: str, bench: Bench, history: bool = False) -> list[dict[str, Any]]:
    """Labels that hold, or every one that was ever given."""
    return [plain(one) for one in bench.labels(bench.athlete(athlete_id).id, history=history)]


@router.post("/workouts/{workout_id}/labels", status_code=201)
def label(athlete_id: str, workout_id: str, said: Said, bench: Bench) -> list[dict[str, Any]]:
    """Say what a workout was."""
    given = {level: value for level, value in (("activity", said.activity), ("session", said.session)) if value}
    return [plain(one) for one in bench.label(workout_id, why=said.why, athlete_id=athlete_id, **given)]


@router.delete("/workouts/{workout_id}/labels")
def unlabel(athlete_id: str, workout_id: str, bench: Bench, level: str | None = None) -> list[dict[str, Any]]:
    """Take back what was said; it stays readable."""
    return [plain(one) for one in bench.unlabel(workout_id, level, athlete_id=athlete_id)]
