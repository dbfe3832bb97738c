"""Samples of recorded workouts, as JSON or Arrow, thinned where a chart needs no more."""

from __future__ import annotations

import io
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from fitintel.api.plain import plain
from fitintel.api.who import Bench

router = APIRouter(prefix="/athletes/{athlete_id}/workouts/{workout_id}/stream", tags=["workouts"])
ARROW = "application/vnd.apache.arrow.stream"
Most = Annotated[int | None, Query(ge=2, le=100_000, description="Samples at most: every so many-th is taken.")]


@router.get("", responses={200: {"content": {"application/json": {}, ARROW: {}}}})
def stream(
    athlete_id: str, workout_id: str, bench: Bench, request: Request, most: Most = None, repaired: bool = True
) -> Response:
    """Time [s] and channels, SI; with `Accept: application/vnd.apache.arrow.stream` as Arrow."""
    found = bench.samples(bench.athlete(athlete_id).id, workout_id, repaired=repaired)
    columns = {name: np.asarray(values) for name, values in found.items() if np.ndim(values) == 1}
    size = max((len(values) for values in columns.values()), default=0)
    if most is not None and size > most:
        # the last one belongs to it: a chart ends where the workout does
        kept = np.unique(np.linspace(0, size - 1, most).round().astype(int))
        columns = {name: values[kept] if len(values) == size else values for name, values in columns.items()}
    if ARROW in request.headers.get("accept", ""):
        return Response(_arrow(columns), media_type=ARROW)
    return Response(_json(columns), media_type="application/json")


def _arrow(columns: dict[str, Any]) -> bytes:
    import pyarrow as pa

    table = pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def _json(columns: dict[str, Any]) -> bytes:
    import json

    return json.dumps({name: plain(values.tolist()) for name, values in columns.items()}, allow_nan=False).encode()
