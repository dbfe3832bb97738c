"""Accounts, what they are checked with, and what they are at a moment, in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, update

from fitintel.core.errors import NotFound
from fitintel.core.people import NOBODY, Account, Part, Secrets, Standing, Status
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_accounts import (
    account_roles,
    accounts,
    api_tokens,
    consents,
    glasses,
    memberships,
    sessions,
)

_SECRET = ("password", "totp", "totp_pending", "totp_step")


class SqlAccounts:
    """The part of SqlStore that keeps accounts."""

    _database: Database

    def put_account(self, account: Account, secrets: Secrets | None = None) -> None:
        """Insert or change an account and its roles; without `secrets` those that are there stay."""
        row = {"id": account.id, "athlete_id": account.athlete_id, "status": account.status.value,
               "subject": account.subject}  # fmt: skip
        at = encode.micros(account.at) if account.at is not None else 0
        hidden = _secret_row(secrets or Secrets())
        roles = [{"account_id": account.id, "role": role} for role in sorted(account.roles)]

        def work(connection: Connection) -> None:
            add_missing_records(connection, accounts, [{**row, **hidden, "at": at}])
            changed = {**row, **(hidden if secrets is not None else {})}
            connection.execute(update(accounts).where(accounts.c.id == account.id).values(changed))
            connection.execute(delete(account_roles).where(account_roles.c.account_id == account.id))
            if roles:
                add_missing_records(connection, account_roles, roles)

        self._database.write(work)

    def account(self, account_id: str) -> Account:
        """The account; raises NotFound."""
        for one in self._accounts(accounts.c.id == account_id):
            return one
        raise NotFound(f"There is no account {account_id!r}", next="see them with: fitintel account list")

    def accounts(self) -> tuple[Account, ...]:
        """Every account, by id."""
        return self._accounts()

    def account_of(self, subject: str) -> Account | None:
        """The account of somebody whom an organisation vouches for."""
        return next(iter(self._accounts(accounts.c.subject == subject)), None)

    def _accounts(self, *which: Any) -> tuple[Account, ...]:
        def work(connection: Connection) -> tuple[Account, ...]:
            found = connection.execute(select(accounts).where(*which).order_by(accounts.c.id)).mappings().all()
            roles: dict[str, set[str]] = {}
            for name, role in connection.execute(select(account_roles)):
                roles.setdefault(name, set()).add(role)
            return tuple(
                Account(row["id"], frozenset(roles.get(row["id"], ())), row["athlete_id"], Status(row["status"]),
                        encode.moment(row["at"]), bool(row["totp"]) and not row["totp_pending"], row["subject"])
                for row in found
            )  # fmt: skip

        return self._database.read(work)

    def secrets(self, account_id: str) -> Secrets | None:
        """What the account is checked with; None where there is no such account."""
        statement = select(*(accounts.c[name] for name in _SECRET)).where(accounts.c.id == account_id)
        row = self._database.read(lambda connection: connection.execute(statement).first())
        return None if row is None else Secrets(row.password, bytes(row.totp), bool(row.totp_pending), row.totp_step)

    def put_secrets(self, account_id: str, secrets: Secrets, *, unless_step: int | None = None) -> bool:
        """Replace them; with `unless_step` only while no code of that time step or a later one was accepted."""
        which = [accounts.c.id == account_id]
        if unless_step is not None:
            which.append(accounts.c.totp_step < unless_step)
        statement = update(accounts).where(*which).values(_secret_row(secrets))
        return bool(self._database.write(lambda connection: connection.execute(statement).rowcount))

    def standing(
        self, account_id: str, athlete_id: str | None, at: datetime, *, session_id: str = "", token_id: str = ""
    ) -> Standing:
        """What an account is now, and is to an athlete, in one read; NOBODY where its log-in or token is over."""
        now = encode.micros(at)

        def work(connection: Connection) -> Standing:
            mine = connection.execute(
                select(accounts.c.athlete_id, account_roles.c.role)
                .outerjoin(account_roles, account_roles.c.account_id == accounts.c.id)
                .where(accounts.c.id == account_id, accounts.c.status == Status.ACTIVE.value)
            ).all()
            if not mine:
                return NOBODY
            roles = frozenset(row.role for row in mine if row.role)
            found = _shown(connection, account_id, session_id, token_id, now)
            if found.active:
                found = replace(found, roles=roles, athlete_id=mine[0].athlete_id)
            if not found.active or athlete_id is None:
                return found
            return _towards(connection, found, account_id, athlete_id, now)

        return self._database.read(work)


def _secret_row(secrets: Secrets) -> dict[str, Any]:
    return {name: getattr(secrets, name) for name in _SECRET}


def _shown(connection: Connection, account_id: str, session_id: str, token_id: str, now: int) -> Standing:
    """Whether the log-in or token still holds, and how strong it is."""
    if token_id:
        table = api_tokens
        statement = select(table.c.strong, table.c.scopes, table.c.expires_at).where(
            table.c.id == token_id, table.c.account_id == account_id, table.c.revoked_at.is_(None),
            table.c.expires_at > now,
        )  # fmt: skip
        token = connection.execute(statement).first()
        if token is None:
            return NOBODY
        return Standing(True, bool(token.strong), scopes=frozenset(encode.value(token.scopes)),
                        until=encode.moment(token.expires_at))  # fmt: skip
    if session_id:
        of = sessions.c
        held = connection.execute(
            select(of.strong, of.expires_at).where(of.id == session_id, of.account_id == account_id,
                                                   of.revoked_at.is_(None), of.expires_at > now)
        ).first()  # fmt: skip
        return NOBODY if held is None else Standing(True, bool(held.strong), until=encode.moment(held.expires_at))
    # nothing was shown: whoever vouches for the actor says so (workbench.facts)
    return Standing(True)


def _towards(connection: Connection, found: Standing, account_id: str, athlete_id: str, now: int) -> Standing:
    of = memberships.c
    not_over = or_(of.until.is_(None), of.until > now)
    belongs = connection.execute(
        select(of.part, of.squad_id, of.since, of.until).where(
            of.since.is_not(None), not_over,
            or_(and_(of.who == athlete_id, of.part == Part.ATHLETE.value),
                and_(of.who == account_id, of.part == Part.COACH.value)))
    ).all()  # fmt: skip
    here = [row for row in belongs if row.since <= now]
    theirs = {row.squad_id for row in here if row.part == Part.ATHLETE.value}
    mine = {row.squad_id for row in here if row.part == Part.COACH.value}
    said = consents.c
    versions = connection.execute(
        select(said.category, said.purpose, said.given, said.since, said.until)
        .where(said.athlete_id == athlete_id).order_by(said.version)
    ).all()  # fmt: skip
    newest = [row for row in {(row.category, row.purpose): row for row in versions}.values() if row.given]
    broken = connection.execute(
        select(glasses.c.approved_at, glasses.c.minutes).where(
            glasses.c.athlete_id == athlete_id, glasses.c.account_id == account_id,
            glasses.c.approved_at.is_not(None), glasses.c.ended_at.is_(None))
    ).all()  # fmt: skip
    spans: list[tuple[int, int | None]] = [(row.since, row.until) for row in (*belongs, *newest)]
    spans += [(row.approved_at, row.approved_at + row.minutes * 60_000_000) for row in broken]
    shown_until = None if found.until is None else encode.micros(found.until)
    return replace(
        found, coaches=bool(theirs & mine), coached=bool(theirs),
        consents=frozenset((row.category, row.purpose) for row in newest if _covers(row.since, row.until, now)),
        glass=any(_covers(*span, now) for span in spans[len(belongs) + len(newest) :]),
        until=_next([*(moment for span in spans for moment in span), shown_until], now),
    )  # fmt: skip


def _covers(since: int, until: int | None, now: int) -> bool:
    return since <= now and (until is None or now < until)


def _next(moments: Iterable[int | None], now: int) -> datetime | None:
    """The first of the moments that is still to come."""
    later = min((one for one in moments if one is not None and one > now), default=None)
    return None if later is None else encode.moment(later)
