"""Tell MLflow what is new, in a process of its own: a brief neither pays for importing MLflow nor fails with it.

`python -m fitintel.workbench.track` registers the cards and logs the briefs and evaluations that wait. They wait until
they are logged, so nothing is lost while MLflow is away.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import settings as settings_
from fitintel.core.errors import FitintelError
from fitintel.core.settings import PREFIX, Settings

if TYPE_CHECKING:
    from fitintel.core.card import Card
    from fitintel.storage.store import Store
    from fitintel.tracking.cards import Registered

AT_ONCE = 100
"""Briefs held in memory and marked together."""


def main() -> int:
    """Log what waits, in the workspace that the environment names; the exit code."""
    settings = settings_.read()
    try:
        print(track(settings))
    except FitintelError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def track(settings: Settings) -> str:
    """Register every card and log every waiting brief, in this process; what was done, in words."""
    from fitintel.intelligence.registry import catalogue
    from fitintel.storage import open_store

    cards = {name: found.card for name, found in catalogue().items()}
    with _alone(settings):
        registered = _register(settings, cards)
        store = open_store(settings.database_url, settings.cache_url)
        try:
            logged = _log_waiting(settings, store)
            evaluated = _log_evaluations(settings)
        finally:
            store.close()
    said = f"{len(registered.new)} cards registered, {len(registered.changed)} renewed, {logged} briefs logged"
    return f"{said}, {evaluated} evaluations logged" if evaluated else said


def register_all(settings: Settings, cards: Mapping[str, Card]) -> dict[str, Any]:
    """Register the cards in this process: lists of `id@version` that are `new`, `changed` and `unchanged`."""
    with _alone(settings):
        return asdict(_register(settings, cards))


def track_in_child(settings: Settings, *, wait: bool = True) -> bool:
    """Run `main` in a child process with these settings; False if it failed.

    Without `wait` the child goes on by itself, and the answer says only that it was started. What it says is appended
    to `track.log` in the workspace.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    names = {"HOME": settings.home, "DATABASE_URL": settings.database_url, "CACHE_URL": settings.cache_url,
             "FILES_URL": settings.files_url, "MLFLOW_URI": settings.mlflow_uri}  # fmt: skip
    environment = {**os.environ, **{PREFIX + name: str(value) for name, value in names.items()}}
    command = [sys.executable, "-m", "fitintel.workbench.track"]
    with log_file(settings).open("ab") as log:
        child = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=not wait
        )
    return child.wait() == 0 if wait else True


def log_file(settings: Settings) -> Path:
    """Where the child says what it did."""
    return settings.home / "track.log"


def _register(settings: Settings, cards: Mapping[str, Card]) -> Registered:
    from fitintel.tracking.flush import flush

    return flush(cards.values(), [], settings.mlflow_uri, _artifacts(settings)).cards


def _log_waiting(settings: Settings, store: Store) -> int:
    from fitintel.tracking.flush import flush

    logged = 0
    while waiting := store.untracked(AT_ONCE):
        briefs = [store.brief(brief_id) for brief_id in waiting]
        pairs = [(brief, store.runs(brief.run_ids)) for brief in briefs]
        logged += len(flush([], pairs, settings.mlflow_uri, _artifacts(settings)).briefs)
        store.mark_tracked(waiting)
    return logged


def _log_evaluations(settings: Settings) -> int:
    from fitintel.tracking.connection import connect
    from fitintel.tracking.evaluations import log_evaluations
    from fitintel.workbench.kept_evaluations import mark_logged, waiting

    documents = waiting(settings)
    if documents:
        with connect(settings.mlflow_uri) as client:
            log_evaluations(client, documents, _artifacts(settings))
    for document in documents:
        mark_logged(settings, document["id"])
    return len(documents)


def _artifacts(settings: Settings) -> str | None:
    """Where MLflow keeps files: in the workspace, unless a server decides."""
    from fitintel.tracking.connection import SERVED

    served = settings.mlflow_uri.startswith(SERVED)
    return None if served else (settings.home / "mlflow-artifacts").as_uri()


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One child at a time: two would log the same brief twice. The lock dies with its process."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / "track.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    raise SystemExit(main())
