"""Accounts: made, given roles, protected, disabled. Each change is a row of the audit chain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access import codes, passwords
from fitintel.access.actor import FIXED, Action, Actor, Kind, Role
from fitintel.access.organisation import LONGEST
from fitintel.access.policy import policy
from fitintel.core.errors import LogInRefused, NotFound, UnknownName, UsageError
from fitintel.core.people import Account, Secrets, Status
from fitintel.core.records import Athlete
from fitintel.workbench.sessions import opened_secret, sealed_secret

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

NAME = re.compile(r"[a-z][a-z0-9._-]{1,38}[a-z0-9]")
RESERVED = frozenset({"local-owner", "anonymous", "unknown", "workspace", *(role.value for role in FIXED)})


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that waits for its first code; the only time that the secret is seen."""

    secret: str
    address: str
    """what a device reads as a QR code"""


def roles_of(names: Iterable[str]) -> frozenset[Role]:
    """Roles by name; raises UnknownName, and UsageError for those that exclude each other."""
    known = {role.value for role in Role} - {role.value for role in FIXED}
    chosen = set()
    for name in names:
        if name not in known:
            raise UnknownName("role", name, known)
        chosen.add(Role(name))
    policy().check_roles(chosen)
    return frozenset(chosen)


def add(
    bench: Door, name: str, roles: Iterable[str], *, athlete_id: str | None = None, password: str | None = None,
    subject: str | None = None,
) -> Account:  # fmt: skip
    """A new account. The first is made by the owner at the keyboard: there is nobody else to ask."""
    name = name.strip().lower()
    bench.may(Action.CREATE, kind=Kind.ACCOUNT, owner=name)
    if not NAME.fullmatch(name) or name in RESERVED:
        raise UsageError(f"{name!r} is no name for an account",
                         why="3 to 40 small letters, digits and . _ - are possible", next="choose another")  # fmt: skip
    if name in {one.id for one in bench.vault.accounts()}:
        raise UsageError(f"There is an account {name!r} already", next="choose another name")
    chosen = roles_of(roles)
    if athlete_id is not None and Role.ATHLETE not in chosen:
        raise UsageError("An account that is an athlete needs the role athlete", next="add: --role athlete")
    if Role.ATHLETE in chosen:
        athlete_id = athlete_id or name
        _athlete(bench, athlete_id)
    if password is not None:
        passwords.check(password, name)
    made = Account(name, frozenset(role.value for role in chosen), athlete_id, at=datetime.now(UTC), subject=subject)
    bench.vault.put_account(made, Secrets(password=passwords.hashed(password) if password else ""))
    bench.note("account", name, "add", detail={"roles": sorted(made.roles), "athlete": athlete_id or ""})
    return bench.vault.account(name)


def link(bench: Door, name: str, issuer: str, subject: str) -> Account:
    """Let an account in that an organisation vouches for as `subject`; both empty take the link away.

    Its log-ins end: whoever the account is linked to from now on has to come in anew.
    """
    # as with roles, nobody for themselves: who took somebody else's name there would be logged in as in their place
    bench.may(Action.GRANT, kind=Kind.ACCOUNT, owner=name)
    account = bench.vault.account(name)
    said = f"{issuer} {subject}" if issuer and subject else ""
    if bool(issuer) is not bool(subject) or len(said) > LONGEST or " " in issuer:
        raise UsageError("This is nobody whom an organisation could vouch for",
                         next="give the issuer as the organisation writes it, and the person's `sub`")  # fmt: skip
    taken = bench.vault.account_of(said) if said else None
    if taken is not None and taken.id != name:
        raise UsageError("The organisation vouches for another account as that already", why=f"it is {taken.id}")
    bench.vault.put_account(replace(account, subject=said or None))
    bench.vault.revoke(datetime.now(UTC), "linked anew", account_id=name)
    bench.note("account", name, "link" if said else "unlink", detail={"issuer": issuer})
    return bench.vault.account(name)


def _athlete(bench: Door, athlete_id: str) -> None:
    taken = next((one.id for one in bench.vault.accounts() if one.athlete_id == athlete_id), None)
    if taken is not None:
        raise UsageError(f"{athlete_id!r} is the athlete of {taken!r} already", next="choose another --athlete")
    try:
        bench.vault.athlete(athlete_id)
    except NotFound:
        bench.vault.put_athlete(Athlete(id=athlete_id, name=athlete_id))


