"""Files that hold one workout: a table of one row, made from what stands in the file's head or last line."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.table import Table, header_of
from fitintel.ingest.text import Decoded


def cells_of(line: str, delimiter: str = ",") -> list[str]:
    """The cells of one line."""
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])]


def labelled(header: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Names with their cells; a cell that is not there is ''."""
    return {name: values[place] if place < len(values) else "" for place, name in enumerate(header) if name}


def one_row(values: Mapping[str, str], decoded: Decoded, *, line: int, delimiter: str = ",") -> Table:
    """The table of one row; `line` is where its values stand, the first is 1."""
    return Table(tuple(values), tuple([value] for value in values.values()), (1,), (line,), delimiter, decoded)


def block(decoded: Decoded, name: str, *, starts: str) -> tuple[dict[str, str], int]:
    """(cells by name, line number of the values) of the two lines that begin with the header cell `starts`.

    Raises UnreadableFile where the file ends before the values.
    """
    for at, line in enumerate(decoded.lines):
        if cells_of(line)[:1] == [starts]:
            header, _, _ = header_of([line], ",")
            later = [(at + 2 + k, cells_of(text)) for k, text in enumerate(decoded.lines[at + 1 : at + 4])]
            for number, cells in later:
                if cells and cells[0] and not cells[0].startswith("("):
                    return labelled(header, cells), number
            break
    raise UnreadableFile("The file ends before its figures", where=name, why=f"no line of values follows {starts!r}",
                         next="export it again and import the new file", rule="no_rows")  # fmt: skip
