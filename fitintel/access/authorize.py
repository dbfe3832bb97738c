"""authorize(): may this actor do this with that? Everything is refused that the policy does not allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from fitintel.access.actor import FIXED, Action, Actor, Kind, Role
from fitintel.access.policy import COACHING, Policy, Relation, policy
from fitintel.core.errors import NotAllowed, UnknownName
from fitintel.core.people import Standing


@dataclass(frozen=True, slots=True)
class Resource:
    """What something is to be done with."""

    kind: Kind
    athlete_id: str | None = None
    """whose data it is"""
    category: str | None = None
    """category of consent that it falls under; None: every one of its kind"""
    owner: str | None = None
    """account that it belongs to, or whose own decision it would be"""


class Facts(Protocol):
    """What is known of actors now. Asked at each decision and never remembered: a withdrawal holds at once."""

    def standing(self, actor: Actor, athlete_id: str | None) -> Standing:
        """What the actor is, and is to that athlete."""


def authorize(actor: Actor, action: Action, resource: Resource, facts: Facts, *, using: Policy | None = None) -> None:
    """Return if `actor` may do `action` with `resource`; raise NotAllowed otherwise.

    The answer is the same whether or not the athlete exists.
    """
    if actor.is_owner:
        return
    standing = standing_of(actor, resource.athlete_id, facts)
    why = refusal(actor, action, resource, standing, using or policy())
    if why:
        raise NotAllowed(f"{actor.id} may not {action.value} {_said(resource)}", why=why)


def admit(actor: Actor, surface: str, facts: Facts, *, using: Policy | None = None) -> None:
    """Return if `actor` may come in at a front end behind the gate; raise NotAllowed otherwise.

    Raises UnknownName for a front end that the policy does not name.
    """
    rules = using or policy()
    if surface not in rules.surfaces:
        raise UnknownName("front end", surface, rules.surfaces)
    standing = facts.standing(actor, None)
    roles = _roles(actor, standing, rules) if standing.active and standing.scopes is None else set()
    if roles & rules.surfaces[surface] and not any(pair <= roles for pair in rules.apart):
        return
    weak = standing.active and not standing.strong and actor.roles & rules.surfaces[surface]
    why = "its rights count after a log-in with a second factor" if weak else "none of its roles is let in there"
    raise NotAllowed(f"{actor.id} may not open {surface}", why=why,
                     next="log in with a code" if weak else "ask an administrator")  # fmt: skip


def standing_of(actor: Actor, athlete_id: str | None, facts: Facts) -> Standing:
    """What is known of the actor now; of one that no account is behind, the actor itself says it."""
    return Standing(active=True, roles=actor.roles) if _is_fixed(actor) else facts.standing(actor, athlete_id)


def refusal(actor: Actor, action: Action, resource: Resource, standing: Standing, using: Policy) -> str:
    """Why it is refused, with what is known of the actor; empty when it is allowed."""
    if not standing.active:
        return "the log-in is over, or the account may not be used"
    if resource.category is not None and resource.category not in using.categories[resource.kind]:
        return f"{resource.category!r} is no category of {resource.kind.value}"
    roles = _roles(actor, standing, using)
    if any(pair <= roles for pair in using.apart):
        return "the account has roles that exclude each other"
    if standing.scopes is not None and not in_scope(standing.scopes, resource.kind, action):
        return "the token is not made for it"
    for role in roles:
        for relation in using.relations(resource.kind, role, action):
            if _holds(relation, actor, resource, standing, using):
                return ""
    return "nothing that this actor is here allows it"


def in_scope(scopes: Iterable[str], kind: Kind, action: Action) -> bool:
    """Whether scopes of a token (`kind:action`, `*` in either place) cover it.

    >>> in_scope({"workout:read"}, Kind.WORKOUT, Action.READ), in_scope({"*:read"}, Kind.WORKOUT, Action.DELETE)
    (True, False)
    """
    return bool({f"{kind.value}:{action.value}", f"{kind.value}:*", f"*:{action.value}", "*:*"} & set(scopes))


def _is_fixed(actor: Actor) -> bool:
    # an actor that mixes roles of programs and of people is nobody: it is looked up, and not found
    return bool(actor.roles) and actor.roles <= FIXED - {Role.OWNER}


def _roles(actor: Actor, standing: Standing, using: Policy) -> set[Role]:
    roles = {role for role in actor.roles if role.value in standing.roles}
    return roles if standing.strong else roles - using.second_factor


def _holds(relation: Relation, actor: Actor, resource: Resource, standing: Standing, using: Policy) -> bool:
    own = resource.athlete_id is not None and resource.athlete_id == standing.athlete_id
    if relation is Relation.OWN:
        return own
    if relation is Relation.UNCOACHED:
        return own and not standing.coached
    if relation is Relation.SQUAD:
        asked = [resource.category] if resource.category else using.categories[resource.kind]
        return standing.coaches and all((category, COACHING) in standing.consents for category in asked)
    if relation is Relation.TEAMMATE:
        return standing.coaches
    if relation is Relation.SELF:
        return resource.owner == actor.id
    if relation is Relation.OTHERS:
        return resource.owner is not None and resource.owner != actor.id
    if relation is Relation.PSEUDONYMISED:
        return standing.pseudonymised
    if relation is Relation.GLASS:
        return standing.glass
    return relation is Relation.ANY


def _said(resource: Resource) -> str:
    parts = [resource.kind.value.replace("_", " ")]
    if resource.category:
        parts.append(f"({resource.category})")
    whose = resource.athlete_id or resource.owner
    return " ".join([*parts, *([f"of {whose}"] if whose else ["of this workspace"])])
