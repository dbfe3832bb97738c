"""What a night reads of many athletes at once."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from fitintel.core import snapshot
from fitintel.core.answers import Told
from fitintel.core.records import Run
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_told import told_of_rows
from fitintel.storage.tables import briefs, metadata, problems, runs
from fitintel.storage.tables import imports as ledger
from fitintel.storage.tables_told import told

MANY = 500
"""athletes, or names, in one statement"""
OF_ATHLETES = ("answers", "connections", "excused_days", "goals", "labels", "links", "models", "planned_workouts",
               "preferences", "problems", "recordings", "thresholds", "wellness")  # fmt: skip
"""tables that most athletes have nothing in"""


class SqlFleet:
    """The part of SqlStore that reads for many athletes at once."""

    _database: Database

    def having(self, athlete_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Table -> those of the athletes who have a row in it: of the others nothing need be asked."""

        def work(connection: Connection) -> dict[str, frozenset[str]]:
            return {name: _having(connection, name, athlete_ids) for name in OF_ATHLETES}

        return self._database.read(work)

    def told_of(self, athlete_ids: Sequence[str], *, since: int, until: int) -> dict[str, tuple[Told, ...]]:
        """Athlete id -> what `told` gives of those days."""
        statement = (
            select(told).where(told.c.day >= since, told.c.day <= until)
            .order_by(told.c.athlete_id, told.c.day, told.c.brief_id, told.c.key)
        )  # fmt: skip

        def work(connection: Connection) -> list[Told]:
            return [
                one
                for part in parts(athlete_ids)
                for one in told_of_rows(connection.execute(statement.where(told.c.athlete_id.in_(part))).all())
            ]

        return _by_athlete(self._database.read(work), athlete_ids)

    def dear_runs(self, athlete_ids: Sequence[str], *, since: int, least: float) -> dict[str, Run]:
        """Run id -> run, of the runs of each athlete's newest brief of a day >= `since` that took `least` s or more."""
        statement = select(briefs.c.athlete_id, briefs.c.day, briefs.c.at, briefs.c.id).where(briefs.c.day >= since)

        def work(connection: Connection) -> dict[str, Run]:
            newest: dict[str, tuple[int, int, str]] = {}
            for part in parts(athlete_ids):
                for row in connection.execute(statement.where(briefs.c.athlete_id.in_(part))):
                    newest[row.athlete_id] = max(newest.get(row.athlete_id, (0, 0, "")), (row.day, row.at, row.id))
            found: dict[str, Run] = {}
            for part in parts([brief_id for *_, brief_id in newest.values()]):
                kept = connection.execute(select(briefs.c.value).where(briefs.c.id.in_(part))).scalars().all()
                found |= _runs_of(connection, kept, least)
            return found

        return self._database.read(work)

    def runs_about(self, athlete_id: str, day: int) -> dict[str, Run]:
        """Run id -> run, of the athlete's two newest briefs up to a day and of the first after it."""
        mine = select(briefs.c.value).where(briefs.c.athlete_id == athlete_id)
        upto = mine.where(briefs.c.day <= day).order_by(briefs.c.day.desc(), briefs.c.at.desc(), briefs.c.id).limit(2)
        after = mine.where(briefs.c.day > day).order_by(briefs.c.day, briefs.c.at.desc(), briefs.c.id).limit(1)

        def work(connection: Connection) -> dict[str, Run]:
            kept = [value for each in (upto, after) for value in connection.execute(each).scalars()]
            return _runs_of(connection, kept)

        return self._database.read(work)


def _having(connection: Connection, name: str, athlete_ids: Sequence[str]) -> frozenset[str]:
    table: Table = metadata.tables[name]
    who: Any = table.c.who if name == "preferences" else ledger.c.athlete_id if table is problems else None
    who = table.c.athlete_id if who is None else who
    statement = select(who).distinct()
    if table is problems:
        statement = statement.join_from(problems, ledger, problems.c.import_id == ledger.c.id)
    return frozenset(
        str(one) for part in parts(athlete_ids) for one in connection.execute(statement.where(who.in_(part))).scalars()
    )


def _runs_of(connection: Connection, kept: Iterable[bytes], least: float = 0.0) -> dict[str, Run]:
    """The runs of stored briefs that took `least` s or more."""
    wanted = {name for value in kept for name in _run_ids(value)}
    found: dict[str, Run] = {}
    for names in parts(sorted(wanted)):
        these = select(runs).where(runs.c.id.in_(names), runs.c.seconds >= least)
        found |= {row["id"]: encode.run(row) for row in connection.execute(these).mappings()}
    return found


def _run_ids(kept: bytes) -> Sequence[str]:
    """Ids of a stored brief's runs; none of a damaged one, which verifying finds: its runs are computed again."""
    try:
        found: Sequence[str] = snapshot.load(snapshot.unpack(kept))["run_ids"]
    except (zlib.error, ValueError, LookupError, TypeError):
        return ()
    return found


def _by_athlete(found: Iterable[Told], athlete_ids: Sequence[str]) -> dict[str, tuple[Told, ...]]:
    groups: Mapping[str, list[Told]] = defaultdict(list)
    for one in found:
        groups[one.athlete_id].append(one)
    return {athlete_id: tuple(groups.get(athlete_id, ())) for athlete_id in athlete_ids}


def parts(names: Sequence[str]) -> Iterable[Sequence[str]]:
    """Names, so many at a time as one statement takes."""
    return (names[start : start + MANY] for start in range(0, len(names), MANY))
