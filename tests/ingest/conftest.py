"""A store, a file store and an athlete, and a way to import text as if it were a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.records import Athlete, Problem
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.ingest.report import ImportReport
from fitintel.storage import open_blobs, open_store
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.importing import import_files

TODAY = days.number(days.date(2025, 10, 8))


@dataclass
class Desk:
    store: Store
    blobs: Blobs
    folder: Path

    def file(self, content: str | bytes, name: str = "table.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(
        self, content: str | bytes, name: str = "table.csv", *, athlete: str = "ann", **options: Any
    ) -> ImportReport:
        options.setdefault("today", TODAY)
        (report,) = import_files(self.store, self.blobs, athlete, [self.file(content, name)], **options)
        return report

    def workouts(self, athlete: str = "ann") -> Workouts:
        return self.store.workouts(athlete, columns=list(COLUMNS))

    def facts(self, athlete: str = "ann") -> list[dict[str, Any]]:
        """The stored workouts without what depends on the act of importing."""
        return [
            {name: value for name, value in row.items() if name not in ("import_id", "row")}
            for row in self.workouts(athlete).rows()
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = open_store("sqlite://")
    for name in ("ann", "bob"):
        store.put_athlete(Athlete(id=name, name=name.title()))
    files = tmp_path / "in"
    files.mkdir()
    yield Desk(store, open_blobs(f"file://{tmp_path / 'files'}"), files)
    store.close()


def adds_up(report: ImportReport) -> bool:
    record = report.record
    return record.read == record.imported + record.warned + record.duplicate + record.quarantined


def rules(report: ImportReport) -> list[tuple[int, str, str]]:
    """(row, column, rule) of every problem."""
    return [(problem.row, problem.column, problem.rule) for problem in report.problems]


def problem(report: ImportReport, rule: str) -> Problem:
    """The one problem of that rule."""
    (found,) = [each for each in report.problems if each.rule == rule]
    return found


@pytest.fixture
def said() -> Any:
    """The helpers `adds_up`, `rules` and `problem`, as attributes."""

    class Said:
        pass

    Said.adds_up, Said.rules, Said.problem = staticmethod(adds_up), staticmethod(rules), staticmethod(problem)  # type: ignore[attr-defined]
    return Said
