"""A table read by the places of its cells is the table that is read row by row; what is not plain is left to that."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fitintel.core.errors import DataError
from fitintel.core.rules import MAX_CELL
from fitintel.ingest.cells import Cells
from fitintel.ingest.distinct import distinct
from fitintel.ingest.even_table import BLOCK
from fitintel.ingest.lines import Lines
from fitintel.ingest.numbers import numbers
from fitintel.ingest.table import header_of, read_table
from fitintel.ingest.text import Decoded, decode

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
PLAIN = b"date,sport,distance\n2024-01-01,Run,5\n2024-01-02,Walk,3\n"


def row_by_row(decoded: Decoded) -> Decoded:
    return Decoded(list(decoded.lines), decoded.encoding, decoded.guessed, decoded.damaged)


def outcome(decoded: Decoded, **said: object) -> object:
    try:
        table = read_table(decoded, name="x.csv", **said)  # type: ignore[arg-type]
    except DataError as error:
        return str(error)
    return (
        table.header, [list(column) for column in table.columns], list(table.rows), list(table.lines), table.delimiter,
        table.broken, table.short, table.last_row_cut if table.short else None,
    )  # fmt: skip


def same_both_ways(data: bytes, **said: object) -> bool:
    """Whether both ways agree; False if this file cannot be tried."""
    try:
        decoded = decode(data, "x.csv")
    except DataError:
        return False
    assert outcome(decoded, **said) == outcome(row_by_row(decoded), **said)
    return True


def by_places(data: bytes) -> bool:
    return any(isinstance(column, Cells) for column in read_table(decode(data, "x.csv"), name="x.csv").columns)


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")) or [None], ids=lambda path: path.name if path else "none")
def test_every_real_table_is_read_alike_both_ways(path: Path | None) -> None:
    if path is None:
        pytest.skip("real files are not beside the project")
    data = path.read_bytes()
    if not same_both_ways(data):
        return
    header, mark, _ = header_of(decode(data, "x.csv").lines)
    same_both_ways(data, wanted=header[1:3], delimiter=mark)
    same_both_ways(data, wanted=())


def test_the_real_history_is_read_by_places(real_history: Path) -> None:
    assert by_places(real_history.read_bytes())


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (PLAIN, True), (PLAIN.replace(b"\n", b"\r\n"), True), (PLAIN[:-1], True), (b"\xef\xbb\xbf" + PLAIN, True),
        (PLAIN.replace(b"Run", b'"R,u,n"'), True), (PLAIN.replace(b"Run", b'""'), True),
        (PLAIN.replace(b"Run", "Læufe 🏃".encode()), True), (PLAIN.replace(b",", b";"), True),
        (PLAIN.replace(b"Run", b'"R""u"'), False), (PLAIN.replace(b"Run", b'R"u"n'), False),
        (PLAIN.replace(b"Run", b'"Run" '), False), (PLAIN.replace(b"Run", b'"R\nun"'), False),
        (PLAIN.replace(b"Run", b'"R\r\nun"'), False), (PLAIN.replace(b"Run", b" Run"), False),
        (PLAIN.replace(b"Run", b'"Run'), False), (PLAIN.replace(b"Run", b'"Run",x'), False),
        (PLAIN.replace(b",Run", b""), False), (PLAIN + b"\n", False), (PLAIN + b",,\n", False),
        (PLAIN.replace(b"Run", b"R\run"), False), (PLAIN.replace(b"5\n", b"5\r\n"), False),
        (PLAIN.replace(b"distance\n", b"distance\r\n"), False), (PLAIN.replace(b"Run", b"R\x00un"), False),
        (PLAIN.replace(b"Run", b"R\xffun"), False), (PLAIN.replace(b"Run", "R\u2028un".encode()), False),
        (PLAIN.replace(b"Run", b"x" * (MAX_CELL + 1)), False), (PLAIN.replace(b"5\n", b"5\n,,\n"), False),
        (PLAIN.replace(b"\n", b"\r"), False), (PLAIN.replace(b"\n2024-01-01", b"\r\n2024-01\r01", 1), False),
    ],
)  # fmt: skip
def test_only_plain_tables_are_read_by_places_and_all_alike(data: bytes, plain: bool) -> None:
    assert same_both_ways(data)
    assert by_places(data) is plain


CELL = st.one_of(
    st.sampled_from(
        ["", " ", '"', '""', "5", "5.0", "2024-01-01", "Run", ",", "\n", "\r", "\r\n", "a,b", 'a"b', "é", "\t"]
    ),
    st.text(st.sampled_from('ab 1.,;"\n\ré🏃\u2028\x0c'), max_size=6),
)


@given(
    rows=st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
)
@example(rows=[["a", "b", "c"], ["", "", ""]], quoting=csv.QUOTE_MINIMAL, end="\n", last=True)
def test_any_written_table_is_read_alike_both_ways(rows: list[list[str]], quoting: int, end: str, last: bool) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerows([["date", "sport", "distance"], *rows])
    same_both_ways((out.getvalue() if last else out.getvalue().removesuffix(end)).encode())


@given(st.text(st.sampled_from('ab ,;"\n\r|\té'), max_size=60))
def test_any_text_is_read_alike_both_ways(text: str) -> None:
    same_both_ways(("x,y\n" + text).encode())


def test_a_table_of_many_blocks_is_read_alike_both_ways() -> None:
    line = b'"Jan. 8, 2024",Run,%d,"a, b"\r\n'
    data = b"date,sport,distance,notes\r\n" + b"".join(line % number for number in range(3 * BLOCK // 30))
    assert len(data) > 2 * BLOCK
    assert by_places(data)
    assert same_both_ways(data)
    spoilt = data + b'"Jan. 8, 2024",Run,1\r\n'
    assert not by_places(spoilt)
    assert same_both_ways(spoilt)


def column_of(cells: list[str]) -> Cells:
    data = "\n".join(cells).encode()
    size = np.array([len(cell.encode()) for cell in cells], dtype=np.int64)
    start = np.cumsum(size + 1) - size - 1
    return Cells(np.frombuffer(data + b"\n", np.uint8), start, start + size)


WRITTEN = st.one_of(
    st.floats(allow_nan=True).map(repr), st.integers(-(10**20), 10**20).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=6).map(lambda value: format(value, "f")),
    st.text(st.sampled_from("0123456789.-+e, "), max_size=20),
    st.sampled_from(["", "-", "n/a", ".", "5.", ".5", "1e400"]),
)  # fmt: skip


@given(st.lists(WRITTEN, min_size=1), st.sampled_from([(".", ""), (".", ","), (",", "."), (",", "")]))
@example(["0.1", "123456.789012345", "9007199254740993", "0.000000000000001", "1.7976931348623157e308"], (".", ""))
def test_numbers_are_the_same_to_the_last_bit_both_ways(cells: list[str], signs: tuple[str, str]) -> None:
    read, expected = numbers(column_of(cells), *signs), numbers(cells, *signs)
    assert read.values.tobytes() == expected.values.tobytes()
    assert list(read.unreadable) == list(expected.unreadable)
    assert list(read.infinite) == list(expected.infinite)


@given(st.lists(st.text(st.characters(exclude_characters="\n\x00", exclude_categories=["Cs"]), max_size=80)))
@example(["", "a", "", "a" * 70, "aé"])
@example(["b" * 20, "", "c", "b" * 20])
def test_distinct_cells_are_the_same_both_ways(cells: list[str]) -> None:
    column = column_of(cells)
    known, codes = distinct(column)
    expected, places = distinct(cells)
    assert known == expected
    assert codes.tolist() == places.tolist()
    assert column.texts() == cells
    assert column.after_last("/").texts() == [cell.rpartition("/")[2] for cell in cells]


def test_lines_are_the_same_before_and_after_they_are_made() -> None:
    for data in (b"a\r\nb\rc\n\nd", "é\n".encode() * 20, b"a\rb\r", b"\n"):
        lines, made = Lines(data), Lines(data).every()
        assert list(lines) == made == lines
        assert [lines[0], lines[-1], lines[:2]] == [made[0], made[-1], made[:2]]
        assert len(lines) == len(made)
    with pytest.raises(UnicodeDecodeError):
        Lines(b"a\xc3")
