"""Athletes that somebody may see."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from fitintel.api.kept import keep
from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.who import Bench, everybody_of
from fitintel.core.records import Athlete

router = APIRouter(prefix="/athletes", tags=["athletes"])


@router.get("", dependencies=[Depends(everybody_of)])
def athletes(bench: Bench, request: Request, limit: Limit = 50, cursor: Cursor = None) -> Page[Athlete]:
    """Everyone that you may see, by id."""
    items, following = page_of(bench.athletes(), lambda one: [one.id], limit, cursor)
    keep(request, bench, [one.id for one in items])
    return Page(items=items, next=following)


@router.get("/{athlete_id}")
def athlete(athlete_id: str, bench: Bench, request: Request) -> Athlete:
    """One athlete."""
    found = bench.athlete(athlete_id)
    keep(request, bench)
    return found
