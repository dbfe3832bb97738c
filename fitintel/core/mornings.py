"""An athlete's local mornings: when each is, which of them a brief is due for, and what has become of the newest.

A morning belongs to a day of the athlete's own calendar. On a day whose clock jumps over the hour it is as long after
midnight as on the day before; where the hour comes twice it is the first of the two; a day that a zone leaves out has
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fitintel.core import days
from fitintel.core.preferences import Preferences

ATTEMPTS = 5
"""times that the brief of a morning is tried"""
RETRY = timedelta(minutes=15)
"""after a failure, until it is tried again"""
STALE = timedelta(hours=1)
"""A morning that was taken so long ago was left by a process that died: a batch takes minutes."""
MOST = 31
"""days that can be caught up at most"""


class Morning(StrEnum):
    """What has become of an athlete's newest morning."""

    TAKEN = "taken"  # by a scheduler that is at it, or has died
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Turn:
    """An athlete's newest morning: the only row that the schedule keeps of them."""

    athlete_id: str
    day: int
    """day number of the athlete's own calendar"""
    state: Morning
    by: str
    """which look of which scheduler took it"""
    at: datetime
    """when it was taken or settled"""
    attempts: int = 1

    def open(self, now: datetime) -> bool:
        """Whether this morning's brief is to be tried again."""
        if self.state is Morning.MADE or self.attempts >= ATTEMPTS:
            return False
        return self.at <= now - (RETRY if self.state is Morning.FAILED else STALE)


def moment(reads: Preferences, day: int) -> datetime | None:
    """When the morning of a local day is, in UTC; None where the zone leaves the day out.

    >>> berlin = Preferences("me", time_zone="Europe/Berlin", morning="02:30")
    >>> [str(moment(berlin, days.number(days.date(2026, 3, day)))) for day in (28, 29, 30)]
    ['2026-03-28 01:30:00+00:00', '2026-03-29 01:30:00+00:00', '2026-03-30 00:30:00+00:00']
    """
    zone = ZoneInfo(reads.time_zone) if reads.time_zone else None
    local = datetime.combine(days.from_number(day), time.fromisoformat(reads.morning), zone)
    found = local.astimezone(UTC)
    return found if reads.today(found) == day else None


def newest(reads: Preferences, now: datetime) -> int:
    """The newest local day whose morning has come."""
    day = reads.today(now)
    while (found := moment(reads, day)) is None or found > now:
        day -= 1
    return day


def next_moment(reads: Preferences, now: datetime) -> datetime:
    """When the reader's next morning is, in UTC."""
    day = newest(reads, now) + 1
    while (found := moment(reads, day)) is None:
        day += 1
    return found


def due(reads: Preferences, last: Turn | None, now: datetime, catch_up: int = 1) -> tuple[int, ...]:
    """Day numbers that a brief is due for, oldest first: at most the `catch_up` newest mornings, each once.

    Who has had none yet begins with today's. A morning that is under way, or failed a moment ago, is not due; one that
    failed is tried again until the next is due.

    >>> now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    >>> had = Turn("me", days.number(days.date(2026, 3, 25)), Morning.MADE, "", now)
    >>> [days.iso(day) for day in due(Preferences("me", time_zone="UTC"), had, now, catch_up=2)]
    ['2026-03-28', '2026-03-29']
    """
    last_day = newest(reads, now)
    if last is None:
        return (last_day,) if last_day == reads.today(now) else ()
    first = last.day if last.open(now) else last.day + 1
    wanted = range(max(first, last_day - catch_up + 1), last_day + 1)
    return tuple(day for day in wanted if moment(reads, day) is not None)
