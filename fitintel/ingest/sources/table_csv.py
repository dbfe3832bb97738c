"""Any table of workouts as CSV: one row a workout, columns named by people or by programs we have not met.

Columns, units, number signs and the order of day and month are guessed from headers and values (`ingest.guess`); the
guess is a profile that is shown with the import and can be overridden, saved and used again.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.errors import UnknownFormat
from fitintel.core.units import UnitSystem
from fitintel.ingest.guess import guess, recognise
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.source import Source
from fitintel.ingest.table import Table


def recognises(header: Sequence[str]) -> bool:
    """Whether a header names a date, and a duration or a distance."""
    found = recognise(header)
    return "date" in found and ("duration" in found or "distance" in found)


def profile(table: Table, name: str, options: Options) -> Profile:
    """The profile that was given, if its columns are there, or a guess."""
    if options.profile is None:
        return guess(table, name=name, date_order=options.date_order, units=options.units)
    missing = [use.header for use in options.profile.columns if use.header not in table.header]
    if missing:
        raise UnknownFormat("The profile does not fit the file", where=f"{name}, line 1",
                            why=f"it names {', '.join(map(repr, missing[:5]))}; the file has "
                                f"{', '.join(map(repr, table.header[:8]))}",
                            next="choose another --profile or leave it out", rule="columns_missing")  # fmt: skip
    return options.profile


def identity(cells: Sequence[str]) -> list[str]:
    """The cells as they are: '007' stays '007'."""
    return [cell.strip() for cell in cells]


def units(used: Profile) -> UnitSystem | None:
    """Units of the distance, where the table has one in miles or kilometres."""
    distance = used.use("distance")
    return {"mi": UnitSystem.IMPERIAL, "km": UnitSystem.METRIC}.get(distance.unit) if distance else None


def wanted(header: Sequence[str]) -> list[str]:
    """The columns that are recognised."""
    return [found.header for found in recognise(header).values()]


SOURCE = Source(
    name="table_csv", version="1", says="any table of workouts (CSV)", recognises=recognises, wanted=wanted,
    profile=profile, identity=identity, global_identity=False, units=units,
)  # fmt: skip
