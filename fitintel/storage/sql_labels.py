"""Labels of workouts, in SQL. They are only ever added to: a correction is a later label about the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from fitintel.core.answers import Label
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import touch
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_labels import labels


class SqlLabels:
    """The part of SqlStore that keeps labels."""

    _database: Database

    def put_labels(self, said: Sequence[Label]) -> None:
        """Keep labels in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""
        rows = [_row(one) for one in said]

        def work(connection: Connection) -> None:
            for athlete_id in sorted({one.athlete_id for one in said}):
                touch(connection, athlete_id)
            add_missing_records(connection, labels, rows)

        if rows:
            self._database.write(work)

    def labels(self, athlete_id: str) -> tuple[Label, ...]:
        """Every label that was ever given to the athlete's workouts, oldest first; `core.answers` says which hold."""
        statement = select(labels).where(labels.c.athlete_id == athlete_id).order_by(labels.c.at, labels.c.id)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(Label(**{**{str(name): value for name, value in row.items()}, "at": encode.moment(row["at"]),
                              "asked": bool(row["asked"])}) for row in found)  # fmt: skip


def _row(one: Label) -> dict[str, Any]:
    return {**{name: getattr(one, name) for name in Label.__dataclass_fields__}, "at": encode.micros(one.at)}
