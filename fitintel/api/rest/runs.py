"""Runs: how a figure was made, and whether it still comes out the same."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from fitintel.api.plain import plain
from fitintel.api.who import Bench
from fitintel.core.records import Run

router = APIRouter(prefix="/runs", tags=["runs"])


@router.get("/{run_id}")
def run(run_id: str, bench: Bench) -> Run:
    """One execution of an algorithm."""
    return bench.run(run_id)


@router.get("/{run_id}/replay")
def replay(run_id: str, bench: Bench) -> dict[str, Any]:
    """The run computed again: the same value bit for bit, what newer versions make of its inputs, and what changed."""
    found = bench.replay_run(run_id)
    return {"run": run_id, "value": plain(found.value), "current": found.current, "newer": plain(found.newer),
            "changed": dict(found.changed)}  # fmt: skip


@router.get("/{run_id}/explanation")
def explanation(run_id: str, bench: Bench) -> dict[str, Any]:
    """The chain from the figure to the rows: inputs, repairs, parents, formula with the numbers put in, source."""
    from fitintel.views.explained import explained_dict

    return explained_dict(bench.explain(run_id))
