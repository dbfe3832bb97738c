"""Every case of the catalogue of bad inputs ends as it should, and the good files around it are in."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.records import Athlete, Outcome
from fitintel.core.rules import RULES
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.report import ImportReport
from fitintel.ingest.text import MAX_FILE
from fitintel.views.imports import import_text
from fitintel.workbench.door import Workbench
from tests.badinputs import any as any_
from tests.badinputs import apple, archive, csv, fit, jsn, scope, xml
from tests.badinputs.case import Case, generated
from tests.badinputs.classes import CLASS, without_class
from tests.ingest.fit import encoder

TODAY = 20_369
"""8 October 2025"""
GENERATED = generated(any_, csv, fit, xml, archive, apple, jsn)
SAID = re.compile(r"Traceback|File \"|\bSELECT\b|\bINSERT INTO\b|sqlalchemy|sqlite3\.|/tmp/|/home/|Error\(")
ACT = ("import_id", "row")
BEFORE = b"date,sport,duration (min),distance (km)\n2023-01-01,Run,30,5\n"
AFTER = {
    True: ("after.fit", encoder.ride(60, start=encoder.START + 40_000_000)),
    False: ("after.csv", BEFORE.replace(b"2023", b"2022")),
}
"""a recorded file behind a recorded one: the same child reads both"""
CASES = [
    pytest.param(case, marks=[pytest.mark.slow] if case.slow else [], id="-".join(filter(None, (name, case.variant))))
    for name, generator in GENERATED.items()
    for case in generator()
]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with an athlete, to be copied."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    with Workbench.open(home) as bench:
        bench.store.put_athlete(Athlete("me", "You"))
    return home


@pytest.fixture
def bench(migrated: Path, tmp_path: Path) -> Any:
    shutil.copytree(migrated, tmp_path / "home")
    with Workbench.open(tmp_path / "home") as opened:
        yield opened


def facts(bench: Workbench, without: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What is stored, without what depends on the act of importing."""
    return sorted(
        (
            {name: value for name, value in row.items() if name not in ACT}
            for row in bench.store.workouts("me", columns=list(COLUMNS)).rows()
            if row["import_id"] not in without
        ),
        key=str,
    )


def classes(reports: Sequence[ImportReport]) -> set[str]:
    """Classes of all that was found."""
    return {CLASS[p.rule] for report in reports for p in report.problems if p.rule in CLASS}


def written(folder: Path, case: Case) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / case.name
    path.write_bytes(case.bytes())
    return path


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_ends_as_listed_and_the_good_files_around_it_are_in(
    bench: Workbench, tmp_path: Path, case: Case
) -> None:
    bad = written(tmp_path / "in", case)
    name, content = AFTER[not case.name.endswith(".csv")]
    before, after = tmp_path / "before.csv", tmp_path / name
    before.write_bytes(BEFORE)
    after.write_bytes(content)
    first, *theirs, last = bench.import_files([before, bad, after], athlete_id="me", today=TODAY, workers=1,
                                              **case.options)  # fmt: skip

    # outcome and classes, nothing else, and never a fault of our own
    gravest = max((report.outcome for report in theirs), key=_gravity)
    said = "\n".join(f"{report.error or ''} " + " ".join(f"{p.rule} {p.value} {p.detail}" for p in report.problems)
                     for report in theirs)  # fmt: skip
    assert (gravest, classes(theirs)) == (case.outcome, case.classes), said[:3000]

    # the good files are in, and of the bad one what is listed
    assert (first.record.imported, last.record.imported + last.record.warned) == (1, 1)
    good = [first.record.id, last.record.id]
    assert len(facts(bench, good)) == case.workouts
    assert len(facts(bench)) == case.workouts + 2
    for column, values in case.holds.items():
        assert set(values) <= {row[column] for row in facts(bench, good)}

    # one ledger row each, with what was read, how, when and by which reader
    ledger = bench.store.imports("me")
    assert len(ledger) == 2 + 1 + case.members
    own = theirs[-1].record
    data = bad.read_bytes()
    assert (own.sha256, own.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert own.at.tzinfo is not None
    assert own.seconds >= 0.0
    assert own.source_version or own.profile["readers"]
    assert {name: getattr(own, name) for name in case.counts} == case.counts
    if len(data) <= MAX_FILE:
        assert bench.blobs.get("raw", own.sha256) == data

    # what is said has a place, a rule with a next step, and nothing of our insides
    for word in case.says:
        assert word in said
    for report in theirs:
        _is_plain(report, tmp_path)

    # the same again: nothing is added, and what waits still waits, once
    stored, waiting = facts(bench), _waiting(bench)
    again = bench.import_files([bad], athlete_id="me", today=TODAY, workers=1, **case.options)
    assert facts(bench) == stored
    assert _waiting(bench) == waiting
    if not case.members and case.outcome is Outcome.QUARANTINED and not case.workouts:
        assert [(report.outcome, report.by_rule()) for report in again] == [
            (report.outcome, report.by_rule()) for report in theirs
        ]
    assert not sum(report.record.imported + report.record.warned for report in again)


def _waiting(bench: Workbench) -> list[tuple[Any, ...]]:
    found = bench.quarantine("me")
    return sorted((p.id, p.row, p.line, p.column, p.rule, p.value, p.detail) for p in found)


def _gravity(outcome: Outcome) -> int:
    return [Outcome.DUPLICATE, Outcome.IMPORTED, Outcome.WARNED, Outcome.QUARANTINED].index(outcome)


def _is_plain(report: ImportReport, folder: Path) -> None:
    texts = [p.detail for p in report.problems] + [p.value for p in report.problems]
    if report.error is not None:
        texts.append(str(report.error))
        assert report.error.where
        assert report.error.next
        assert re.search(r"\d|'", str(report.error)) or report.record.file_name in str(report.error)
    for text in texts:
        assert len(text) <= 500, text
    for text in (*texts, import_text(report)):
        assert str(folder) not in text
        assert not SAID.search(text), text
        assert "\0" not in text
    for problem in report.problems:
        assert RULES[problem.rule].todo
        assert problem.row > 0 or problem.line >= 0


def test_every_rule_that_is_no_note_has_a_class() -> None:
    assert without_class() == set()


def test_every_case_is_generated_or_told_why_not() -> None:
    parts = (set(GENERATED), set(scope.TOGETHER), set(scope.ELSEWHERE), set(scope.OUT_OF_SCOPE))
    every = {f"{part}-{number:02d}" for part, last in scope.CATALOGUE.items() for number in range(1, last + 1)}
    assert len(every) == 171
    assert set().union(*parts) == every
    assert sum(map(len, parts)) == len(every), "none stands twice"
    assert set(scope.DEVIATES) <= set(GENERATED) | set(scope.TOGETHER)
    here = Path(__file__)
    together = [f"tests/badinputs/test_together.py::{name}" for name in scope.TOGETHER.values()]
    for place in [*scope.ELSEWHERE.values(), *together]:
        file, _, name = place.partition("::")
        assert f"def {name}(" in (here.parents[2] / file).read_text(encoding="utf-8"), place
