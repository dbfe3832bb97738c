"""Every case of the catalogue of bad inputs ends as it should, and the good files around it are in."""

from __future__ import annotations

import contextlib
import hashlib
import re
import resource
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import DataError
from fitintel.core.records import Athlete, Outcome
from fitintel.core.rules import RULES
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.report import ImportReport
from fitintel.ingest.text import MAX_FILE
from fitintel.ingest.xml import read_gpx
from fitintel.views.imports import import_text
from fitintel.workbench.door import Workbench
from tests.badinputs import any as any_
from tests.badinputs import apple, archive, csv, fit, jsn, xml
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
MENDED = encoder.ride(60, start=encoder.START + 30_000_000)
HOSTILE = [case for name in ("XML-03", "XML-04", "XML-21") for case in GENERATED[name]()]
"""what names addresses"""
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


def written(folder: Path, case: Case, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / case.name
    path.write_bytes(data)
    return path


@pytest.fixture
def only_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, which is empty again afterwards; and the cost of a case, which is bounded."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    before = _used()
    yield place
    assert list(place.iterdir()) == []
    seconds, memory = (after - earlier for after, earlier in zip(_used(), before, strict=True))
    assert seconds <= 60.0
    assert memory <= 512 * 2**20


def _used() -> tuple[float, int]:
    """Processor time [s] of this process and its children, and the most memory [bytes] that any of them has had.

    A child begins with the memory of its parent, so that the difference is what reading has taken.
    """
    who = [resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in who), 1024 * max(each.ru_maxrss for each in who)


@pytest.fixture(scope="session")
def listener() -> Iterator[socket.socket]:
    """A server that nobody may call: `asked` says whether somebody did."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def asked(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def calling(case: Case, server: socket.socket) -> bytes:
    """The bytes of a case; addresses in it are those of the listener."""
    return case.bytes().replace(b"127.0.0.1:9/", b"127.0.0.1:%d/" % server.getsockname()[1])


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_ends_as_listed_and_the_good_files_around_it_are_in(
    bench: Workbench, tmp_path: Path, case: Case, only_here: Path, listener: socket.socket
) -> None:
    bad = written(tmp_path / "in", case, calling(case, listener))
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
    assert not asked(listener)

    # a mended file takes the place of the one that was kept aside as a whole
    if theirs[-1].refused and own.sha256:
        bad.write_bytes(MENDED)
        (mended,) = bench.retry("me", mended=[bad], today=TODAY, workers=1)
        assert (mended.record.retry_of, mended.record.imported + mended.record.warned) == (own.id, 1)
        assert _waiting(bench) == []


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.variant)
def test_no_address_in_a_file_is_called_even_where_the_network_is_open(case: Case, listener: socket.socket) -> None:
    with contextlib.suppress(DataError):  # here, not in a child without a network
        read_gpx(calling(case, listener))
    assert not asked(listener)


def test_the_listener_would_notice(listener: socket.socket) -> None:
    socket.create_connection(listener.getsockname()).close()
    assert asked(listener)


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
