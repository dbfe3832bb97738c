"""Athletes made together leave what each leaves alone: briefs, runs, what was told, events and the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import StorageUnavailable
from fitintel.core.nights import Done, Step
from fitintel.storage.sql_made import SqlMade
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly.athlete import Night, Some, Task
from fitintel.workbench.nightly.some import make
from tests.fleet.conftest import LAST, files

FleetOf = Callable[..., Path]
DAYS = (LAST - 8, LAST - 1, LAST)


def together(home: Path, day: int) -> list[Any]:
    with Workbench.open(home) as bench:
        night = Night(bench.settings, bench.actor, day, bench.settings.briefs, brief_files, None, 60, None)
        return make(Some(night, tuple(Task(one.id, "inputs") for one in bench.athletes())))


def left(home: Path) -> dict[str, Any]:
    """What is kept, but for times."""
    with Workbench.open(home) as bench:
        found: dict[str, Any] = {}
        for one in bench.athletes():
            briefs = [bench.store.brief(brief_id) for brief_id, *_ in bench.store.briefs(one.id)]
            found[one.id] = {
                "briefs": sorted((made.day, made.id, made.run_ids) for made in briefs),
                "runs": sorted((run.id, run.output) for made in briefs for run in bench.store.runs(made.run_ids)),
                "told": bench.store.told(one.id),
            }
        found["executed"] = sorted((one.brief_id, one.algorithm, one.runs, one.insufficient, sorted(one.inputs.items()))
                                   for one in bench.store.executed())  # fmt: skip
        found["expected"] = sorted(map(repr, bench.store.expected()))
        found["events"] = sorted((one.kind, one.athlete_id, str(one.detail)) for one in bench.store.events(0))
        found["untracked"] = sorted(bench.store.untracked())
        found["noted"] = sorted((row.kind, row.subject) for row in bench.store.audit_rows())
        assert bench.audit.verify().whole
        return found


def test_what_is_kept_and_written_is_what_each_would_leave_alone(fleet_of: FleetOf) -> None:
    one, other = fleet_of(3, name="one"), fleet_of(3, name="other")
    with Workbench.open(other) as bench:
        for day in DAYS:
            for athlete in bench.athletes():
                bench.open_brief(athlete.id, day)
    for day in DAYS:
        assert {row.done for row in together(one, day)} == {Done.MADE}
    assert left(one) == left(other)
    before = files(one / "briefs")
    # what is there already is not doubled; that it was read again is noted
    together(one, LAST)
    again, expected = left(one), left(other)
    assert len(again.pop("noted")) == len(expected.pop("noted")) + 3
    assert again == expected
    assert files(one / "briefs") == before


def test_nothing_is_shown_that_could_not_be_kept(fleet_of: FleetOf, monkeypatch: pytest.MonkeyPatch) -> None:
    home = fleet_of(2, weeks=6)

    def away(*_: object, **__: object) -> None:
        raise StorageUnavailable("The database is away", next="start it")

    with monkeypatch.context() as patched:
        patched.setattr(SqlMade, "save_briefs", away)
        rows = together(home, LAST)
    assert {(row.done, row.step, row.what) for row in rows} == {(Done.FAILED, Step.BRIEF, "The database is away")}
    assert not (home / "briefs").exists()
    assert {row.done for row in together(home, LAST)} == {Done.MADE}
    assert len(files(home / "briefs")) == 6
