"""move(): the workspace's facts into another database."""

from __future__ import annotations

from dataclasses import replace

from fitintel.core.settings import Settings
from fitintel.storage import moving
from fitintel.workbench.backing_up.audited import audited


def move(settings: Settings, database_url: str) -> dict[str, int]:
    """Copy all rows to an empty database of any kind and compare them; rows by table. What is here stays.

    The audit chain of the new database goes on with this move. Raises UsageError where it is not empty, StorageError,
    StorageUnavailable.
    """
    moved = moving.move(settings.database_url, database_url)
    with audited(replace(settings, database_url=database_url), "move") as told:
        told["rows"] = sum(moved.values())
    return moved
