"""What a reader prefers: units, language, colours, time zone. Nothing here changes what is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fitintel.core import days
from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem

LANGUAGES = ("en", "de", "fr", "es")
"""Languages there are words in."""
THEMES = ("auto", "light", "dark")
"""`auto` follows the reader's system."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one reader chose. Nothing chosen: the athlete's units, English, the system's colours, the machine's zone."""

    who: str
    """the athlete who reads, or the id of the actor"""
    units: UnitSystem | None = None
    """None: those of the athlete who is looked at"""
    language: str = "en"
    theme: str = "auto"
    time_zone: str = ""
    """IANA name; empty: the zone of the machine"""

    def __post_init__(self) -> None:
        for kind, value, known in (("language", self.language, LANGUAGES), ("theme", self.theme, THEMES)):
            if value not in known:
                raise UnknownName(kind, value, known)
        if self.time_zone:
            from zoneinfo import available_timezones

            if self.time_zone not in available_timezones():
                raise UnknownName("time zone", self.time_zone, available_timezones())

    def today(self, now: datetime | None = None) -> int:
        """Day number of the day it is for the reader.

        >>> late = datetime(2025, 10, 7, 23, 30, tzinfo=UTC)
        >>> [Preferences("me", time_zone=zone).today(late) for zone in ("UTC", "Europe/Paris")]
        [20368, 20369]
        """
        if not self.time_zone:
            return days.today() if now is None else days.number(now.astimezone().date())
        from zoneinfo import ZoneInfo

        return days.number((now or datetime.now(UTC)).astimezone(ZoneInfo(self.time_zone)).date())
