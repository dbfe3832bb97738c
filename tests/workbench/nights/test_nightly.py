"""A night: everybody's brief, nothing twice, and nobody's failure another's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core import days
from fitintel.core.errors import NotFound, UnknownName
from fitintel.core.nights import Done, Step
from fitintel.views.files import brief_files
from fitintel.views.nights import night_view
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly.pool import spread
from tests.workbench.nights.conftest import LAST
from tests.workbench.nights.faults import planted

SquadOf = Callable[..., Path]
FAULTS = {"raises": Step.NOTEBOOK, "hangs": Step.NOTEBOOK, "hungry": Step.NOTEBOOK, "bad": Step.PAGE,
          "missing": Step.WORKER, "dies": Step.WORKER}  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_everybodys_brief_is_made_and_says_what_the_brief_says(squad_of: SquadOf) -> None:
    with Workbench.open(squad_of("ann", "bob", "cid")) as bench:
        report = bench.nightly(brief_files, day=LAST, workers=2, track=False)
        assert [one.athlete_id for one in report.athletes] == ["ann", "bob", "cid"]
        assert {one.done for one in report.athletes} == {Done.MADE}
        assert report.exit_code == 0
        made = files(bench.settings.briefs)
        stem = f"ann/ann-{days.iso(LAST)}"
        assert {f"{stem}.html", f"{stem}.json", f"{stem}.txt"} <= set(made)
        view = view_of(bench.open_brief("ann", LAST))
        assert json.loads(made[f"{stem}.json"]) == json.loads(json.dumps(view.as_dict(), default=str))
        assert b"<!doctype html>" in made[f"{stem}.html"]


def test_who_has_nothing_new_keeps_the_same_bytes_and_only_who_has_is_made_again(squad_of: SquadOf) -> None:
    with Workbench.open(squad_of("ann", "bob", "cid")) as bench:
        bench.nightly(brief_files, day=LAST, workers=2, track=False)
        before, ledger = files(bench.settings.briefs), bench.night(LAST)
        again = bench.nightly(brief_files, day=LAST, workers=2, track=False)
        assert {one.done for one in again.athletes} == {Done.UNCHANGED}
        assert files(bench.settings.briefs) == before
        assert bench.night(LAST) == ledger
        bench.state("goal", athlete_id="bob", kind="training_days", value="4", valid_from=days.iso(LAST - 30))
        third = bench.nightly(brief_files, day=LAST, workers=2, track=False)
        assert [one.done for one in third.athletes] == [Done.UNCHANGED, Done.MADE, Done.UNCHANGED]
        after = files(bench.settings.briefs)
        assert {name.split("/")[0] for name in after if after[name] != before.get(name)} == {"bob"}


def test_a_file_that_was_lost_is_made_again_with_the_same_bytes(squad_of: SquadOf) -> None:
    with Workbench.open(squad_of("ann")) as bench:
        bench.nightly(brief_files, day=LAST, workers=1, track=False)
        before = files(bench.settings.briefs)
        (bench.settings.briefs / "ann" / f"ann-{days.iso(LAST)}.html").unlink()
        bench.nightly(brief_files, day=LAST, workers=1, track=False)
        assert files(bench.settings.briefs) == before


def test_each_failure_is_one_athletes_and_is_told_with_its_step(squad_of: SquadOf, notebook: Path) -> None:
    well = [f"a{n:02d}" for n in range(6)]
    with Workbench.open(squad_of(*well, *(f"z-{fault}" for fault in FAULTS))) as bench:
        report = bench.nightly(planted, day=LAST, notebooks="all", workers=2, notebook=notebook, timeout=15,
                               track=False, memory=512 * 1024 * 1024)  # fmt: skip
        ended = {one.athlete_id: one for one in report.athletes}
        assert {name for name, one in ended.items() if one.done is Done.MADE} == set(well)
        assert {name: one.step for name, one in ended.items() if one.done is Done.FAILED} == {
            f"z-{fault}": step for fault, step in FAULTS.items()
        }
        assert report.exit_code == 3
        for name in well:
            executed = (bench.settings.briefs / name / f"{name}-{days.iso(LAST)}.ipynb").read_text()
            assert f"{name} {days.iso(LAST)}" in executed
        said = "\n".join(one.text() for one in night_view(report).failures)
        for words in ("planted", "timed out", "MemoryError", "mend the data", "KeyError", "z-dies"):
            assert words in said
        assert "model" in (bench.settings.home / "night.log").read_text()
        # the others are not made again, those that failed are tried again
        again = bench.nightly(brief_files, day=LAST, workers=2, track=False)
        assert {one.athlete_id for one in again.athletes if one.done is Done.UNCHANGED} == set(well)
        assert again.exit_code == 0


def test_the_command_tells_progress_failures_and_where_the_files_are(
    squad_of: SquadOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FITINTEL_HOME", str(squad_of("ann", "bob")))
    run = CliRunner().invoke(app, ["nightly", "--day", days.iso(LAST), "--workers", "1"])
    assert run.exit_code == 0
    assert "2 briefs made, 0 unchanged, 0 failed" in run.output
    asked = CliRunner().invoke(app, ["nightly", "--day", days.iso(LAST), "-a", "bob", "--json"])
    document = json.loads(asked.output)
    assert (document["made"], document["unchanged"], document["failed"]) == (0, 1, 0)
    assert [one["athlete"] for one in document["athletes"]] == ["bob"]


def test_an_unknown_athlete_or_choice_is_refused_before_anything_is_made(squad_of: SquadOf) -> None:
    with Workbench.open(squad_of("ann")) as bench:
        with pytest.raises(NotFound):
            bench.nightly(brief_files, day=LAST, athletes=["ann", "nobody"])
        with pytest.raises(UnknownName):
            bench.nightly(brief_files, day=LAST, notebooks="some")
        assert bench.night(LAST) == ()


def square(number: int) -> int:
    if number == 7:
        import os

        os.kill(os.getpid(), 9)
    if number == 3:
        raise ValueError("three")
    return number * number


def test_a_process_that_dies_costs_only_the_work_that_killed_it() -> None:
    found = dict(spread(square, range(12), 2))
    assert {n: r for n, r in found.items() if not isinstance(r, BaseException)} == {
        n: n * n for n in range(12) if n not in (3, 7)
    }
    assert isinstance(found[3], ValueError)
    assert type(found[7]).__name__ == "BrokenProcessPool"
