"""Bytes to text: encodings are found, guesses are said, and damage costs rows, not files."""

from __future__ import annotations

import pytest

from fitintel.ingest.text import decode

TABLE = (
    "date,sport,duration (min),distance (km),notes\n"
    "2024-03-01,Run,30,5.5,mit Müller naïve\n"
    "2024-03-02,Run,31,5.6,fine\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_gives_the_same_workouts(desk, encoding: str) -> None:
    desk.take(TABLE)
    report = desk.take(TABLE.encode(encoding), "other.csv")
    assert (report.record.read, report.record.duplicate) == (2, 2)
    assert not report.refused


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_an_old_encoding_is_guessed_and_said(desk, said, encoding: str) -> None:
    report = desk.take(TABLE.encode(encoding))
    assert said.rules(report) == [(0, "", "encoding_guessed")]
    assert report.problems[0].value == "cp1252"
    assert (report.record.imported, report.record.warned) == (2, 0)
    assert desk.workouts()["notes"].tolist() == ["mit Müller naïve", "fine"]


def test_damage_in_a_utf8_file_costs_that_row_only(desk, said) -> None:
    data = TABLE.encode().replace(b"fine", b"\xc3\x28")
    report = desk.take(data)
    assert said.rules(report) == [(2, "notes", "bad_encoding")]
    assert "\\xc3(" in report.problems[0].value
    assert f"byte {data.index(bytes([0xC3, 0x28]))}" in report.problems[0].detail
    assert report.record.imported == 1


def test_damage_without_other_special_letters_is_not_taken_for_an_old_encoding(desk, said) -> None:
    data = TABLE.replace("mit Müller naïve", "plain").encode().replace(b"fine", b"\xc3\x28")
    assert said.rules(desk.take(data)) == [(2, "notes", "bad_encoding")]


def test_utf16_cut_in_half_is_refused_not_misread(desk, said) -> None:
    report = desk.take(TABLE.encode("utf-16")[:-1])
    assert said.rules(report) == [(0, "", "file_unreadable")]


def test_a_byte_order_mark_is_no_part_of_the_first_name() -> None:
    assert decode(b"\xef\xbb\xbfdate,distance", "x").lines == ["date,distance"]
