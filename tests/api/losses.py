"""A database that is lost in the middle: at the n-th thing that a request asks of it, once or for good."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

LOST, UNREACHABLE = 2013, 2003
"""the server's codes: lost in the middle of a query; cannot be connected to"""


@dataclass
class Loss:
    """What is asked is counted: connecting, each statement, each commit and each rollback."""

    at: int = -1
    """the point at which the connection is lost; -1: never"""
    stays: bool = False
    """whether the database is away from then on"""
    late: bool = False
    """whether what was asked had been done, and only the answer is lost"""
    seen: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    def set(self, at: int = -1, *, stays: bool = False, late: bool = False) -> None:
        """Count anew."""
        self.at, self.stays, self.late, self.seen = at, stays, late, 0

    def now(self) -> bool:
        """Whether it is lost at this point."""
        with self.turn:
            here, self.seen = self.seen, self.seen + 1
        return self.at >= 0 and (here == self.at or (self.stays and here > self.at))


@contextmanager
def losing(patch: pytest.MonkeyPatch) -> Iterator[Loss]:
    """Every engine of this process loses its connection where the loss says so.

    SQLite has none to lose: there the error is raised that PyMySQL would raise. With MariaDB the socket is shut.
    """
    loss, held = Loss(), threading.local()

    def fail(raw: Any) -> None:
        if not isinstance(raw, sqlite3.Connection):
            # PyMySQL finds out by itself, at what it is asked next
            if raw.open:
                raw._sock.shutdown(socket.SHUT_RDWR)
            return
        held.error = sqlite3.OperationalError(LOST, "Lost connection to MySQL server during query")
        # what is really there is let go of, as a server that is killed does
        raw.rollback()
        raise held.error

    def before(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
        held.now = loss.now()
        if held.now and not loss.late:
            fail(cursor.connection)
        return statement, parameters

    def after(connection: Any, cursor: Any, *_: Any) -> None:
        if held.now and loss.late:
            fail(cursor.connection)

    def told(context: Any) -> None:
        if context.original_exception is getattr(held, "error", None):
            context.is_disconnect = True

    def connecting(dialect: Any, *_: Any) -> None:
        if loss.now():
            raise dialect.loaded_dbapi.OperationalError(UNREACHABLE, "Can't connect to MySQL server")

    plain_commit: Any = DefaultDialect.do_commit
    plain_rollback: Any = DefaultDialect.do_rollback

    def commit(dialect: Any, raw: Any) -> None:
        raw = getattr(raw, "dbapi_connection", raw)
        lost = loss.now()
        if lost and not loss.late:
            fail(raw)
        plain_commit(dialect, raw)
        if lost:
            fail(raw)

    def rollback(dialect: Any, raw: Any) -> None:
        if loss.now():
            fail(getattr(raw, "dbapi_connection", raw))
        plain_rollback(dialect, raw)

    heard: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        ("before_cursor_execute", before, {"retval": True}),
        ("after_cursor_execute", after, {}),
        ("handle_error", told, {}),
        ("do_connect", connecting, {}),
    )
    with patch.context() as within:
        within.setattr(DefaultDialect, "do_commit", commit)
        within.setattr(DefaultDialect, "do_rollback", rollback)
        for name, listener, how in heard:
            event.listen(Engine, name, listener, **how)
        try:
            yield loss
        finally:
            for name, listener, _ in heard:
                event.remove(Engine, name, listener)
