"""Bad input ends as a clear error or in quarantine with row and rule, and the good rows are in."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.records import Outcome
from fitintel.core.rules import RULES
from fitintel.workbench.importing import import_files

HEADER = "date,sport,duration (min),distance (km),heart rate,steps,calories,rpe,notes"
GOOD = "2024-03-01,Run,30,5.5,150,5000,400,4,fine"
MORE = "2024-03-02,Walk,60,5.0,100,7000,300,2,fine"


def table(*rows: str) -> str:
    return "\n".join((HEADER, GOOD, *rows, MORE)) + "\n"


def days_in(desk) -> list[str]:
    return [days.iso(day) for day in desk.workouts()["day"]]


QUARANTINED_ROWS = [
    ("2024-02-30,Run,30,5,,,,,", "date", "date_unreadable"),
    ("soon,Run,30,5,,,,,", "date", "date_unreadable"),
    (",Run,30,5,,,,,", "date", "date_missing"),
    ("2025-10-10,Run,30,5,,,,,", "date", "date_in_future"),
    ("9999-12-31,Run,30,5,,,,,", "date", "date_in_future"),
    ("1989-12-31,Run,30,5,,,,,", "date", "date_too_early"),
    ("1600-01-01,Run,30,5,,,,,", "date", "date_too_early"),
    ("2024-03-05,Run,NaN,5,,,,,", "duration (min)", "not_finite"),
    ("2024-03-05,Run,30,inf,,,,,", "distance (km)", "not_finite"),
    ("2024-03-05,Run,30,-Infinity,,,,,", "distance (km)", "not_finite"),
    ("2024-03-05,Run,1e309,5,,,,,", "duration (min)", "not_finite"),
    ("2024-03-05,Run,-30,5,,,,,", "duration (min)", "negative"),
    ("2024-03-05,Run,30,-5,,,,,", "distance (km)", "negative"),
    ("2024-03-05,Run,half an hour,5,,,,,", "duration (min)", "not_a_number"),
    ("2024-03-05,Run,1_000,5,,,,,", "duration (min)", "not_a_number"),
    ("2024-03-05,Run,１２０,5,,,,,", "duration (min)", "not_a_number"),
    ("2024-03-05,Run,٣,5,,,,,", "duration (min)", "not_a_number"),
    ("2024-03-05,Run,30,0x10,,,,,", "distance (km)", "not_a_number"),
    ("2024-03-05,Run,30,99999999999999999999,,,,,", "distance (km)", "distance_absurd"),
    ("2024-03-05,Run,,,,,,,", "duration (min)", "nothing_measured"),
    ("2024-03-05,Run,30,5,,,,,a,b", "", "too_many_cells"),
    ("2024-03-05,Run", "", "too_few_cells"),
    ("2024-03-05,Run,30,5,,,,," + "x" * 1_000_000, "notes", "cell_too_long"),
    ("2024-03-05,Run,3\x000,5,,,,,", "duration (min)", "nul_byte"),
]


@pytest.mark.parametrize(
    ("row", "column", "rule"), QUARANTINED_ROWS, ids=[f"{r}-{row[:30]}" for row, _, r in QUARANTINED_ROWS]
)
def test_a_bad_row_waits_with_row_and_rule_and_the_good_rows_are_in(
    desk, said, row: str, column: str, rule: str
) -> None:
    report = desk.take(table(row))
    assert said.rules(report) == [(2, column, rule)]
    problem = report.problems[0]
    assert (problem.line, problem.outcome) == (3, Outcome.QUARANTINED)
    assert len(problem.value) <= 200
    assert "\x00" not in problem.value
    assert RULES[rule].todo
    assert (report.record.read, report.record.imported, report.record.quarantined) == (3, 2, 1)
    assert report.outcome is Outcome.QUARANTINED
    assert days_in(desk) == ["2024-03-01", "2024-03-02"]


SET_ASIDE = [
    ("2024-03-05,Run,30,5,-5,,,,", "heart rate", "heart_rate_impossible", "hr_mean"),
    ("2024-03-05,Run,30,5,0,,,,", "heart rate", "heart_rate_impossible", "hr_mean"),
    ("2024-03-05,Run,30,5,300,,,,", "heart rate", "heart_rate_impossible", "hr_mean"),
    ("2024-03-05,Run,30,5,1e309,,,,", "heart rate", "optional_cell_impossible", "hr_mean"),
    ("2024-03-05,Run,30,5,NaN,,,,", "heart rate", "optional_cell_impossible", "hr_mean"),
    ("2024-03-05,Run,30,5,fast,,,,", "heart rate", "optional_cell_unreadable", "hr_mean"),
    ("2024-03-05,Run,30,5,,9223372036854775808,,,", "steps", "steps_overflow", "steps"),
    ("2024-03-05,Run,30,5,,-1,,,", "steps", "optional_cell_impossible", "steps"),
    ("2024-03-05,Run,30,5,,,32767,,", "calories", "energy_overflow", "energy"),
    ("2024-03-05,Run,30,5,,,,11,", "rpe", "rpe_impossible", "rpe"),
]


@pytest.mark.parametrize(
    ("row", "column", "rule", "ours"), SET_ASIDE, ids=[f"{r}-{row[20:40]}" for row, _, r, _ in SET_ASIDE]
)
def test_an_impossible_optional_cell_is_set_aside_and_the_row_is_in(
    desk, said, row: str, column: str, rule: str, ours: str
) -> None:
    report = desk.take(table(row))
    assert said.rules(report) == [(2, column, rule)]
    assert report.problems[0].outcome is Outcome.WARNED
    assert (report.record.imported, report.record.warned) == (2, 1)
    stored = desk.workouts()
    (place,) = np.flatnonzero(stored["day"] == days.number(days.date(2024, 3, 5)))
    assert np.isnan(stored[ours][place])
    assert stored["flags"][place] == rule
    assert (stored["duration"][place], stored["distance"][place]) == (1800.0, 5000.0)


FLAGGED = [
    ("2024-03-05,Run,1500,10,,,,,", "duration_over_24h"),
    ("2024-03-05,Run,600,3,,,,,", "watch_left_running"),
    ("2024-03-05,Run,1,10,,,,,", "speed_impossible"),
    ("2024-03-05,Run,0,10,,,,,", "duration_zero"),
    ("2024-03-05,Run,0,0,,,,,", "nothing_recorded"),
]


@pytest.mark.parametrize(("row", "rule"), FLAGGED, ids=[rule for _, rule in FLAGGED])
def test_absurd_but_possible_rows_are_kept_and_flagged(desk, said, row: str, rule: str) -> None:
    report = desk.take(table(row))
    assert [found for _, _, found in said.rules(report)] == [rule]
    assert (report.record.imported, report.record.warned, report.record.quarantined) == (2, 1, 0)
    assert rule in desk.workouts()["flags"].tolist()


def test_a_row_with_several_breaches_lists_them_all(desk, said) -> None:
    report = desk.take(table("2031-01-01,Run,-3,abc,900,,,,"))
    assert {(column, rule) for _, column, rule in said.rules(report)} == {
        ("date", "date_in_future"), ("duration (min)", "negative"), ("distance (km)", "not_a_number"),
        ("heart rate", "heart_rate_impossible"),
    }  # fmt: skip
    assert report.record.quarantined == 1
    assert {problem.outcome for problem in report.problems} == {Outcome.QUARANTINED}


def test_a_short_row_whose_missing_cells_are_optional_is_kept(desk, said) -> None:
    report = desk.take(table("2024-03-05,Run,30,5"))
    assert said.rules(report) == [(2, "", "row_short")]
    assert (report.record.imported, report.record.warned) == (2, 1)


def test_a_last_row_that_is_cut_off_waits(desk, said) -> None:
    report = desk.take(table().rstrip("\n") + "\n2024-03-09,Run,30,5")
    assert said.rules(report) == [(3, "", "too_few_cells")]


def test_a_workout_dated_tomorrow_is_in_and_the_day_after_is_not(desk, said) -> None:
    report = desk.take(table("2025-10-09,Run,30,5,,,,,", "2025-10-10,Run,30,5,,,,,"))
    assert said.rules(report) == [(3, "date", "date_in_future")]


WHOLE_FILES = [
    (b"", "file_empty", "0 bytes"),
    (b"\xef\xbb\xbf\r\n", "file_empty", "no text"),
    (b"%PDF-1.7\n%\xe2\xe3", "file_binary", "PDF"),
    (b"PK\x03\x04" + b"\x00" * 50, "archive_truncated", "zip"),
    (gzip.compress(b"date,distance")[:-4], "archive_truncated", "gzip"),
    (b"\x89PNG\r\n\x1a\n", "file_binary", "PNG"),
    (b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT\x00\x00", "file_unreadable", "FIT"),
    (bytes(range(256)) * 20, "file_binary", "NUL"),
    (b'<?xml version="1.0"?><gpx version="1.1"></gpx>', "file_not_workout", "GPX"),
    (b'{"workouts": []}', "file_unknown", "JSON"),
    (b"colour,taste\nred,sweet\n", "header_missing", "'colour'"),
    (b"2024-03-01,Run,30,5.5\n2024-03-02,Run,30,5.5\n", "header_missing", "line 1"),
    (b"date,sport,notes\n2024-03-01,Run,x\n", "columns_missing", "duration or distance"),
    (b"sport,duration (min)\nRun,30\n", "columns_missing", "date"),
    (b"date,sport,distance (km),Distance (km)\n2024-03-01,Run,5,5\n", "column_twice", "(km)"),
    (("date,distance (km)," + ",".join(f"c{i}" for i in range(600)) + "\n").encode(), "too_many_columns", "602"),
    (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "header_missing", "X5O"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "rule", "words"), WHOLE_FILES, ids=[f"{r}-{w}" for _, r, w in WHOLE_FILES])
def test_a_file_that_cannot_be_used_is_kept_and_the_other_files_go_on(
    desk, said, content: bytes, rule: str, words: str
) -> None:
    bad, good = desk.file(content, "bad.csv"), desk.file(table(), "good.csv")
    refused, taken = import_files(desk.store, desk.blobs, "ann", [bad, good], today=20400)
    assert refused.refused
    assert refused.outcome is Outcome.QUARANTINED
    assert said.rules(refused) == [(0, "", rule)]
    message = str(refused.error)
    assert words in message
    assert "bad.csv" in message
    assert str(desk.folder) not in message
    assert len(refused.problems[0].detail) <= 500
    assert desk.blobs.get("raw", refused.record.sha256) == content
    assert taken.record.imported == 2
    assert len(desk.store.imports("ann")) == 2
    again = desk.take(content, "bad.csv")
    assert again.problems[0].id == refused.problems[0].id, "the same problem of the same bytes is one problem"


def test_a_header_without_rows_is_imported_with_a_warning(desk, said) -> None:
    report = desk.take(HEADER + "\n")
    assert said.rules(report) == [(0, "", "no_rows")]
    assert (report.record.read, report.outcome) == (0, Outcome.WARNED)


def test_an_unclosed_quote_costs_its_row_only(desk, said) -> None:
    report = desk.take(table('2024-03-05,Run,30,5,,,,,"said', "2024-03-06,Run,31,5,,,,,fine"))
    assert said.rules(report) == [(2, "", "unclosed_quote")]
    assert (report.problems[0].line, report.record.imported) == (3, 3)


def test_an_unclosed_quote_that_a_later_quote_closes_swallows_no_row(desk, said) -> None:
    report = desk.take(table('2024-03-05,Run,30,5,,,,,"said', '2024-03-06,Run,31,5,,,,,"fine"'))
    assert said.rules(report) == [(2, "", "unclosed_quote")]
    assert "2024-03-06" in days_in(desk)


def test_a_quoted_note_over_two_lines_is_one_row_and_later_lines_are_counted(desk, said) -> None:
    report = desk.take(table('2024-03-05,Run,30,5,,,,,"first\nsecond"', "2024-03-06,Run,x,5,,,,,"))
    assert said.rules(report) == [(3, "duration (min)", "not_a_number")]
    assert report.problems[0].line == 5
    assert "first\nsecond" in desk.workouts()["notes"].tolist()


def test_mixed_line_ends_give_the_same_rows(desk) -> None:
    desk.take(table("2024-03-05,Run,30,5,,,,,", "2024-03-06,Run,30,5,,,,,"))
    odd = table("2024-03-05,Run,30,5,,,,,", "2024-03-06,Run,30,5,,,,,")
    for end in ("\r\n", "\r", "\u2028", "\f\n"):
        odd = odd.replace("\n20", f"{end}20", 1) if "\n20" in odd else odd
    report = desk.take(odd, "odd.csv")
    assert (report.record.duplicate, report.record.imported) == (4, 0)


def test_a_missing_file_is_said_before_anything_is_imported(desk) -> None:
    good = desk.file(table(), "good.csv")
    with pytest.raises(UsageError, match="no such file"):
        import_files(desk.store, desk.blobs, "ann", [good, desk.folder / "absent.csv"])
    assert desk.store.imports("ann") == ()


def test_a_file_over_the_size_limit_is_refused_and_not_kept(desk, said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fitintel.ingest.arrival.MAX_FILE", 100)
    report = desk.take(table())
    assert said.rules(report) == [(0, "", "file_too_large")]
    assert "limit is 100" in str(report.error)
    assert not any(path.is_file() for path in (desk.folder.parent / "files").rglob("*"))


def test_the_athlete_is_never_taken_from_the_file(desk, said) -> None:
    report = desk.take("date,distance (km),athlete_id\n2024-03-01,5,bob\n")
    assert said.rules(report) == [(0, "athlete_id", "column_ignored")]
    assert len(desk.workouts("ann")) == 1
    assert len(desk.workouts("bob")) == 0


def test_markup_and_formulas_in_notes_are_kept_as_they_are(desk) -> None:
    note = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)></script>"
    desk.take(table(f'2024-03-05,Run,30,5,,,,,"{note}"'))
    assert note in desk.workouts()["notes"].tolist()


def test_a_name_that_would_harm_a_listing_is_escaped(desk) -> None:
    path = desk.file(table(), "a\u202egnp.csv")
    (report,) = import_files(desk.store, desk.blobs, "ann", [path], today=20400)
    assert report.record.file_name == "a\\u202egnp.csv"


def test_a_dry_run_changes_nothing(desk) -> None:
    report = desk.take(table(), dry_run=True)
    assert report.record.imported == 2
    assert report.dry_run
    assert desk.store.imports("ann") == ()
    assert len(desk.workouts()) == 0


def test_raw_bytes_are_kept_by_content(desk, tmp_path: Path) -> None:
    report = desk.take(table())
    assert desk.blobs.get("raw", report.record.sha256) == table().encode()
