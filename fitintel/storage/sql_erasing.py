"""Removing an athlete with everything that is theirs, in SQL: every table that names athletes, whichever there are."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Column, Connection, Table, delete, select, update

from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.tables import athletes, briefs, imports, metadata, problems, runs, untracked
from fitintel.storage.tables_accounts import (
    account_roles,
    accounts,
    glasses,
    memberships,
    run_owners,
    session_tokens,
    sessions,
)
from fitintel.storage.tables_connections import payloads
from fitintel.storage.tables_preferences import preferences
from fitintel.storage.tables_recordings import recordings

AT_ONCE = 500
"""ids in one statement"""
RAW = (imports.c.sha256, recordings.c.sha256, payloads.c.sha256)
STREAMS = (recordings.c.stream, recordings.c.rr)


class SqlErasing:
    """The part of SqlStore that removes an athlete for good."""

    _database: Database

    def files_of(self, athlete_id: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Kind -> digests of the files that only this athlete's rows name, and of those that others' name as well."""

        def work(connection: Connection) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
            own = _own_runs(connection, athlete_id)
            alone = {"snapshots": _snapshots(connection, own) | _truths(connection, athlete_id)}
            theirs = {"snapshots": _snapshots(connection, but=own) | _truths(connection, athlete_id, others=True)}
            for kind, columns in (("raw", RAW), ("streams", STREAMS)):
                alone[kind] = _digests(connection, columns, athlete_id)
                theirs[kind] = _digests(connection, columns, athlete_id, others=True)
            return {kind: (frozenset(alone[kind] - theirs[kind]), frozenset(alone[kind] & theirs[kind]))
                    for kind in alone}  # fmt: skip

        return self._database.read(work)

    def erase_athlete(self, athlete_id: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove the athlete and every row of theirs in one transaction: how many rows there were, and kind -> digests
        of files that nothing names any more. Raises NotFound.
        """  # fmt: skip

        def work(connection: Connection) -> int:
            hold(connection, athlete_id)
            return _remove(connection, athlete_id, _own_runs(connection, athlete_id))

        files = self.files_of(athlete_id)
        return self._database.write(work), {kind: tuple(sorted(alone)) for kind, (alone, _) in files.items()}


def _own_runs(connection: Connection, athlete_id: str) -> list[str]:
    """Runs that are this athlete's alone: equal data of two people give the equal run."""
    mine = set(connection.execute(select(run_owners.c.run_id).where(run_owners.c.athlete_id == athlete_id)).scalars())
    others = run_owners.c.athlete_id != athlete_id
    for part in _parts(sorted(mine)):
        found = select(run_owners.c.run_id).where(others, run_owners.c.run_id.in_(part))
        mine -= set(connection.execute(found).scalars())
    return sorted(mine)


def _remove(connection: Connection, athlete_id: str, own: Sequence[str]) -> int:
    removed = 0
    beneath = ((problems.c.import_id, imports), (untracked.c.brief_id, briefs))
    for column, above in beneath:
        theirs = select(above.c.id).where(above.c.athlete_id == athlete_id)
        removed += connection.execute(delete(column.table).where(column.in_(theirs))).rowcount
    removed += _remove_account(connection, athlete_id)
    for column in (memberships.c.who, preferences.c.who):
        removed += connection.execute(delete(column.table).where(column == athlete_id)).rowcount
    for table in _of_athletes():
        removed += connection.execute(delete(table).where(table.c.athlete_id == athlete_id)).rowcount
    for part in _parts(own):
        removed += connection.execute(delete(runs).where(runs.c.id.in_(part))).rowcount
    return removed + connection.execute(delete(athletes).where(athletes.c.id == athlete_id)).rowcount


def _remove_account(connection: Connection, athlete_id: str) -> int:
    """Remove the account that was nothing but this athlete; one with other roles only loses the athlete."""
    account_id = connection.execute(select(accounts.c.id).where(accounts.c.athlete_id == athlete_id)).scalar()
    if account_id is None:
        return 0
    held = select(account_roles.c.role).where(account_roles.c.account_id == account_id)
    roles = set(connection.execute(held).scalars())
    theirs = select(sessions.c.id).where(sessions.c.account_id == account_id)
    removed = connection.execute(delete(session_tokens).where(session_tokens.c.session_id.in_(theirs))).rowcount
    for table in reversed(metadata.sorted_tables):
        if "account_id" in table.c and (table not in (account_roles, glasses) or roles <= {"athlete"}):
            removed += connection.execute(delete(table).where(table.c.account_id == account_id)).rowcount
    mine = accounts.c.id == account_id
    if roles <= {"athlete"}:
        return removed + connection.execute(delete(accounts).where(mine)).rowcount
    connection.execute(update(accounts).where(mine).values(athlete_id=None))
    return removed


def _of_athletes() -> list[Table]:
    """Every table with rows of athletes, those that depend on others first."""
    return [table for table in reversed(metadata.sorted_tables) if "athlete_id" in table.c and table is not accounts]


def _digests(
    connection: Connection, columns: Sequence[Column[str]], athlete_id: str, *, others: bool = False
) -> set[str]:
    found: set[str] = set()
    for column in columns:
        of = column.table.c.athlete_id
        statement = select(column).distinct().where(of != athlete_id if others else of == athlete_id)
        found |= {digest for digest in connection.execute(statement).scalars() if digest}
    return found


def _truths(connection: Connection, athlete_id: str, *, others: bool = False) -> set[str]:
    """Snapshots that ledger rows name: what a simulated athlete was made from."""
    of = imports.c.athlete_id
    statement = select(imports.c.profile).where(of != athlete_id if others else of == athlete_id)
    profiles = (json.loads(text) for text in connection.execute(statement).scalars() if text and '"truth"' in text)
    return {str(profile["truth"]) for profile in profiles if "truth" in profile}


def _snapshots(connection: Connection, ids: Sequence[str] = (), *, but: Sequence[str] | None = None) -> set[str]:
    """Snapshots of inputs and results of these runs, or of all `but` these."""
    found: set[str] = set()
    left_out = frozenset(but or ())
    for part in _parts(ids) if but is None else [None]:
        statement = select(runs.c.id, runs.c.inputs, runs.c.output)
        if part is not None:
            statement = statement.where(runs.c.id.in_(part))
        for run_id, inputs, output in connection.execute(statement):
            if run_id not in left_out:
                found |= {output, *json.loads(inputs).values()}
    return found


def _parts(ids: Sequence[str]) -> list[list[str]]:
    return [list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)]
