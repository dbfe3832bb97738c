"""forget(): an athlete's briefs out of MLflow, for good: whole runs, and rows of runs that are of several briefs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import StorageUnavailable
from fitintel.tracking.briefs import EXPERIMENT, IDS, TABLE
from fitintel.tracking.connection import SERVED, connect, without_password

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run

SQLITE = "sqlite:///"
SERVER = ("runs are marked as deleted at the MLflow server: its operator removes them with: mlflow gc",)


def forget(uri: str, athlete_id: str, brief_ids: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Remove what MLflow has of an athlete's briefs: how many runs were removed or changed, and what is left to do.

    Where nothing was ever logged MLflow is not even imported. Raises ServiceMissing and StorageUnavailable.
    """
    if uri.startswith(SQLITE) and not Path(uri[len(SQLITE) :]).exists():
        return 0, ()
    with connect(uri) as client:
        place = client.get_experiment_by_name(EXPERIMENT)
        found = [] if place is None else _runs(client, place.experiment_id, athlete_id, set(brief_ids))
        whole = [run for run, others in found if not others]
        for run in whole:
            client.delete_run(run.info.run_id)
        for run, others in found:
            if others:
                _without(client, run, athlete_id, others)
    if uri.startswith(SERVED):
        return len(found), SERVER if whole else ()
    if found:
        _remove_deleted(uri, [run.info.run_id for run in whole])
    return len(found), ()


def _runs(client: MlflowClient, place: str, athlete_id: str, ids: Collection[str]) -> list[tuple[Run, list[str]]]:
    """Runs with briefs of the athlete, each with the ids of its other briefs; deleted ones as well."""
    from mlflow.entities import ViewType

    found: list[tuple[Run, list[str]]] = []
    token: str | None = None
    while True:
        page = client.search_runs([place], run_view_type=ViewType.ALL, max_results=1000, page_token=token)
        for run in page:
            named = [each for each in run.data.tags.get(IDS, "").split(",") if each]
            if run.data.params.get("athlete") == athlete_id or set(named) & set(ids):
                found.append((run, [each for each in named if each not in ids]))
        token = page.token
        if not token:
            return found


def _without(client: MlflowClient, run: Run, athlete_id: str, others: Sequence[str]) -> None:
    """A run of several athletes' briefs, less this athlete's."""
    import tempfile

    run_id = run.info.run_id
    with tempfile.TemporaryDirectory() as folder:
        table = Path(client.download_artifacts(run_id, TABLE, folder))
        rows: list[dict[str, Any]] = json.loads(table.read_text(encoding="utf-8"))
    kept = [row for row in rows if row["parameters"].get("athlete") != athlete_id]
    client.log_text(run_id, json.dumps(kept, ensure_ascii=False), TABLE)
    client.set_tag(run_id, IDS, ",".join(others))


def _remove_deleted(uri: str, run_ids: Sequence[str]) -> None:
    """What is marked as deleted goes for good, with its artifacts, and out of the database's file."""
    if run_ids:
        # the second address is asked for since artifacts may be behind a server
        command = [sys.executable, "-m", "mlflow", "gc", "--backend-store-uri", uri, "--tracking-uri", uri,
                   "--run-ids", ",".join(run_ids)]  # fmt: skip
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode:
            why = (done.stderr.decode(errors="replace").strip().splitlines() or ["it gave no reason"])[-1][:300]
            raise StorageUnavailable("MLflow could not remove deleted runs", where=without_password(uri), why=why,
                                     next="close what uses it, then: fitintel erase --resume")  # fmt: skip
    if uri.startswith(SQLITE):
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(uri[len(SQLITE) :], isolation_level=None, timeout=30)) as database:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
