"""Squads: made, joined by invitation, left. Who has left is no longer seen, nor is what lay before."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import NotAllowed, NotFound, UnknownName, UsageError
from fitintel.core.people import Membership, Part, Squad

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class SquadMembers:
    """A squad and those in it whom the actor may know of."""

    squad: Squad
    members: tuple[Membership, ...]


def add_squad(bench: Door, squad_id: str, name: str = "") -> Squad:
    """A new squad, without anybody."""
    bench.may(Action.CREATE, kind=Kind.MEMBERSHIP)
    if not NAME.fullmatch(squad_id):
        raise UsageError(f"{squad_id!r} is no id of a squad", why="small letters, digits, _ and - are possible")
    if squad_id in {one.id for one in bench.vault.squads()}:
        raise UsageError(f"There is a squad {squad_id!r} already", next="choose another id")
    made = Squad(squad_id, name.strip() or squad_id, datetime.now(UTC))
    bench.vault.put_squad(made)
    bench.note("account", f"squad {squad_id}", "add squad")
    return made


def invite(bench: Door, squad_id: str, who: str, part: str = "athlete", *, accepted: bool = False) -> Membership:
    """Ask an athlete (by athlete id) or a coach (by account) into a squad; they are in it once they accept.

    A coach invites athletes into squads they coach; coaches are invited by an administrator. `accepted` adds them at
    once: the owner of the workspace may, and an administrator for a coach.
    """
    chosen, now = _part(part), datetime.now(UTC)
    _squad(bench, squad_id)
    if chosen is Part.COACH or accepted:
        bench.may(Action.CREATE, kind=Kind.MEMBERSHIP)
    else:
        mine = any(one.squad_id == squad_id and one.part is Part.COACH and one.holds(now)
                   for one in bench.vault.memberships(who=bench.actor.id))  # fmt: skip
        bench.may(Action.INVITE, kind=Kind.MEMBERSHIP, owner=bench.actor.id if mine else None, about=squad_id)
    if accepted and chosen is Part.ATHLETE and not bench.actor.is_owner:
        raise NotAllowed("An athlete joins a squad on their own word", next="invite them; they accept")
    if not _exists(bench, who, chosen):
        # a coach who invites does not learn who has an account: the invitation waits for whoever takes that id
        if bench.actor.is_owner or chosen is Part.COACH:
            raise NotFound(f"There is no {'account' if chosen is Part.COACH else 'athlete'} {who!r}")
        who = who[:64]
    for one in bench.vault.memberships(who=who, squad_id=squad_id):
        if one.part is chosen and one.until is None:
            return one
    made = Membership(
        f"m-{secrets.token_hex(8)}", squad_id, chosen, who, bench.actor.id, now, now if accepted else None
    )
    bench.vault.put_membership(made)
    bench.note("account", who, "invite", detail={"squad": squad_id, "part": chosen.value, "accepted": accepted})
    return made


def accept(bench: Door, membership_id: str) -> Membership:
    """Join a squad that one was invited to."""
    one = _mine(bench, membership_id, Action.CONFIRM)
    if one.since is not None or one.until is not None:
        raise UsageError("This invitation was answered already")
    return _changed(bench, replace(one, since=datetime.now(UTC)), "join")


def leave(bench: Door, membership_id: str) -> Membership:
    """Leave a squad, or refuse an invitation; its coaches see nothing more of the athlete, at once."""
    one = _mine(bench, membership_id, Action.LEAVE)
    if one.until is not None:
        raise UsageError("This membership is over already")
    return _changed(bench, replace(one, until=datetime.now(UTC)), "leave")


def remove(bench: Door, membership_id: str) -> Membership:
    """Take somebody out of a squad."""
    bench.may(Action.DELETE, kind=Kind.MEMBERSHIP, about=membership_id)
    one = _found(bench, membership_id)
    if one is None or one.until is not None:
        raise NotFound("There is no such membership", next="see them with: fitintel squad members")
    return _changed(bench, replace(one, until=datetime.now(UTC)), "remove")


def listed(bench: Door) -> tuple[SquadMembers, ...]:
    """Squads with their members: of an athlete their own squads and coaches, of a coach the squads they coach."""
    found, now = [], datetime.now(UTC)
    everything = bench.permits(Action.CREATE, None, Kind.MEMBERSHIP)
    mine = {bench.actor.id, *([bench.actor.athlete_id] if bench.actor.athlete_id else [])}
    if not everything:
        bench.may(Action.READ, bench.actor.athlete_id, Kind.MEMBERSHIP, owner=bench.actor.id)
    for squad in bench.vault.squads():
        members = bench.vault.memberships(squad_id=squad.id)
        if not everything:
            coaches = any(one.who == bench.actor.id and one.part is Part.COACH and one.holds(now) for one in members)
            inside = coaches or any(one.who in mine and one.holds(now) for one in members)
            members = tuple(one for one in members if one.who in mine
                            or (coaches and one.until is None)
                            or (inside and one.part is Part.COACH and one.holds(now)))  # fmt: skip
            if not any(one.who in mine and one.until is None for one in members):
                continue
        found.append(SquadMembers(squad, members))
    return tuple(found)


def _mine(bench: Door, membership_id: str, action: Action) -> Membership:
    one = _found(bench, membership_id)
    if one is None and bench.actor.is_owner:
        raise NotFound(f"There is no membership {membership_id!r}", next="see them with: fitintel squad members")
    # asked in the same way whether or not it exists
    athlete = one.who if one is not None and one.part is Part.ATHLETE else None
    owner = one.who if one is not None and one.part is Part.COACH else None
    bench.may(action, athlete, Kind.MEMBERSHIP, owner=owner, about=membership_id)
    if one is None:
        raise NotFound(f"There is no membership {membership_id!r}")
    return one


def _found(bench: Door, membership_id: str) -> Membership | None:
    return next((one for one in bench.vault.memberships() if one.id == membership_id), None)


def _changed(bench: Door, one: Membership, what: str) -> Membership:
    bench.vault.put_membership(one)
    bench.note("account", one.who, what, detail={"squad": one.squad_id, "part": one.part.value})
    return one


def _squad(bench: Door, squad_id: str) -> None:
    known = {one.id for one in bench.vault.squads()}
    if squad_id not in known:
        raise UnknownName("squad", squad_id, known if bench.permits(Action.CREATE, None, Kind.MEMBERSHIP) else ())


def _exists(bench: Door, who: str, part: Part) -> bool:
    if part is Part.COACH:
        return any(one.id == who and "coach" in one.roles for one in bench.vault.accounts())
    return any(one.id == who for one in bench.vault.athletes())


def _part(name: str) -> Part:
    if name not in set(Part):
        raise UnknownName("part", name, set(Part))
    return Part(name)
