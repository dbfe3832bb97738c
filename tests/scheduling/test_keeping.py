"""The process that keeps looking: it stops when told, goes on after trouble, and makes real briefs."""

from __future__ import annotations

import configparser
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core import days
from fitintel.core.errors import StorageUnavailable, UsageError
from fitintel.core.mornings import Morning
from fitintel.core.preferences import Preferences
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from fitintel.workbench.scheduling import units
from fitintel.workbench.scheduling.keeping import keep, told_to_stop
from fitintel.workbench.scheduling.looking import Batch, Wishes
from tests.scheduling.conftest import Clock, opened

WISHES = Wishes(brief_files, track=False)


def test_it_looks_at_once_and_stops_when_it_is_told(home: Path) -> None:
    stop, told = threading.Event(), list[Batch]()

    def tell(batch: Batch) -> None:
        told.append(batch)
        if sum(len(each.athletes) for each in told) == 3:
            stop.set()

    with opened(home) as bench:
        keep(bench, WISHES, tell=tell, trouble=pytest.fail, stop=stop, clock=Clock("2026-06-01 18:00"))
    assert sorted(name for batch in told for name in batch.athletes) == ["ann", "bob", "cid"]


def test_trouble_is_told_and_the_next_look_comes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, troubles, looks = threading.Event(), list[str](), 0

    def broken(*_: object, **__: object) -> list[Batch]:
        nonlocal looks
        looks += 1
        if looks == 2:
            stop.set()
            return []
        raise StorageUnavailable("The database is away")

    monkeypatch.setattr("fitintel.workbench.scheduling.keeping.look", broken)
    with opened(home) as bench:
        keep(bench, WISHES, every=1, tell=pytest.fail, stop=stop,
             trouble=lambda error: troubles.append(error.what))  # fmt: skip
    assert (troubles, looks) == (["The database is away"], 2)


def test_what_nobody_can_act_on_stops_it_and_is_raised(home: Path) -> None:
    def breaks() -> None:
        raise ZeroDivisionError

    with opened(home) as bench:
        bench.during = breaks
        with pytest.raises(ZeroDivisionError):
            keep(bench, WISHES, tell=pytest.fail, trouble=pytest.fail, clock=Clock("2026-06-01 18:00"))


def test_a_look_more_often_than_each_second_is_refused(home: Path) -> None:
    with opened(home) as bench, pytest.raises(UsageError):
        keep(bench, WISHES, every=0, tell=print, trouble=print)


@pytest.fixture
def due_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one athlete whose morning has come."""
    folder = tmp_path / "home"
    monkeypatch.setenv("FITINTEL_HOME", str(folder))
    rows = [f"{days.iso(days.today() - back)},run,45,9" for back in range(2, 60, 2)]
    path = tmp_path / "ann.csv"
    path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    with Workbench.open(folder) as bench:
        bench.import_files([path], athlete_id="ann")
        bench.vault.put_preferences(Preferences("ann", morning="00:00"))
    return folder


def test_a_look_makes_the_brief_and_the_next_has_nothing_to_do(due_now: Path) -> None:
    with Workbench.open() as bench:
        (batch,) = bench.look(brief_files, workers=1, track=False)
        assert batch.exit_code == 0
    pages = {path.suffix for path in (due_now / "briefs" / "ann").iterdir()}
    assert {".html", ".json", ".txt"} <= pages
    runner = CliRunner()
    second = runner.invoke(app, ["schedule", "once"])
    assert (second.exit_code, second.output) == (0, "Nobody's morning has come since the last look.\n")
    (shown,) = json.loads(runner.invoke(app, ["schedule", "show", "--json"]).output)
    assert (shown["athlete"], shown["newest"], shown["state"]) == ("ann", days.iso(days.today()), "made")


def test_a_signal_finishes_the_batch_under_way(home: Path) -> None:
    told = list[Batch]()
    with opened(home) as bench, told_to_stop() as stop:

        def during() -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            # the main thread handles it; a second signal would interrupt at once
            assert stop.wait(60)

        bench.during = during
        one = replace(WISHES, at_once=1)
        keep(bench, one, tell=told.append, trouble=pytest.fail, stop=stop, clock=Clock("2026-06-01 18:00"))
        assert [batch.exit_code for batch in told] == [0]
        assert [turn.state for turn in bench.vault.turns().values()] == [Morning.MADE]


def test_the_command_ends_gracefully_when_the_system_stops_it(due_now: Path) -> None:
    command = [sys.executable, "-m", "fitintel", "schedule", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1,
                          env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:  # fmt: skip
        assert process.stdout is not None
        assert "morning" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        assert process.wait(120) == 0
    assert rest.endswith("Stopped.\n")
    with Workbench.open(due_now) as bench:
        assert all(turn.state is Morning.MADE for turn in bench.vault.turns().values()), "nothing is left half done"


def test_what_is_printed_for_systemd_is_a_unit() -> None:
    text = units.systemd(["/opt/my fit/fitintel"], Path("/srv/100% fit/var"), Path("/srv/100% fit"))
    unit = configparser.RawConfigParser(strict=True)
    unit.read_string(text)
    assert unit["Service"]["ExecStart"] == '"/opt/my fit/fitintel" schedule'
    assert unit["Service"]["Environment"] == '"FITINTEL_HOME=/srv/100%% fit/var"'
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_one_of_cron_and_systemd_is_printed() -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["schedule", "print", "--cron"]).output.startswith("*/10 * * * * cd ")
    for wrong in ([], ["--cron", "--systemd"]):
        assert isinstance(runner.invoke(app, ["schedule", "print", *wrong]).exception, UsageError)
