"""Algorithms: what each computes, from what, how well, and who says so."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from fitintel.api.pages import Cursor, Limit, Page, page_of
from fitintel.api.who import Bench

router = APIRouter(prefix="/algorithms", tags=["algorithms"])


@router.get("")
def algorithms(bench: Bench, limit: Limit = 50, cursor: Cursor = None) -> Page[dict[str, Any]]:
    """Every registered algorithm with its card, by id."""
    items, following = page_of(list(bench.cards().values()), lambda card: [card.id], limit, cursor)
    return Page(items=[card.as_dict() for card in items], next=following)


@router.get("/{algorithm_id}")
def algorithm(algorithm_id: str, bench: Bench) -> dict[str, Any]:
    """One algorithm: its card, versions, how it fared, and who put it in use and why."""
    from fitintel.views.algorithm import algorithm_view

    found = bench.open_algorithm(algorithm_id)
    return algorithm_view(found).as_dict() | found.card.as_dict()
