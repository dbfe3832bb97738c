"""One session of Polar Flow as CSV: a header and a row about the session, then a header and a row per sample.

The session is read, the samples are not (its FIT or TCX file has them). Dates are dd-mm-yyyy, times local.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, none
from fitintel.ingest.sources.one_workout import cells_of, labelled, one_row
from fitintel.ingest.table import Table, header_of
from fitintel.ingest.text import Decoded

KIND = NamedColumns(
    says="a session of Polar Flow",
    columns={
        "date": ("date", ""), "start time": ("time", ""), "sport": ("sport", ""), "duration": ("duration", "h:mm:ss"),
        "total distance (km)": ("distance", "km"), "total distance (mi)": ("distance", "mi"),
        "average heart rate (bpm)": ("hr_mean", "bpm"),
        "max speed (km/h)": ("speed_max", "km/h"), "max speed (mph)": ("speed_max", "mph"),
        "calories": ("energy", "kcal"), "average cadence (rpm)": ("cadence", "rpm"),
        "ascent (m)": ("elevation_gain", "m"), "ascent (ft)": ("elevation_gain", "ft"), "notes": ("notes", ""),
    },
    needed=("sport", "date", "start time", "duration"),
)  # fmt: skip


def recognises(header: Sequence[str]) -> bool:
    """Whether the first line is the head of a session."""
    return KIND.recognises(header) and header[0].casefold() == "name"


def table(decoded: Decoded, name: str) -> Table:
    """The session as a table of one row. Its 'HR max' is the athlete's, not the session's, and is not read."""
    header, mark, at = header_of(decoded.lines)
    values = labelled(header, cells_of(decoded.lines[at], mark) if at < len(decoded.lines) else [])
    if not values.get("Date"):
        return Table(header, tuple([] for _ in header), (), (), mark, decoded)
    return one_row(values, decoded, line=at + 1, delimiter=mark)


def remarks(read: Table) -> list[tuple[str, str, str]]:
    """That there are samples."""
    samples = sum(bool(line.strip()) for line in read.decoded.lines) - 3
    return [("samples_not_read", str(samples), f"{samples:,} samples")] if samples > 0 else []


def profile(read: Table, name: str, options: Options) -> Profile:
    """Columns by name; the day comes first in their dates."""
    return KIND.profile(read, name, replace(options, date_order=options.date_order or "dmy"))


SOURCE = Source(
    name="polar_csv", version="1", says="a session of Polar Flow (CSV)", recognises=recognises, wanted=KIND.wanted,
    profile=profile, identity=none, global_identity=False, units=by_distance, table=table,
    remarks=remarks,
)  # fmt: skip
