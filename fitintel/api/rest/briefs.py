"""Briefs: the day's, and any earlier one, with every figure's run."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from fitintel.api.kept import keep
from fitintel.api.who import Bench

router = APIRouter(prefix="/athletes/{athlete_id}/briefs", tags=["briefs"])
Units = Annotated[str, Query(description="metric or imperial; default: the athlete's own.", max_length=16)]
Language = Annotated[str, Query(description="en, de, fr or es.", max_length=16)]


@router.get("/{day}", response_model=dict[str, Any], responses={304: {"description": "As you have it."}})
def brief(
    athlete_id: str, day: str, bench: Bench, request: Request, units: Units = "", language: Language = "en"
) -> Response:
    """The brief of a day (2025-10-07, today or latest): the words and figures that people read, with SI values."""
    from fitintel.views.language import speaking
    from fitintel.views.opened import view_of

    opened = bench.open_brief(athlete_id, day)
    with speaking(language):
        view = view_of(opened, units or None)
        document = json.dumps(view.as_dict(), ensure_ascii=False, allow_nan=False, default=str).encode()
    # of the bytes: what is withheld from one reader makes other bytes of the same brief
    tag = f'"{hashlib.sha256(document).hexdigest()[:32]}"'
    keep(request, bench)
    return Response(document, media_type="application/json", headers={"etag": tag})
