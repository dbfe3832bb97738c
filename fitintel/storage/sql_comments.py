"""Comments on athletes, in SQL. They are only ever added to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from fitintel.core.comments import Comment
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_comments import comments

AT_ONCE = 500
"""athletes in one query: databases limit how many values a statement may name"""


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
        return self._said((athlete_id,)).get(athlete_id, ())

    def comments_on(self, athlete_ids: Sequence[str]) -> dict[str, tuple[Comment, ...]]:
        """The same of many at once, by athlete id; whoever nobody has said anything of is left out."""
        return self._said(athlete_ids)

    def _said(self, athlete_ids: Sequence[str]) -> dict[str, tuple[Comment, ...]]:
        found: dict[str, list[Comment]] = {}
        for start in range(0, len(athlete_ids), AT_ONCE):
            chosen = comments.c.athlete_id.in_(athlete_ids[start : start + AT_ONCE])
            for row in self._database.read(_reads(chosen)):
                one = Comment(**{**{str(name): value for name, value in row.items()}, "at": encode.moment(row["at"])})
                found.setdefault(one.athlete_id, []).append(one)
        return {whose: tuple(said) for whose, said in found.items()}


def _reads(chosen: ColumnElement[bool]) -> Callable[[Connection], Sequence[RowMapping]]:
    statement = select(comments).where(chosen).order_by(comments.c.at, comments.c.id)
    return lambda connection: connection.execute(statement).mappings().all()


def _row(one: Comment) -> dict[str, Any]:
    return {**{name: getattr(one, name) for name in Comment.__dataclass_fields__}, "at": encode.micros(one.at)}
