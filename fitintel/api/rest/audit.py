"""The audit chain: who did and read what; and whether it is whole."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from fitintel.api.pages import LARGEST, Limit
from fitintel.api.who import Bench

router = APIRouter(prefix="/audit", tags=["audit"])
Subject = Annotated[str | None, Query(max_length=64, description="Of whom or what: an athlete, algorithm or policy.")]
Kind = Annotated[str | None, Query(max_length=16, description="access, runs, consent, account ...")]


@router.get("")
def rows(bench: Bench, subject: Subject = None, kind: Kind = None, limit: Limit = LARGEST) -> list[dict[str, Any]]:
    """The newest rows, oldest of them first."""
    from fitintel.views.audit import row_dict

    return [row_dict(one) for one in bench.audit_rows(subject=subject, kind=kind, last=limit)]


@router.get("/verdict")
def verdict(bench: Bench) -> dict[str, Any]:
    """Whether the chain is whole, held against its anchors."""
    from fitintel.views.audit import verdict_dict

    return verdict_dict(bench.verify_audit())
