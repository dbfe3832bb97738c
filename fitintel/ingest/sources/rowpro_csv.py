"""A session of RowPro 5 as CSV: blocks of a header and a row each. Times carry their offset; total time is in ms."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, none
from fitintel.ingest.sources.one_workout import cells_of, one_row
from fitintel.ingest.table import Table
from fitintel.ingest.text import Decoded

KIND = NamedColumns(
    says="a session of RowPro",
    columns={"date": ("date", ""), "sport": ("sport", ""), "totaltime": ("duration", "ms"),
             "totaldistance": ("distance", "m")},
    needed=("date", "totaltime", "totaldistance"),
)  # fmt: skip
HEADER = ("date", "comment", "password", "id", "version", "rowfile_id")
SUMMARY = ("Date", "TotalTime", "TotalDistance")


def recognises(header: Sequence[str]) -> bool:
    """Whether the first line is that of their first block."""
    return tuple(name.casefold() for name in header) == HEADER


def table(decoded: Decoded, name: str) -> Table:
    """The sessions as a table. Their rows hold more cells than names: only the first three are known to be in place."""
    rows: list[tuple[int, list[str]]] = []
    inside = False
    for number, line in enumerate(decoded.lines, 1):
        cells = cells_of(line)
        if tuple(cells[:3]) == SUMMARY:
            inside = True
        elif not cells or not cells[0]:
            inside = False
        elif inside and len(cells) >= len(SUMMARY):
            rows.append((number, cells))
    if not rows:
        return one_row(dict.fromkeys((*SUMMARY, "Sport"), ""), decoded, line=1)
    columns = [[cells[place] for _, cells in rows] for place in range(len(SUMMARY))]
    numbers = tuple(number for number, _ in rows)
    return Table((*SUMMARY, "Sport"), (*columns, ["rowing"] * len(rows)), tuple(range(1, len(rows) + 1)), numbers, ",",
                 decoded)  # fmt: skip


def remarks(read: Table) -> list[tuple[str, str, str]]:
    """That the strokes were not read."""
    return [("samples_not_read", "", f"{len(read.decoded.lines):,} lines")]


SOURCE = Source(
    name="rowpro_csv", version="1", says="a session of RowPro (CSV)", recognises=recognises, wanted=KIND.wanted,
    profile=KIND.profile, identity=none, global_identity=False, units=by_distance, table=table, remarks=remarks,
)  # fmt: skip
