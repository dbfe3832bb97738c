"""Door: what every noun of the Workbench stands on: the actor, the settings, the two stores, and the permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fitintel.access.actor import LOCAL_OWNER, Action, Actor, authorize
from fitintel.core import settings as settings_
from fitintel.core.settings import Settings

if TYPE_CHECKING:
    from fitintel.storage.store import Blobs, Store

Progress = Callable[[int, int, str], None]
"""Called with (done, total, text) while long work goes on."""


class Door:
    """A workspace, opened for one actor. Each noun adds its verbs; each verb asks `may` first."""

    def __init__(self, settings: Settings, actor: Actor = LOCAL_OWNER) -> None:
        self.settings = settings
        self.actor = actor

    @classmethod
    def open(cls, home: str | Path | None = None, *, actor: Actor = LOCAL_OWNER) -> Self:
        """The workspace that the environment names (FITINTEL_HOME, default `var/`), or the one in `home`."""
        return cls(settings_.read(home=Path(home) if home is not None else None), actor)

    @cached_property
    def store(self) -> Store:
        """Facts. For the workbench's own verbs: front ends use verbs."""
        from fitintel.storage import open_store

        return open_store(self.settings.database_url, self.settings.cache_url)

    @cached_property
    def blobs(self) -> Blobs:
        """Raw files and snapshots."""
        from fitintel.storage import open_blobs

        return open_blobs(self.settings.files_url)

    def close(self) -> None:
        """Release connections."""
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def may(self, action: Action, athlete_id: str | None = None) -> None:
        """Raise NotAllowed unless this actor may do it."""
        authorize(self.actor, action, athlete_id)
