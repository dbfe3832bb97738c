"""What briefs told and what people answered, in SQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, select, update

from fitintel.core.answers import Action, Answer, Told
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold, touch
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_told import answers, told


class SqlTold:
    """The part of SqlStore that keeps what was told and answered."""

    _database: Database

    def tell(self, told: Sequence[Told]) -> None:
        """Keep what briefs told, in one transaction; what is there is left as it is. Raises NotFound."""
        rows = told_rows(told)

        def work(connection: Connection) -> None:
            for athlete_id in sorted({row["athlete_id"] for row in rows}):
                hold(connection, athlete_id)
            keep_told(connection, rows)

        if rows:
            self._database.write(work)

    def told(
        self, athlete_id: str, *, key: str | None = None, since: int | None = None, until: int | None = None,
        brief_id: str | None = None, codes: Collection[str] | None = None,
    ) -> tuple[Told, ...]:  # fmt: skip
        """What was told to the athlete, by day, brief and key; optionally of one key, days, one brief, or `codes`."""
        statement = select(told).where(told.c.athlete_id == athlete_id)
        for column, wanted in ((told.c.key, key), (told.c.brief_id, brief_id)):
            if wanted is not None:
                statement = statement.where(column == wanted)
        if codes is not None:
            statement = statement.where(told.c.code.in_(sorted(codes)))
        if since is not None:
            statement = statement.where(told.c.day >= since)
        if until is not None:
            statement = statement.where(told.c.day <= until)
        statement = statement.order_by(told.c.day, told.c.brief_id, told.c.key)
        return tuple(told_of_rows(self._database.read(lambda connection: connection.execute(statement).all())))

    def judge_told(self, athlete_id: str, outcomes: Mapping[tuple[int, str], str]) -> None:
        """Write down what became of what was told: (day, key) -> outcome, in every brief of that day."""

        def work(connection: Connection) -> None:
            hold(connection, athlete_id)
            for (day, key), outcome in sorted(outcomes.items()):
                mine = and_(told.c.athlete_id == athlete_id, told.c.day == day, told.c.key == key)
                connection.execute(update(told).where(mine).values(outcome=outcome))

        if outcomes:
            self._database.write(work)

    def answer(self, given: Sequence[Answer]) -> None:
        """Keep answers in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""
        rows = [
            {**{name: getattr(each, name) for name in Answer.__dataclass_fields__},
             "action": Action(each.action).value, "at": encode.micros(each.at)}
            for each in given
        ]  # fmt: skip

        def work(connection: Connection) -> None:
            for athlete_id in sorted({each.athlete_id for each in given}):
                touch(connection, athlete_id)
            add_missing_records(connection, answers, rows)

        if rows:
            self._database.write(work)

    def answers(self, athlete_id: str, *, key: str | None = None) -> tuple[Answer, ...]:
        """Every answer ever given about what the athlete was told, oldest first."""
        statement = select(answers).where(answers.c.athlete_id == athlete_id)
        if key is not None:
            statement = statement.where(answers.c.key == key)
        statement = statement.order_by(answers.c.at, answers.c.id)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(Answer(**{**encode.named(row), "action": Action(row["action"]), "at": encode.moment(row["at"])})
                     for row in found)  # fmt: skip


def told_rows(given: Sequence[Told]) -> list[dict[str, Any]]:
    """Rows of the table."""
    return [
        {**{name: getattr(each, name) for name in Told.__dataclass_fields__},
         "run_ids": json.dumps(each.run_ids), "workout_ids": json.dumps(each.workout_ids),
         "detail": encode.text(each.detail)}
        for each in given
    ]  # fmt: skip


def keep_told(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that are not there."""
    if rows:
        add_missing_records(connection, told, rows)


def forget_told(connection: Connection, athlete_id: str, workout_ids: Sequence[str]) -> None:
    """Remove what was told of these workouts, and the answers to it."""
    gone = set(workout_ids)
    mine = select(told.c.key, told.c.workout_ids).where(told.c.athlete_id == athlete_id, told.c.workout_ids != "[]")
    keys = sorted({row.key for row in connection.execute(mine.distinct()) if gone & set(json.loads(row.workout_ids))})
    for table in (told, answers):
        for key in keys:
            connection.execute(delete(table).where(table.c.athlete_id == athlete_id, table.c.key == key))


def told_of_rows(rows: Sequence[Sequence[Any]]) -> list[Told]:
    """What rows of the table say; their texts are read all at once."""
    if not rows:
        return []
    columns = dict(zip([column.name for column in told.columns], zip(*rows, strict=True), strict=True))
    for name in ("run_ids", "workout_ids"):
        columns[name] = tuple(tuple(each) for each in encode.values(columns[name]))
    columns["detail"] = tuple(encode.values(columns["detail"]))
    return [Told(*row) for row in zip(*(columns[name] for name in Told.__dataclass_fields__), strict=True)]