def change_roles(bench: Door, name: str, roles: Iterable[str]) -> Account:
    """Give an account these roles and no others; nobody changes their own. It holds at the next question asked."""
    bench.may(Action.GRANT, kind=Kind.ACCOUNT, owner=name)
    before, chosen = bench.vault.account(name), roles_of(roles)
    if Role.ATHLETE in chosen and before.athlete_id is None:
        _athlete(bench, name)
        before = replace(before, athlete_id=name)
    bench.vault.put_account(replace(before, roles=frozenset(role.value for role in chosen)))
    bench.note("account", name, "roles", detail={"before": sorted(before.roles), "after": sorted(chosen)})
    return bench.vault.account(name)


def set_password(bench: Door, name: str, password: str, *, old: str | None = None) -> None:
    """A new password: one's own with the old one, or somebody else's; every log-in of the account ends."""
    bench.may(Action.UPDATE, kind=Kind.ACCOUNT, owner=name)
    kept = bench.vault.secrets(name)
    if kept is None:
        bench.vault.account(name)
    passwords.check(password, name)
    own = bench.actor.id == name and kept is not None and kept.password
    if kept is not None and own and not passwords.matches(kept.password, old or ""):
        raise LogInRefused("The old password is wrong", next="try again")
    bench.vault.put_secrets(name, replace(kept or Secrets(), password=passwords.hashed(password)))
    bench.vault.revoke(datetime.now(UTC), "the password was changed", account_id=name)
    bench.note("account", name, "password")


def begin_codes(bench: Door, name: str) -> Enrolment:
    """A secret for a second factor; it counts once a code of it was shown."""
    bench.may(Action.UPDATE, kind=Kind.ACCOUNT, owner=name)
    kept = bench.vault.secrets(name)
    if kept is None:
        bench.vault.account(name)
    if kept is not None and kept.totp and not kept.totp_pending:
        raise UsageError(f"{name} has a second factor already", next="an administrator can take it away")
    secret = codes.new_secret()
    sealed = sealed_secret(bench.settings, name, secret)
    bench.vault.put_secrets(name, replace(kept or Secrets(), totp=sealed, totp_pending=True, totp_step=0))
    bench.note("account", name, "second factor begun")
    return Enrolment(secret, codes.address(secret, name))


def confirm_codes(bench: Door, name: str, code: str) -> None:
    """The first code of a new second factor; from then on each log-in asks for one."""
    bench.may(Action.UPDATE, kind=Kind.ACCOUNT, owner=name)
    kept = bench.vault.secrets(name)
    if kept is None or not kept.totp:
        raise UsageError("No second factor was begun", next=f"fitintel account totp {name}")
    now = datetime.now(UTC)
    step = codes.step_of(opened_secret(bench.settings, name, kept), code, now, after=kept.totp_step)
    if step is None:
        raise LogInRefused("The code is wrong", next="look at the device again; its clock must be right")
    bench.vault.put_secrets(name, replace(kept, totp_pending=False, totp_step=step))
    bench.note("account", name, "second factor")


def drop_codes(bench: Door, name: str) -> None:
    """Take a lost second factor away: somebody else's, never one's own; every log-in of the account ends."""
    bench.may(Action.DELETE, kind=Kind.ACCOUNT, owner=name)
    kept = bench.vault.secrets(name)
    if kept is None:
        bench.vault.account(name)
    bench.vault.put_secrets(name, replace(kept or Secrets(), totp=b"", totp_pending=False))
    bench.vault.revoke(datetime.now(UTC), "the second factor was taken away", account_id=name)
    bench.note("account", name, "second factor taken away")


def disable(bench: Door, name: str, on: bool = True) -> Account:
    """Let an account in no longer, or again; its log-ins and tokens end at once."""
    bench.may(Action.DELETE, kind=Kind.ACCOUNT, owner=name)
    account = bench.vault.account(name)
    bench.vault.put_account(replace(account, status=Status.DISABLED if on else Status.ACTIVE))
    if on:
        bench.vault.revoke(datetime.now(UTC), "the account was disabled", account_id=name)
    bench.note("account", name, "disable" if on else "enable")
    return bench.vault.account(name)


def acting_as(bench: Door, name: str) -> Actor:
    """The actor of somebody else, for an administrator who looks what they see; noted, and never one's own."""
    bench.may(Action.ACT, kind=Kind.ACCOUNT, owner=name)
    account = bench.vault.account(name)
    bench.note("account", name, "act as")
    roles = frozenset(Role(role) for role in account.roles) - FIXED
    return Actor(account.id, roles, account.athlete_id, surface=bench.surface, on_behalf=bench.actor.id)
