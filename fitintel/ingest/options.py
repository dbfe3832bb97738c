"""What a person said about a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from fitintel.core.errors import UnknownName
from fitintel.core.sports import SPORTS
from fitintel.ingest.dates import ORDERS
from fitintel.ingest.plausible import said_units
from fitintel.ingest.profile import Profile
from fitintel.ingest.zones import zone


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file, where the file does not say it."""

    source: str | None = None
    profile: Profile | None = None
    date_order: str | None = None
    units: str | None = None
    sport: str | None = None
    """sport of rows that name none, or one that is not known"""
    zone: str | None = None
    """IANA name of the time zone that the athlete lived in, for times that do not say theirs"""
    salvage: bool | None = None
    """keep what can be read of a damaged file"""
    person: str | None = None
    """whose rows are meant, by the id in the file, where a file holds several people"""

    def check(self) -> None:
        """Raise UnknownName where an option names what does not exist."""
        if self.date_order is not None and self.date_order not in ORDERS:
            raise UnknownName("date order", self.date_order, ORDERS)
        if self.sport is not None and self.sport not in SPORTS:
            raise UnknownName("sport", self.sport, SPORTS)
        said_units(self.units)
        if self.zone is not None:
            zone(self.zone)

    def as_dict(self) -> dict[str, Any]:
        """What was said, as it is kept in the ledger."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values["profile"] = self.profile.as_dict() if self.profile else None
        return {name: value for name, value in values.items() if value is not None}

    def over(self, kept: Mapping[str, Any]) -> Options:
        """These options, with those of an earlier `as_dict` where nothing is said now.

        >>> Options(units="mi").over({"units": "km", "date_order": "dmy"})
        Options(source=None, profile=None, date_order='dmy', units='mi', sport=None, zone=None, ...)
        """
        profile = self.profile or (Profile.from_dict(kept["profile"]) if kept.get("profile") else None)
        return Options(
            source=self.source or kept.get("source"), profile=profile,
            date_order=self.date_order or kept.get("date_order"), units=self.units or kept.get("units"),
            sport=self.sport or kept.get("sport"), zone=self.zone or kept.get("zone"),
            salvage=self.salvage or kept.get("salvage"), person=self.person or kept.get("person"),
        )  # fmt: skip
