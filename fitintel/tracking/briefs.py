"""log_briefs(): a brief is one MLflow run with its figures, its parameters and the digest of what it was made from.

Numbers, parameters of algorithms, ids and digests are logged; no names, no notes, no free text.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.records import Brief, Run
from fitintel.tracking.connection import experiment

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT = "fitintel.briefs"
BATCH = 100
"""MLflow takes at most this many parameters or tags in one call, and 1000 metrics."""
LONGEST = 500
"""A longer parameter value is logged as the number of its characters: it is a table, not a parameter."""


def log_briefs(
    client: MlflowClient, briefs: Iterable[tuple[Brief, Sequence[Run]]], artifacts: str | None
) -> tuple[str, ...]:
    """Log briefs, each with its runs; the ids of those that were not logged before.

    A run that an interruption left unfinished is completed, not doubled.
    """
    from mlflow.entities import Metric, Param

    logged = []
    place = None
    for brief, runs in briefs:
        place = place or experiment(client, EXPERIMENT, artifacts)
        found = client.search_runs([place], f"tags.`fitintel.brief` = '{brief.id}'", max_results=1)
        if found and found[0].info.status == "FINISHED":
            continue
        if found:
            run = found[0]
        else:
            run = client.create_run(place, tags=tags(brief, runs), run_name=f"{brief.athlete_id} {days.iso(brief.day)}")
        now = int(time.time() * 1000)
        metrics = [Metric(name, value, now, brief.day) for name, value in figures(brief).items()]
        values = [Param(name, value) for name, value in parameters(brief, runs).items()]
        for start in range(0, max(len(metrics), len(values)), BATCH):
            part = slice(start, start + BATCH)
            client.log_batch(run.info.run_id, metrics=metrics[part], params=values[part])
        client.set_terminated(run.info.run_id)
        logged.append(brief.id)
    return tuple(logged)


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
