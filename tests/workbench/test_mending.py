"""A mended file takes the place of the one that waits in quarantine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fitintel.core.errors import UsageError
from fitintel.core.records import Athlete, Outcome, ProblemStatus
from fitintel.workbench.door import Workbench
from tests.badinputs.archive import packed
from tests.ingest.fit import encoder as fit

TODAY = 20_369
WHOLE = fit.ride(60)
CUT = WHOLE[: len(WHOLE) // 2]


@pytest.fixture
def bench(tmp_path: Path) -> Any:
    with Workbench.open(tmp_path / "home") as opened:
        opened.store.put_athlete(Athlete("me", "You"))
        yield opened


def put(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def retry(bench: Workbench, path: Path) -> Any:
    (report,) = bench.retry(mended=[path], today=TODAY, workers=1)
    return report


def test_the_mended_file_of_a_folder_is_imported_and_linked_and_nothing_waits(bench, tmp_path) -> None:
    folder = tmp_path / "in"
    for number in range(3):
        put(folder, f"{number}.fit", fit.ride(60, start=fit.START + 100_000 * (number + 1)))
    put(folder, "bad.fit", CUT)
    reports = bench.import_files([folder], today=TODAY, workers=1)
    (bad,) = [report for report in reports if report.refused]
    report = retry(bench, put(tmp_path / "new", "bad.fit", WHOLE))
    assert (report.record.retry_of, report.record.file_name) == (bad.record.id, "in/bad.fit")
    assert bench.quarantine("me") == ()
    (resolved,) = bench.store.problems(athlete_id="me", status=ProblemStatus.RESOLVED)
    assert resolved.rule == "fit_truncated"
    assert len(bench.workouts("me")) == 4
    assert bench.blobs.get("raw", bad.record.sha256) == CUT, "what was there stays to be looked at"


def test_a_mended_member_of_an_archive_is_found_by_its_own_name(bench, tmp_path) -> None:
    bench.import_files([put(tmp_path, "all.zip", packed(("rides/bad.fit", CUT)))], today=TODAY, workers=1)
    assert retry(bench, put(tmp_path, "bad.fit", WHOLE)).record.file_name == "all.zip!rides/bad.fit"
    assert bench.quarantine("me") == ()


def test_a_file_that_is_still_damaged_waits_once(bench, tmp_path) -> None:
    bench.import_files([put(tmp_path, "bad.fit", CUT)], today=TODAY, workers=1)
    before, ledger = bench.quarantine("me"), bench.store.imports("me")
    assert retry(bench, put(tmp_path, "bad.fit", CUT[:-200])).outcome is Outcome.QUARANTINED
    assert (bench.quarantine("me"), bench.store.imports("me")) == (before, ledger)


def test_a_row_that_was_corrected_in_its_table_no_longer_waits(bench, tmp_path) -> None:
    text = "date,sport,duration (min),distance (km)\n2024-03-01,Run,30,5\n2024-03-02,Run,x,5\n"
    bench.import_files([put(tmp_path, "runs.csv", text.encode())], today=TODAY, workers=1)
    report = retry(bench, put(tmp_path, "runs.csv", text.replace(",x,", ",31,").encode()))
    assert (report.record.imported, report.record.duplicate) == (1, 1)
    assert bench.quarantine("me") == ()


def test_a_name_that_nothing_waits_under_is_refused_and_nothing_is_imported(bench, tmp_path) -> None:
    bench.import_files([put(tmp_path, "bad.fit", CUT)], today=TODAY, workers=1)
    with pytest.raises(UsageError, match="No files of this name wait"):
        bench.retry(mended=[put(tmp_path, "other.fit", WHOLE)])
    assert len(bench.workouts("me")) == 0


def test_a_name_that_stands_for_two_files_is_refused(bench, tmp_path) -> None:
    for folder, data in (("one", CUT), ("two", CUT[:-50])):
        put(tmp_path / folder, "bad.fit", data)
        bench.import_files([tmp_path / folder], today=TODAY, workers=1)
    with pytest.raises(UsageError, match="2 files of this name"):
        bench.retry(mended=[put(tmp_path, "bad.fit", WHOLE)])
