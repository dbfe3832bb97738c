"""Both ends of the identity header: the gate makes one for whom it has checked, a front end takes one for its actor."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access import identity
from fitintel.access.actor import LOCAL_OWNER, Actor
from fitintel.access.authorize import admit
from fitintel.core.counted import count
from fitintel.core.errors import ForeignIdentity, LogInRefused
from fitintel.storage.keys import IDENTITY, kept_key
from fitintel.workbench.facts import StoredFacts

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.workbench.door import Workbench
    from fitintel.workbench.sessions import Gate

HEADER = identity.HEADER
VARIABLE = "HTTP_" + HEADER.upper().replace("-", "_")
"""under which a kernel finds the header of whom it was started for"""
GATE = "gate"
"""FITINTEL_ACCESS of front ends that let in only whom the gate has checked"""
PUBLIC = "identity.pub"
"""file of the workspace with the public half of the key, in base64; anybody may read it"""
LASTS = {"coach": identity.LONGEST}
"""front end -> how long its header is good, where a page is made with it; one request for any other"""


class Issuer:
    """The gate's end: it alone reads the private key."""

    def __init__(self, settings: Settings) -> None:
        self._seed = kept_key(IDENTITY, settings.home, settings.account("IDENTITY_KEY"))
        _publish(settings.home / PUBLIC, identity.public_of(self._seed))

    def issue(self, actor: Actor, surface: str, gate: Gate) -> str:
        """The header for a front end; raises NotAllowed where the actor may not come in, UnknownName."""
        admit(actor, surface, StoredFacts(gate.vault))
        lasts: timedelta = LASTS.get(surface, identity.LIFETIME)
        return identity.signed(self._seed, actor.id, actor.session_id, surface, datetime.now(UTC), lasts=lasts)

    def form_token(self, belongs_to: str) -> str:
        """What proves that a form comes from a page that was made for this log-in or browser."""
        import hashlib
        import hmac

        return hmac.new(self._seed, b"form\0" + belongs_to.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Seat:
    """Who an open page is for, and the header with which they came."""

    actor: Actor
    header: str


class Entrance:
    """A front end's end: a header in, the actor out. Without the gate it is the owner, as before."""

    def __init__(self, settings: Settings, surface: str, gate: Gate) -> None:
        self._settings, self._surface, self._gate = settings, surface, gate

    @property
    def guarded(self) -> bool:
        """Whether only those are let in whom the gate has checked."""
        return self._settings.access == GATE

    def actor(self, header: str | None) -> Actor:
        """Who asks. Raises LogInRefused for a header that is missing, forged, over, or of a log-in that has ended,
        ForeignIdentity for one of another front end, NotAllowed where its roles are not let in any more.
        """
        if not self.guarded:
            return LOCAL_OWNER.through(self._surface)
        found = "missing"
        try:
            if not header:
                raise LogInRefused(
                    "Log in first", why="the gate has not said who asks", next="open the page through the gate"
                )
            found = "forged"
            stated = identity.read(self._public(), header, self._surface, datetime.now(UTC))
            found = "over"
            actor = self._gate.enter(stated.account_id, stated.session_id, self._surface)
            admit(actor, self._surface, StoredFacts(self._gate.vault))
            found = "ok"
        except ForeignIdentity:
            found = "foreign"
            raise
        finally:
            count("identities", outcome=found, surface=self._surface)
        return actor

    def seat(self, header: str | None, held: Seat | None = None) -> Seat:
        """Who an open page is for, asked again at each thing it does; `held` is what the last time said.

        A header is looked at once, for it is over soon; the log-in each time. Raises as `actor`, and ForeignIdentity
        where somebody else comes back to the page.
        """
        if held is not None and header == held.header:
            self._still(held.actor)
            return held
        actor = self.actor(header)
        if held is not None and held.actor.session_id != actor.session_id:
            count("identities", outcome="foreign", surface=self._surface)
            raise ForeignIdentity("This page was opened with another log-in", next="load the page again")
        return Seat(actor, header or "")

    def bench(self, door: Workbench, actor: Actor, why: str = "") -> Workbench:
        """The workspace of `door` for another actor, over the same connections."""
        found = type(door)(door.settings, actor, surface=self._surface, why=why)
        found.__dict__["vault"] = door.vault
        return found

    def _still(self, actor: Actor) -> None:
        if self.guarded:
            admit(self._gate.enter(actor.id, actor.session_id, self._surface), self._surface,
                  StoredFacts(self._gate.vault))  # fmt: skip

    def _public(self) -> bytes:
        try:
            return base64.b64decode((self._settings.home / PUBLIC).read_text(encoding="ascii").strip(), validate=True)
        except (OSError, ValueError) as error:
            raise LogInRefused("Nobody can be let in", why=f"{PUBLIC} of the workspace cannot be read",
                               next="start the API, which writes it") from error  # fmt: skip


def _publish(path: Path, public: bytes) -> None:
    text = base64.b64encode(public).decode() + "\n"
    if path.is_file() and path.read_text(encoding="ascii", errors="replace") == text:
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="ascii")
    draft.replace(path)
