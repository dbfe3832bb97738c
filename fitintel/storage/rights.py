"""Stamps: numbers that grow in the same transaction in which anything changes that answers are made from, whoever
changes it. Two decisions under one stamp of rights stand on the same rows.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sqlalchemy import Connection, Engine, case, event, select, update

from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_requests import rights_head

OF_RIGHTS, OF_TOLD = 1, 2
"""rows of `rights_head`"""
RIGHTS = frozenset({"accounts", "account_roles", "api_tokens", "memberships", "consents", "glasses", "squads",
                    "sessions", "promotions", "preferences", "models"})  # fmt: skip
"""tables whose rows decide who may see what, and what everybody's briefs are made with"""
HARMLESS = frozenset({("INSERT", "sessions")})
"""a new log-in changes nothing for those that are there"""
ROWS = {("INSERT", "athletes"): OF_RIGHTS, **{(verb, "told"): OF_TOLD for verb in ("INSERT", "UPDATE", "DELETE")}}
"""statement -> the stamp that grows where it has changed a row: who is new is seen by whoever may see everybody"""
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?[`\"]?(\w+)", re.IGNORECASE)
_CHANGED = "fitintel_stamps_changed"
_HEADS = select(rights_head.c.one, rights_head.c.stamp)


def watch(engine: Engine) -> None:
    """Let the stamps grow with each transaction of this engine that writes to what they speak of."""
    event.listen(engine, "before_cursor_execute", _look)
    event.listen(engine, "after_cursor_execute", _look_at_rows)
    event.listen(engine, "commit", _stamp)
    event.listen(engine, "rollback", _forget)


def stamps_of(connection: Connection) -> tuple[int, int]:
    """The stamps of rights and of what was told; 0 before the first change."""
    heads = {int(one): int(stamp) for one, stamp in connection.execute(_HEADS)}
    return heads.get(OF_RIGHTS, 0), heads.get(OF_TOLD, 0)


def _look(connection: Connection, _: Any, statement: str, *__: Any) -> None:
    found = _written(connection, statement)
    if found and found[1] in RIGHTS and found not in HARMLESS:
        connection.info.setdefault(_CHANGED, set()).add(OF_RIGHTS)


def _look_at_rows(connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
    head = ROWS.get(_written(connection, statement) or ("", ""))
    if head is not None and cursor.rowcount:
        connection.info.setdefault(_CHANGED, set()).add(head)


def _written(connection: Connection, statement: str) -> tuple[str, str] | None:
    """(INSERT, UPDATE or DELETE, table) of a statement of a transaction that writes."""
    if not connection.get_execution_options().get("fitintel_write"):
        return None
    found = _WRITES.match(statement)
    return (found[1].upper(), found[2]) if found else None


def _stamp(connection: Connection) -> None:
    for one in sorted(connection.info.pop(_CHANGED, ())):
        # the time, not a counter: after a backup is restored, a stamp that was seen is never given out again
        now = time.time_ns() // 1000
        add_missing_records(connection, rights_head, [{"one": one, "stamp": 0}])
        later = case((rights_head.c.stamp < now, now), else_=rights_head.c.stamp + 1)
        connection.execute(update(rights_head).where(rights_head.c.one == one).values(stamp=later))


def _forget(connection: Connection) -> None:
    # a connection that is lost took its notes along, and has none to ask for
    if not connection.invalidated:
        connection.info.pop(_CHANGED, None)
