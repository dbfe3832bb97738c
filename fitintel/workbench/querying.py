"""Questions in SQL about an athlete's own data: copied into a database in memory that can reach nothing else.

Only the tables below exist there; files, network, extensions and this process's own variables are closed before the
question is read, and the settings are locked. One statement that reads is run, for a limited time, in limited memory.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.errors import ServiceMissing, UsageError
from fitintel.core.stated import Goal, PlannedWorkout, Threshold, known
from fitintel.core.workouts import COLUMNS

if TYPE_CHECKING:
    import duckdb

    from fitintel.storage.store import Store

SECONDS = 5.0
"""s after which a question is stopped"""
ROWS = 10_000
"""rows that are handed out"""
MEMORY = "256MB"
LONGEST = 20_000
"""characters of a question"""
CELL = 2_000
"""characters of a cell that are handed out"""
READS = ("SELECT", "EXPLAIN")
"""kinds of statement that are run"""
CLOSED = (
    "SET python_enable_replacements = false", "SET python_scan_all_frames = false",
    "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false", "SET enable_external_access = false", f"SET memory_limit = '{MEMORY}'",
    "SET threads = 1", "SET max_temp_directory_size = '0KB'", "SET lock_configuration = true",
)  # fmt: skip
WORKOUT = tuple(name for name in COLUMNS if name not in ("day", "import_id", "row"))
"""columns of a workout; `date` takes the place of the day number"""
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "workouts": (("date", "DATE"), *((name, "DOUBLE" if COLUMNS[name].kind == "number" else "VARCHAR")
                                     for name in WORKOUT)),
    "wellness": (("date", "DATE"), ("metric", "VARCHAR"), ("value", "DOUBLE"), ("source", "VARCHAR")),
    "thresholds": (("valid_from", "DATE"), ("kind", "VARCHAR"), ("value", "DOUBLE"), ("sport", "VARCHAR")),
    "goals": (("valid_from", "DATE"), ("kind", "VARCHAR"), ("value", "DOUBLE"), ("name", "VARCHAR")),
    "plans": (("date", "DATE"), ("sport", "VARCHAR"), ("duration", "DOUBLE"), ("distance", "DOUBLE"),
              ("rpe", "DOUBLE"), ("notes", "VARCHAR")),
    "labels": (("workout_id", "VARCHAR"), ("level", "VARCHAR"), ("label", "VARCHAR"), ("at", "TIMESTAMP")),
    "told": (("date", "DATE"), ("section", "VARCHAR"), ("code", "VARCHAR"), ("level", "VARCHAR"),
             ("outcome", "VARCHAR")),
}  # fmt: skip
"""table -> its columns with their types; numbers are SI"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gave."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool
    """there were more rows than are handed out"""
    seconds: float


def ask(store: Store, athlete_id: str, sql: str, *, seconds: float = SECONDS, rows: int = ROWS) -> Answer:
    """The answer to one question.

    Raises:
        UsageError: it is no statement that reads, is wrong, takes too long or too much memory, or asks for what is
            not there.
        ServiceMissing: DuckDB is not installed.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise ServiceMissing("DuckDB is not installed", next="pip install 'fitintel[app]'") from error
    if len(sql) > LONGEST:
        raise UsageError(f"The question has {len(sql):,} characters", next=f"shorten it to {LONGEST:,}")
    began = time.monotonic()
    with duckdb.connect(":memory:", config={"temp_directory": ""}) as connection:
        for name, values in _tables(store, athlete_id).items():
            _fill(connection, name, values)
        for closed in CLOSED:
            connection.execute(closed)
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            connection.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            statement = _one(connection, sql)
            found = connection.execute(statement)
            names = tuple(str(column[0]) for column in found.description or ())
            taken = found.fetchmany(rows + 1)
        except duckdb.Error as error:
            raise _refused(str(error), stopped.is_set(), seconds) from error
        finally:
            timer.cancel()
    shown = tuple(tuple(_cell(cell) for cell in row) for row in taken[:rows])
    return Answer(names, shown, len(taken) > rows, time.monotonic() - began)


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    found = connection.extract_statements(sql)
    if len(found) != 1 or found[0].type.name not in READS:
        what = "nothing" if not found else f"{len(found)} statements" if len(found) > 1 else found[0].type.name
        raise UsageError("Only one statement that reads can be run", why=f"this is {what}",
                         next="write one SELECT over: " + ", ".join(TABLES))  # fmt: skip
    return found[0]


def _refused(said: str, late: bool, seconds: float) -> UsageError:
    if late:
        return UsageError(f"The question was stopped after {seconds:g} s", next="ask for less, or for fewer columns")
    return UsageError("The question cannot be answered", why=" ".join(said.split())[:500],
                      next="see the tables and columns beside the examples")  # fmt: skip


def _fill(connection: duckdb.DuckDBPyConnection, name: str, values: Sequence[Sequence[Any]]) -> None:
    import pyarrow as pa

    columns = TABLES[name]
    types = {"DATE": pa.date32(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(), "TIMESTAMP": pa.timestamp("us")}
    table = pa.table({column: pa.array(list(cells), types[kind], from_pandas=True)
                      for (column, kind), cells in zip(columns, values, strict=True)})  # fmt: skip
    connection.register("arrived", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrived")
    connection.unregister("arrived")


def _tables(store: Store, athlete_id: str) -> Mapping[str, Sequence[Sequence[Any]]]:
    workouts = store.workouts(athlete_id, columns=("day", *WORKOUT))
    rows: dict[str, list[tuple[Any, ...]]] = {
        "wellness": [(days.from_number(one.day), one.metric, one.value, one.source)
                     for one in store.wellness(athlete_id)],
        "thresholds": [(days.from_number(one.valid_from), one.kind, one.value, one.sport)
                       for one in known(store.stated(athlete_id, Threshold))],
        "goals": [(days.from_number(one.valid_from), one.kind, one.value, one.name)
                  for one in known(store.stated(athlete_id, Goal))],
        "plans": [(days.from_number(one.day), one.sport, one.duration, one.distance, one.rpe, one.notes)
                  for one in known(store.stated(athlete_id, PlannedWorkout))],
        "labels": [(one.workout_id, one.level, one.value, one.at.replace(tzinfo=None))
                   for one in store.labels(athlete_id)],
        "told": [(days.from_number(one.day), one.section, one.code, one.level, one.outcome)
                 for one in store.told(athlete_id)],
    }  # fmt: skip
    filled: dict[str, Sequence[Sequence[Any]]] = {
        "workouts": [[days.from_number(day) for day in workouts["day"].tolist()],
                     *(workouts[name].tolist() for name in WORKOUT)]
    }  # fmt: skip
    for name, found in rows.items():
        filled[name] = [list(column) for column in zip(*found, strict=True)] or [[] for _ in TABLES[name]]
    return filled


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        value = value.hex()
    return value[:CELL] if isinstance(value, str) else value
