"""Alerts, other things told, and answers to them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from fitintel.api.kept import keep
from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.plain import plain
from fitintel.api.who import Bench

router = APIRouter(prefix="/athletes/{athlete_id}", tags=["alerts"])


class Given(BaseModel, extra="forbid"):
    """What a person does with something told."""

    key: str = Field(max_length=200, examples=["training_gap"])
    action: str = Field(examples=["acknowledge"])
    why: str = Field(default="", max_length=500)
    until: str | None = Field(default=None, description="Of a snooze: the first day on which it may be told again.")


class Remark(BaseModel, extra="forbid"):
    """Something said about an athlete."""

    text: str = Field(min_length=1, max_length=2000)
    key: str = Field(default="", max_length=200)


@router.get("/alerts")
def alerts(athlete_id: str, bench: Bench, request: Request, open_only: bool = True) -> list[dict[str, Any]]:
    """Alerts that stand, or all that were ever told, newest first."""
    keep(request, bench, told=True)
    return [plain(one) for one in bench.alerts(bench.athlete(athlete_id).id, open_only=open_only)]


@router.get("/insights")
def insights(
    athlete_id: str, bench: Bench, key: str | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[dict[str, Any]]:
    """What briefs told, with its runs and what became of it, oldest first."""
    found = bench.told(bench.athlete(athlete_id).id, key)
    items, following = page_of(found, lambda one: [one.day, one.brief_id, one.key], limit, cursor)
    return Page(items=[plain(one) for one in items], next=following)


@router.get("/answers")
def answers(athlete_id: str, bench: Bench, key: str | None = None) -> list[dict[str, Any]]:
    """Every answer, oldest first."""
    return [plain(one) for one in bench.answers(bench.athlete(athlete_id).id, key)]


@router.post("/answers", status_code=201)
def answer(athlete_id: str, given: Given, bench: Bench) -> dict[str, Any]:
    """Acknowledge, snooze, dismiss or reopen an alert; say helpful or not of anything told. The next brief knows."""
    said: dict[str, Any] = plain(
        bench.answer(given.key, given.action, given.why, given.until, athlete_id=bench.athlete(athlete_id).id)
    )
    return said


@router.get("/comments")
def comments(athlete_id: str, bench: Bench) -> list[dict[str, Any]]:
    """What was said about the athlete, oldest first."""
    return [plain(one) for one in bench.comments(bench.athlete(athlete_id).id)]


@router.post("/comments", status_code=201)
def comment(athlete_id: str, remark: Remark, bench: Bench) -> dict[str, Any]:
    """Say something; no brief is changed by it."""
    said: dict[str, Any] = plain(bench.comment(remark.text, remark.key, athlete_id=bench.athlete(athlete_id).id))
    return said
