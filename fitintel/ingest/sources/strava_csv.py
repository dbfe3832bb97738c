"""`activities.csv` of Strava's bulk export, in any language.

Its names repeat: the first Distance is in the person's unit and number signs, the second in metres with a point; both
Elapsed Times are in seconds. So columns are taken by their place, and the repeats give the file away whatever its
language. Exports before about 2018 have ten columns and only the first Distance. Dates are UTC.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.errors import UnknownFormat
from fitintel.core.units import UnitSystem
from fitintel.ingest import plausible
from fitintel.ingest.guess import order_by_evidence, signs
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile, Use
from fitintel.ingest.source import Source
from fitintel.ingest.table import Table
from fitintel.ingest.words import plainly

FIRST = {"source_id": 0, "date": 1, "notes": 4, "sport": 3}
ELAPSED, DISTANCE = 5, 6
"""places of the first of the repeated names"""
SECOND: tuple[tuple[str, int, str], ...] = (
    ("duration", 1, "s"), ("duration", 0, "s"), ("distance", 2, "m"), ("speed_max", 3, "m/s"),
    ("elevation_gain", 5, "m"), ("cadence", 14, "spm"), ("hr_max", 15, "bpm"), ("hr_mean", 16, "bpm"),
    ("energy", 19, "kcal"), ("rpe", 28, ""),
)  # fmt: skip
"""(our column, places after the second Elapsed Time, unit); moving time first, elapsed time where it is empty."""
STEPS = ("total steps", "schritte insgesamt")
OLD = ("activity id", "activity date", "activity name", "activity type", "activity description", "elapsed time",
       "distance", "commute", "activity gear", "filename")  # fmt: skip
MARK = " (2)"


def names(header: Sequence[str]) -> list[str]:
    """The header with the second of two equal names marked.

    >>> names(["Distance", "Max Speed", "Distance"])
    ['Distance', 'Max Speed', 'Distance (2)']
    """
    seen: dict[str, int] = {}
    told = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 or not name else f"{name} ({seen[name]})")
    return told


def _second(header: Sequence[str]) -> int | None:
    """Place of the second Elapsed Time; the header may already be told apart."""
    bare = [name.removesuffix(MARK) for name in header]
    if len(bare) < 40:
        return None
    for place in range(10, min(20, len(bare) - 30)):
        if bare[place] == bare[ELAPSED] and bare[place + 2] == bare[DISTANCE]:
            return place
    return None


def recognises(header: Sequence[str]) -> bool:
    """Whether the names repeat as theirs do, or are those of an old export."""
    return _second(header) is not None or tuple(map(plainly, header))[: len(OLD)] == OLD


def profile(table: Table, name: str, options: Options) -> Profile:
    """Columns by their places."""
    header = table.header
    second = _second(header)
    if not recognises(header):
        raise UnknownFormat("This is not Strava's activities.csv", where=f"{name}, line 1",
                            why="its columns do not repeat as there", next="leave --source out",
                            rule="columns_missing")  # fmt: skip
    columns = [Use(header[place], ours, "") for ours, place in FIRST.items()]
    columns.append(Use(header[2], "notes", ""))  # the title, where there is no description
    decimal = "."
    if second is None:
        columns.append(Use(header[ELAPSED], "duration", "s"))
        decimal, _ = signs({"distance": table.column(header[DISTANCE])}, table.delimiter, None, name)
        columns.append(Use(header[DISTANCE], "distance", _old_unit(table, options, decimal, name)))
    else:
        columns += [Use(header[second + place], ours, unit) for ours, place, unit in SECOND]
        columns += [Use(each, "steps", "") for each in header if plainly(each) in STEPS]
    used = {use.header for use in columns}
    return Profile(
        columns=tuple(columns), date_order=order_by_evidence(table.column(header[1]), options.date_order, name),
        decimal=decimal, delimiter=table.delimiter, encoding=table.decoded.encoding, clock="utc",
        ignored=tuple(each for each in header if each and each not in used),
    )  # fmt: skip


def _old_unit(table: Table, options: Options, decimal: str, name: str) -> str:
    header = table.header
    cells = {"distance": table.column(header[DISTANCE]), "duration": table.column(header[ELAPSED]),
             "sport": table.column(header[3])}  # fmt: skip
    said = plausible.said_units(options.units)
    headers = {"distance": header[DISTANCE], "duration": header[ELAPSED]}
    written = {"distance": "", "duration": "s"}
    return plausible.resolve(cells, written, said, decimal, "", name, headers=headers)["distance"]


def wanted(header: Sequence[str]) -> list[str]:
    """The columns that may be read."""
    second = _second(header)
    places = [*FIRST.values(), 2, ELAPSED, DISTANCE]
    if second is not None:
        places += [second + place for _, place, _ in SECOND]
    return [header[place] for place in places] + [each for each in header if plainly(each) in STEPS]


def identity(cells: Sequence[str]) -> list[str]:
    """Strava's number of each activity."""
    return [cell.strip() for cell in cells]


def units(used: Profile) -> UnitSystem | None:
    """The file's second block is metric for everyone."""
    return None


SOURCE = Source(
    name="strava_csv", version="1", says="activities.csv of a Strava export", recognises=recognises, wanted=wanted,
    profile=profile, identity=identity, global_identity=True, units=units, names=names,
)  # fmt: skip
