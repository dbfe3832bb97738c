"""log_reports(): the monthly fairness reports in MLflow, a run a month with its figures by group and the report."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fitintel.tracking.connection import experiment

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT = "fitintel.fairness"
BATCH = 900
"""MLflow takes at most 1000 metrics in one call."""


def log_reports(client: MlflowClient, documents: Iterable[Mapping[str, Any]], artifacts: str | None) -> int:
    """Log reports that MLflow does not have yet; their number. A changed report of a month becomes another run."""
    from mlflow.entities import Metric, RunTag

    logged = 0
    for document in documents:
        place = experiment(client, EXPERIMENT, artifacts)
        digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
        found = client.search_runs([place], f"tags.`fitintel.report` = '{digest}'", max_results=1)
        if found and found[0].info.status == "FINISHED":
            continue
        tags = {"fitintel.report": digest, "fitintel.month": document["month"],
                "fitintel.alerts": str(len(document["alerts"]))}  # fmt: skip
        run = found[0] if found else client.create_run(place, tags=tags, run_name=f"fairness {document['month']}")
        now = int(time.time() * 1000)
        metrics = [Metric(name, value, now, 0) for name, value in figures(document).items()]
        for start in range(0, len(metrics), BATCH):
            client.log_batch(run.info.run_id, metrics=metrics[start : start + BATCH])
        client.log_batch(run.info.run_id, tags=[
            RunTag(f"fitintel.alert.{number}", text[:500]) for number, text in enumerate(document["alerts"][:50])
        ])  # fmt: skip
        client.log_dict(run.info.run_id, dict(document), "fairness.json")
        client.set_terminated(run.info.run_id)
        logged += 1
    return logged


def figures(document: Mapping[str, Any]) -> dict[str, float]:
    """`algorithm/group by/group/figure` -> value, and the widest gap of each.

    >>> row = {"by": "sex", "group": "female", "figure": "error", "value": 0.5}
    >>> figures({"reports": [{"algorithm": "x", "rows": [row], "gaps": []}]})
    {'x/sex/female/error': 0.5}
    """
    found: dict[str, float] = {}
    for one in document["reports"]:
        for row in one["rows"]:
            if row["value"] is not None:
                found[_name(one["algorithm"], row["by"], row["group"], row["figure"])] = float(row["value"])
        for gap in one["gaps"]:
            found[_name(one["algorithm"], gap["by"], "gap", gap["figure"])] = float(gap["gap"])
    return found


def _name(*parts: str) -> str:
    return "/".join(re.sub(r"[^\w\-. ]", "_", part) for part in parts)
