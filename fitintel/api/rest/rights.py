"""An athlete's rights: consents, who saw what, everything taken along."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from fitintel.api.pages import LARGEST, Limit
from fitintel.api.plain import plain
from fitintel.api.who import Bench

router = APIRouter(prefix="/athletes/{athlete_id}", tags=["rights"])
CHUNK = 1024 * 1024


class Choice(BaseModel, extra="forbid"):
    """Categories of data, and what for."""

    categories: list[str] = Field(min_length=1, max_length=20, examples=[["training", "brief"]])
    purpose: str = Field(examples=["coaching"])


@router.get("/consents")
def consents(athlete_id: str, bench: Bench, history: bool = False) -> list[dict[str, Any]]:
    """What the athlete allows, or with `history` every version of it."""
    return [plain(one) for one in bench.consents(bench.athlete(athlete_id).id, history=history)]


@router.post("/consents", status_code=201)
def give(athlete_id: str, choice: Choice, bench: Bench) -> list[dict[str, Any]]:
    """Allow it from now on."""
    return [plain(one) for one in bench.give_consent(choice.categories, choice.purpose, athlete_id=athlete_id)]


@router.post("/consents/withdrawals", status_code=201)
def withdraw(athlete_id: str, choice: Choice, bench: Bench) -> list[dict[str, Any]]:
    """Allow it no longer; it holds at once, everywhere."""
    return [plain(one) for one in bench.withdraw_consent(choice.categories, choice.purpose, athlete_id=athlete_id)]


@router.get("/access")
def access(athlete_id: str, bench: Bench, limit: Limit = LARGEST) -> list[dict[str, Any]]:
    """Who saw or changed the athlete's data, when, through what and why; newest last."""
    from fitintel.views.audit import row_dict

    return [row_dict(one) for one in bench.who_saw(bench.athlete(athlete_id).id, last=limit)]


@router.get("/export", response_class=StreamingResponse)
def export(athlete_id: str, bench: Bench) -> StreamingResponse:
    """Everything that the athlete owns, as one archive that can be imported again."""
    athlete = bench.athlete(athlete_id)
    folder = tempfile.TemporaryDirectory(prefix="fitintel-export-")
    path = bench.export(Path(folder.name) / f"{athlete.id}.zip", athlete.id).path

    def parts() -> Iterator[bytes]:
        with folder, path.open("rb") as archive:
            while part := archive.read(CHUNK):
                yield part

    headers = {"content-disposition": 'attachment; filename="fitintel-export.zip"'}
    return StreamingResponse(parts(), media_type="application/zip", headers=headers)
