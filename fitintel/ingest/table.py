"""Text to a table: cells by column, with row and line numbers; rows that cannot be placed in columns are set apart.

A row is never shifted, cut or joined: what does not fit the header is kept aside by rule, and reading goes on at the
next line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fitintel.core.errors import UnreadableFile
from fitintel.core.rules import MAX_CELL
from fitintel.ingest.even_table import cells_of
from fitintel.ingest.lines import Lines
from fitintel.ingest.text import MAX_FILE, Decoded

MAX_COLUMNS = 500
MAX_LINE = 1024 * 1024
MAX_UNCLOSED = 100
"""unclosed quotes after which a file is given up as a whole."""
BLOCK = 200
"""lines read at once: few enough to stay in the processor's cache (measured: twice as fast as 20,000)."""
DELIMITERS = (",", ";", "\t", "|")

# the module's own limit is 131,072 characters and stops the whole file; ours sets one row aside
csv.field_size_limit(MAX_FILE)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be placed in columns."""

    row: int
    line: int
    column: str
    rule: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of text under their headers. `rows` and `lines` number the data rows that are in `columns`.

    A column that nobody asked for is empty.
    """

    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    rows: Sequence[int]
    lines: Sequence[int]
    delimiter: str
    decoded: Decoded
    broken: tuple[BrokenRow, ...] = ()
    short: dict[int, int] = field(default_factory=dict)
    """position in `rows` -> number of cells, for rows whose last cells are missing"""
    last_row_cut: bool = False
    """the file ends without a line end"""

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Sequence[str]:
        """The cells of one column."""
        return self.columns[self.header.index(name)]


def header_of(lines: Sequence[str], delimiter: str | None = None) -> tuple[tuple[str, ...], str, int]:
    """(names, delimiter, index of the first data line) from the first line that is not blank."""
    at = next((index for index, line in enumerate(lines) if line.strip()), 0)
    declared = re.fullmatch(r"\s*\"?sep=(.)\"?\s*", lines[at], re.IGNORECASE)  # a first line that spreadsheets write
    if declared:
        delimiter, at = delimiter or declared[1], at + 1
    line = next(islice(lines, at, None), "")
    if len(line) > MAX_LINE:
        raise UnreadableFile("The first line is too long to be a header", where=f"line {at + 1}",
                             why=f"it has {len(line):,} characters, the limit is {MAX_LINE:,}",
                             next="export the table with line ends", rule="file_too_large")  # fmt: skip
    counts = {mark: len(next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])) for mark in DELIMITERS}
    mark = delimiter or max(DELIMITERS, key=lambda each: counts[each])
    names = [
        name.strip().lstrip("\ufeff") for name in next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])
    ]
    while len(names) > 1 and not names[-1]:
        names.pop()  # spreadsheets write trailing separators
    return tuple(names), mark, at + 1


def read_table(
    decoded: Decoded, *, name: str, delimiter: str | None = None, wanted: Collection[str] | None = None,
    names: Callable[[Sequence[str]], Sequence[str]] = list,
) -> Table:  # fmt: skip
    """Read a table; only the columns `wanted`, if they are named. `names` tells repeated names of the header apart.

    Raises:
        UnreadableFile: more than 500 columns, a column name that appears twice, or quotes that never match.
    """
    lines = decoded.lines
    header, mark, begin = header_of(lines, delimiter)
    header = tuple(names(header))
    _check_header(header, name)
    if isinstance(lines, Lines) and mark in DELIMITERS:
        even = cells_of(lines.data, begin, header, mark, wanted)
        if even is not None:
            count, columns = even
            return Table(
                header=header, columns=columns, rows=range(1, count + 1), lines=range(begin + 1, begin + count + 1),
                delimiter=mark, decoded=decoded, last_row_cut=not lines.data.endswith((b"\n", b"\r")),
            )  # fmt: skip
    reader = _Reader(lines, header, mark, wanted, careful=decoded.damaged)
    reader.read(begin, name)
    return Table(
        header=header, columns=tuple(reader.columns), rows=reader.rows, lines=reader.numbers, delimiter=mark,
        decoded=decoded, broken=tuple(reader.broken), short=reader.short,
        last_row_cut=not lines[-1].endswith("\n"),
    )  # fmt: skip


def _check_header(header: tuple[str, ...], name: str) -> None:
    if not any(header):
        raise UnreadableFile("The file is empty", where=name, why="its first line names no column",
                             next="export it again and import the new file", rule="file_empty")  # fmt: skip
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile("The table has too many columns", where=f"{name}, line 1",
                             why=f"it has {len(header):,} columns, the limit is {MAX_COLUMNS}",
                             next="export only the columns of workouts", rule="too_many_columns")  # fmt: skip
    places: dict[str, list[int]] = {}
    for index, column in enumerate(header, 1):
        places.setdefault(column.casefold(), []).append(index)
    twice = {column: where for column, where in places.items() if column and len(where) > 1}
    if twice:
        column, where = next(iter(twice.items()))
        raise UnreadableFile(f"The column {column[:80]!r} appears {len(where)} times", where=f"{name}, line 1",
                             why=f"it stands at places {', '.join(map(str, where))}: which one is meant is unknown",
                             next="rename or remove one of them and import again", rule="column_twice")  # fmt: skip


