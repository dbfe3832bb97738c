"""What goes into the audit chain: each reading of an athlete's data once, the runs of a brief, exports, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.access.actor import LOCAL_OWNER, Actor, Role
from fitintel.core import snapshot
from fitintel.core.audit import Kind
from fitintel.core.errors import NotAllowed, UnknownName
from fitintel.core.records import Athlete
from fitintel.storage import anchors, encode
from fitintel.workbench import auditing
from fitintel.workbench.door import Workbench

DAYS = "Date,Activity,Distance (km),Duration\n" + "".join(
    f"2025-09-{day:02d},Run,{5 + day % 3},{1800 + 60 * day}\n" for day in range(1, 29)
)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    file = tmp_path / "history.csv"
    file.write_text(DAYS)
    with Workbench.open(tmp_path / "home", surface="cli") as opened:
        opened.store.put_athlete(Athlete("anna", "Anna"))
        opened.import_files([file], athlete_id="anna")
        yield opened


def rows(bench: Workbench, kind: str | None = None) -> list[dict[str, Any]]:
    return [row.said for row in bench.audit_rows(kind=kind)]


def test_every_reading_of_a_scripted_day_has_exactly_one_row(bench: Workbench, tmp_path: Path) -> None:
    before = len(rows(bench, "access"))
    script: list[tuple[str, Any]] = [
        ("open_brief", lambda: bench.open_brief("anna", "2025-09-28")),
        ("workouts", lambda: bench.workouts("anna")),
        ("latest_workouts", lambda: bench.latest_workouts("anna", 3)),
        ("wellness", lambda: bench.wellness("anna")),
        ("labels", lambda: bench.labels("anna")),
        ("alerts", lambda: bench.alerts("anna")),
        ("stated", lambda: bench.stated("threshold", "anna")),
        ("export", lambda: bench.export(tmp_path / "anna.zip", "anna")),
    ]
    for _, verb in script:
        verb()
    found = rows(bench, "access")[before:]
    assert [row["what"] for row in found] == [name for name, _ in script]
    assert {(row["actor"], row["subject"], row["surface"], row["outcome"], row["why"]) for row in found} == {
        ("local-owner", "anna", "cli", "done", "own use")
    }
    assert [row["at"] for row in found] == sorted(row["at"] for row in found)
    assert bench.verify_audit().whole


def test_a_run_and_a_value_are_read_under_their_own_ids(bench: Workbench) -> None:
    made = bench.brief("anna", "2025-09-28")
    run = bench.run(made.run_ids[0])
    bench.value(run.output)
    bench.replay(run.id)
    found = [(row["what"], row["subject"]) for row in rows(bench, "access")[-3:]]
    assert found == [("run", run.id), ("value", run.output), ("replay", run.id)]


def test_the_runs_of_a_brief_are_one_row_that_holds_their_results(bench: Workbench) -> None:
    made = bench.brief("anna", "2025-09-28")
    bench.brief("anna", "2025-09-28")
    (row,) = rows(bench, "runs")
    runs = bench.store.runs(made.run_ids)
    assert row["subject"] == "anna"
    assert row["detail"] == {
        "brief": made.id, "day": made.day, "count": len(runs),
        "runs": snapshot.digest(sorted([run.id, run.output] for run in runs)),
        "said": snapshot.digest_of(encode.brief_bytes(made)),
    }  # fmt: skip


def test_an_export_is_noted_beside_the_reading(bench: Workbench, tmp_path: Path) -> None:
    made = bench.export(tmp_path / "anna.zip", "anna")
    (row,) = rows(bench, "export")
    assert (row["subject"], row["detail"]) == ("anna", {"file": "anna.zip", "size": made.size})


def test_what_may_not_be_read_is_noted_as_refused(bench: Workbench) -> None:
    stranger = Workbench(bench.settings, Actor("eve", frozenset({Role.COACH})), surface="rest")
    with stranger, pytest.raises(NotAllowed):
        stranger.workouts("anna")
    last = rows(bench, "access")[-1]
    assert (last["actor"], last["subject"], last["surface"], last["outcome"]) == ("eve", "anna", "rest", "refused")


def test_a_reading_that_fails_hands_out_nothing_and_leaves_no_row(bench: Workbench) -> None:
    before = rows(bench)
    with pytest.raises(UnknownName):
        bench.workouts("anna", columns=("no_such_column",))
    assert rows(bench) == before


def test_what_cannot_be_noted_is_not_handed_out(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(bench.audit, "add", broken)
    with pytest.raises(OSError, match="disk is full"):
        bench.workouts("anna")


def test_consent_and_policy_changes_are_noted(bench: Workbench) -> None:
    bench.note_consent("anna", "withdrawn", "asked by mail", {"for": "research"})
    bench.note_policy("access", "changed", "coaches see wellness", {"from": "none", "to": "read"})
    consent, policy = rows(bench)[-2:]
    assert (consent["kind"], consent["subject"], consent["what"], consent["detail"]) == (
        "consent", "anna", "withdrawn", {"for": "research"},
    )  # fmt: skip
    assert (policy["kind"], policy["subject"], policy["why"]) == ("policy", "access", "coaches see wellness")
    with pytest.raises(UnknownName, match="kind of audit row"):
        bench.audit_rows(kind="gossip")
    assert {kind.value for kind in Kind} >= {"runs", "access", "export", "promotion", "consent", "policy"}


def test_the_end_is_anchored_at_first_use_then_by_rows_or_time(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bench.settings.audit_anchors
    bench.workouts("anna")
    assert [one.number for one in anchors.read(folder)] == [1], "at first use, and not again at once"
    bench.workouts("anna")
    assert len(anchors.read(folder)) == 1
    monkeypatch.setattr(auditing, "ANCHOR_ROWS", 2)
    bench.workouts("anna")
    assert [one.number for one in anchors.read(folder)] == [1, 3]
    monkeypatch.setattr(auditing, "ANCHOR_SECONDS", 0.0)
    bench.workouts("anna")
    made = bench.anchor_audit()
    assert [one.number for one in anchors.read(folder)] == [1, 3, 4, 4]
    assert made.path.parent == folder
    assert bench.verify_audit().anchors == 4


def test_python_and_notebooks_are_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys
    import types

    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    with Workbench.open(tmp_path, actor=LOCAL_OWNER) as bench:
        assert bench.entry("access", "anna", "workouts").surface == "python"
        monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
        assert bench.entry("access", "anna", "workouts").surface == "notebook"
