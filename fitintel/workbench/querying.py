"""Questions in SQL about an athlete's own data: copied into a database in memory that can reach nothing else.

Only the tables below exist there; files, network and extensions are closed before the question is read, and settings
are locked. One statement that reads is run, in a process of its own, for a limited time and in limited memory.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.errors import ServiceMissing, UsageError
from fitintel.core.stated import Goal, PlannedWorkout, Threshold, known
from fitintel.core.workouts import COLUMNS

if TYPE_CHECKING:
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
CHILD = Path(__file__).with_name("query_child.py")
BYTES = 2 * 1024**3
"""address space of the process that answers; most of it is what its libraries reserve"""
START = 20.0
"""s that starting the process may take on a busy machine, beside the question"""
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
    if find_spec("duckdb") is None:
        raise ServiceMissing("DuckDB is not installed", next="pip install 'fitintel[app]'")
    if len(sql) > LONGEST:
        raise UsageError(f"The question has {len(sql):,} characters", next=f"shorten it to {LONGEST:,}")
    began = time.monotonic()
    tables = {name: _stream(name, values) for name, values in _tables(store, athlete_id).items()}
    asked = {"sql": sql, "rows": rows, "cell": CELL, "memory": MEMORY, "bytes": BYTES, "seconds": seconds,
             "reads": READS, "tables": [(name, len(data)) for name, data in tables.items()]}  # fmt: skip
    said = json.dumps(asked).encode() + b"\n" + b"".join(tables.values())
    try:
        # a process of its own, without this one's environment: what a question does to it, it does to nothing else
        done = subprocess.run([sys.executable, "-I", str(CHILD)], input=said, capture_output=True, check=False,
                              timeout=seconds + START, env={}, cwd="/")  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _late(seconds) from None
    if done.returncode < 0 and -done.returncode in (signal.SIGXCPU, signal.SIGKILL):
        raise _late(seconds)
    if done.returncode:
        raise UsageError("The question cannot be answered", why="it takes more memory than it may have",
                         next="ask for less, or for fewer columns")  # fmt: skip
    return _answer(json.loads(done.stdout), time.monotonic() - began)


def _answer(found: Mapping[str, Any], seconds: float) -> Answer:
    if "refused" in found:
        kinds = found["refused"]
        what = "nothing" if not kinds else f"{len(kinds)} statements" if len(kinds) > 1 else kinds[0]
        raise UsageError("Only one statement that reads can be run", why=f"this is {what}",
                         next="write one SELECT over: " + ", ".join(TABLES))  # fmt: skip
    if "error" in found:
        raise UsageError("The question cannot be answered", why=found["error"][:500],
                         next="see the tables and columns beside the examples")  # fmt: skip
    return Answer(tuple(found["columns"]), tuple(map(tuple, found["rows"])), found["more"], seconds)


def _late(seconds: float) -> UsageError:
    return UsageError(f"The question was stopped after {seconds:g} s", next="ask for less, or for fewer columns")


def _stream(name: str, values: Sequence[Sequence[Any]]) -> bytes:
    import pyarrow as pa

    types = {"DATE": pa.date32(), "DOUBLE": pa.float64(), "VARCHAR": pa.string(), "TIMESTAMP": pa.timestamp("us")}
    table = pa.table({column: pa.array(list(cells), types[kind], from_pandas=True)
                      for (column, kind), cells in zip(TABLES[name], values, strict=True)})  # fmt: skip
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


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
