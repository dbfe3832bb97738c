"""The audit chain in SQL: rows are added at its end, by one writer at a time, and read in order."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, select, update

from fitintel.core.audit import CHAIN, START, Entry, Kind, Row, Signer, chain, key_of
from fitintel.core.errors import KeyRetired
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_audit import audit, audit_end

READ = 20_000
"""rows in memory at once while a chain is read"""
# made once: a row is added at each request
_END = select(audit_end.c.number, audit_end.c.mac).where(audit_end.c.id == 1)
_END_HELD = _END.with_for_update()
_MOVE_END = update(audit_end).where(audit_end.c.id == 1).values(number=bindparam("last"), mac=bindparam("signed"))
_ADD = audit.insert()
_NUMBERED = select(audit).where(audit.c.number == bindparam("wanted"))


class SqlAudit:
    """The part of SqlStore that keeps the audit chain."""

    _database: Database

    def append_audit(self, entries: Sequence[Entry], signer: Signer) -> tuple[int, str]:
        """Add signed rows in one transaction; (number, signature) of the last row."""
        adding = Adding(entries, signer)
        return self._database.write(adding)

    def hand_over(self, closing: Entry, opening: Entry, old: Signer, new: Signer) -> tuple[int, str]:
        """Add a row signed by the old key and one signed by the new, in one transaction; (number, signature) of the
        first of the two.
        """  # fmt: skip
        close, open_ = Adding([closing], old), Adding([opening], new)

        def work(connection: Connection) -> tuple[int, str]:
            closed = close(connection)
            open_(connection)
            return closed

        return self._database.write(work)

    def audit_rows(
        self, *, after: int = 0, subject: str | None = None, kind: str | None = None, limit: int | None = None
    ) -> Iterator[Row]:
        """Rows after a number, in order, some at a time; optionally of one subject or kind, at most `limit`."""
        left = limit
        while left is None or left > 0:
            size = READ if left is None else min(READ, left)
            statement = select(audit).where(audit.c.number > after).order_by(audit.c.number).limit(size)
            if subject is not None:
                statement = statement.where(audit.c.subject == subject)
            if kind is not None:
                statement = statement.where(audit.c.kind == kind)
            found = self._database.read(lambda connection, it=statement: connection.execute(it).all())  # type: ignore[misc]
            yield from map(Row._make, found)
            if len(found) < size:
                return
            after = found[-1][0]
            left = None if left is None else left - size

    def audit_end(self) -> tuple[int, str]:
        """(number, signature) of the last row, as the database notes it; of an empty chain (0, START)."""
        return self._database.read(_end)


class Adding:
    """Rows to be added within a transaction; it may be called again when the transaction is."""

    def __init__(self, entries: Sequence[Entry], signer: Signer) -> None:
        self._entries, self._signer = entries, signer
        self._events = [secrets.token_hex(16) for _ in entries]
        self._tried: list[Row] = []

    def __call__(self, connection: Connection) -> tuple[int, str]:
        """Add the rows; (number, signature) of the last row."""
        # inserting first takes the lock that writers wait at, also where the row is not there yet
        add_missing_records(connection, audit_end, [{"id": 1, "number": 0, "mac": START}])
        number, previous = _end(connection, lock=True)
        _refuse_retired(connection, number, self._signer.key_name)
        if self._tried and _is_there(connection, self._tried[-1]):
            return number, previous  # the commit was done; only the word of it was lost
        rows = list(chain(self._entries, number=number, previous=previous, signer=self._signer, events=self._events))
        if not rows:
            return number, previous
        self._tried = rows
        connection.execute(_ADD, [row._asdict() for row in rows])
        last = rows[-1]
        connection.execute(_MOVE_END, {"last": last.number, "signed": last.mac})
        return last.number, last.mac


def _refuse_retired(connection: Connection, last: int, key: str) -> None:
    """Raise KeyRetired for a key that the chain was handed over from, as a process that runs on still has it."""
    before = connection.execute(_NUMBERED, {"wanted": last}).first()
    if before is None or key_of(Row._make(before)) == key:
        return
    closed = select(audit).where(audit.c.kind == Kind.POLICY.value, audit.c.subject == CHAIN).order_by(audit.c.number)
    rows = map(Row._make, connection.execute(closed).all())
    handed = {key_of(row): row.hands_over_to for row in rows if key_of(row) and row.hands_over_to}
    successor = key
    while successor in handed:
        successor = handed.pop(successor)
    if successor != key:
        raise KeyRetired(key, successor)


def _is_there(connection: Connection, row: Row) -> bool:
    found = connection.execute(_NUMBERED, {"wanted": row.number}).first()
    return found is not None and found.mac == row.mac


def _end(connection: Connection, *, lock: bool = False) -> tuple[int, str]:
    found = connection.execute(_END_HELD if lock else _END).first()
    return (0, START) if found is None else (found.number, found.mac)
