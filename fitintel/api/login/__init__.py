"""The gate in the browser: log in, log out, renew, and the question of the gateway who may open a page."""

from __future__ import annotations

from fastapi import APIRouter

from fitintel.api.login import check, leaving, log_in, organisation, seat

router = APIRouter(prefix="/auth", include_in_schema=False)
for noun in (log_in, organisation, seat, leaving, check):
    router.include_router(noun.router)
