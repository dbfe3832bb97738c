"""The stamp of rights: a number that grows in the same transaction in which anything changes that decisions are made
from, whoever changes it. Two decisions under one stamp stand on the same rows.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sqlalchemy import Connection, Engine, case, event, select, update

from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_requests import rights_head

RIGHTS = frozenset({"accounts", "account_roles", "api_tokens", "memberships", "consents", "glasses", "squads",
                    "sessions", "promotions", "preferences", "models"})  # fmt: skip
"""tables whose rows decide who may see what, and what everybody's briefs are made with"""
HARMLESS = frozenset({("INSERT", "sessions")})
"""a new log-in changes nothing for those that are there"""
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?[`\"]?(\w+)", re.IGNORECASE)
_CHANGED = "fitintel_rights_changed"


def watch(engine: Engine) -> None:
    """Let the stamp grow with each transaction of this engine that writes to one of RIGHTS."""
    event.listen(engine, "before_cursor_execute", _look)
    event.listen(engine, "commit", _stamp)
    event.listen(engine, "rollback", _forget)


def stamp_of(connection: Connection) -> int:
    """The stamp; 0 before the first change."""
    return int(connection.execute(select(rights_head.c.stamp)).scalar() or 0)


def _look(connection: Connection, _: Any, statement: str, *__: Any) -> None:
    if not connection.get_execution_options().get("fitintel_write"):
        return
    found = _WRITES.match(statement)
    if found and found[2] in RIGHTS and (found[1].upper(), found[2]) not in HARMLESS:
        connection.info[_CHANGED] = True


def _stamp(connection: Connection) -> None:
    if connection.info.pop(_CHANGED, False):
        # the time, not a counter: after a backup is restored, a stamp that was seen is never given out again
        now = time.time_ns() // 1000
        add_missing_records(connection, rights_head, [{"one": 1, "stamp": 0}])
        later = case((rights_head.c.stamp < now, now), else_=rights_head.c.stamp + 1)
        connection.execute(update(rights_head).values(stamp=later))


def _forget(connection: Connection) -> None:
    # a connection that is lost took its notes along, and has none to ask for
    if not connection.invalidated:
        connection.info.pop(_CHANGED, None)
