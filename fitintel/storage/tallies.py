"""How much there is of everything, counted by the database: figures of monitoring, of no person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Engine, Table, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from fitintel.core.errors import StorageUnavailable
from fitintel.storage.engine import parse
from fitintel.storage.tables import athletes, imports, problems, untracked, workouts
from fitintel.storage.tables_nights import nights, outbox
from fitintel.storage.tables_performance import points

OUTCOMES = ("imported", "warned", "duplicate", "quarantined")


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts over the whole workspace."""

    athletes: int
    workouts: int
    imports: int
    import_rows: dict[str, int]
    """outcome -> rows of files"""
    problems: dict[str, int]
    """status -> rows and files that were put aside"""
    night: int | None
    """newest day, days since 1970-01-01"""
    night_states: dict[str, int]
    """state -> athletes, of that day"""
    outbox: dict[str, int]
    """state -> deliveries"""
    untracked: int
    """briefs that MLflow has not heard of"""
    points: dict[str, str]
    """algorithm -> figures of its newest day, as JSON"""


def tally(database_url: str) -> Tallies:
    """Count; raises StorageUnavailable, also for a database without our tables."""
    url = parse(database_url)
    engine = create_engine(url, poolclass=NullPool)
    try:
        return _tally(engine)
    except DBAPIError as error:
        raise StorageUnavailable("The database cannot be counted", where=url.render_as_string(hide_password=True),
                                 why=str(error.orig)[:200], next="see that it runs") from error  # fmt: skip
    finally:
        engine.dispose()


def _tally(engine: Engine) -> Tallies:
    with engine.connect() as database:

        def one(table: Table) -> int:
            return int(database.execute(select(func.count()).select_from(table)).scalar_one())

        def by(column: Column[str], *where: ColumnElement[bool]) -> dict[str, int]:
            found = database.execute(select(column, func.count()).where(*where).group_by(column)).all()
            return {str(row[0]): int(row[1]) for row in found}

        night = database.execute(select(func.max(nights.c.day))).scalar()
        rows = database.execute(select(*(func.coalesce(func.sum(imports.c[name]), 0) for name in OUTCOMES))).one()
        newest = select(points.c.algorithm, func.max(points.c.day).label("day")).group_by(points.c.algorithm).subquery()
        figures = select(points.c.algorithm, points.c.figures).join(
            newest, (points.c.algorithm == newest.c.algorithm) & (points.c.day == newest.c.day)
        )
        return Tallies(
            athletes=one(athletes),
            workouts=one(workouts),
            imports=one(imports),
            import_rows=dict(zip(OUTCOMES, map(int, rows), strict=True)),
            problems=by(problems.c.status),
            night=night,
            night_states=by(nights.c.done, nights.c.day == night),
            outbox=by(outbox.c.state),
            untracked=one(untracked),
            points={str(row[0]): str(row[1]) for row in database.execute(figures).all()},
        )
