"""REST: one file a noun."""

from __future__ import annotations

from fastapi import APIRouter

from fitintel.api.rest import (
    alerts,
    algorithms,
    athletes,
    audit,
    briefs,
    imports,
    jobs,
    labels,
    rights,
    runs,
    sessions,
    squad,
    statements,
    streams,
    wellness,
    workouts,
)

router = APIRouter()
# statements come last: their path has a parameter where the others have their name
for noun in (sessions, athletes, workouts, streams, wellness, labels, alerts, briefs, imports, jobs, rights, audit,
             squad, runs, algorithms, statements):  # fmt: skip
    router.include_router(noun.router)
