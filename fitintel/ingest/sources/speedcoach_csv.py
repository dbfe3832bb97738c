"""The summary of a session of an NK SpeedCoach GPS. Dates are month first, with a year of two digits; times local."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, none
from fitintel.ingest.sources.one_workout import block, cells_of, one_row
from fitintel.ingest.table import Table
from fitintel.ingest.text import Decoded

KIND = NamedColumns(
    says="a session of an NK SpeedCoach",
    columns={
        "start time": ("date", ""), "sport": ("sport", ""), "total elapsed time": ("duration", "mm:ss"),
        "total distance (gps)": ("distance", "m"), "avg stroke rate": ("cadence", "spm"), "name": ("notes", ""),
    },
    needed=("start time", "total elapsed time", "total distance (gps)"),
    zero_is_missing=("cadence",),
)  # fmt: skip
FIRST = "Session Information:"
_START = re.compile(r"(\d{2})/(\d{2})/(\d{2})\s+(\d{1,2}:\d{2}(?::\d{2})?\s*[ap]m)", re.IGNORECASE)


def recognises(header: Sequence[str]) -> bool:
    """Whether the first line begins as theirs does."""
    return bool(header) and header[0] == FIRST


def table(decoded: Decoded, name: str) -> Table:
    """The session's name, start and summary as a table of one row."""
    said = {cells[0].rstrip(":"): cells[1] for line in decoded.lines[:9] if len(cells := cells_of(line)) > 1}
    if not said.get("System of Units", "").startswith("Meters"):
        raise UnreadableFile("The session is not in metres", where=f"{name}, line 5",
                             why=f"its units are {said.get('System of Units', '')!r}",
                             next="choose metres in LiNK and export it again")  # fmt: skip
    summary, line = block(decoded, name, starts="Total Intervals")
    found = _START.fullmatch(said.get("Start Time", ""))
    start = f"20{found[3]}-{found[1]}-{found[2]} {found[4]}" if found else said.get("Start Time", "")
    return one_row(
        {"Start Time": start, "Sport": "rowing", "Name": said.get("Name", ""), **summary}, decoded, line=line
    )


def remarks(read: Table) -> list[tuple[str, str, str]]:
    """That the strokes were not read."""
    return [("samples_not_read", "", f"{len(read.decoded.lines):,} lines")]


SOURCE = Source(
    name="speedcoach_csv", version="1", says="a session of an NK SpeedCoach (CSV)", recognises=recognises,
    wanted=KIND.wanted, profile=KIND.profile, identity=none, global_identity=False, units=by_distance, table=table,
    remarks=remarks,
)  # fmt: skip
