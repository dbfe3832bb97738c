"""policy.yaml, loaded strictly: a name that is not known, or stands twice, is refused before anything is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from fitintel.access.actor import FIXED, Action, Kind, Role
from fitintel.core.errors import UsageError

VERSION = 1
COACHING, RESEARCH = "coaching", "research"
"""Purposes that rules ask for."""
UNRULED = frozenset({Action.WRITE, Action.ADMINISTER})
"""Actions that no rule may name."""


class Relation(StrEnum):
    """What an actor is to a record; policy.yaml explains each."""

    OWN = "own"
    UNCOACHED = "uncoached"
    SQUAD = "squad"
    TEAMMATE = "teammate"
    SELF = "self"
    OTHERS = "others"
    PSEUDONYMISED = "pseudonymised"
    GLASS = "glass"
    ANY = "any"


class Rule(NamedTuple):
    """One permission: all that is allowed is a set of these."""

    kind: Kind
    role: Role
    relation: Relation
    action: Action


@dataclass(frozen=True)
class Policy:
    """Who may do what."""

    rules: frozenset[Rule]
    categories: Mapping[Kind, tuple[str, ...]]
    """categories of consent that a kind of record falls under"""
    all_categories: tuple[str, ...]
    purposes: tuple[str, ...]
    apart: tuple[frozenset[Role], ...]
    """roles that no account has together"""
    second_factor: frozenset[Role]
    """roles that count only after a log-in with a second factor"""
    surfaces: Mapping[str, frozenset[Role]]
    """front end behind the gate -> roles that may come in"""
    made_of: Mapping[Kind, frozenset[Kind]]
    """kind -> kinds that the workbench may open while it does the first, of the same athlete"""

    def relations(self, kind: Kind, role: Role, action: Action) -> list[Relation]:
        """The relations in which the role may do it."""
        return [relation for relation in Relation if Rule(kind, role, relation, action) in self.rules]

    def contains(self, kind: Kind) -> frozenset[Kind]:
        """The kinds that a permission on this one opens inside the workbench."""
        return self.made_of.get(kind, frozenset()) | {kind}

    def without(self, rule: Rule) -> Policy:
        """The policy less one rule."""
        return replace(self, rules=self.rules - {rule})

    def check_roles(self, roles: Iterable[Role]) -> None:
        """Raise UsageError for roles that no account may have, or may not have together."""
        chosen = frozenset(roles)
        if fixed := chosen & FIXED:
            raise UsageError(
                f"No account can be {min(fixed).value}", next="choose athlete, coach, data_scientist, admin"
            )
        for pair in self.apart:
            if pair <= chosen:
                raise UsageError(
                    f"One account cannot be {' and '.join(sorted(pair))}",
                    why="who works on pseudonymised data must not know whose they are",
                    next="make a second account",
                )


@cache
def policy() -> Policy:
    """The policy of this release."""
    from importlib import resources

    return read(resources.files("fitintel.access").joinpath("policy.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Policy:
    """The policy that YAML text says; raises UsageError for whatever is not exactly as it should be.

    >>> read("version: 1")
    Traceback (most recent call last):
    fitintel.core.errors.UsageError: The policy cannot be used. ...
    """
    top = _mapping(_load(text), "policy", needs=("version", "roles", "apart", "second_factor", "surfaces", "categories",
                                                 "purposes", "made_of", "kinds"))  # fmt: skip
    if top["version"] != VERSION:
        raise _broken("version", f"it is {top['version']!r}, this release reads {VERSION}")
    listed = {_name(Role, one, "roles") for one in _list(top["roles"], "roles")}
    if listed != set(Role) - {Role.OWNER}:
        raise _broken("roles", "it must list every role but the owner, once")
    categories = tuple(_text(one, "categories") for one in _list(top["categories"], "categories"))
    purposes = tuple(_text(one, "purposes") for one in _list(top["purposes"], "purposes"))
    if set(purposes) != {COACHING, RESEARCH}:
        raise _broken("purposes", f"they must be {COACHING} and {RESEARCH}")
    kinds = _mapping(top["kinds"], "kinds", needs=[kind.value for kind in Kind])
    falls: dict[Kind, tuple[str, ...]] = {}
    rules: set[Rule] = set()
    for name, said in kinds.items():
        kind = Kind(name)
        falls[kind] = _categories(said, kind, categories)
        for role, relations in said.items():
            if role != "categories":
                rules |= _rules(kind, _name(Role, role, f"kinds.{name}"), relations, falls[kind])
    made_of = {
        _name(Kind, name, "made_of"): frozenset(_name(Kind, one, f"made_of.{name}") for one in _list(parts, name))
        for name, parts in _mapping(top["made_of"], "made_of").items()
    }
    apart = tuple(frozenset(_name(Role, one, "apart") for one in _list(pair, "apart")) for pair in top["apart"])
    second = frozenset(_name(Role, one, "second_factor") for one in _list(top["second_factor"], "second_factor"))
    surfaces = {
        _text(name, "surfaces"): frozenset(_name(Role, one, f"surfaces.{name}") for one in _list(roles, name))
        for name, roles in _mapping(top["surfaces"], "surfaces").items()
    }
    return Policy(frozenset(rules), falls, categories, purposes, apart, second, surfaces, made_of)


def _categories(said: Any, kind: Kind, known: tuple[str, ...]) -> tuple[str, ...]:
    where = f"kinds.{kind.value}"
    found = tuple(_text(one, where) for one in _list(_mapping(said, where).get("categories"), f"{where}.categories"))
    if unknown := set(found) - set(known):
        raise _broken(where, f"there is no category {min(unknown)!r}")
    return found


def _rules(kind: Kind, role: Role, said: Any, categories: tuple[str, ...]) -> set[Rule]:
    where = f"kinds.{kind.value}.{role.value}"
    if role is Role.OWNER:
        raise _broken(where, "the owner of a workspace without accounts is no role of the policy")
    found = set()
    for name, actions in _mapping(said, where).items():
        relation = _name(Relation, name, where)
        if relation is Relation.SQUAD and not categories:
            raise _broken(where, "`squad` asks for consent, and the kind has no category")
        for one in _list(actions, f"{where}.{name}"):
            action = _name(Action, one, f"{where}.{name}")
            if action in UNRULED:
                raise _broken(where, f"no rule may say {action.value}")
            found.add(Rule(kind, role, relation, action))
    return found


def _load(text: str) -> Any:
    import yaml

    loads: Any = type("Strict", (yaml.SafeLoader,), {})

    def mapping(loader: Any, node: Any) -> dict[str, Any]:
        names = [key.value for key, _ in node.value]
        if twice := {name for name in names if names.count(name) > 1}:
            raise _broken(f"line {node.start_mark.line + 1}", f"{min(twice)!r} stands twice")
        return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}

    loads.add_constructor("tag:yaml.org,2002:map", mapping)
    try:
        return yaml.load(text, Loader=loads)  # a SafeLoader: no Python object is made
    except yaml.YAMLError as error:
        raise _broken("policy", " ".join(str(error).split())) from error


def _mapping(said: Any, where: str, needs: Iterable[str] | None = None) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise _broken(where, "names and their values are expected")
    if needs is not None and (odd := set(needs) ^ set(said)):
        raise _broken(where, f"{min(odd)!r} is {'unknown' if min(odd) in said else 'missing'}")
    return said


def _list(said: Any, where: str) -> list[Any]:
    if not isinstance(said, list) or len({str(one) for one in said}) != len(said):
        raise _broken(where, "a list is expected in which nothing stands twice")
    return said


def _text(said: Any, where: str) -> str:
    if not isinstance(said, str) or not said:
        raise _broken(where, f"{said!r} is no name")
    return said


def _name(kind: Any, said: Any, where: str) -> Any:
    if said not in {one.value for one in kind}:
        raise _broken(where, f"there is no {kind.__name__.lower()} {said!r}")
    return kind(said)


def _broken(where: str, why: str) -> UsageError:
    return UsageError("The policy cannot be used", where=where, why=why, next="mend fitintel/access/policy.yaml")
