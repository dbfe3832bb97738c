"""Wellness and what a person states, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import starmap
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from fitintel.core.errors import DataError
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, S, Stated, Threshold
from fitintel.core.wellness import Wellness, metric
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import touch
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_wellness import excused_days, goals, planned_workouts, thresholds, wellness

TABLES: dict[Any, Table] = {
    Threshold: thresholds, Goal: goals, PlannedWorkout: planned_workouts, ExcusedDays: excused_days,
}  # fmt: skip
MANY = 500
"""Ids in one statement."""
_VALUES = [wellness.c[name] for name in Wellness.__dataclass_fields__]
"""in the order of the record: thousands of values are made without a name for each"""


class SqlWellness:
    """The part of SqlStore that keeps wellness and statements."""

    _database: Database

    def wellness(
        self,
        athlete_id: str,
        *,
        metrics: Sequence[str] | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> tuple[Wellness, ...]:
        """The athlete's values by day, metric and id; raises UnknownName for a metric that does not exist."""
        statement = select(*_VALUES).where(wellness.c.athlete_id == athlete_id)
        if metrics is not None:
            statement = statement.where(wellness.c.metric.in_([metric(name).name for name in metrics]))
        if since is not None:
            statement = statement.where(wellness.c.day >= since)
        if until is not None:
            statement = statement.where(wellness.c.day <= until)
        statement = statement.order_by(wellness.c.day, wellness.c.metric, wellness.c.id)
        return tuple(starmap(Wellness, self._database.read(lambda connection: connection.execute(statement).all())))

    def state(self, statements: Sequence[Stated]) -> None:
        """Keep statements in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""
        rows = [(TABLES[type(each)], each.athlete_id, _row(each)) for each in statements]

        def work(connection: Connection) -> None:
            for athlete_id in sorted({athlete_id for _, athlete_id, _ in rows}):
                touch(connection, athlete_id)
            for table, _, row in rows:
                add_missing_records(connection, table, [row])

        self._database.write(work)

    def stated(self, athlete_id: str, kind: type[S]) -> tuple[S, ...]:
        """Every statement of a kind that the athlete ever made, oldest first; `core.stated` says which hold."""
        table = TABLES[kind]
        statement = select(table).where(table.c.athlete_id == athlete_id).order_by(table.c.entered_at, table.c.id)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(kind(**{**encode.named(row), "entered_at": encode.moment(row["entered_at"])}) for row in found)


def wellness_rows(athlete_id: str, values: Sequence[Wellness]) -> list[dict[str, Any]]:
    """Rows of the table; raises DataError for values that cannot be kept, ValueError for another athlete's."""
    for each in values:
        if each.athlete_id != athlete_id:
            raise ValueError(f"wellness {each.id} is of another athlete than {athlete_id}")
        if not all(number is None or abs(number) < float("inf") for number in (each.value, each.at, each.utc_offset)):
            raise DataError(f"A {each.metric} is not finite", next="quarantine the row before it is stored")
    return [{name: getattr(each, name) for name in Wellness.__dataclass_fields__} for each in values]


def keep_wellness(connection: Connection, rows: Sequence[dict[str, Any]], *, replaced: Sequence[str] = ()) -> None:
    """Insert rows that are not there; those whose id is `replaced` take the place of the stored ones."""
    if not rows:
        return
    mine = wellness.c.athlete_id == rows[0]["athlete_id"]
    for start in range(0, len(replaced), MANY):
        connection.execute(delete(wellness).where(mine, wellness.c.id.in_(replaced[start : start + MANY])))
    add_missing_records(connection, wellness, rows)


def _row(statement: Stated) -> dict[str, Any]:
    row = {name: getattr(statement, name) for name in type(statement).__dataclass_fields__}
    for number in row.values():
        if isinstance(number, float) and not abs(number) < float("inf"):
            raise DataError("A stated value is not finite", next="state a plain number")
    entered: datetime = row["entered_at"]
    return {**row, "entered_at": encode.micros(entered)}
