"""What an operator does to the whole workspace stands in its audit chain: backups, restores, moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from fitintel.access.actor import LOCAL_OWNER
from fitintel.core.audit import Entry, Kind
from fitintel.core.errors import FitintelError
from fitintel.core.settings import Settings
from fitintel.storage import open_store
from fitintel.workbench.auditing import AuditOffice
from fitintel.workbench.backing_up.contents import in_use
from fitintel.workbench.keyring import keyring_of

WORKSPACE = "workspace"
"""subject of the rows"""


@contextmanager
def audited(settings: Settings, what: str) -> Iterator[dict[str, object]]:
    """A row for what the block does, with what it puts into the dictionary; one also for what it failed at."""
    detail: dict[str, object] = {}
    try:
        yield detail
    except FitintelError as error:
        # where nothing can be opened, the reason for that is what the operator has to read
        with suppress(FitintelError):
            if in_use(settings):
                _add(settings, what, {**detail, "error": type(error).__name__}, "refused")
        raise
    _add(settings, what, detail, "done")


def _add(settings: Settings, what: str, detail: Mapping[str, object], outcome: str) -> None:
    store = open_store(settings.database_url, keyring=keyring_of(settings))
    try:
        AuditOffice(store, settings).add([
            Entry(Kind.OPERATION, LOCAL_OWNER.id, "cli", WORKSPACE, what, "asked for by the operator", detail,
                  outcome=outcome)
        ])  # fmt: skip
    finally:
        store.close()
