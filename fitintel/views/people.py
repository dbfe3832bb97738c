"""Accounts, squads, consents and tokens, as tables and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fitintel.core.audit import Row
    from fitintel.core.people import Account, ApiToken, Consent, Glass, LogIn, Membership, Squad

Table = tuple[Sequence[str], list[Sequence[object]]]


def moment(at: datetime | None) -> str:
    """A time to the minute, UTC; empty where there is none.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)), moment(None)
    ('2026-01-02 03:04', '')
    """
    return "" if at is None else at.strftime("%Y-%m-%d %H:%M")


def account_dict(one: Account) -> dict[str, Any]:
    """An account as plain values."""
    return {"account": one.id, "roles": sorted(one.roles), "athlete": one.athlete_id, "status": one.status.value,
            "second_factor": one.second_factor, "made": moment(one.at)}  # fmt: skip


def account_rows(accounts: Iterable[Account]) -> Table:
    """A row an account."""
    rows = [(one.id, ", ".join(sorted(one.roles)), one.athlete_id or "", "yes" if one.second_factor else "no",
             one.status.value) for one in accounts]  # fmt: skip
    return ("account", "roles", "athlete", "second factor", "status"), list(rows)


def member_dict(squad: Squad, one: Membership) -> dict[str, Any]:
    """A membership as plain values."""
    return {"id": one.id, "squad": squad.id, "name": squad.name, "part": one.part.value, "who": one.who,
            "invited": moment(one.invited_at), "since": moment(one.since), "until": moment(one.until)}  # fmt: skip


def member_rows(members: Iterable[tuple[Squad, Membership]]) -> Table:
    """A row a membership."""
    rows = [(squad.id, one.part.value, one.who, state_of(one), one.id) for squad, one in members]
    return ("squad", "as", "who", "state", "id"), list(rows)


def state_of(one: Membership) -> str:
    """What has become of an invitation."""
    if one.until is not None:
        return f"left {moment(one.until)}"
    return f"since {moment(one.since)}" if one.since is not None else "invited"


def consent_dict(one: Consent) -> dict[str, Any]:
    """A consent as plain values."""
    return {"athlete": one.athlete_id, "category": one.category, "purpose": one.purpose, "version": one.version,
            "given": one.given, "since": moment(one.since), "until": moment(one.until), "by": one.by,
            "guardian": one.guardian}  # fmt: skip


def consent_rows(consents: Iterable[Consent]) -> Table:
    """A row a consent."""
    rows = [(one.category, one.purpose, "yes" if one.given else "withdrawn", moment(one.since), moment(one.until),
             one.version) for one in consents]  # fmt: skip
    return ("category", "purpose", "given", "since", "until", "version"), list(rows)


def token_dict(one: ApiToken) -> dict[str, Any]:
    """A token as plain values, without its secret."""
    return {"id": one.id, "account": one.account_id, "name": one.name, "scopes": list(one.scopes),
            "made": moment(one.at), "until": moment(one.expires_at), "revoked": moment(one.revoked_at)}  # fmt: skip


def token_rows(tokens: Iterable[ApiToken]) -> Table:
    """A row a token."""
    rows = [(one.id, one.account_id, one.name, " ".join(one.scopes), moment(one.expires_at),
             "revoked" if one.revoked_at else "") for one in tokens]  # fmt: skip
    return ("id", "account", "name", "scopes", "until", ""), list(rows)


def log_in_rows(found: Iterable[LogIn]) -> Table:
    """A row a log-in."""
    rows = [(moment(one.at), one.surface, one.address, "yes" if one.strong else "no",
             f"{moment(one.revoked_at)} {one.why}".strip()) for one in found]  # fmt: skip
    return ("at", "through", "from", "second factor", "ended"), list(rows)


def glass_dict(one: Glass) -> dict[str, Any]:
    """A broken glass as plain values."""
    return {"id": one.id, "athlete": one.athlete_id, "by": one.account_id, "reason": one.reason,
            "minutes": one.minutes, "asked": moment(one.at), "approved_by": one.approved_by,
            "approved": moment(one.approved_at), "ended": moment(one.ended_at),
            "told": moment(one.told_at)}  # fmt: skip


def glass_rows(found: Iterable[Glass]) -> Table:
    """A row a broken glass."""
    rows = [(one.id, one.athlete_id, one.account_id, one.approved_by, moment(one.approved_at), one.minutes,
             one.reason) for one in found]  # fmt: skip
    return ("id", "athlete", "asked by", "approved by", "opened", "minutes", "reason"), list(rows)


def seen_rows(rows: Iterable[Row]) -> Table:
    """Who did and read what of an athlete."""
    said = [(moment(row.moment), each["actor"], each["surface"], each["what"], each["why"], each["outcome"])
            for row in rows for each in [row.said]]  # fmt: skip
    return ("at", "who", "through", "what", "why", ""), list(said)
