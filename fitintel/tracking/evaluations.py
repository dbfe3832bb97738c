"""log_evaluations(): an evaluation is one MLflow run: its figures as metrics, seed and versions as parameters."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from fitintel.tracking.connection import experiment

if TYPE_CHECKING:
    from mlflow import MlflowClient

EXPERIMENT = "fitintel.evaluations"
BATCH = 100
"""MLflow takes at most this many parameters in one call, and 1000 metrics."""
DOCUMENT = "evaluation.json"


def log_evaluations(
    client: MlflowClient, documents: Iterable[Mapping[str, Any]], artifacts: str | None
) -> tuple[str, ...]:
    """Log evaluations (plain values, as `evaluate all --json` prints them); the ids of those not logged before.

    A run that an interruption left unfinished is completed, not doubled. The whole document is kept as an artifact.
    """
    from mlflow.entities import Metric, Param

    logged = []
    for document in documents:
        place = experiment(client, EXPERIMENT, artifacts)
        found = client.search_runs([place], f"tags.`fitintel.evaluation` = '{document['id']}'", max_results=1)
        if found and found[0].info.status == "FINISHED":
            continue
        run = found[0] if found else client.create_run(place, tags=tags(document), run_name=document["id"])
        now = int(time.time() * 1000)
        numbers = [Metric(name, value, now, 0) for name, value in metrics(document).items()]
        values = [Param(name, value) for name, value in parameters(document).items()]
        for start in range(0, max(len(numbers), len(values)), BATCH):
            part = slice(start, start + BATCH)
            client.log_batch(run.info.run_id, metrics=numbers[part], params=values[part])
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
        client.log_text(run.info.run_id, text, DOCUMENT)
        client.set_terminated(run.info.run_id)
        logged.append(str(document["id"]))
    return tuple(logged)


def metrics(document: Mapping[str, Any]) -> dict[str, float]:
    """Every measured figure: `of/area/name/group` -> value, and its interval as `.../low` and `.../high`."""
    found: dict[str, float] = {}
    for figure in document["figures"]:
        name = re.sub(r"[^\w\-./ ]", " ", "/".join(figure[part] for part in ("of", "area", "name", "group")))
        name = re.sub(r" +", " ", name).strip()[:240]
        for key, value in (("", figure["value"]), ("/low", figure["low"]), ("/high", figure["high"])):
            if value is not None and math.isfinite(value):
                found[name + key] = float(value)
    return found


def parameters(document: Mapping[str, Any]) -> dict[str, str]:
    """Seed, size, digests of code and histories, and the version of every algorithm."""
    scale = {name: str(value) for name, value in document["scale"].items()}
    return {
        "seed": str(document["seed"]), "end_day": str(document["end_day"]), "code": document["code"], **scale,
        **{f"history.{name}": digest for name, digest in document["inputs"].items()},
        **{f"version.{name}": version for name, version in document["versions"].items()},
    }  # fmt: skip


def tags(document: Mapping[str, Any]) -> dict[str, str]:
    """Identity, and how many aims hold."""
    judged = [figure["holds"] for figure in document["figures"] if figure["holds"] is not None]
    return {"fitintel.evaluation": document["id"], "fitintel.holds": f"{sum(judged)} of {len(judged)}"}
