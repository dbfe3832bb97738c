"""The steps of an erasure, in their order. Each may be done again, and says how much it removed and what it could not.

Files go before the rows that name them, so that a step that was cut off finds in the rows what is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.core.errors import NotFound, UnknownName
from fitintel.workbench.erasing import places

if TYPE_CHECKING:
    from fitintel.storage.store import Blobs
    from fitintel.workbench.door.base import Door

Done = tuple[int, tuple[str, ...]]
"""number of what was removed, and remarks for the certificate"""
Step = Callable[["Door", str, Sequence[str]], Done]
"""called with the athlete's id and all they are called"""


def _blobs(bench: Door) -> Blobs:
    """The file store without a guard: who may erase may do so wholly."""
    from fitintel.storage import open_blobs

    return open_blobs(bench.settings.files_url, bench.keyring)


def _log_ins(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    ended = 0
    for account in bench.vault.accounts():
        if account.athlete_id == athlete_id:
            ended += bench.vault.revoke(datetime.now(UTC), "erasure", account_id=account.id)
    return ended, ()


def _connections(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    from fitintel.workbench.accounts import Office, disconnect

    office = Office(bench.vault, _blobs(bench), bench.settings)
    remarks = []
    found = bench.vault.connections(athlete_id)
    for one in found:
        try:
            if disconnect(office, athlete_id, one.provider).why_not:
                remarks.append(f"{one.provider} did not confirm that access was taken back: take it back there")
        except UnknownName:  # what opens it goes with the rows
            remarks.append("a service that this release does not know was connected: take access back there")
    return len(found), tuple(remarks)


def _tracked(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    from fitintel.tracking.forgetting import forget

    briefs = [brief_id for brief_id, _, _ in bench.vault.briefs(athlete_id)]
    return forget(bench.settings.mlflow_uri, athlete_id, briefs)


def _files(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    count, blobs = 0, _blobs(bench)
    for kind, (alone, _) in bench.vault.files_of(athlete_id).items():
        blobs.remove(kind, alone)
        count += len(alone)
    return count, ()


def _rendered(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    return places.remove_rendered(bench.settings, athlete_id), ()


def _mentions(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    return places.remove_mentions(bench.settings, athlete_id, names), ()


def _studies(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    from fitintel.core import settings
    from fitintel.workbench.door import Workbench
    from fitintel.workbench.research.project import Project, places

    count = 0
    for name, home in places(bench.keyring.folder):
        who = Project.named(name, bench.keyring.folder).pseudonym(athlete_id)
        with Workbench(settings.read({}, home=home)) as study:
            if any(one.id == who for one in study.vault.athletes()):
                count += study.erase(who, who).rows
    return count, ()


def _rows(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    try:
        return bench.vault.erase_athlete(athlete_id)[0], ()
    except NotFound:
        return 0, ()


def _freed(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    bench.vault.overwrite_freed()
    if bench.settings.database_url.startswith("sqlite"):
        return 1, ()
    return 1, ("the database server's own logs (binary, undo, redo) keep what was removed until they turn over",)


def _cached(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    bench.vault.forget_cached()
    return 1, ()


def _keys(bench: Door, athlete_id: str, names: Sequence[str]) -> Done:
    found = bench.keyring.data_keys(bench.keyring.mark(athlete_id))
    bench.keyring.destroy(found)
    return len(found), ()


STEPS: Mapping[str, Step] = {
    "log-ins": _log_ins, "connected accounts": _connections, "MLflow": _tracked, "stored files": _files,
    "pages and notebooks": _rendered, "mentions in other files": _mentions, "research workspaces": _studies,
    "rows": _rows, "freed space": _freed, "caches": _cached, "data keys": _keys,
}  # fmt: skip
