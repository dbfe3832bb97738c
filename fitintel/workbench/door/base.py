"""Door: what every noun of the Workbench stands on: the actor, the settings, the two stores, and the permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import FunctionType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from fitintel.access.actor import LOCAL_OWNER, Action, Actor, Kind
from fitintel.core import settings as settings_
from fitintel.core.errors import LogInRefused, NotAllowed, NotFound
from fitintel.core.settings import Settings
from fitintel.workbench.door.verbs import current, noted

if TYPE_CHECKING:
    from fitintel.access.authorize import Facts
    from fitintel.core.audit import Entry
    from fitintel.storage.keyring import Keyring
    from fitintel.storage.store import Blobs, Store
    from fitintel.workbench.auditing import AuditOffice

READS = frozenset({Action.READ, Action.EXECUTE, Action.COUNT})
"""Actions after which a verb may have read something of the athlete it named; it is noted."""
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
        cls, home: str | Path | None = None, *, actor: Actor | None = None, surface: str = "", why: str = ""
    ) -> Self:
        """The workspace that the environment names (FITINTEL_HOME, default `var/`), or the one in `home`.

        Where no actor is given it is the account of FITINTEL_TOKEN, else the owner; in a notebook behind the gate
        nobody is the owner (LogInRefused). `surface` and `why` say through what and what for data are read; they stand
        in the audit chain.
        """
        settings = settings_.read(home=Path(home) if home is not None else None)
        if actor is None and settings.account("TOKEN") is not None:
            from fitintel.workbench.sessions import actor_of_token

            actor = actor_of_token(settings, surface)
        if actor is None and settings.access == "gate" and not surface:
            raise LogInRefused("Log in first", why="this workspace stands behind the gate",
                               next="make a token with fitintel token new, and set FITINTEL_TOKEN")  # fmt: skip
        return cls(settings, actor or LOCAL_OWNER, surface=surface, why=why)

    @cached_property
    def keyring(self) -> Keyring:
        """The athletes' data keys."""
        from fitintel.workbench.keyring import keyring_of

        return keyring_of(self.settings)

    @cached_property
    def vault(self) -> Store:
        """Facts without a guard: for what the workbench keeps about itself, never for what a verb hands out."""
        from fitintel.storage import open_store

        return open_store(self.settings.database_url, self.settings.cache_url, self.keyring)

    @cached_property
    def store(self) -> Store:
        """Facts, as far as this actor may see them. For the workbench's own verbs: front ends use verbs."""
        if self.actor.is_owner:
            return self.vault
        from fitintel.workbench.guard import guarded_store

        return guarded_store(self)

    @cached_property
    def blobs(self) -> Blobs:
        """Raw files and snapshots; for others than the owner only within a verb that has a permission."""
        from fitintel.storage import open_blobs

        found = open_blobs(self.settings.files_url, self.keyring)
        if self.actor.is_owner:
            return found
        from fitintel.workbench.guard import guarded_blobs

        return guarded_blobs(self, found)

    @cached_property
    def facts(self) -> Facts:
        """What is known of actors now."""
        from fitintel.workbench.facts import RESEARCH, StoredFacts

        return StoredFacts(self.vault, pseudonymised=(self.settings.home / RESEARCH).exists())

    @cached_property
    def audit(self) -> AuditOffice:
        """Adds to the audit chain."""
        from fitintel.workbench.auditing import AuditOffice

        return AuditOffice(self.vault, self.settings)

    def close(self) -> None:
        """Release connections."""
        if "vault" in self.__dict__:
            self.vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def may(
        self, action: Action, athlete_id: str | None = None, kind: Kind | None = None, *,
        category: str | None = None, owner: str | None = None, about: str = "",
    ) -> None:  # fmt: skip
        """Raise NotAllowed unless this actor may do it with a record of that kind.

        `category` is the category of consent, `owner` the account that the record belongs to, `about` the id of what is
        read where no athlete is named. Without a kind only the owner of a workspace without accounts may. For the rest
        of the verb the store opens what the permission is made of (access/policy.yaml).
        """
        subject = athlete_id or about
        if not self.actor.is_owner:
            self._ask(action, athlete_id, kind, category, owner, subject)
        call = current(self)
        if call is not None:
            if subject and action in READS:
                call.read.setdefault(subject)
            if kind is not None:
                call.grant(athlete_id, kind, writes=action not in READS)

    def may_some(self, action: Action, athlete_id: str, kind: Kind) -> None:
        """The same for a kind with categories of consent, where one of them is enough: the store opens no other."""
        if not self.actor.is_owner:
            from fitintel.access.policy import policy

            for category in policy().categories[kind]:
                if self.permits(action, athlete_id, kind, category=category):
                    self.may(action, athlete_id, kind, category=category)
                    return
        self.may(action, athlete_id, kind)

    def may_see(self, athlete_id: str) -> None:
        """Raise NotAllowed unless this actor may read anything of the athlete."""
        if self.actor.is_owner:
            self.may(Action.READ, athlete_id, Kind.PROFILE)
            return
        from fitintel.workbench.guard import Guard

        if not Guard(self).sees(athlete_id):
            self.may(Action.READ, athlete_id, Kind.PROFILE)
        call = current(self)
        if call is not None:
            call.read.setdefault(athlete_id)

    def whose(self, named: str) -> str | None:
        """The athlete through whom this actor may read a run or brief (`b-...`, `b-.../3`); None for the owner."""
        if self.actor.is_owner or not named:
            return None
        brief_id, owners = named.partition("/")[0], set(self.vault.run_owners([named]).get(named, ()))
        if brief_id.startswith("b-"):
            try:
                owners.add(self.vault.brief(brief_id).athlete_id)
            except NotFound:
                return None
        return next((one for one in sorted(owners) if self.permits(Action.READ, one, Kind.BRIEF)), None)

    def permits(
        self, action: Action, athlete_id: str | None, kind: Kind, *, category: str | None = None,
        owner: str | None = None,
    ) -> bool:  # fmt: skip
        """Whether this actor may do it; nothing is noted."""
        if self.actor.is_owner:
            return True
        from fitintel.access.authorize import Resource, authorize

        try:
            authorize(self.actor, action, Resource(kind, athlete_id, category, owner), self.facts)
        except NotAllowed:
            return False
        return True

    def allows(self, action: str, kind: str, athlete_id: str | None = None) -> bool:
        """The same in words, for pages that show what can be done: `allows("create", "plan", athlete_id)`.

        Without an athlete it is asked of what is the actor's own.
        """
        return self.permits(Action(action), athlete_id, Kind(kind), owner=self.actor.id if athlete_id is None else None)

    def _ask(
        self, action: Action, athlete_id: str | None, kind: Kind | None, category: str | None, owner: str | None,
        subject: str,
    ) -> None:  # fmt: skip
        from fitintel.access.authorize import Resource, authorize

        try:
            if kind is None:
                raise NotAllowed(f"{self.actor.id} may not do this", why="only the owner of the workspace may")
            authorize(self.actor, action, Resource(kind, athlete_id, category, owner), self.facts)
        except NotAllowed:
            self.audit.add([self.entry("access", subject or "workspace", action.value, outcome="refused",
                                       detail={"kind": kind.value if kind else ""})])  # fmt: skip
            raise

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
