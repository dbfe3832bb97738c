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
from fitintel.core.settings import Settings
from fitintel.workbench.keyring import keyring_of
from fitintel.workbench.publishing import environment

if TYPE_CHECKING:
    from fitintel.core.card import Card
    from fitintel.core.records import Brief
    from fitintel.storage.store import Store
    from fitintel.tracking.cards import Registered
    from fitintel.tracking.signing import ArtifactKey

AT_ONCE = 250
"""Briefs held in memory, logged as one run and marked together."""
NIGHT = "--night"


def main() -> int:
    """Log what waits, in the workspace that the environment names; the exit code."""
    settings = settings_.read()
    try:
        print(track(settings, night=NIGHT in sys.argv))
    except FitintelError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def track(settings: Settings, *, night: bool = False) -> str:
    """Register every card and log every waiting brief, in this process; what was done, in words.

    `night`: all briefs of the newest day are made, so its points can be sent; else that is done when the day is over.
    """
    from fitintel.intelligence.registry import catalogue
    from fitintel.storage import open_store
    from fitintel.workbench.track_promotions import tell_promotions

    cards = {name: found.card for name, found in catalogue().items()}
    with _alone(settings):
        store = open_store(settings.database_url, settings.cache_url, keyring_of(settings))
        try:
            # needs no MLflow: the points of a day are there, and wait, while it is away
            _close_days(settings, store, night=night)
            registered = _register(settings, store, cards)
            logged = _log_waiting(settings, store)
            sent = _send_points(settings, store, cards)
            evaluated = _log_evaluations(settings)
            aliased, fair = tell_promotions(settings, store, _artifacts(settings))
        finally:
            store.close()
    said = f"{len(registered.new)} cards registered, {len(registered.changed)} renewed, {logged} briefs logged"
    said += f", {sent} points sent" if sent else ""
    said += f", {aliased} aliases changed" if aliased else ""
    said += f", {fair} fairness reports logged" if fair else ""
    return f"{said}, {evaluated} evaluations logged" if evaluated else said


def register_all(settings: Settings, store: Store, cards: Mapping[str, Card]) -> dict[str, Any]:
    """Register every version in this process: lists of `id@version` that are `new`, `changed` and `unchanged`."""
    with _alone(settings):
        return asdict(_register(settings, store, cards))


def track_in_child(settings: Settings, *, wait: bool = True, night: bool = False) -> bool:
    """Run `main` in a child process with these settings; False if it failed. `night` as in `track`.

    Without `wait` the child goes on by itself, and the answer says only that it was started. What it says is appended
    to `track.log` in the workspace.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    over = {**os.environ, **environment(settings)}
    command = [sys.executable, "-m", "fitintel.workbench.track", *([NIGHT] if night else [])]
    with log_file(settings).open("ab") as log:
        child = subprocess.Popen(
            command, env=over, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=not wait
        )
    return child.wait() == 0 if wait else True


def log_file(settings: Settings) -> Path:
    """Where the child says what it did."""
    return settings.home / "track.log"


def _register(settings: Settings, store: Store, cards: Mapping[str, Card]) -> Registered:
    """Every version that can be computed here; `cards` are those of the versions in the families' folders."""
    from fitintel.core.promotion import champions
    from fitintel.intelligence.registry import get, versions
    from fitintel.tracking.flush import flush
    from fitintel.workbench.fitted_models import FITTED

    every = [get(name, version).card for name in cards for version in versions(name)]
    used = {name: card.version for name, card in cards.items()} | champions(store.promotions())
    return flush(every, [], settings.mlflow_uri, _artifacts(settings), key=artifact_key(settings), champions=used,
                 fitted=FITTED).cards  # fmt: skip


def artifact_key(settings: Settings) -> ArtifactKey:
    """The key that signs what is registered: a file of the workspace, outside every database."""
    from fitintel.tracking.signing import ArtifactKey

    return ArtifactKey(settings.home / "artifacts.key")


def _log_waiting(settings: Settings, store: Store) -> int:
    from fitintel.tracking.flush import flush

    logged = 0
    while waiting := store.untracked(AT_ONCE):
        briefs = [_brief(store, brief_id) for brief_id in waiting]
        pairs = [(brief, store.runs(brief.run_ids)) for brief in briefs]
        logged += len(flush([], pairs, settings.mlflow_uri, _artifacts(settings), key=artifact_key(settings)).briefs)
        store.mark_tracked(waiting)
    return logged


def _brief(store: Store, brief_id: str) -> Brief:
    """The brief from the database: writing it down again for a cache would cost as much as reading it."""
    from fitintel.storage import encode

    data = store.kept_brief(brief_id)
    return encode.brief_from(data) if data else store.brief(brief_id)


def _close_days(settings: Settings, store: Store, *, night: bool) -> None:
    from fitintel.core import days
    from fitintel.storage import open_blobs
    from fitintel.workbench.points import close_days

    today = days.today()
    newest = max((one.day for one in store.executed(since=today, counted=False)), default=0) if night else 0
    close_days(store, open_blobs(settings.files_url, keyring_of(settings)), max(newest + 1, today))


def _send_points(settings: Settings, store: Store, cards: Mapping[str, Card]) -> int:
    from fitintel.tracking.connection import connect
    from fitintel.tracking.points import send_points

    waiting = store.points(sent=False)
    if waiting:
        with connect(settings.mlflow_uri) as client:
            store.mark_sent(send_points(client, cards, waiting, _artifacts(settings)))
    return len(waiting)


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
