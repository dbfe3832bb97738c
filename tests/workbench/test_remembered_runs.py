"""What a brief need not compute again: runs of the briefs next to its day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel import Workbench
from fitintel.core.records import Athlete, Brief, ImportRecord
from fitintel.core.workouts import COLUMNS
from tests.workbench.test_alerts import AT, LAST, history

REST = LAST + 2
"""a day without a workout, between two of the same week"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home") as made:
        made.store.put_athlete(Athlete("me", "You"))
        record = ImportRecord("i-1", "me", "a.csv", "0" * 64, 1, "table_csv", "1", AT, 0.1, 1, 1, 0, 0, 0)
        made.store.save_import(record, history().select(tuple(COLUMNS)), [])
        yield made


def shared(bench: Workbench, one: Brief, other: Brief) -> list[str]:
    """Algorithms of the runs of both."""
    return [run.algorithm for run in bench.store.runs(sorted(set(one.run_ids) & set(other.run_ids)))]


@pytest.mark.parametrize("day", [REST - 1, REST, REST + 1])
def test_what_the_brief_of_the_day_before_or_after_has_fitted_is_not_fitted_again(bench: Workbench, day: int) -> None:
    first = bench.brief("me", REST)
    opened = bench.open_brief("me", day)
    same = set(first.run_ids) & set(opened.brief.run_ids)
    assert "weekly_forecast" in shared(bench, first, opened.brief)
    kept = {run.id: run for run in bench.store.runs(sorted(same))}
    assert {name: (opened.runs[name].at, opened.runs[name].seconds) for name in same} == {
        name: (run.at, run.seconds) for name, run in kept.items()
    }, "a run that is computed again has another time"


def test_a_damaged_brief_of_the_day_before_changes_nothing(bench: Workbench) -> None:
    before, made = bench.brief("me", LAST - 1), bench.brief("me", LAST)
    store: Any = bench.store
    with store._store._database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE briefs SET value = x'00ff'")
    assert bench.brief("me", LAST).id == made.id
    assert bench.brief("me", LAST - 1).id == before.id
