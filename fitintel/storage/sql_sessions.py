"""Log-ins, tokens and attempts, in SQL: what is revoked stays revoked whatever else is stopped."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from fitintel.core.people import ApiToken, LogIn, SessionToken, TokenUse
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_memberships import put, row_of, rows, with_times
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_accounts import api_tokens, attempts, session_tokens, sessions


class SqlSessions:
    """The part of SqlStore that keeps log-ins and tokens."""

    _database: Database

    def put_log_in(self, one: LogIn, tokens: Sequence[SessionToken]) -> None:
        """Keep a new log-in with its first tokens."""

        def work(connection: Connection) -> None:
            add_missing_records(connection, sessions, [row_of(one)])
            if tokens:
                add_missing_records(connection, session_tokens, [row_of(each) for each in tokens])

        self._database.write(work)

    def log_ins(self, account_id: str) -> tuple[LogIn, ...]:
        """Log-ins of an account, oldest first."""
        statement = select(sessions).where(sessions.c.account_id == account_id).order_by(sessions.c.at, sessions.c.id)
        return tuple(LogIn(**{**row, "strong": bool(row["strong"])}) for row in rows(self._database, statement))

    def session_token(self, digest: str) -> tuple[SessionToken, LogIn] | None:
        """A token of that digest, with its log-in."""

        def work(connection: Connection) -> tuple[SessionToken, LogIn] | None:
            statement = select(session_tokens).where(session_tokens.c.digest == digest)
            row = connection.execute(statement).mappings().first()
            if row is None:
                return None
            token = SessionToken(**{**with_times(row), "use": TokenUse(row["use"])})
            of = connection.execute(select(sessions).where(sessions.c.id == token.session_id)).mappings().one()
            return token, LogIn(**{**with_times(of), "strong": bool(of["strong"])})

        return self._database.read(work)

    def exchange(self, digest: str, at: datetime, tokens: Sequence[SessionToken]) -> bool:
        """Whether this caller alone has exchanged a refresh token for new ones; False when it was exchanged before."""

        def work(connection: Connection) -> bool:
            unused = session_tokens.c.digest == digest, session_tokens.c.used_at.is_(None)
            changed = update(session_tokens).where(*unused).values(used_at=encode.micros(at))
            if connection.execute(changed).rowcount != 1:
                return False
            add_missing_records(connection, session_tokens, [row_of(each) for each in tokens])
            return True

        return self._database.write(work)

    def revoke(self, at: datetime, why: str, *, session_id: str | None = None, account_id: str | None = None) -> int:
        """End a log-in, or all of an account with its API tokens; how many ended."""
        now = encode.micros(at)

        def work(connection: Connection) -> int:
            open_ones = update(sessions).where(sessions.c.revoked_at.is_(None)).values(revoked_at=now, why=why)
            if session_id is not None:
                return connection.execute(open_ones.where(sessions.c.id == session_id)).rowcount
            ended = connection.execute(open_ones.where(sessions.c.account_id == account_id)).rowcount
            theirs = api_tokens.c.account_id == account_id, api_tokens.c.revoked_at.is_(None)
            return ended + connection.execute(update(api_tokens).where(*theirs).values(revoked_at=now)).rowcount

        return self._database.write(work) if session_id is not None or account_id is not None else 0

    def put_api_token(self, one: ApiToken) -> None:
        """Insert or change a token for a program."""
        row = {**row_of(one), "scopes": encode.text(sorted(one.scopes))}
        self._database.write(lambda connection: put(connection, api_tokens, row))

    def api_tokens(self, account_id: str | None = None) -> tuple[ApiToken, ...]:
        """Tokens for programs, by account and time."""
        return self._api_tokens(*([api_tokens.c.account_id == account_id] if account_id is not None else []))

    def api_token(self, digest: str) -> ApiToken | None:
        """The token of that digest."""
        return next(iter(self._api_tokens(api_tokens.c.digest == digest)), None)

    def _api_tokens(self, *which: object) -> tuple[ApiToken, ...]:
        of = api_tokens.c
        statement = select(api_tokens).where(*which).order_by(of.account_id, of.at, of.id)  # type: ignore[arg-type]
        return tuple(
            ApiToken(**{**row, "strong": bool(row["strong"]), "scopes": tuple(encode.value(row["scopes"]))})
            for row in rows(self._database, statement)
        )

    def attempt(self, name: str, at: datetime, since: datetime, most: int) -> bool:
        """Whether one more attempt of a name may be looked at: fewer than `most` were since then. Counts it if so."""
        now, begin = encode.micros(at), encode.micros(since)

        def work(connection: Connection) -> bool:
            connection.execute(delete(attempts).where(attempts.c.at < begin))
            # added before they are counted: of two at once, both see the other
            row = {"name": name, "at": now, "id": secrets.token_hex(8)}
            add_missing_records(connection, attempts, [row])
            count = connection.execute(select(func.count()).where(attempts.c.name == name)).scalar_one()
            if count > most:
                connection.execute(delete(attempts).where(attempts.c.name == name, attempts.c.id == row["id"]))
            return count <= most

        return self._database.write(work)

    def forget_attempts(self, name: str) -> None:
        """The name has shown what it had to."""
        self._database.write(lambda connection: connection.execute(delete(attempts).where(attempts.c.name == name)))
