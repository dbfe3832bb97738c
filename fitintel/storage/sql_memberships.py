"""Squads, memberships, consents, broken glasses, and whose a run is, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, select, update

from fitintel.core.people import Consent, Glass, Membership, Part, Squad
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_accounts import consents, glasses, memberships, run_owners, squads

MOMENTS = ("at", "since", "until", "invited_at", "approved_at", "ended_at", "told_at", "expires_at", "revoked_at",
           "used_at")  # fmt: skip
"""columns that hold a time, in microseconds since 1970-01-01 UTC"""


AT_ONCE = 500
"""ids in one statement"""


class SqlMemberships:
    """The part of SqlStore that keeps who belongs to whom, and what athletes consent to."""

    _database: Database

    def put_squad(self, squad: Squad) -> None:
        """Insert a squad or change its name."""
        self._database.write(lambda connection: put(connection, squads, row_of(squad)))

    def squads(self) -> tuple[Squad, ...]:
        """Every squad, by id."""
        return tuple(Squad(**row) for row in rows(self._database, select(squads).order_by(squads.c.id)))

    def put_membership(self, one: Membership) -> None:
        """Insert or change a membership."""
        self._database.write(lambda connection: put(connection, memberships, row_of(one)))

    def memberships(self, *, who: str | None = None, squad_id: str | None = None) -> tuple[Membership, ...]:
        """Memberships, by squad, part and who; of somebody, or of a squad."""
        of = memberships.c
        statement = select(memberships).order_by(of.squad_id, of.part, of.who, of.invited_at, of.id)
        if who is not None:
            statement = statement.where(of.who == who)
        if squad_id is not None:
            statement = statement.where(of.squad_id == squad_id)
        return tuple(Membership(**{**row, "part": Part(row["part"])}) for row in rows(self._database, statement))

    def put_consents(self, given: Sequence[Consent]) -> None:
        """Add versions; one that exists is left as it is. Raises NotFound for an athlete."""

        def work(connection: Connection) -> None:
            for athlete_id in sorted({one.athlete_id for one in given}):
                hold(connection, athlete_id)
            add_missing_records(connection, consents, [row_of(one) for one in given])

        if given:
            self._database.write(work)

    def consents(self, athlete_id: str) -> tuple[Consent, ...]:
        """Every version of the athlete's consents, by category, purpose and version."""
        of = consents.c
        statement = select(consents).where(of.athlete_id == athlete_id).order_by(of.category, of.purpose, of.version)
        return tuple(Consent(**{**row, "given": bool(row["given"])}) for row in rows(self._database, statement))

    def put_glass(self, one: Glass) -> None:
        """Insert or change a broken glass."""
        self._database.write(lambda connection: put(connection, glasses, row_of(one)))

    def glasses(self, athlete_id: str | None = None) -> tuple[Glass, ...]:
        """Broken glasses, oldest first; of an athlete."""
        statement = select(glasses).order_by(glasses.c.at, glasses.c.id)
        if athlete_id is not None:
            statement = statement.where(glasses.c.athlete_id == athlete_id)
        return tuple(Glass(**row) for row in rows(self._database, statement))

    def own_runs(self, athlete_id: str, run_ids: Sequence[str]) -> None:
        """Note that runs are the athlete's."""
        if run_ids:
            self._database.write(lambda connection: keep_owners(connection, athlete_id, run_ids))

    def run_owners(self, run_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Run -> athletes whose it is: equal inputs make the equal run. One of nobody is left out."""
        found: dict[str, set[str]] = {}

        def work(connection: Connection) -> None:
            for start in range(0, len(run_ids), AT_ONCE):
                part = run_owners.c.run_id.in_(list(run_ids[start : start + AT_ONCE]))
                for row in connection.execute(select(run_owners).where(part)):
                    found.setdefault(row.run_id, set()).add(row.athlete_id)

        self._database.read(work)
        return {run_id: frozenset(owners) for run_id, owners in found.items()}


def keep_owners(connection: Connection, athlete_id: str, run_ids: Sequence[str]) -> None:
    """Note that runs are the athlete's, in a transaction that is under way."""
    if run_ids:
        owned = [{"run_id": run_id, "athlete_id": athlete_id} for run_id in sorted(set(run_ids))]
        add_missing_records(connection, run_owners, owned)


def row_of(record: Any) -> dict[str, Any]:
    """A record as its table has it."""
    row = {name: getattr(record, name) for name in type(record).__dataclass_fields__}
    return {name: encode.micros(value) if name in MOMENTS and value is not None else value
            for name, value in row.items()}  # fmt: skip


def rows(database: Database, statement: Any) -> list[dict[str, Any]]:
    """What a statement finds, with its times."""
    found = database.read(lambda connection: connection.execute(statement).mappings().all())
    return [with_times(row) for row in found]


def with_times(row: Any) -> dict[str, Any]:
    """A row with times instead of numbers."""
    return {str(name): encode.moment(value) if name in MOMENTS and value is not None else value
            for name, value in row.items()}  # fmt: skip


def put(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or change the one of its id."""
    add_missing_records(connection, table, [row])
    connection.execute(update(table).where(table.c.id == row["id"]).values(row))
