"""Who asks. A workbench is bound to an actor; each verb asks `authorize` first, and what is not allowed is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fitintel.core.errors import NotAllowed


class Role(StrEnum):
    """What an actor is."""

    OWNER = "owner"  # the person at the keyboard of a single-user workspace


class Action(StrEnum):
    """What can be done to an athlete's records or to the workspace."""

    READ = "read"
    WRITE = "write"
    ADMINISTER = "administer"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and as what."""

    id: str
    role: Role


LOCAL_OWNER = Actor("local-owner", Role.OWNER)
"""The explicit actor of a workspace without accounts. Only front ends on this machine may use it."""

POLICY: dict[Role, frozenset[Action]] = {Role.OWNER: frozenset(Action)}
"""What each role may do; a role that is not listed may do nothing."""


def authorize(actor: Actor, action: Action, athlete_id: str | None = None) -> None:
    """Return if `actor` may do `action`; raise NotAllowed otherwise."""
    if action not in POLICY.get(actor.role, frozenset()):
        raise NotAllowed(
            f"{actor.id} may not {action.value} {athlete_id or 'this workspace'}",
            why=f"the role {actor.role} does not allow it",
        )
