"""Processes that are killed in the middle of an import, or that save the same import at once.

Started by test_crash.py as `python children.py crash|race URL SEED`; it forks for each trial, since
a fresh interpreter would take 50 times as long. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import event

from fitintel.core.records import Athlete, ImportRecord, Problem
from fitintel.core.workouts import Workouts, as_column
from fitintel.storage import statements
from fitintel.storage.sql import SqlStore
from tests.storage.examples import a_problem, an_import, some_workouts

TRIALS = 50
WRITERS = 4


@cache
def _workouts() -> Workouts:
    return some_workouts(500, seed=7, notes="n" * 2000)


def trial(i: int) -> tuple[Athlete, ImportRecord, Workouts, list[Problem]]:
    """What trial `i` imports: 500 workouts and 50 problems, too large for the page cache that the child is left."""
    athlete, record = Athlete(f"a{i}", "x"), an_import(f"i-{i}", Athlete(f"a{i}", "x"))
    workouts = _workouts().replace(import_id=as_column("import_id", [record.id] * len(_workouts())))
    problems = [a_problem(f"p-{i}-{row}", athlete, import_id=record.id, row=row) for row in range(50)]
    return athlete, record, workouts, problems


def in_child(work: Callable[[], None]) -> int:
    """Process id of a forked child that runs `work`."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def crash(url: str, seed: int) -> None:
    # many statements, hence many places to die; a small page cache lets SQLite write before the commit
    statements.ROWS_PER_STATEMENT = 12
    store = SqlStore(url)
    engine = store._database.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA cache_size = -200"))
    given = [trial(i) for i in range(TRIALS + 1)]
    for athlete, *_ in given:
        store.put_athlete(athlete)

    def save(i: int, die_at: int | None, report: int | None = None) -> None:
        seen = 0

        def tick(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(engine, name, tick)
        store.save_import(*given[i][1:])
        tick()
        if report is not None:
            os.write(report, str(seen).encode())

    reader, writer = os.pipe()
    os.waitpid(in_child(lambda: save(TRIALS, None, writer)), 0)
    places = int(os.read(reader, 100))
    counts = sorted(random.Random(seed).sample(range(1, places + 1), TRIALS))
    died = []
    for i, count in enumerate(counts):
        _, status = os.waitpid(in_child(lambda i=i, count=count: save(i, count)), 0)  # type: ignore[misc]
        died.append(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)
    print(json.dumps({"places": places, "counts": counts, "died": died}))


def race(url: str, seed: int) -> None:
    """The writers meet an empty database: they also create it at once."""
    athlete, record, workouts, problems = trial(0)
    reader, writer = os.pipe()

    def save(i: int) -> None:
        os.close(writer)
        os.read(reader, 1)  # returns when the parent closes its end: all start together
        store = SqlStore(url)
        store.put_athlete(athlete)
        store.save_import(record, workouts, problems)
        own = some_workouts(100, seed=seed + i, import_id=f"own-{i}")
        store.save_import(an_import(f"own-{i}", athlete), own, [])
        store.close()

    children = [in_child(lambda i=i: save(i)) for i in range(WRITERS)]  # type: ignore[misc]
    os.close(writer)
    print(json.dumps([os.waitpid(child, 0)[1] for child in children]))


if __name__ == "__main__":
    {"crash": crash, "race": race}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
