"""What is known of actors, read from the store at each decision: a withdrawal or a new role holds at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import LOCAL_OWNER, Actor, Role
from fitintel.core.people import NOBODY, Standing

if TYPE_CHECKING:
    from fitintel.storage.store import Store

RESEARCH = "research"
"""Name of the file that marks a workspace made for research: it holds no names."""


class StoredFacts:
    """The facts of a workspace with accounts."""

    def __init__(self, vault: Store, *, pseudonymised: bool = False) -> None:
        self._vault, self._pseudonymised = vault, pseudonymised

    def standing(self, actor: Actor, athlete_id: str | None) -> Standing:
        """What the actor is now, and is to that athlete; NOBODY for one that has shown nothing."""
        if actor.on_behalf:
            if not self._may_act_for_others(actor.on_behalf):
                return NOBODY
        elif not actor.session_id and not actor.token_id:
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
