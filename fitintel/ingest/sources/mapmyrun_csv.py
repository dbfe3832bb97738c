"""The workout history that MapMyRun (MapMyFitness, MapMyRide, MapMyWalk) exports as CSV.

Special in these files: 0 stands for what was not recorded (heart rate, steps, energy, highest speed); dates are local
days without a time, "Jan. 8, 2024" beside "June 3, 2024"; the last number of `Link` is the workout's identity. Paces
and the mean speed are not read: they are distance over time, rounded. "Date Submitted" is when it was uploaded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fitintel.core.errors import UnknownFormat
from fitintel.core.units import UnitSystem
from fitintel.ingest.cells import Cells
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile, Use
from fitintel.ingest.source import Source
from fitintel.ingest.table import Table

COLUMNS: dict[str, tuple[str, str]] = {
    "workout date": ("date", ""),
    "activity type": ("sport", ""),
    "calories burned (kcal)": ("energy", "kcal"),
    "distance (mi)": ("distance", "mi"),
    "distance (km)": ("distance", "km"),
    "workout time (seconds)": ("duration", "s"),
    "max speed (mi/h)": ("speed_max", "mi/h"),
    "max speed (km/h)": ("speed_max", "km/h"),
    "avg heart rate": ("hr_mean", "bpm"),
    "steps": ("steps", ""),
    "notes": ("notes", ""),
    "link": ("source_id", ""),
}
"""their name, lower case -> (our column, unit)."""

NEEDED = ("workout date", "activity type", "workout time (seconds)", "link")
ZERO_IS_MISSING = ("hr_mean", "steps", "energy", "speed_max")
_NUMBER = re.compile(r"\d+", re.ASCII)


def recognises(header: Sequence[str]) -> bool:
    """Whether a header is theirs."""
    names = {name.casefold() for name in header}
    return names.issuperset(NEEDED) and bool(names & {"distance (mi)", "distance (km)"})


def profile(table: Table, name: str, options: Options) -> Profile:
    """How this file's columns are read: the table above."""
    if not recognises(table.header):
        raise UnknownFormat("This is not a MapMyRun workout history", where=f"{name}, line 1",
                            why=f"it needs the columns {', '.join(NEEDED)} and a distance",
                            next="leave --source out to have the file detected", rule="columns_missing")  # fmt: skip
    columns = tuple(Use(column, *COLUMNS[column.casefold()]) for column in table.header if column.casefold() in COLUMNS)
    used = {use.header for use in columns}
    return Profile(
        columns=columns, date_order=options.date_order or "", delimiter=table.delimiter,
        encoding=table.decoded.encoding, zero_is_missing=ZERO_IS_MISSING,
        ignored=tuple(column for column in table.header if column and column not in used),
    )  # fmt: skip


def identity(cells: Sequence[str]) -> list[str]:
    """The last number of each link, as text.

    >>> identity(["http://www.mapmyfitness.com/workout/8684506519", ""])
    ['8684506519', '']
    """
    ends = cells.after_last("/").texts() if isinstance(cells, Cells) else [cell.rpartition("/")[2] for cell in cells]
    joined = "".join(ends)
    if joined.isdigit() and joined.isascii() and all(ends):
        return ends
    whole = [end if end.isdigit() and end.isascii() else None for end in ends]
    return [
        end if end is not None else found[-1] if (found := _NUMBER.findall(cell)) else ""
        for end, cell in zip(whole, cells, strict=True)
    ]


def units(used: Profile) -> UnitSystem | None:
    """Miles show a person who reads miles."""
    distance = used.use("distance")
    return UnitSystem.IMPERIAL if distance and distance.unit == "mi" else UnitSystem.METRIC


def wanted(header: Sequence[str]) -> list[str]:
    """The columns that are read."""
    return [column for column in header if column.casefold() in COLUMNS]


SOURCE = Source(
    name="mapmyrun_csv", version="1", says="MapMyRun workout history (CSV)", recognises=recognises, wanted=wanted,
    profile=profile, identity=identity, global_identity=True, units=units,
)  # fmt: skip
