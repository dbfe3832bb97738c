"""Door: what every noun of the Workbench stands on: the actor, the settings, the two stores, and the permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import FunctionType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from fitintel.access.actor import LOCAL_OWNER, Action, Actor, authorize
from fitintel.core import settings as settings_
from fitintel.core.errors import NotAllowed
from fitintel.core.settings import Settings
from fitintel.workbench.door.verbs import current, noted

if TYPE_CHECKING:
    from fitintel.core.audit import Entry
    from fitintel.storage.store import Blobs, Store
    from fitintel.workbench.auditing import AuditOffice

PURPOSE = "own use"
"""Why data are read where nothing is said: the person at the keyboard looks at them."""
Progress = Callable[[int, int, str], None]
"""Called with (done, total, text) while long work goes on."""


class Door:
    """A workspace, opened for one actor. Each noun adds its verbs; each verb asks `may` first.

    What a verb reads of an athlete is noted in the audit chain, in one row a call, before anything is handed out.
    """

    def __init__(self, settings: Settings, actor: Actor = LOCAL_OWNER, *, surface: str = "", why: str = "") -> None:
        self.settings = settings
        self.actor = actor
        self.surface = surface
        """front end that asks; empty: the notebook or Python that this process is"""
        self.why = why or PURPOSE

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name, verb in list(vars(cls).items()):
            if isinstance(verb, FunctionType) and not name.startswith("_"):
                setattr(cls, name, noted(verb))

    @classmethod
    def open(
        cls, home: str | Path | None = None, *, actor: Actor = LOCAL_OWNER, surface: str = "", why: str = ""
    ) -> Self:
        """The workspace that the environment names (FITINTEL_HOME, default `var/`), or the one in `home`.

        `surface` and `why` say through what and what for data are read; they stand in the audit chain.
        """
        return cls(settings_.read(home=Path(home) if home is not None else None), actor, surface=surface, why=why)

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

    @cached_property
    def audit(self) -> AuditOffice:
        """Adds to the audit chain."""
        from fitintel.workbench.auditing import AuditOffice

        return AuditOffice(self.store, self.settings)

    def close(self) -> None:
        """Release connections."""
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def may(self, action: Action, athlete_id: str | None = None, *, about: str = "") -> None:
        """Raise NotAllowed unless this actor may do it; `about` is the id of what is read where no athlete is named."""
        subject = athlete_id or about
        try:
            authorize(self.actor, action, athlete_id)
        except NotAllowed:
            if subject:
                self.audit.add([self.entry("access", subject, action.value, outcome="refused")])
            raise
        call = current(self)
        if subject and call is not None and action is Action.READ:
            call.read.setdefault(subject)

    def entry(
        self, kind: str, subject: str, what: str, why: str = "", detail: Mapping[str, Any] | None = None, *,
        outcome: str = "done",
    ) -> Entry:  # fmt: skip
        """A row for the audit chain: this actor, through this surface, now."""
        from fitintel.core.audit import Entry, Kind
        from fitintel.workbench.auditing import surface

        return Entry(Kind(kind), self.actor.id, self.surface or surface(), subject, what, why or self.why,
                     detail or {}, outcome=outcome)  # fmt: skip

    def note(self, kind: str, subject: str, what: str, why: str = "", detail: Mapping[str, Any] | None = None) -> None:
        """Add a row to the audit chain."""
        self.audit.add([self.entry(kind, subject, what, why, detail)])

    def note_reads(self, verb: str, subjects: tuple[str, ...]) -> None:
        """Add that a verb has read these, a row each."""
        self.audit.add([self.entry("access", subject, verb) for subject in subjects])
