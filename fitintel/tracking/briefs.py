"""log_briefs(): the briefs that wait are one MLflow run, with their figures, parameters and digests.

A brief that waits alone has its figures as metrics. Of a fleet, a run and 200 metrics for each athlete would cost as
much as the briefs, so it is one run, with the same figures in the table `briefs.json`. Numbers, parameters of
algorithms, ids and digests are logged; no names, no notes, no free text.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.records import Brief, Run
from fitintel.tracking.connection import experiment

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT = "fitintel.briefs"
IDS = "fitintel.ids"
TABLE = "briefs.json"
AT_ONCE = 250
"""Briefs of one run: their ids have to fit into a tag of 8000 characters."""
BATCH = 100
"""MLflow takes at most this many parameters or tags in one call, and 1000 metrics."""
LONGEST = 500
"""A longer parameter value is logged as the number of its characters: it is a table, not a parameter."""
LOOK_BACK = 10
"""Newest runs that may hold a brief which an interruption left unmarked."""

Logged = tuple[Brief, Sequence[Run]]


def log_briefs(client: MlflowClient, briefs: Sequence[Logged], artifacts: str | None) -> tuple[str, ...]:
    """Log briefs, each with its runs, as one MLflow run for AT_ONCE of them; the ids not logged before.

    A run that an interruption left unfinished is taken back and logged anew, not doubled.
    """
    if not briefs:
        return ()
    place = experiment(client, EXPERIMENT, artifacts)
    known: set[str] = set()
    for run in client.search_runs([place], order_by=["attributes.start_time DESC"], max_results=LOOK_BACK):
        if run.info.status == "FINISHED":
            known |= set(run.data.tags.get(IDS, "").split(","))
        else:
            client.delete_run(run.info.run_id)
    new = [pair for pair in briefs if pair[0].id not in known]
    for start in range(0, len(new), AT_ONCE):
        _log(client, place, new[start : start + AT_ONCE])
    return tuple(brief.id for brief, _ in new)


def _log(client: MlflowClient, place: str, batch: Sequence[Logged]) -> None:
    from mlflow.entities import Metric, Param

    first, runs = batch[0]
    alone = len(batch) == 1
    name = f"{first.athlete_id} {days.iso(first.day)}" if alone else f"{len(batch)} briefs {days.iso(first.day)}"
    said = (tags(first, runs) if alone else _together(batch)) | {IDS: ",".join(brief.id for brief, _ in batch)}
    run = client.create_run(place, tags=said, run_name=name)
    now = int(time.time() * 1000)
    numbers = figures(first) if alone else {"briefs": float(len(batch))}
    values = parameters(first, runs) if alone else {"brief_version": first.version}
    metrics = [Metric(name, value, now, first.day) for name, value in numbers.items()]
    params = [Param(name, value) for name, value in values.items()]
    for start in range(0, max(len(metrics), len(params)), BATCH):
        part = slice(start, start + BATCH)
        client.log_batch(run.info.run_id, metrics=metrics[part], params=params[part])
    if not alone:
        rows = [{"id": brief.id, "inputs": brief.inputs, "simulated": brief.simulated, "parameters": parameters(*pair),
                 "figures": figures(brief)} for pair in batch for brief in pair[:1]]  # fmt: skip
        client.log_text(run.info.run_id, json.dumps(rows, ensure_ascii=False), TABLE)
    client.set_terminated(run.info.run_id)


def _together(batch: Sequence[Logged]) -> dict[str, str]:
    """Tags of a fleet: version of each algorithm, `several` where briefs differ."""
    found: dict[str, str] = {}
    for brief, runs in batch:
        for key, value in tags(brief, runs).items():
            if key not in ("fitintel.brief", "fitintel.inputs"):
                found[key] = value if found.get(key, value) == value else "several"
    return found


def figures(brief: Brief) -> dict[str, float]:
    """Every finite number that the brief's sentences are filled with: `section/code/subject/name` -> value, SI."""
    found: dict[str, float] = {}
    for insight in brief.insights:
        head = "/".join(part for part in (insight.section.value, insight.code, insight.subject) if part)
        for name, value in _numbers(insight.values, head):
            key, again = name, 2
            while key in found:
                key, again = f"{name}.{again}", again + 1
            found[key] = value
    return found


def parameters(brief: Brief, runs: Sequence[Run]) -> dict[str, str]:
    """What was asked for, and each algorithm's parameters: `algorithm.parameter`, as JSON."""
    found = {"athlete": brief.athlete_id, "day": days.iso(brief.day), "brief_version": brief.version}
    for run in runs:
        for name, value in run.parameters.items():
            key, text = f"{run.algorithm}.{name}", json.dumps(value, sort_keys=True, default=str)
            shown = text if len(text) <= LONGEST else f"{len(text)} characters"
            # one algorithm may run several times in a brief, with other parameters
            found[key] = shown if found.get(key, shown) == shown else "several"
    return found


def tags(brief: Brief, runs: Sequence[Run]) -> dict[str, str]:
    """Identity: brief, digest of its inputs, version of each algorithm, whether the athlete is simulated."""
    versions = {f"algorithm.{run.algorithm}": run.version for run in runs}
    return {
        "fitintel.brief": brief.id,
        "fitintel.inputs": brief.inputs,
        "fitintel.simulated": str(brief.simulated).lower(),
        **versions,
    }


def _numbers(value: Any, name: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from _numbers(value[key], f"{name}/{key}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        yield re.sub(r"[^\w\-./ ]", "_", name), float(value)
