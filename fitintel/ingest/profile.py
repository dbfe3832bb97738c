"""Profile: how the columns of a file are read. A guess that can be shown, overridden, saved as JSON and used again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from fitintel.core.errors import UnknownName, UsageError
from fitintel.core.units import TO_SI

QUANTITY = {
    "duration": "duration", "distance": "distance", "speed_max": "speed", "elevation_gain": "elevation",
    "hr_mean": "heart rate", "hr_max": "heart rate", "cadence": "cadence", "energy": "energy",
}  # fmt: skip
"""our number column -> its quantity in core/units.py."""

UNITLESS = ("steps", "rpe")
NUMBERS = (*QUANTITY, *UNITLESS)
TEXTS = ("sport", "notes", "source_id")
MOMENTS = ("date", "time")
"""`date` may hold a time of day too; `time` is the time of day in a column of its own."""

CLOCKS = {"h:mm:ss": "min:s", "mm:ss": "min:s", "h:mm": "h:min"}
"""duration units written with colons -> what two parts mean."""


class Use(NamedTuple):
    """One column of the file: its name there, our column, and its unit ('' for text and dates)."""

    header: str
    ours: str
    unit: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How a table is read: columns with units, order of day and month, number signs."""

    columns: tuple[Use, ...]
    date_order: str = ""
    decimal: str = "."
    thousands: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"
    zero_is_missing: tuple[str, ...] = ()
    """our columns where this source writes 0 for what was not recorded"""
    ignored: tuple[str, ...] = field(default=())
    """columns of the file that are not used"""
    clock: str = ""
    """`utc` where the file's times are UTC; '' where they are local or say their own offset"""
    zone: str = ""
    """IANA name of the time zone that local times are in, or are to be told in; '' where it is not known"""
    by_sport: tuple[tuple[str, str, str], ...] = ()
    """(our sport, our column, unit) where a source writes one sport in another unit"""

    def __post_init__(self) -> None:
        for use in self.columns:
            check_use(use)
        for _, ours, unit in self.by_sport:
            check_use(Use("", ours, unit))

    def use(self, ours: str) -> Use | None:
        """The column that is read as `ours`; where several are, the first: the others fill its empty cells."""
        return next((use for use in self.columns if use.ours == ours), None)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as saved in JSON."""
        return {
            "columns": {use.header: [use.ours, use.unit] for use in self.columns}, "date_order": self.date_order,
            "decimal": self.decimal, "thousands": self.thousands, "delimiter": self.delimiter,
            "encoding": self.encoding, "zero_is_missing": list(self.zero_is_missing), "ignored": list(self.ignored),
            "clock": self.clock, "zone": self.zone, "by_sport": [list(each) for each in self.by_sport],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Profile:
        """The profile of `as_dict`, or written by hand.

        Raises:
            UsageError: it is no profile, or names a column or unit that does not exist.
        """
        try:
            columns = tuple(Use(header, *pair) for header, pair in values["columns"].items())
            return cls(
                columns=columns, date_order=str(values.get("date_order", "")), decimal=str(values.get("decimal", ".")),
                thousands=str(values.get("thousands", "")), delimiter=str(values.get("delimiter", ",")),
                encoding=str(values.get("encoding", "utf-8")),
                zero_is_missing=tuple(values.get("zero_is_missing", ())), ignored=tuple(values.get("ignored", ())),
                clock=str(values.get("clock", "")), zone=str(values.get("zone", "")),
                by_sport=tuple((str(sport), str(ours), str(unit)) for sport, ours, unit in values.get("by_sport", ())),
            )  # fmt: skip
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise UsageError("This is not a profile", why=f"{type(error).__name__}: {error}",
                             next='write {"columns": {"name in the file": ["duration", "min"]}}'
                             ) from error  # fmt: skip

    def save(self, path: Path) -> None:
        """Write the profile as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.as_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Profile:
        """Read a profile that was saved as JSON."""
        try:
            return cls.from_dict(json.loads(path.read_text(encoding="utf-8")))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise UsageError("The profile is not JSON", where=path.name, why=str(error)) from error


def check_use(use: Use) -> None:
    """Raise UnknownName unless our column and its unit exist."""
    known = (*MOMENTS, *NUMBERS, *TEXTS)
    if use.ours not in known:
        raise UnknownName("column to read into", use.ours, known)
    if use.ours in QUANTITY:
        units = [*TO_SI[QUANTITY[use.ours]], *(CLOCKS if use.ours == "duration" else ())]
        if use.unit not in units:
            raise UnknownName(f"unit of {use.ours}", use.unit, units)
