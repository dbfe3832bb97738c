"""A workout of BoatCoach as CSV: who and when in the first line, then a line every second; local time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fitintel.ingest.numbers import clock, plain
from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, none
from fitintel.ingest.sources.one_workout import cells_of, labelled, one_row
from fitintel.ingest.table import Table
from fitintel.ingest.text import Decoded

KIND = NamedColumns(
    says="a workout of BoatCoach",
    columns={"date": ("date", ""), "sport": ("sport", ""), "worktime": ("duration", "s"),
             "workdistance": ("distance", "m"), "currentheartrate": ("hr_mean", "bpm")},
    needed=("date", "worktime", "workdistance"),
    zero_is_missing=("hr_mean",),
)  # fmt: skip
FIRST = "Workout data for:"
_DATE = re.compile(r"Date:\s*(\d{4}-\d{2}-\d{2} \d{2}:\d{2})", re.ASCII)


def recognises(header: Sequence[str]) -> bool:
    """Whether the first line begins as theirs does."""
    return bool(header) and header[0].startswith(FIRST)


def table(decoded: Decoded, name: str) -> Table:
    """The totals as a table of one row: time and distance of each interval, which begin again at 0, added up."""
    found = _DATE.search(decoded.lines[0])
    header = cells_of(decoded.lines[1]) if len(decoded.lines) > 1 else []
    rows = [labelled(header, cells_of(line)) for line in decoded.lines[2:]]
    times = [clock(row.get("workTime", "")) for row in rows]
    ways = [plain(row.get("workDistance", "")) for row in rows]
    totals = {"workTime": _total(times), "workDistance": _total(ways)}
    pulses = [rate for row in rows if (rate := plain(row.get("currentHeartRate", "")) or 0.0) > 0]
    values = {"Date": found[1] if found else "", "sport": "rowing", **totals}
    if pulses:
        values["currentHeartRate"] = f"{sum(pulses) / len(pulses):.1f}"
    return one_row(values, decoded, line=1)


def _total(values: list[float | None]) -> str:
    """Sum of the highest value before each fall.

    >>> _total([1.0, 2.0, 0.0, 3.0, None])
    '5.0'
    """
    total = last = 0.0
    for value in values:
        if value is None or value != value:
            continue
        if value < last:
            total += last
        last = value
    return repr(total + last)


def remarks(read: Table) -> list[tuple[str, str, str]]:
    """That the lines were added up, not kept."""
    return [("samples_not_read", "", f"{max(0, len(read.decoded.lines) - 2):,} lines, added up")]


SOURCE = Source(
    name="boatcoach_csv", version="1", says="a workout of BoatCoach (CSV)", recognises=recognises, wanted=KIND.wanted,
    profile=KIND.profile, identity=none, global_identity=False, units=by_distance, table=table, remarks=remarks,
)  # fmt: skip
