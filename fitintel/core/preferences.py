"""What a reader prefers: units, language, colours, time zone, morning. Nothing here changes what is computed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from fitintel.core import days
from fitintel.core.errors import UnknownName, UsageError
from fitintel.core.units import UnitSystem

LANGUAGES = ("en", "de", "fr", "es")
"""Languages there are words in."""
THEMES = ("auto", "light", "dark")
"""`auto` follows the reader's system."""
TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
"""A time of day."""
MORNING = "05:00"
"""When nothing is said: after the night's sync of most devices, before most people train."""


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
    morning: str = MORNING
    """local time, HH:MM, at which the schedule makes the day's brief"""

    def __post_init__(self) -> None:
        for kind, value, known in (("language", self.language, LANGUAGES), ("theme", self.theme, THEMES)):
            if value not in known:
                raise UnknownName(kind, value, known)
        if self.time_zone:
            from zoneinfo import available_timezones

            if self.time_zone not in available_timezones():
                raise UnknownName("time zone", self.time_zone, available_timezones())
        if not TIME.fullmatch(self.morning):
            raise UsageError(f"{self.morning!r} is not a time of day", next="write it as 05:30, from 00:00 to 23:59")

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
