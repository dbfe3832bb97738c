"""Removing an athlete with everything that is theirs, in SQL: every table that names athletes, whichever there are."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Column, Connection, Table, delete, select, update

from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.tables import athletes, briefs, imports, metadata, problems, runs, untracked
from fitintel.storage.tables_accounts import accounts, memberships, run_owners
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

    def erase_athlete(self, athlete_id: str) -> tuple[int, dict[str, tuple[str, ...]]]:
        """Remove the athlete and every row of theirs in one transaction: how many rows there were, and kind -> digests
        of files that nothing names any more. Raises NotFound.
        """  # fmt: skip

        def work(connection: Connection) -> tuple[int, dict[str, tuple[str, ...]]]:
            hold(connection, athlete_id)
            own = _own_runs(connection, athlete_id)
            named = {"raw": _digests(connection, RAW, athlete_id), "streams": _digests(connection, STREAMS, athlete_id),
                     "snapshots": _snapshots(connection, own) | _truths(connection, athlete_id)}  # fmt: skip
            removed = _remove(connection, athlete_id, own)
            still = {"raw": _digests(connection, RAW), "streams": _digests(connection, STREAMS),
                     "snapshots": _snapshots(connection) | _truths(connection)}  # fmt: skip
            return removed, {kind: tuple(sorted(found - still[kind])) for kind, found in named.items()}

        return self._database.write(work)


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
    # an account may have more than the athlete; it is closed by its own verb
    connection.execute(update(accounts).where(accounts.c.athlete_id == athlete_id).values(athlete_id=None))
    for column in (memberships.c.who, preferences.c.who):
        removed += connection.execute(delete(column.table).where(column == athlete_id)).rowcount
    for table in _of_athletes():
        removed += connection.execute(delete(table).where(table.c.athlete_id == athlete_id)).rowcount
    for part in _parts(own):
        removed += connection.execute(delete(runs).where(runs.c.id.in_(part))).rowcount
    return removed + connection.execute(delete(athletes).where(athletes.c.id == athlete_id)).rowcount


def _of_athletes() -> list[Table]:
    """Every table with rows of athletes, those that depend on others first."""
    return [table for table in reversed(metadata.sorted_tables) if "athlete_id" in table.c and table is not accounts]


def _digests(connection: Connection, columns: Sequence[Column[str]], athlete_id: str | None = None) -> set[str]:
    found: set[str] = set()
    for column in columns:
        statement = select(column).distinct()
        if athlete_id is not None:
            statement = statement.where(column.table.c.athlete_id == athlete_id)
        found |= {digest for digest in connection.execute(statement).scalars() if digest}
    return found


def _truths(connection: Connection, athlete_id: str | None = None) -> set[str]:
    """Snapshots that ledger rows name: what a simulated athlete was made from."""
    statement = select(imports.c.profile)
    if athlete_id is not None:
        statement = statement.where(imports.c.athlete_id == athlete_id)
    profiles = (json.loads(text) for text in connection.execute(statement).scalars() if text and '"truth"' in text)
    return {str(profile["truth"]) for profile in profiles if "truth" in profile}


def _snapshots(connection: Connection, ids: Sequence[str] | None = None) -> set[str]:
    """Snapshots of inputs and results of runs."""
    found: set[str] = set()
    for part in [None] if ids is None else _parts(ids):
        statement = select(runs.c.inputs, runs.c.output)
        if part is not None:
            statement = statement.where(runs.c.id.in_(part))
        for inputs, output in connection.execute(statement):
            found |= {output, *json.loads(inputs).values()}
    return found


def _parts(ids: Sequence[str]) -> list[list[str]]:
    return [list(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)]
