"""Evaluations, promotions, approvals and shadow runs, in SQL. They are only ever added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from fitintel.core.errors import NotFound
from fitintel.core.promotion import Affected, Approval, Evaluation, Promotion, Shadow, ShadowRun, Step
from fitintel.core.records import Run
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import runs as kept_runs
from fitintel.storage.tables_promotions import (
    FIGURE,
    affected_figures,
    approvals,
    evaluations,
    promotions,
    shadow_runs,
    shadows,
)


class SqlPromotions:
    """The part of SqlStore that keeps what was judged and put in use."""

    _database: Database

    def put_evaluation(self, one: Evaluation) -> None:
        """Keep an evaluation; one whose id exists is left as it is."""
        self._add(evaluations, {**_row(one), "document": encode.text(one.document)})

    def evaluations(self, algorithm: str | None = None) -> tuple[Evaluation, ...]:
        """Evaluations, oldest first; only of that algorithm."""
        rows = self._rows(evaluations, evaluations.c.id, algorithm)
        return tuple(Evaluation(**{**row, "document": encode.value(row["document"]), "passed": bool(row["passed"])})
                     for row in rows)  # fmt: skip

    def put_promotion(self, one: Promotion) -> None:
        """Keep a promotion; its approvals are kept by `approve`."""
        row = _row(one)
        del row["approvals"]
        self._add(promotions, {**row, "step": Step(one.step).value})

    def promotions(self, algorithm: str | None = None) -> tuple[Promotion, ...]:
        """Promotions with their approvals, oldest first; only of that algorithm."""
        said: dict[str, list[Approval]] = {}
        for row in self._rows(approvals, approvals.c.by):
            said.setdefault(row["promotion_id"], []).append(Approval(**row))
        return tuple(
            Promotion(**{**row, "step": Step(row["step"]), "alone": bool(row["alone"]),
                         "approvals": tuple(said.get(row["id"], ()))})
            for row in self._rows(promotions, promotions.c.id, algorithm)
        )  # fmt: skip

    def approve(self, one: Approval) -> None:
        """Keep an approval; raises NotFound for an unknown promotion."""
        self._known(one.promotion_id)
        self._add(approvals, _row(one))

    def put_affected(self, promotion_id: str, rows: Sequence[Affected]) -> None:
        """Keep the figures that a promotion changes, each once. Raises NotFound for an unknown promotion."""
        self._known(promotion_id)
        names = [name for name in Affected.__dataclass_fields__ if name != "version"]
        kept = [{name: getattr(one, name) for name in names}
                | {"promotion_id": promotion_id, "figure": one.figure[:FIGURE]} for one in rows]  # fmt: skip
        if kept:
            self._database.write(lambda connection: add_missing_records(connection, affected_figures, kept))

    def affected(self, promotion_ids: Sequence[str] | None = None) -> Mapping[str, tuple[Affected, ...]]:
        """Promotion id -> figures that it changed, by athlete and name; only of these promotions."""
        table = affected_figures.c
        statement = (
            select(affected_figures, promotions.c.version)
            .join(promotions, promotions.c.id == table.promotion_id)
            .order_by(table.promotion_id, table.athlete_id, table.figure)
        )
        if promotion_ids is not None:
            statement = statement.where(table.promotion_id.in_(promotion_ids))
        found: dict[str, list[Affected]] = {}
        for row in self._database.read(lambda connection: connection.execute(statement).mappings().all()):
            said = {str(name): value for name, value in row.items()}
            found.setdefault(said.pop("promotion_id"), []).append(Affected(**said))
        return {name: tuple(mine) for name, mine in found.items()}

    def put_shadow(self, one: Shadow) -> None:
        """Keep that a version is run in the shadow from now on, or no longer."""
        self._add(shadows, _row(one))

    def shadows(self) -> tuple[Shadow, ...]:
        """All that was ever said of versions in the shadow, oldest first."""
        return tuple(Shadow(**{**row, "on": bool(row["on"])}) for row in self._rows(shadows, shadows.c.version))

    def put_shadow_runs(self, made: Sequence[ShadowRun], runs: Sequence[Run] = ()) -> None:
        """Keep what ran in the shadow of briefs, with its audit rows, in one transaction."""
        rows = [{name: getattr(one, name) for name in ShadowRun.__dataclass_fields__} for one in made]
        # in one order for everyone, as those of briefs
        audited = [encode.run_row(run) for run in sorted(runs, key=lambda run: run.id)]

        def work(connection: Connection) -> None:
            for athlete_id in sorted({one.athlete_id for one in made}):
                hold(connection, athlete_id)
            if audited:
                add_missing_records(connection, kept_runs, audited)
            add_missing_records(connection, shadow_runs, rows)

        if rows:
            self._database.write(work)

    def shadow_runs(self, algorithm: str | None = None) -> tuple[ShadowRun, ...]:
        """Runs in the shadow, by day, athlete, algorithm and version."""
        table = shadow_runs.c
        statement = select(shadow_runs).order_by(
            table.day, table.athlete_id, table.algorithm, table.version, table.beside
        )
        if algorithm is not None:
            statement = statement.where(table.algorithm == algorithm)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(ShadowRun(**{str(name): value for name, value in row.items()}) for row in found)

    def _known(self, promotion_id: str) -> None:
        if promotion_id not in {each.id for each in self.promotions()}:
            raise NotFound(f"There is no promotion {promotion_id}", next="see them with: fitintel promotions")

    def _add(self, table: Table, row: dict[str, Any]) -> None:
        self._database.write(lambda connection: add_missing_records(connection, table, [row]))

    def _rows(self, table: Table, then: Any, algorithm: str | None = None) -> list[dict[str, Any]]:
        statement = select(table).order_by(table.c.at, then)
        if algorithm is not None:
            statement = statement.where(table.c.algorithm == algorithm)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return [{**{str(name): value for name, value in row.items()}, "at": encode.moment(row["at"])} for row in found]


def _row(one: Any) -> dict[str, Any]:
    return {**{name: getattr(one, name) for name in type(one).__dataclass_fields__}, "at": encode.micros(one.at)}
