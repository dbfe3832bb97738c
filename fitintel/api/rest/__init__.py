"""REST: one file a noun."""

from __future__ import annotations

from fastapi import APIRouter

from fitintel.api.rest import algorithms, athletes, briefs, runs, sessions, workouts

router = APIRouter()
for noun in (sessions, athletes, workouts, briefs, runs, algorithms):
    router.include_router(noun.router)
