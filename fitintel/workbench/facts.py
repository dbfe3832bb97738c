"""What is known of actors: true at each decision, so that a withdrawal or a new role holds at once.

A standing is read from the rows of accounts, squads and consents. It may be remembered for as long as the stamp of
rights is the same, which grows with every change of those rows, and until the moment at which time alone would change
it: a decision then costs one small read instead of five.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import LOCAL_OWNER, Actor, Role
from fitintel.core.people import NOBODY, Standing

if TYPE_CHECKING:
    from fitintel.storage.store import Store

RESEARCH = "research"
"""Name of the file that marks a workspace made for research: it holds no names."""
LARGEST = 20_000
"""standings that are remembered; the one not asked for longest is forgotten"""


class Known:
    """What was found out under a stamp of rights; shared by the requests of one process."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._kept: OrderedDict[Hashable, tuple[int, datetime | None, Any]] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable, rights: int, now: datetime) -> Any:
        """What was found under this stamp and still holds, or None."""
        with self._turn:
            found = self._kept.get(key)
            if found is None or found[0] != rights or (found[1] is not None and found[1] <= now):
                return None
            self._kept.move_to_end(key)
            return found[2]

    def put(self, key: Hashable, rights: int, until: datetime | None, value: Any) -> None:
        """Remember it."""
        with self._turn:
            self._kept[key] = rights, until, value
            self._kept.move_to_end(key)
            while len(self._kept) > self._largest:
                self._kept.popitem(last=False)


class StoredFacts:
    """The facts of a workspace with accounts; `known` is what may be remembered, and under which stamp."""

    def __init__(
        self, vault: Store, *, pseudonymised: bool = False, known: Known | None = None, rights: int | None = None
    ) -> None:
        self._vault, self._pseudonymised, self._known = vault, pseudonymised, known
        self.rights = rights
        """stamp that everything is decided under; None: it is read at each decision"""
        self.until: datetime | None = None
        """the first moment at which time alone may change what was said"""

    def standing(self, actor: Actor, athlete_id: str | None) -> Standing:
        """What the actor is now, and is to that athlete; NOBODY for one that has shown nothing."""
        if not actor.on_behalf and not actor.session_id and not actor.token_id:
            return NOBODY
        found = self._read(actor, athlete_id) if self._known is None else self._remembered(actor, athlete_id)
        if found.until is not None and (self.until is None or found.until < self.until):
            self.until = found.until
        return found

    def _remembered(self, actor: Actor, athlete_id: str | None) -> Standing:
        assert self._known is not None
        rights = self._vault.stamp().rights if self.rights is None else self.rights
        key = (actor.id, actor.session_id, actor.token_id, actor.on_behalf, athlete_id)
        found: Standing | None = self._known.get(key, rights, datetime.now(UTC))
        if found is None:
            found = self._read(actor, athlete_id)
            self._known.put(key, rights, found.until, found)
        return found

    def _read(self, actor: Actor, athlete_id: str | None) -> Standing:
        if actor.on_behalf and not self._may_act_for_others(actor.on_behalf):
            return NOBODY
        found = self._vault.standing(actor.id, athlete_id, datetime.now(UTC), session_id=actor.session_id,
                                     token_id=actor.token_id)  # fmt: skip
        strong = found.strong or bool(actor.on_behalf)
        return replace(found, strong=strong and found.active, pseudonymised=self._pseudonymised)

    def _may_act_for_others(self, account_id: str) -> bool:
        if account_id == LOCAL_OWNER.id:
            return True
        found = self._vault.standing(account_id, None, datetime.now(UTC))
        return found.active and Role.ADMIN in found.roles
