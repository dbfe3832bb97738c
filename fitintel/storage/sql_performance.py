"""How algorithms fare, in SQL: runs by brief, forecasts and their truth, points of the day and what is yet to send."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, tuple_, update

from fitintel.core.performance import Executed, Expected, Point
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_performance import executed, expected, points

MANY = 500
"""Names in one statement."""

Key = tuple[str, str, int]
"""athlete, run and day number due of a forecast value"""


class SqlPerformance:
    """The part of SqlStore that keeps how algorithms fare."""

    _database: Database

    def executed(
        self, *, since: int | None = None, until: int | None = None, algorithm: str | None = None,
        counted: bool | None = None,
    ) -> tuple[Executed, ...]:  # fmt: skip
        """Runs by brief, by day, brief and algorithm."""
        statement = select(executed).order_by(executed.c.day, executed.c.brief_id, executed.c.algorithm)
        if since is not None:
            statement = statement.where(executed.c.day >= since)
        if until is not None:
            statement = statement.where(executed.c.day <= until)
        if algorithm is not None:
            statement = statement.where(executed.c.algorithm == algorithm)
        if counted is not None:
            statement = statement.where(executed.c.counted == counted)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(_executed(row) for row in found)

    def expected(
        self, *, since: int | None = None, due: int | None = None, algorithm: str | None = None,
        counted: bool | None = None,
    ) -> tuple[Expected, ...]:  # fmt: skip
        """Forecast values by due day, athlete and run: judged on or after `since`, or not judged and `due` by a day."""
        statement = select(expected).order_by(expected.c.due, expected.c.athlete_id, expected.c.run_id)
        if since is not None:
            statement = statement.where(expected.c.judged >= since)
        if due is not None:
            statement = statement.where(expected.c.judged.is_(None), expected.c.due <= due)
        if algorithm is not None:
            statement = statement.where(expected.c.algorithm == algorithm)
        if counted is not None:
            statement = statement.where(expected.c.counted == counted, expected.c.judged.is_not(None))
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(Expected(**{**encode.named(row), "counted": bool(row["counted"])}) for row in found)

    def settle_expected(self, truths: Mapping[Key, tuple[float, int]]) -> None:
        """Write down truths: forecast value -> (truth, day number of judgement); one judged before is left alone."""
        statement = (
            update(expected)
            .where(expected.c.athlete_id == bindparam("a"), expected.c.run_id == bindparam("r"),
                   expected.c.due == bindparam("d"), expected.c.judged.is_(None))
            .values(truth=bindparam("t"), judged=bindparam("j"))
        )  # fmt: skip
        rows = [
            {"a": a, "r": r, "d": d, "t": truth, "j": judged} for (a, r, d), (truth, judged) in sorted(truths.items())
        ]
        if rows:
            self._database.write(lambda connection: connection.execute(statement, rows))

    def points(self, algorithm: str | None = None, *, sent: bool | None = None) -> tuple[Point, ...]:
        """Points by algorithm and day; only those that MLflow has, or has not."""
        statement = select(points).order_by(points.c.algorithm, points.c.day)
        if algorithm is not None:
            statement = statement.where(points.c.algorithm == algorithm)
        if sent is not None:
            statement = statement.where(points.c.sent == sent)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(
            Point(row["algorithm"], row["day"], json.loads(row["figures"]), bool(row["sent"])) for row in found
        )

    def put_points(
        self, made: Sequence[Point], brief_ids: Collection[tuple[str, str]], judged: Collection[Key]
    ) -> None:
        """Keep new points and mark what they count, in one transaction: (brief, algorithm) and forecast values.

        A point that exists is left as it is.
        """
        at = encode.micros(datetime.now(UTC))
        rows = [{"algorithm": one.algorithm, "day": one.day, "figures": json.dumps(dict(one.figures), sort_keys=True),
                 "sent": one.sent, "at": at} for one in made]  # fmt: skip

        def work(connection: Connection) -> None:
            add_missing_records(connection, points, rows)
            _mark(connection, executed, (executed.c.brief_id, executed.c.algorithm), sorted(brief_ids))
            _mark(connection, expected, (expected.c.athlete_id, expected.c.run_id, expected.c.due), sorted(judged))

        self._database.write(work)

    def mark_sent(self, sent: Sequence[tuple[str, int]]) -> None:
        """MLflow has these points: (algorithm, day)."""

        def work(connection: Connection) -> None:
            for start in range(0, len(sent), MANY):
                chosen = tuple_(points.c.algorithm, points.c.day).in_(sent[start : start + MANY])
                connection.execute(update(points).where(chosen).values(sent=True))

        if sent:
            self._database.write(work)


def keep_performance(connection: Connection, runs: Sequence[Executed], forecasts: Sequence[Expected]) -> None:
    """Insert what a brief's runs were like, and what they forecast; what is there is left as it is."""
    if runs:
        add_missing_records(connection, executed, [
            {**{name: getattr(one, name) for name in Executed.__dataclass_fields__},
             "seconds": json.dumps(one.seconds), "inputs": json.dumps(dict(one.inputs))} for one in runs
        ])  # fmt: skip
    if forecasts:
        add_missing_records(connection, expected, [
            {name: getattr(one, name) for name in Expected.__dataclass_fields__} for one in forecasts
        ])  # fmt: skip


def _mark(connection: Connection, table: Any, key: tuple[Any, ...], chosen: Sequence[Any]) -> None:
    for start in range(0, len(chosen), MANY):
        connection.execute(update(table).where(tuple_(*key).in_(chosen[start : start + MANY])).values(counted=True))


def _executed(row: Mapping[Any, Any]) -> Executed:
    return Executed(**{**encode.named(row), "seconds": tuple(json.loads(row["seconds"])),
                       "inputs": json.loads(row["inputs"]), "counted": bool(row["counted"])})  # fmt: skip
