"""API tokens, for programs that work for a person: shown once, with no more than their scopes, over on a day."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from fitintel.access import tokens
from fitintel.access.actor import Action, Kind
from fitintel.access.tokens import Use
from fitintel.core.errors import NotAllowed, NotFound, UnknownName, UsageError
from fitintel.core.people import ApiToken, LogIn

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

MOST_DAYS = 365
LENT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token, the only time that it is seen."""

    secret: str
    token: ApiToken


def new(bench: Door, name: str, scopes: Sequence[str], *, days: int = 90, account: str | None = None) -> NewToken:
    """A token for a program: as its account, with these scopes only (`workout:read`, `*:read`, `brief:*`)."""
    whose = account or bench.actor.id
    bench.may(Action.CREATE, kind=Kind.TOKEN, owner=whose)
    if bench.actor.token_id:
        raise NotAllowed("A token cannot make tokens", next="log in, and make it there")
    bench.vault.account(whose)
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(f"{days} days are not possible", why=f"from 1 to {MOST_DAYS} are")
    if not scopes:
        raise UsageError("A token needs a scope", next="say what it is for: --scope workout:read")
    for scope in scopes:
        _check(scope)
    now, secret = datetime.now(UTC), tokens.new(Use.PROGRAM)
    made = ApiToken(f"t-{secrets.token_hex(8)}", whose, name.strip()[:100] or "unnamed", tokens.digest(secret),
                    tuple(sorted(set(scopes))), now, now + timedelta(days=days), strong=_strong(bench))  # fmt: skip
    bench.vault.put_api_token(made)
    bench.note("account", whose, "new token", detail={"token": made.id, "scopes": list(made.scopes)})
    return NewToken(secret, replace(made, digest=""))


def _strong(bench: Door) -> bool:
    return bench.actor.is_owner or bench.facts.standing(bench.actor, None).strong


def _check(scope: str) -> None:
    kind, _, action = scope.partition(":")
    kinds, actions = {"*", *(each.value for each in Kind)}, {"*", *(each.value for each in Action)}
    if kind not in kinds:
        raise UnknownName("kind of record", kind, kinds)
    if action not in actions:
        raise UnknownName("action", action, actions)


@contextmanager
def lent(bench: Door, what: str) -> Iterator[str]:
    """A token with which a process that the workbench starts asks as the actor, and which ends with it."""
    standing = bench.facts.standing(bench.actor, None)
    if not standing.active:
        raise NotAllowed(f"{bench.actor.id} may not do this", why="the log-in is over", next="log in again")
    now, secret = datetime.now(UTC), tokens.new(Use.PROGRAM)
    scopes = tuple(sorted(standing.scopes)) if standing.scopes is not None else ("*:*",)
    made = ApiToken(f"t-{secrets.token_hex(8)}", bench.actor.id, what, tokens.digest(secret), scopes, now,
                    now + LENT, strong=standing.strong)  # fmt: skip
    bench.vault.put_api_token(made)
    try:
        yield secret
    finally:
        bench.vault.put_api_token(replace(made, revoked_at=datetime.now(UTC)))


def listed(bench: Door, account: str | None = None) -> tuple[ApiToken, ...]:
    """The tokens of an account, without what is kept of their secrets."""
    whose = None if account is None and bench.actor.is_owner else account or bench.actor.id
    bench.may(Action.READ, kind=Kind.TOKEN, owner=whose)
    return tuple(replace(one, digest="") for one in bench.vault.api_tokens(whose))


def revoke(bench: Door, token_id: str) -> ApiToken:
    """End a token, at once and for good."""
    one = next((each for each in bench.vault.api_tokens() if each.id == token_id), None)
    bench.may(Action.DELETE, kind=Kind.TOKEN, owner=one.account_id if one is not None else None, about=token_id)
    if one is None:
        raise NotFound(f"There is no token {token_id!r}", next="see them with: fitintel token list")
    ended = replace(one, revoked_at=one.revoked_at or datetime.now(UTC))
    bench.vault.put_api_token(ended)
    bench.note("account", one.account_id, "revoke token", detail={"token": one.id})
    return replace(ended, digest="")


def log_ins(bench: Door, account: str | None = None) -> tuple[LogIn, ...]:
    """Log-ins of an account, oldest first."""
    whose = account or bench.actor.id
    bench.may(Action.READ, kind=Kind.TOKEN, owner=whose)
    return bench.vault.log_ins(whose)


def end_log_ins(bench: Door, account: str | None = None) -> int:
    """End every log-in and token of an account; how many there were."""
    whose = account or bench.actor.id
    bench.may(Action.DELETE, kind=Kind.TOKEN, owner=whose)
    ended = bench.vault.revoke(datetime.now(UTC), "ended by the account or an administrator", account_id=whose)
    bench.note("account", whose, "end log-ins", detail={"ended": ended})
    return ended
