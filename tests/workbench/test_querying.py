"""Questions in SQL about one's own data: answered, and kept from everything else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed (pip install 'fitintel[app]')")

from fitintel.core.errors import UsageError
from fitintel.views.app.query import EXAMPLES, csv_text
from fitintel.workbench import querying
from fitintel.workbench.door import Workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with Workbench.open(tmp_path_factory.mktemp("asked")) as opened:
        for athlete, km in (("me", 5), ("other", 99)):
            opened.add(athlete_id=athlete, date="2025-05-04", sport="running", duration="30 min", distance=f"{km} km")
        opened.add_wellness(athlete_id="me", date="2025-05-04", resting_hr="50")
        opened.state("goal", athlete_id="me", kind="training_days", value="4", valid_from="2025-01-01")
        opened.state("threshold", athlete_id="me", kind="hr_max", value="190 bpm", valid_from="2025-01-01")
        yield opened


def test_own_data_are_there_and_nobody_elses(bench: Workbench) -> None:
    assert bench.query("SELECT distance, date FROM workouts", "me").rows == ((5000.0, "2025-05-04"),)
    found = bench.query("SELECT metric, value FROM wellness UNION ALL SELECT kind, value FROM goals UNION ALL "
                        "SELECT kind, value FROM thresholds ORDER BY 1", "me")  # fmt: skip
    assert found.rows == (("hr_max", 190.0), ("resting_hr", 50.0), ("training_days", 4.0))
    assert bench.query("SELECT count(*) AS n FROM plans", "me").columns == ("n",)


@pytest.mark.parametrize("sql", [sql for _, sql in EXAMPLES])
def test_every_example_runs(bench: Workbench, sql: str) -> None:
    assert bench.query(sql, "me").columns


@pytest.mark.parametrize("sql", [
    "DROP TABLE workouts", "DELETE FROM workouts", "UPDATE workouts SET distance = 0", "CREATE TABLE x AS SELECT 1",
    "INSERT INTO workouts SELECT * FROM workouts", "COPY workouts TO '{folder}/out.csv'", "SET threads = 4",
    "EXPORT DATABASE '{folder}/out'", "ATTACH '{folder}/other.db'", "INSTALL httpfs", "LOAD httpfs", "PRAGMA version",
    "CALL pragma_version()", "SELECT 1; SELECT 2", "", "   ", "-- nothing", "CHECKPOINT", "BEGIN", "VACUUM",
    "RESET lock_configuration", "PREPARE x AS SELECT 1", "CREATE MACRO f(a) AS a", "CREATE SECRET s (TYPE s3)",
])  # fmt: skip
def test_only_one_statement_that_reads_is_run(bench: Workbench, tmp_path: Path, sql: str) -> None:
    with pytest.raises(UsageError, match=r"Only one statement|cannot be answered"):
        bench.query(sql.format(folder=tmp_path), "me")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("sql", [
    "SELECT * FROM read_csv('{file}')", "SELECT * FROM read_text('{file}')", "SELECT * FROM '{file}'",
    "SELECT * FROM read_blob('{file}')", "SELECT * FROM glob('{folder}/*')", "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_parquet('{file}')", "SELECT * FROM query('SELECT * FROM read_text(''{file}'')')",
    "SELECT * FROM read_csv('https://example.invalid/x.csv')",
    "SELECT * FROM sqlite_scan('{folder}/fitintel.db', 'athletes')",
    "SELECT getenv('FITINTEL_SECRET_KEY')", "SELECT * FROM arrived", "SELECT * FROM asked",
    "SELECT * FROM duckdb_secrets()",
])  # fmt: skip
def test_nothing_else_can_be_reached(bench: Workbench, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "canary.csv"
    file.write_text("canary\nk1n0p\n")
    with pytest.raises(UsageError) as refused:
        bench.query(sql.format(file=file, folder=bench.settings.home), "me")
    assert "k1n0p" not in str(refused.value)


def test_the_process_that_answers_knows_nothing_of_this_ones_environment(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FITINTEL_CANARY", "k1n0p")
    settings = bench.query("SELECT name, value FROM duckdb_settings()", "me").rows
    said = dict(settings)
    assert "k1n0p" not in str(settings)
    assert os.path.expanduser("~") not in str(settings)
    assert said["enable_external_access"] == said["autoload_known_extensions"] == "false"
    assert said["lock_configuration"] == "true"


def test_a_question_without_end_is_stopped(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(querying, "START", 3.0)
    with pytest.raises(UsageError, match="was stopped after"):
        querying.ask(bench.store, "me", "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b",
                     seconds=0.5)  # fmt: skip


@pytest.mark.parametrize("sql", ["SELECT repeat('x', 1000000000) FROM range(100)",
                                 "SELECT list(range) FROM range(100000000)"])  # fmt: skip
def test_a_question_that_takes_too_much_memory_is_refused(bench: Workbench, sql: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be answered|was stopped"):
        bench.query(sql, "me")


def test_more_rows_than_are_handed_out_are_said_to_be_there(bench: Workbench) -> None:
    found = querying.ask(bench.store, "me", "SELECT range FROM range(20)", rows=5)
    assert (found.more, found.rows) == (True, ((0,), (1,), (2,), (3,), (4,)))
    assert not querying.ask(bench.store, "me", "SELECT range FROM range(5)", rows=5).more


def test_cells_that_a_spreadsheet_would_run_are_quoted() -> None:
    assert csv_text(["=a"], [["+1"], ["-1"], ["@x"], ["\tx"], ["ok"], [-1.5]]).splitlines() == [
        "'=a", "'+1", "'-1", "'@x", "'\tx", "ok", "-1.5"]  # fmt: skip
