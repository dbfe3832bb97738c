"""Briefs, runs, fitted models and what tracking has still to log, in SQL."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from fitintel.core import snapshot
from fitintel.core.errors import NotFound
from fitintel.core.records import Brief, Run
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_memberships import keep_owners
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import briefs as table
from fitintel.storage.tables import models, runs, untracked

MANY = 500
"""Names in one statement."""


class SqlBriefs:
    """The part of SqlStore that keeps what algorithms made."""

    _database: Database

    def save_runs(self, runs: Sequence[Run], athlete_id: str | None = None) -> None:
        """Keep runs that no brief made, and whose they are; those that exist are left as they are."""
        rows = [encode.run_row(run) for run in runs]

        def work(connection: Connection) -> None:
            _add_runs(connection, rows)
            if athlete_id is not None:
                keep_owners(connection, athlete_id, [run.id for run in runs])

        self._database.write(work)

    def brief(self, brief_id: str) -> Brief:
        """The brief; raises NotFound."""
        statement = select(table.c.value).where(table.c.id == brief_id)
        data = self._database.read(lambda connection: connection.execute(statement).scalar())
        if data is None:
            raise NotFound(f"There is no brief {brief_id!r}", next="make one with: fitintel brief")
        return encode.brief_from(snapshot.unpack(data))

    def kept_brief(self, brief_id: str) -> bytes | None:
        """The bytes of a brief as the database has them, from no cache; empty where they cannot be read."""
        statement = select(table.c.value).where(table.c.id == brief_id)
        data = self._database.read(lambda connection: connection.execute(statement).scalar())
        try:
            return None if data is None else snapshot.unpack(data)
        except zlib.error:
            return b""

    def briefs(self, athlete_id: str, *, day: int | None = None) -> tuple[tuple[str, int, datetime], ...]:
        """(brief id, day, time made), oldest first."""
        statement = select(table.c.id, table.c.day, table.c.at).where(table.c.athlete_id == athlete_id)
        if day is not None:
            statement = statement.where(table.c.day == day)
        statement = statement.order_by(table.c.at, table.c.id)
        found = self._database.read(lambda connection: connection.execute(statement).all())
        return tuple((row.id, row.day, encode.moment(row.at)) for row in found)

    def run(self, run_id: str) -> Run:
        """The run; raises NotFound."""
        return self.runs((run_id,))[0]

    def kept_runs(self, run_ids: Sequence[str]) -> dict[str, Run]:
        """Those of the runs that are there, by id."""

        def work(connection: Connection) -> dict[str, Run]:
            return {
                row["id"]: encode.run(row)
                for start in range(0, len(run_ids), MANY)
                for row in connection.execute(
                    select(runs).where(runs.c.id.in_(run_ids[start : start + MANY]))
                ).mappings()
            }

        return self._database.read(work)

    def runs(self, run_ids: Sequence[str]) -> tuple[Run, ...]:
        """These runs, in the order asked; raises NotFound when one is missing."""
        found = self.kept_runs(run_ids)
        if missing := [run_id for run_id in run_ids if run_id not in found]:
            raise NotFound(f"There is no run {missing[0]!r}", next="a brief lists the ids of its runs")
        return tuple(found[run_id] for run_id in run_ids)

    def save_model(self, athlete_id: str, algorithm: str, version: str, inputs: str, value: Any) -> None:
        """Keep a fitted model (any snapshot value) and the digest of what it was fitted on.

        It takes the place of the model fitted before: a model is remade from its data, so old ones are not kept.
        """
        data = snapshot.pack(snapshot.dump(value))
        row = {"athlete_id": athlete_id, "algorithm": algorithm, "version": version, "inputs": inputs, "value": data}

        def work(connection: Connection) -> None:
            add_missing_records(connection, models, [row])
            key = (models.c.athlete_id == athlete_id, models.c.algorithm == algorithm, models.c.version == version)
            connection.execute(update(models).where(*key).values(inputs=inputs, value=data))

        self._database.write(work)

    def model(self, athlete_id: str, algorithm: str, version: str) -> tuple[str, Any] | None:
        """(digest of the data it was fitted on, model) of the newest fitted model, or None."""
        statement = select(models.c.inputs, models.c.value).where(
            models.c.athlete_id == athlete_id, models.c.algorithm == algorithm, models.c.version == version
        )
        found = self._database.read(lambda connection: connection.execute(statement).first())
        return None if found is None else (found.inputs, snapshot.load(snapshot.unpack(found.value)))

    def models(self, algorithm: str, version: str) -> dict[str, tuple[str, Any]]:
        """Athlete id -> (digest of the data, model) of everybody's newest."""
        chosen = models.c.algorithm == algorithm, models.c.version == version
        statement = select(models.c.athlete_id, models.c.inputs, models.c.value).where(*chosen)
        found = self._database.read(lambda c: c.execute(statement).all())
        return {one.athlete_id: (one.inputs, snapshot.load(snapshot.unpack(one.value))) for one in found}

    def fitted(self, algorithm: str, version: str) -> dict[str, str]:
        """Athlete id -> digest of the data that their newest model was fitted on."""
        chosen = models.c.algorithm == algorithm, models.c.version == version
        statement = select(models.c.athlete_id, models.c.inputs).where(*chosen).order_by(models.c.athlete_id)
        found = self._database.read(lambda connection: connection.execute(statement).all())
        return {str(row.athlete_id): str(row.inputs) for row in found}

    def untracked(self, limit: int = 1000) -> tuple[str, ...]:
        """Ids of briefs not yet logged to MLflow, oldest first."""
        statement = select(untracked.c.brief_id).order_by(untracked.c.at, untracked.c.brief_id).limit(limit)
        return tuple(self._database.read(lambda connection: connection.execute(statement).scalars().all()))

    def mark_tracked(self, brief_ids: Sequence[str]) -> None:
        """These briefs are logged."""

        def work(connection: Connection) -> None:
            for start in range(0, len(brief_ids), MANY):
                chosen = untracked.c.brief_id.in_(brief_ids[start : start + MANY])
                connection.execute(delete(untracked).where(chosen))

        self._database.write(work)


def _add_runs(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    # in one order for everyone: athletes share runs on equal inputs, and two writers must not wait for each other
    add_missing_records(connection, runs, sorted(rows, key=lambda row: str(row["id"])))
