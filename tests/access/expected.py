"""What each actor of the world may do, worked out from the specified matrix and from who is who: no code of access/."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fitintel.access.actor import Action, Kind, Role
from fitintel.access.policy import Relation
from tests.access.matrix import rules
from tests.access.world import CONSENT, PARTIAL

CATEGORIES = {
    Kind.PROFILE: ("profile",), Kind.WORKOUT: ("training",), Kind.RECORDING: ("location",), Kind.NOTE: ("notes",),
    Kind.HEALTH: ("heart", "sleep", "body", "feeling", "illness", "cycle"), Kind.PLAN: ("plan",),
    Kind.STATEMENT: ("training",), Kind.BRIEF: ("brief",), Kind.IMPORT: ("training",), Kind.NOTEBOOK_RUN: ("brief",),
}  # fmt: skip
"""kind -> categories of consent, as specified"""
ROLE = {
    "anonymous": Role.ANONYMOUS, "athlete": Role.ATHLETE, "teammate": Role.ATHLETE, "stranger": Role.ATHLETE,
    "coach": Role.COACH, "other coach": Role.COACH, "former coach": Role.COACH, "scientist": Role.DATA_SCIENTIST,
    "admin": Role.ADMIN, "ingest": Role.SVC_INGEST, "nightly": Role.SVC_NIGHTLY, "monitor": Role.SVC_MONITOR,
}  # fmt: skip
IS = {"athlete": "red1", "teammate": "red2", "stranger": "blue1"}
COACHES = {"coach": "red", "other coach": "blue"}
MATRIX = rules()


class Case(NamedTuple):
    """One question."""

    actor: str
    action: Action
    kind: Kind
    athlete: str | None
    category: str | None
    owner: str | None
    """own, other, or None"""


def cases(athletes: tuple[str, ...] = ("red1", "red2", "red3", "red4", "blue1")) -> Iterator[Case]:
    """Every question that can be asked of the world."""
    for actor in ROLE:
        for kind in Kind:
            for action in Action:
                for athlete in (*athletes, None):
                    for category in (None, *(CATEGORIES.get(kind, ()) if athlete else ())):
                        yield Case(actor, action, kind, athlete, category, None)
                for owner in ("own", "other"):
                    yield Case(actor, action, kind, None, None, owner)


def allowed(case: Case) -> bool:
    """What the answer has to be."""
    held = {relation for relation in Relation if (case.kind, ROLE[case.actor], relation, case.action) in MATRIX}
    return any(_holds(relation, case) for relation in held)


def consents(athlete: str) -> tuple[str, ...]:
    """Categories that an athlete of the world consents to."""
    state = CONSENT[athlete[-1]]
    if state == "partial":
        return PARTIAL
    every = {name for names in CATEGORIES.values() for name in names}
    return tuple(sorted(every)) if state == "full" else ()


def _holds(relation: Relation, case: Case) -> bool:
    own = case.athlete is not None and IS.get(case.actor) == case.athlete
    mine = case.athlete is not None and COACHES.get(case.actor) == case.athlete[:-1]
    if relation is Relation.SQUAD:
        asked = [case.category] if case.category else CATEGORIES[case.kind]
        return mine and all(one in consents(str(case.athlete)) for one in asked)
    return {
        Relation.OWN: own,
        Relation.UNCOACHED: False,  # everybody of this world is in a squad
        Relation.TEAMMATE: mine,
        Relation.SELF: case.owner == "own",
        Relation.OTHERS: case.owner == "other",
        Relation.PSEUDONYMISED: False,
        Relation.GLASS: False,
        Relation.ANY: True,
    }[relation]
