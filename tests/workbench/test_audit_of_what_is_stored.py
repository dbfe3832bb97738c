"""`audit verify` holds what is stored against the chain: an edited run, brief or result is found and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core import snapshot
from fitintel.core.records import Athlete
from fitintel.core.tampering import Tampering, Verdict
from fitintel.workbench.door import Workbench
from tests.workbench.test_auditing import DAYS


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    (tmp_path / "history.csv").write_text(DAYS)
    with Workbench.open(tmp_path / "home", surface="cli") as opened:
        opened.store.put_athlete(Athlete("anna", "Anna"))
        opened.import_files([tmp_path / "history.csv"], athlete_id="anna")
        opened.brief("anna", "2025-09-27")
        opened.brief("anna", "2025-09-28")
        yield opened


def run(bench: Workbench, statement: str, *values: object) -> None:
    """Write to the database behind fitintel's back."""
    path = bench.settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)
    connection.close()


def said(bench: Workbench) -> list[str]:
    """What is found, all of it of what is stored."""
    verdict = bench.verify_audit(stored=True)
    assert {fault.kind for fault in verdict.faults} <= {Tampering.STORED}
    assert verdict.runs
    return [f"row {fault.number}: {fault.says}" for fault in verdict.faults]


def row_of(bench: Workbench, brief_id: str) -> int:
    return next(row.number for row in bench.store.audit_rows(kind="runs") if row.said["detail"]["brief"] == brief_id)


def test_what_was_left_alone_is_as_it_was_made(bench: Workbench) -> None:
    verdict: Verdict = bench.verify_audit(stored=True)
    assert verdict.whole
    briefs = [bench.store.brief(name) for name, *_ in bench.store.briefs("anna")]
    assert verdict.runs == len({name for one in briefs for name in one.run_ids})
    assert verdict.snapshots > verdict.runs
    assert bench.verify_audit().runs == 0, "only the chain, unless it is asked for"


@pytest.mark.parametrize("column", ["version", "parameters", "inputs", "algorithm"])
def test_a_run_whose_id_no_longer_says_what_it_is_is_named(bench: Workbench, column: str) -> None:
    made = bench.store.brief(bench.store.briefs("anna")[0][0])
    name = next(one.id for one in bench.store.runs(made.run_ids) if one.parameters and one.inputs)
    changed = {"version": "9.9.9", "parameters": '{"x":1}', "inputs": "{}", "algorithm": "pmc"}[column]
    run(bench, f"UPDATE runs SET {column} = ? WHERE id = ?", changed, name)
    found = said(bench)
    assert f"row {row_of(bench, made.id)}: the run {name} of {made.id} was edited: " in found[0]
    assert all(name in one for one in found)


def test_a_result_put_in_the_place_of_another_is_named_though_it_is_a_genuine_one(bench: Workbench) -> None:
    made = bench.store.brief(bench.store.briefs("anna")[0][0])
    first, *_, last = bench.store.runs(made.run_ids)
    assert first.output != last.output
    run(bench, "UPDATE runs SET output = ? WHERE id = ?", last.output, first.id)
    assert said(bench)[0] == (f"row {row_of(bench, made.id)}: the run {first.id} of {made.id} was edited: "
                              "its result is not what its inputs give")  # fmt: skip


def test_a_run_and_a_brief_that_were_removed_are_named(bench: Workbench) -> None:
    (first, *_), (second, *_) = bench.store.briefs("anna")
    name = next(iter(set(bench.store.brief(second).run_ids) - set(bench.store.brief(first).run_ids)))
    run(bench, "DELETE FROM runs WHERE id = ?", name)
    assert said(bench) == [f"row {row_of(bench, second)}: the run {name} of {second} is missing"]
    run(bench, "DELETE FROM briefs WHERE id = ?", first)
    assert f"row {row_of(bench, first)}: the brief {first} is missing" in said(bench)


def test_a_brief_that_says_something_else_is_named_and_no_cache_hides_it(bench: Workbench) -> None:
    name = bench.store.briefs("anna")[0][0]
    bench.store.brief(name)
    data = bench.store.kept_brief(name)
    assert data is not None
    run(bench, "UPDATE briefs SET value = ? WHERE id = ?", snapshot.pack(data.replace(b"2", b"3")), name)
    assert f"row {row_of(bench, name)}: the brief {name} was edited: it is not what was made" in said(bench)
    run(bench, "UPDATE briefs SET value = ? WHERE id = ?", b"no brief", name)
    assert f"row {row_of(bench, name)}: the brief {name} was edited: it is not what was made" in said(bench)


def test_a_changed_or_missing_result_is_named_with_its_run(bench: Workbench) -> None:
    made = bench.store.brief(bench.store.briefs("anna")[0][0])
    one, *_, other = bench.store.runs(made.run_ids)
    folder = Path(bench.settings.files_url.removeprefix("file://"))
    (file,) = folder.rglob(one.output)
    file.write_bytes(snapshot.pack(b'{"x":1}'))
    (file,) = folder.rglob(other.output)
    file.unlink()
    found = said(bench)
    assert any(one.output in line and "does not match its hash" in line for line in found)
    assert any(other.output in line and line.endswith("is missing") for line in found)
    assert len(found) == 2


def test_briefs_that_went_with_their_athlete_are_counted_and_no_finding(bench: Workbench) -> None:
    for table in ("briefs", "athletes"):
        run(bench, f"DELETE FROM {table} WHERE {'id' if table == 'athletes' else 'athlete_id'} = ?", "anna")
    verdict = bench.verify_audit(stored=True)
    assert (verdict.whole, verdict.gone) == (True, 2)
