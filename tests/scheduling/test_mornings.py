"""When a local morning is, and which of them a brief is due for, with a moved clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.mornings import ATTEMPTS, RETRY, STALE, Morning, Turn, due, moment, newest, next_moment
from fitintel.core.preferences import Preferences

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Apia",
         "America/Sao_Paulo", "Australia/Lord_Howe")  # fmt: skip


def day(text: str) -> int:
    return days.number(days.date.fromisoformat(text))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def reads(zone: str, morning: str = "05:00") -> Preferences:
    return Preferences("ann", time_zone=zone, morning=morning)


def made(text: str, state: Morning = Morning.MADE, *, now: str = "2000-01-01", attempts: int = 1) -> Turn:
    return Turn("ann", day(text), state, "look-1", at(now), attempts)


@pytest.mark.parametrize(("zone", "morning", "date", "expected"), [
    ("Europe/Berlin", "05:00", "2026-03-28", "2026-03-28 04:00"),
    ("Europe/Berlin", "05:00", "2026-03-29", "2026-03-29 03:00"),  # the clock jumped ahead three hours ago
    ("Europe/Berlin", "02:30", "2026-03-29", "2026-03-29 01:30"),  # 02:30 is not on this clock: 03:30
    ("Europe/Berlin", "02:30", "2026-10-25", "2026-10-25 00:30"),  # it is on it twice: the first
    ("America/Sao_Paulo", "00:00", "2018-11-04", "2018-11-04 03:00"),  # the day begins at one
    ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03 15:45"),  # half an hour ahead: 02:45
    ("Pacific/Kiritimati", "05:00", "2026-05-02", "2026-05-01 15:00"),
])  # fmt: skip
def test_a_morning_is_where_the_local_clock_says(zone: str, morning: str, date: str, expected: str) -> None:
    assert moment(reads(zone, morning), day(date)) == at(expected)


def test_a_day_that_a_zone_leaves_out_has_no_morning_and_no_brief() -> None:
    samoa = reads("Pacific/Apia")
    assert moment(samoa, day("2011-12-30")) is None
    assert due(samoa, made("2011-12-29"), at("2011-12-31 16:00"), catch_up=7) == (day("2011-12-31"), day("2012-01-01"))
    assert next_moment(samoa, at("2011-12-29 20:00")) == moment(samoa, day("2011-12-31"))


@pytest.mark.parametrize("wrong", ["", "5:00", "24:00", "05:60", "05:00:00", "five", "05:00\n"])
def test_what_is_no_time_of_day_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="time of day"):
        Preferences("ann", morning=wrong)


def test_a_new_athlete_waits_for_their_first_morning() -> None:
    berlin = reads("Europe/Berlin")
    assert due(berlin, None, at("2026-06-01 02:59")) == ()
    assert due(berlin, None, at("2026-06-01 03:00")) == (day("2026-06-01"),)


def test_after_three_days_of_downtime_the_newest_comes_or_as_many_as_are_wished() -> None:
    berlin, last, now = reads("Europe/Berlin"), made("2026-06-01"), at("2026-06-04 10:00")
    assert due(berlin, last, now) == (day("2026-06-04"),)
    assert due(berlin, last, now, catch_up=2) == (day("2026-06-03"), day("2026-06-04"))
    assert due(berlin, last, now, catch_up=31) == tuple(range(day("2026-06-02"), day("2026-06-04") + 1))
    assert due(berlin, last, at("2026-06-04 01:00")) == (day("2026-06-03"),), "before five the newest is yesterday's"


def test_who_flies_west_over_the_date_line_gets_no_second_brief_of_a_day() -> None:
    now = at("2026-06-10 18:00")
    assert newest(reads("Pacific/Auckland"), now) == day("2026-06-11")
    assert newest(reads("Pacific/Honolulu"), now) == day("2026-06-10")
    last = made("2026-06-11")
    assert due(reads("Pacific/Honolulu"), last, now) == ()
    assert due(reads("Pacific/Honolulu"), last, now + timedelta(days=1)) == ()
    assert due(reads("Pacific/Honolulu"), last, now + timedelta(days=2)) == (day("2026-06-12"),)


def test_who_flies_east_has_the_day_that_it_is_there() -> None:
    assert due(reads("Pacific/Auckland"), made("2026-06-10"), at("2026-06-10 19:00")) == (day("2026-06-11"),)


def test_a_failed_morning_is_due_again_after_a_while_until_the_next_or_the_last_attempt() -> None:
    utc, failed = reads("UTC"), made("2026-06-01", Morning.FAILED, now="2026-06-01 05:00")
    assert due(utc, failed, failed.at + RETRY - timedelta(seconds=1)) == ()
    assert due(utc, failed, failed.at + RETRY) == (failed.day,)
    assert due(utc, failed, at("2026-06-02 06:00")) == (failed.day + 1,)
    spent = made("2026-06-01", Morning.FAILED, now="2026-06-01 05:00", attempts=ATTEMPTS)
    assert due(utc, spent, at("2026-06-01 23:00")) == ()


def test_a_morning_that_somebody_is_at_is_not_due_until_they_must_be_dead() -> None:
    taken = made("2026-06-01", Morning.TAKEN, now="2026-06-01 05:00")
    assert due(reads("UTC"), taken, taken.at + STALE - timedelta(seconds=1)) == ()
    assert due(reads("UTC"), taken, taken.at + STALE) == (taken.day,)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(ZONES), st.integers(0, 1439), st.datetimes(datetime(2005, 1, 1), datetime(2030, 1, 1)),
       st.lists(st.integers(1, 40), min_size=3, max_size=25))  # fmt: skip
def test_however_the_clock_is_looked_at_each_local_day_comes_once_and_in_order(
    zone: str, minute: int, start: datetime, hours: list[int]
) -> None:  # fmt: skip
    who = reads(zone, f"{minute // 60:02}:{minute % 60:02}")
    now, last, had = start.replace(tzinfo=UTC), None, []
    for step in hours:
        now += timedelta(hours=step)
        for one in due(who, last, now, catch_up=31):
            came = moment(who, one)
            assert came is not None
            assert came <= now
            last = Turn("ann", one, Morning.MADE, "", now)
            had.append(one)
        assert next_moment(who, now) > now
    assert had == sorted(set(had))
    between = range(had[0], had[-1] + 1) if had else range(0)
    assert had == [one for one in between if moment(who, one) is not None], "no day is missed"
