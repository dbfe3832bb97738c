"""The squad's day: who needs a look, and why."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from fitintel.api.who import Bench

router = APIRouter(prefix="/squad", tags=["squad"])


@router.get("/{day}")
def squad(day: str, bench: Bench, units: str = "") -> dict[str, Any]:
    """Everyone that you may see on a day (2025-10-07, today or latest), who needs a look first."""
    from fitintel.views.squad import squad_view

    return squad_view(bench.squad(day), units or None).as_dict()
