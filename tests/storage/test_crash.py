"""kill -9 in the middle of an import: it has happened whole or not at all, and a re-run completes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fitintel.core.workouts import COLUMNS
from fitintel.storage.sql import SqlStore
from tests.storage import children

SEED = 20251007


def run_children(what: str, url: str) -> str:
    command = [sys.executable, str(Path(children.__file__)), what, url, str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_import_killed_at_any_of_50_statement_counts_is_whole_or_absent_and_a_rerun_completes_it(
    database_url: str,
) -> None:
    told = json.loads(run_children("crash", database_url))
    assert told["places"] > 80, "an import of many statements"
    assert all(told["died"])
    store = SqlStore(database_url)
    for i, count in enumerate(told["counts"]):
        athlete, record, workouts, problems = children.trial(i)
        where = f"killed at {count} of {told['places']}"
        committed = count == told["places"]  # the last place is behind the commit
        assert len(store.workouts(athlete.id)) == (len(workouts) if committed else 0), where
        assert len(store.imports(athlete.id)) == (1 if committed else 0), where
        assert len(store.problems(athlete_id=athlete.id)) == (len(problems) if committed else 0), where
        for _ in range(2):
            store.save_import(record, workouts, problems)
            assert store.workouts(athlete.id, columns=("id",))["id"].tolist() == workouts.ordered()["id"].tolist(), (
                where
            )
            assert len(store.imports(athlete.id)) == 1, where
            assert len(store.problems(athlete_id=athlete.id)) == len(problems), where
    assert store.workouts(athlete.id, columns=tuple(COLUMNS)) == workouts.ordered()
    store.close()


def test_processes_that_create_a_database_and_save_the_same_import_at_once_double_nothing(database_url: str) -> None:
    assert json.loads(run_children("race", database_url)) == [0] * children.WRITERS
    store = SqlStore(database_url)
    athlete, record, workouts, problems = children.trial(0)
    ids = store.workouts(athlete.id, columns=("id",))["id"].tolist()
    assert len(ids) == len(set(ids)) == len(workouts) + children.WRITERS * 100
    assert set(workouts["id"]) <= set(ids)
    assert {entry.id for entry in store.imports()} == {record.id, *(f"own-{i}" for i in range(children.WRITERS))}
    assert len(store.problems()) == len(problems)
    assert len(store.athletes()) == 1
    store.close()
