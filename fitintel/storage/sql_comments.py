"""Comments on athletes, in SQL. They are only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from fitintel.core.comments import Comment
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_comments import comments


class SqlComments:
    """The part of SqlStore that keeps comments."""

    _database: Database

    def put_comments(self, said: Sequence[Comment]) -> None:
        """Keep comments in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""
        rows = [_row(one) for one in said]

        def work(connection: Connection) -> None:
            # held, not touched: no brief reads a comment, so that none is to be made again for it
            for athlete_id in sorted({one.athlete_id for one in said}):
                hold(connection, athlete_id)
            add_missing_records(connection, comments, rows)

        if rows:
            self._database.write(work)

    def comments(self, athlete_id: str) -> tuple[Comment, ...]:
        """Every comment on the athlete, oldest first."""
        statement = select(comments).where(comments.c.athlete_id == athlete_id).order_by(comments.c.at, comments.c.id)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(Comment(**{**{str(name): value for name, value in row.items()}, "at": encode.moment(row["at"])})
                     for row in found)  # fmt: skip


def _row(one: Comment) -> dict[str, Any]:
    return {**{name: getattr(one, name) for name in Comment.__dataclass_fields__}, "at": encode.micros(one.at)}