class _Reader:
    def __init__(
        self,
        lines: Sequence[str],
        header: tuple[str, ...],
        delimiter: str,
        wanted: Collection[str] | None,
        *,
        careful: bool,
    ) -> None:
        self.lines, self.header, self.delimiter, self.careful = lines, header, delimiter, careful
        self.width = len(header)
        self.columns: list[list[str]] = [[] for _ in header]
        self.kept = [index for index, name in enumerate(header) if wanted is None or name in wanted]
        self.rows: list[int] = []
        self.numbers: list[int] = []
        self.broken: list[BrokenRow] = []
        self.short: dict[int, int] = {}
        self.row = 0
        self.unclosed = 0

    def read(self, begin: int, name: str) -> None:
        at = begin
        while at < len(self.lines):
            block = self.lines[at : at + BLOCK]
            if self.careful or not self._fast(block, at):
                at = self._slow(at, at + len(block), name)
            else:
                at += len(block)

    def _fast(self, block: Sequence[str], at: int) -> bool:
        """Take a block in which every line is one whole row; False if it is not so, and nothing was taken."""
        if max(map(len, block)) > MAX_CELL or block[-1].count('"') % 2:
            return False
        rows = list(csv.reader(block, delimiter=self.delimiter, skipinitialspace=True))
        if len(rows) != len(block) or set(map(len, rows)) != {self.width}:
            return False
        columns = list(zip(*rows, strict=True))
        if "" in columns[0] and any(not any(row) for row in rows):
            return False
        for index in self.kept:
            self.columns[index].extend(columns[index])
        self.rows.extend(range(self.row + 1, self.row + 1 + len(rows)))
        self.numbers.extend(range(at + 1, at + 1 + len(rows)))
        self.row += len(rows)
        return True

    def _slow(self, at: int, end: int, name: str) -> int:
        """Take rows one by one until line index `end`; the index of the next line to read."""
        while at < end:
            lines = self._from(at)
            reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=True)
            begin, restart = at, False
            while at < end and not restart:
                row = next(reader, None)
                if row is None:
                    return len(self.lines)
                after = begin + reader.line_num
                restart = self._swallowed(row, at, after)
                if restart:
                    self.unclosed += 1
                    if self.unclosed > MAX_UNCLOSED:
                        raise UnreadableFile(
                            "The quotes of the file do not match", where=f"{name}, line {at + 1}",
                            why=f"more than {MAX_UNCLOSED} rows open a quote and do not close it",
                            next="export it again and import the new file", rule="unclosed_quote",
                        )  # fmt: skip
                    self._break(at, "", "unclosed_quote", self.lines[at], f"the quote opened on line {at + 1} is open "
                                f"until line {after}")  # fmt: skip
                    at += 1
                else:
                    self._take(row, at)
                    at = after
        return at

    def _from(self, at: int) -> Iterator[str]:
        return (self.lines[index] for index in range(at, len(self.lines)))

    def _swallowed(self, row: list[str], at: int, after: int) -> bool:
        """Whether a quote left open has swallowed other rows, or the rest of the file."""
        if after - at == 1 and after < len(self.lines):
            return False
        if after == len(self.lines) and self._ends_open(at, after):
            return True
        if after - at == 1:
            return False
        inner = self.lines[at + 1 : after]
        looks_whole = any(line.count(self.delimiter) >= max(1, self.width - 1) for line in inner)
        return len(row) != self.width or looks_whole

    def _ends_open(self, at: int, after: int) -> bool:
        try:
            list(csv.reader(self.lines[at:after], delimiter=self.delimiter, skipinitialspace=True, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def _take(self, row: list[str], at: int) -> None:
        if not any(cell.strip() for cell in row):
            return  # a blank line, or only separators, is no row
        while len(row) > self.width and not row[-1].strip():
            row.pop()
        long = next((index for index, cell in enumerate(row) if len(cell) > MAX_CELL), None)
        if long is not None or sum(map(len, row)) > MAX_LINE:
            column = self.header[long] if long is not None and long < self.width else ""
            cell = row[long] if long is not None else row[0]
            self._break(at, column, "cell_too_long", cell, f"{len(cell):,} characters, the limit is {MAX_CELL:,}")
        elif len(row) > self.width:
            self._break(at, "", "too_many_cells", self.delimiter.join(row),
                        f"expected {self.width} cells, found {len(row)}, line {at + 1}")  # fmt: skip
        elif self.careful and any("\x00" in cell for cell in row):
            self._break(at, self._where(row, "\x00"), "nul_byte", self.delimiter.join(row), f"line {at + 1}")
        elif self.careful and any("\udc80" <= c <= "\udcff" for cell in row for c in cell):
            self._break_encoding(row, at)
        else:
            self.row += 1
            if len(row) < self.width:
                self.short[len(self.rows)] = len(row)
                row = row + [""] * (self.width - len(row))
            for index in self.kept:
                self.columns[index].append(row[index])
            self.rows.append(self.row)
            self.numbers.append(at + 1)

    def _break_encoding(self, row: list[str], at: int) -> None:
        before = sum(len(line.encode("utf-8", "surrogateescape")) for line in self.lines[:at])
        line = self.lines[at]
        inside = next((i for i, c in enumerate(line) if "\udc80" <= c <= "\udcff"), 0)
        offset = before + len(line[:inside].encode("utf-8", "surrogateescape"))
        column = next(
            (self.header[i] for i, cell in enumerate(row) if any("\udc80" <= c <= "\udcff" for c in cell)), ""
        )
        self._break(at, column, "bad_encoding", self.delimiter.join(row), f"line {at + 1}, about byte {offset}")

    def _where(self, row: list[str], mark: str) -> str:
        return next((self.header[i] for i, cell in enumerate(row) if mark in cell and i < self.width), "")

    def _break(self, at: int, column: str, rule: str, value: str, detail: str) -> None:
        self.row += 1
        self.broken.append(BrokenRow(self.row, at + 1, column, rule, value, detail))
