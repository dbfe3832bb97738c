"""Guess how a table of workouts is read, from its headers and its values. Where two readings stay possible, ask."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fitintel.core.errors import AmbiguousFile, UnknownFormat
from fitintel.ingest import plausible
from fitintel.ingest.dates import order_of, read_moment, rewritten
from fitintel.ingest.numbers import MISSING
from fitintel.ingest.profile import NUMBERS, QUANTITY, Profile, Use
from fitintel.ingest.table import Table
from fitintel.ingest.words import COLUMN_WORDS, UNIT_WORDS, all_names, split_unit

SAMPLE = 2000
"""rows that are looked at for units; dates are looked at wholly."""
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """A recognised header: its name in the file, our column, the unit written in it ('' if none)."""

    header: str
    ours: str
    unit: str


def recognise(header: Sequence[str]) -> dict[str, Found]:
    """Our column -> the header that is read as it, the preferred one where there are several."""
    best: dict[str, tuple[int, Found]] = {}
    for name in header:
        word, unit_word = split_unit(name)
        quantity, unit = UNIT_WORDS.get(unit_word, ("", ""))
        for ours, names in COLUMN_WORDS.items():
            if word in names:
                rank = names.index(word)
            elif not word and quantity == ours and ours in ("distance", "duration"):
                rank = len(names)  # a header that is only a unit: "km"
            else:
                continue
            found = Found(name, ours, _fit(ours, quantity, unit))
            if ours not in best or rank < best[ours][0]:
                best[ours] = (rank, found)
    return {ours: found for ours, (_, found) in best.items()}


def _fit(ours: str, quantity: str, unit: str) -> str:
    wanted = QUANTITY.get(ours)
    if wanted is None or not unit:
        return ""
    if quantity == wanted or (wanted == "elevation" and unit == "m") or (wanted == "distance" and unit == "ft"):
        return unit
    if wanted == "cadence" and unit == "bpm":
        return "spm"  # 1/min
    return ""


def guess(
    table: Table, *, name: str, date_order: str | None = None, units: str | None = None, decimal: str | None = None
) -> Profile:
    """The profile by which a table is read.

    Raises:
        UnknownFormat: no date, or neither duration nor distance, among the columns.
        AmbiguousFile: order of day and month, number sign or a unit cannot be told; names the option to give.
    """
    found = recognise(table.header)
    _check_columns(found, table.header, name)
    cells = {ours: table.column(use.header) for ours, use in found.items()}
    point, thousands = signs(cells, table.delimiter, decimal, name)
    order = order_by_evidence(cells["date"], date_order, name)
    said = plausible.said_units(units)
    written = {ours: use.unit for ours, use in found.items() if ours in QUANTITY}
    chosen = plausible.resolve(
        {ours: column[:SAMPLE] for ours, column in cells.items()}, written, said, point, thousands, name,
        headers={ours: use.header for ours, use in found.items()},
    )  # fmt: skip
    columns = tuple(
        Use(use.header, ours, chosen.get(ours, ""))
        for ours, use in found.items()
        if (ours not in QUANTITY or ours in chosen) and not (ours == "source_id" and _counter(cells[ours]))
    )
    used = {use.header for use in columns}
    return Profile(
        columns=columns, date_order=order, decimal=point, thousands=thousands, delimiter=table.delimiter,
        encoding=table.decoded.encoding, ignored=tuple(name for name in table.header if name and name not in used),
    )  # fmt: skip


def _check_columns(found: Mapping[str, Found], header: Sequence[str], name: str) -> None:
    known = all_names()
    words = {column: split_unit(column)[0] for column in header if column}
    near = {column: difflib.get_close_matches(word, known, n=2, cutoff=0.6) for column, word in words.items()}
    hints = [f"{column[:40]!r} (near {', '.join(names)})" for column, names in near.items() if names][:5]
    hint = ("; ".join(hints) + "; " if hints else "") + "known names are, for example, date, sport, duration, distance"
    if not found:
        shown = ", ".join(repr(column[:40]) for column in list(header)[:6])
        raise UnknownFormat("The first line names no known column", where=f"{name}, line 1",
                            why=f"no recognised columns among {shown}; {hint}",
                            next="write the column names into the first line, or give --profile",
                            rule="header_missing")  # fmt: skip
    missing = [] if "date" in found else ["date"]
    if "duration" not in found and "distance" not in found:
        missing.append("duration or distance")
    if missing:
        have = ", ".join(f"{use.header[:40]!r} as {ours}" for ours, use in found.items())
        raise UnknownFormat(f"The table has no column for {' and '.join(missing)}", where=f"{name}, line 1",
                            why=f"recognised: {have}; {hint}",
                            next="add or rename the column, or give --profile", rule="columns_missing")  # fmt: skip


def signs(cells: Mapping[str, Sequence[str]], delimiter: str, decimal: str | None, name: str) -> tuple[str, str]:
    """(decimal sign, thousands sign) by evidence over all number columns; raises AmbiguousFile."""
    if decimal is not None:
        return decimal, ""
    comma = point = grouped_comma = grouped_point = both = 0
    example = ""
    for ours in NUMBERS:
        for cell in cells.get(ours, ()):
            text = cell.strip()
            if "," not in text and "." not in text:
                continue
            if "," in text and "." in text:
                both = 1 if text.rfind(".") > text.rfind(",") else -1
            elif _GROUPED.fullmatch(text):
                grouped_comma += "," in text
                grouped_point += "." in text
                example = example or text
            elif re.fullmatch(r"[+-]?\d*,\d+", text, re.ASCII):
                comma += 1
            else:
                point += "." in text
    if both:
        return (".", ",") if both > 0 else (",", ".")
    if comma and not point:
        return ",", ""
    open_comma = grouped_comma and not point and delimiter != ","
    if open_comma or (grouped_point and not point and not comma and delimiter == ";"):
        raise AmbiguousFile(f"{example!r} can be read as a decimal or as thousands", where=name,
                            why="no cell of the file settles which",
                            next="give a --profile with its decimal sign")  # fmt: skip
    return ".", ""


def order_by_evidence(cells: Sequence[str], asked: str | None, name: str) -> str:
    """Order of day and month in a column of dates, as asked or by evidence; raises AmbiguousFile.

    Where a spreadsheet has rewritten the dates that it could read, those left as they were are no evidence for it.
    """
    if asked:
        return asked
    mangled = rewritten(cells)
    if mangled:
        raise AmbiguousFile(f"Dates are written in two ways: {mangled[0]!r} and {mangled[1]!r}", where=f"{name}, dates",
                            why="a spreadsheet has rewritten those in which day and month can be exchanged, and may "
                                "have exchanged them",
                            next="give --date-order dmy or --date-order mdy, or import the file as it was downloaded",
                            )  # fmt: skip
    order, unsettled = order_of(cells)
    if unsettled and all(isinstance(read_moment(cell), str) for cell in cells):
        example = next(cell for cell in cells if read_moment(cell) == "date_ambiguous")
        raise AmbiguousFile(f"{example.strip()!r} can be read as day/month or month/day", where=f"{name}, dates",
                            why="no date of the file settles which",
                            next="give --date-order dmy or --date-order mdy")  # fmt: skip
    return order


def _counter(cells: Sequence[str]) -> bool:
    """Whether an id column only counts the rows: then it says nothing about which workout a row is."""
    given = [cell.strip() for cell in cells if cell.strip().lower() not in MISSING]
    if not given or not all(cell.isascii() and cell.isdigit() and len(cell) < 7 for cell in given):
        return False
    numbers = sorted(map(int, given))
    return numbers[0] in (0, 1) and numbers[-1] - numbers[0] <= 2 * len(numbers)
