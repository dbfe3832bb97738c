"""fitintel explain and replay, from the command line to the rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.records import Athlete, Brief
from fitintel.intelligence import registry
from fitintel.intelligence.brief import compose
from fitintel.views.explained import explained_text, formula, put_in
from fitintel.views.runs import run_text
from fitintel.workbench.door import Workbench

HISTORY = "Date,Activity,Distance (km),Duration\n" + "".join(
    f"2025-{month:02d}-{day:02d},Run,{5 + day % 3 + month / 10},{1800 + 60 * day}\n"
    for month in range(3, 10)
    for day in range(1, 29, 3)
)
DAY = "2025-09-28"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    file = tmp_path / "history.csv"
    file.write_text(HISTORY)
    with Workbench.open(tmp_path / "home") as opened:
        opened.store.put_athlete(Athlete("anna", "Anna"))
        opened.import_files([file], athlete_id="anna", workers=1)
        yield opened


def line_of(made: Brief, code: str) -> str:
    return f"{made.id}/{[each.code for each in made.insights].index(code) + 1}"


def cli(home: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(arguments), env={"FITINTEL_HOME": str(home)})
    assert done.exit_code == code, done.output
    return done.output


def test_a_line_leads_to_its_runs_formula_figures_and_rows(bench: Workbench) -> None:
    made = bench.brief("anna", DAY)
    text = explained_text(bench.explain(line_of(made, "load_state")))
    for part in ("FIGURES", "ctl = ", "pmc.ctl[", "RUN 1 of", "formula", "CTL_d = CTL_{d-1}", "parameter ctl_days = 42",
                 "source ", "history.csv row 7", "sha256"):  # fmt: skip
        assert part in text, part


def test_a_line_is_found_by_number_by_key_and_by_code(bench: Workbench) -> None:
    made = bench.brief("anna", DAY)
    asked = line_of(made, "load_state")
    number = asked.rpartition("/")[2]
    found = [bench.explain(name, "anna").insight for name in (asked, number, "load_state")]
    assert [each.code for each in found if each is not None] == ["load_state"] * 3
    for wrong in ("no_such_line", f"{made.id}/9999", "b-none/1"):
        with pytest.raises(NotFound):
            bench.explain(wrong, "anna")


def test_a_run_is_explained_without_naming_the_athlete(bench: Workbench) -> None:
    made = bench.brief("anna", DAY)
    run = next(run for run in bench.store.runs(made.run_ids) if run.algorithm == "pmc")
    found = bench.explain(run.id)
    assert found.athlete is not None
    assert (found.athlete.id, found.insight, found.total) == ("anna", None, len(bench.workouts("anna")))
    assert [record.file_name for record, _ in found.imports] == ["history.csv"]


def test_numbers_are_put_into_the_formula(bench: Workbench) -> None:
    made = bench.brief("anna", DAY)
    steps = {step.run.algorithm: step for each in range(1, len(made.insights) + 1)
             for step in bench.explain(f"{made.id}/{each}").steps}  # fmt: skip
    assert all(formula(step.doc) for step in steps.values())
    assert put_in(_step("As in the source: `y = a * b`.", {"b": 2.0}, steps["pmc"])) == ["y = a * b: y = a * 2"]
    assert put_in(_step("`a = b`.", {"b": [1, 2]}, steps["pmc"])) == []


def _step(doc: str, parameters: dict[str, Any], like: Any) -> Any:
    from dataclasses import replace

    return replace(like, doc=f"Title.\n\n{doc}", run=replace(like.run, parameters=parameters), inputs=(), result=0.0)


def test_the_notebook_cell_computes_the_figure_again(bench: Workbench, tmp_path: Path) -> None:
    made = bench.brief("anna", DAY)
    found = bench.explain(line_of(made, "load_state"))
    path = bench.explain_notebook(found, tmp_path / "again.ipynb")
    code = json.loads(path.read_text())["cells"][1]["source"]
    assert code == bench.explain_cell(found)
    names: dict[str, Any] = {}
    code = code.replace("Workbench.open(", f"Workbench.open({str(bench.settings.home)!r}, ")
    exec(compile(code, "cell", "exec"), names)
    assert (names["value"]["ctl"] == found.steps[0].result["ctl"]).all()
    with pytest.raises(UsageError):
        bench.explain_notebook(found, tmp_path / "nowhere" / "again.ipynb")


def test_explain_and_audit_speak_json_on_the_command_line(bench: Workbench) -> None:
    made = bench.brief("anna", DAY)
    home = bench.settings.home
    document = json.loads(cli(home, "explain", line_of(made, "load_state"), "--json"))
    assert document["insight"]["code"] == "load_state"
    assert all(figure["where"] for figure in document["figures"])
    assert document["runs"][0]["formula"]
    assert document["rows"][-1]["file"] == "history.csv"
    listed = json.loads(cli(home, "audit", "list", "--json"))
    assert (listed[-1]["what"], listed[-1]["subject"], listed[-1]["surface"]) == ("explain", "anna", "cli")
    assert json.loads(cli(home, "audit", "verify", "--json"))["whole"] is True
    assert "anchored" in cli(home, "audit", "anchor")
    store: Any = bench.store
    with store._store._database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_is_never_changed")
        connection.exec_driver_sql("UPDATE audit SET subject = 'nobody' WHERE number = 2")
    assert "row 2: edit" in cli(home, "audit", "verify", code=1)


def test_replay_says_what_a_newer_version_makes_of_the_same_inputs(bench: Workbench) -> None:
    old = registry.versions("pmc")[0]
    made = compose(bench.athlete("anna"), bench.workouts("anna"), 20359, champions={"pmc": old})
    bench.blobs.put_many("snapshots", made.journal.snapshots)
    bench.store.save_brief(made.brief, list(made.journal.runs.values()))
    run = next(run for run in made.journal.runs.values() if run.algorithm == "pmc" and run.version == old)
    found = bench.replay_run(run.id)
    assert [newer.version for newer in found.newer] == list(registry.versions("pmc")[1:])
    text = run_text(found)
    assert f"Computed again by pmc {old}: the same, bit for bit." in text
    assert f"On the same inputs pmc {found.current} (in use now) gives: " in text


def test_replay_says_that_the_workouts_were_corrected_since(bench: Workbench, tmp_path: Path) -> None:
    made = bench.brief("anna", DAY)
    run = next(run for run in bench.store.runs(made.run_ids) if run.algorithm == "pmc")
    assert "unchanged since" in run_text(bench.replay_run(run.id))
    more = tmp_path / "more.csv"
    more.write_text("Date,Activity,Distance (km),Duration\n2025-08-02,Run,12.5,3900\n")
    bench.import_files([more], athlete_id="anna", workers=1)
    found = bench.replay_run(run.id)
    assert (found.changed["added"], found.changed["removed"]) == (1, 0)
    assert "have since been: 1 added" in run_text(found)
