"""Athletes that somebody may see."""

from __future__ import annotations

from fastapi import APIRouter

from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.who import Bench
from fitintel.core.records import Athlete

router = APIRouter(prefix="/athletes", tags=["athletes"])


@router.get("")
def athletes(bench: Bench, limit: Limit = 50, cursor: Cursor = None) -> Page[Athlete]:
    """Everyone that you may see, by id."""
    items, following = page_of(bench.athletes(), lambda one: [one.id], limit, cursor)
    return Page(items=items, next=following)


@router.get("/{athlete_id}")
def athlete(athlete_id: str, bench: Bench) -> Athlete:
    """One athlete."""
    return bench.athlete(athlete_id)
