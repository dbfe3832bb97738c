"""Workouts in SQL: NumPy columns in, NumPy columns out, with no Python per row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, bindparam, delete, select, update

from fitintel.core.errors import DataError, NotFound, UnknownName
from fitintel.core.workouts import ANALYSIS, COLUMNS, Workouts, as_column
from fitintel.storage.engine import Database
from fitintel.storage.sealed_text import is_sealed
from fitintel.storage.sql_athletes import touch
from fitintel.storage.sql_links import merges, take_over, without_twins
from fitintel.storage.statements import add_missing_parts
from fitintel.storage.tables import workouts as table

FEW_IDS = 500
"""Up to this many ids are asked for one by one; beyond it, reading all of the athlete's ids is faster."""

ROWS_AT_A_TIME = 1000


class SqlWorkouts:
    """The workouts' part of SqlStore."""

    _database: Database

    def workouts(
        self,
        athlete_id: str,
        *,
        columns: Sequence[str] = ANALYSIS,
        since: int | None = None,
        until: int | None = None,
        twins: bool = False,
    ) -> Workouts:
        """The athlete's workouts in canonical order (day, id), optionally only days `since` <= day <= `until`.

        Workouts that are merged are one: the leading one with the figures that the merge chose. With `twins` every
        workout is given as its source has it. The arrays are read-only. Raises UnknownName for a column that is not in
        COLUMNS.
        """
        for name in columns:
            if name not in COLUMNS:
                raise UnknownName("workout column", name, COLUMNS)
        names = [name for name in COLUMNS if name in set(columns)]
        statement = select(*(table.c[name] for name in names)).where(table.c.athlete_id == athlete_id)
        if since is not None:
            statement = statement.where(table.c.day >= since)
        if until is not None:
            statement = statement.where(table.c.day <= until)
        statement = statement.order_by(table.c.day, table.c.id)

        def work(connection: Connection) -> dict[str, Any]:
            merged = {} if twins else merges(connection, athlete_id)
            if not merged:
                return _columns(connection, statement, names)
            asked = [*names, *(["id"] if "id" not in names else [])]
            shown = without_twins(statement.with_only_columns(*(table.c[name] for name in asked)), athlete_id)
            found = _columns(connection, shown, asked)
            take_over(connection, athlete_id, found, merged)
            return {name: found[name] for name in names}

        made = self._database.read(work)
        for array in made.values():
            array.flags.writeable = False  # as from the cache: whoever writes into one finds out at once
        return Workouts(made)

    def known_ids(self, athlete_id: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that are already stored."""
        if not len(ids):
            return set()
        statement = select(table.c.id).where(table.c.athlete_id == athlete_id)
        if len(ids) <= FEW_IDS:
            statement = statement.where(table.c.id.in_([str(item) for item in ids]))
        stored = self._database.read(lambda connection: set(connection.execute(statement).scalars()))
        return stored.intersection(ids) if stored else stored

    def update_flags(self, athlete_id: str, flags: Mapping[str, str]) -> None:
        """Replace the flags of stored workouts: id -> flags; raises NotFound, changing nothing, when one is missing."""
        if not flags:
            return

        def work(connection: Connection) -> None:
            touch(connection, athlete_id)
            set_flags(connection, athlete_id, flags)

        self._database.write(work)


def _columns(connection: Connection, statement: Select[Any], names: Sequence[str]) -> dict[str, Any]:
    # the driver's own rows, some at a time: 277,000 rows are read twice as fast as through Row objects all at once
    result = connection.execute(statement)
    cursor: Any = result.cursor
    parts: list[list[Any]] = [[as_column(name, ()) for name in names]]
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        parts.append([as_column(name, values) for name, values in zip(names, zip(*rows, strict=True), strict=True)])
    result.close()
    return {name: np.concatenate(chunks) for name, chunks in zip(names, zip(*parts, strict=True), strict=True)}


def set_flags(connection: Connection, athlete_id: str, flags: Mapping[str, str]) -> None:
    """Replace the flags of stored workouts in an open transaction; raises NotFound when one is missing."""
    if not flags:
        return
    _check_length("flags", list(flags.values()))
    statement = (
        update(table)
        .where(table.c.athlete_id == athlete_id, table.c.id == bindparam("which"))
        .values(flags=bindparam("what"))
    )
    rows = [{"which": which, "what": what} for which, what in sorted(flags.items())]
    if connection.execute(statement, rows).rowcount != len(rows):
        stored = connection.execute(select(table.c.id).where(table.c.athlete_id == athlete_id)).scalars()
        missing = min(set(flags).difference(stored))
        raise NotFound(f"There is no workout {missing!r} of athlete {athlete_id!r}", next="nothing was changed")


def forget(connection: Connection, athlete_id: str, ids: Sequence[str]) -> None:
    """Remove these workouts of an athlete, to make room for what their source now says of them."""
    for start in range(0, len(ids), FEW_IDS):
        part = [str(item) for item in ids[start : start + FEW_IDS]]
        connection.execute(delete(table).where(table.c.athlete_id == athlete_id, table.c.id.in_(part)))


def check_workouts(workouts: Workouts) -> None:
    """Raise DataError for a value that cannot be kept."""
    for name in COLUMNS:
        kind, values = COLUMNS[name].kind, workouts[name]
        if kind == "number" and np.isinf(values).any():
            raise DataError(f"A workout's {name} is infinite", next="quarantine the row before it is stored")
        if kind not in ("number", "day"):
            _check_length(
                name, [text for text in values.tolist() if not (kind == "long text" and text and is_sealed(text))]
            )


def keep_workouts(connection: Connection, athlete_id: str, workouts: Workouts) -> None:
    """Insert checked workouts in an open transaction; one whose key exists is left as it is."""
    # appending to the clustered key is faster than filling its gaps
    order = np.argsort(workouts["day"], kind="stable")
    # a column that is missing wholly is left out: each value given takes time, and most columns of most files are empty
    names = [name for name in COLUMNS if not _missing(workouts[name]).all()]

    def part(rows: slice) -> list[list[Any]]:
        which = order[rows]
        return [[athlete_id] * len(which), *(_as_list(workouts[name][which]) for name in names)]

    add_missing_parts(connection, table, ["athlete_id", *names], len(workouts), part)


def _missing(values: Any) -> Any:
    if values.dtype.kind == "f":
        return np.isnan(values)
    return values == None if values.dtype.kind == "O" else np.zeros(1, bool)  # noqa: E711  of each value


def _as_list(values: Any) -> list[Any]:
    if values.dtype.kind == "f" and (missing := np.isnan(values)).any():
        values = values.astype(object)
        values[missing] = None
    listed: list[Any] = values.tolist()
    return listed


def _check_length(name: str, texts: Sequence[str | None]) -> None:
    # SQLite would keep a text of any length, MySQL would not: the same answer for both
    longest = max(map(len, filter(None, set(texts))), default=0)
    if longest > COLUMNS[name].size:
        raise DataError(
            f"A workout's {name} has {longest:,} characters", why=f"at most {COLUMNS[name].size:,} are kept",
            next="quarantine the row or shorten the text before it is stored",
        )  # fmt: skip
