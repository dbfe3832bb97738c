"""The local day of a recording: from its offset, a stated zone, its place, or with a flag."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from fitintel.core import days
from fitintel.core.errors import UnknownName
from fitintel.core.recording import Recording
from fitintel.ingest.local_time import local


def at(text: str, *, offset: float | None = None, lon: float | None = None) -> Recording:
    start = datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    stream = {} if lon is None else {"lat": np.array([0.0, 48.0]), "lon": np.array([0.0, lon])}
    return Recording("running", "", start, offset, {}, np.array([start, start + 1]), stream)


def day(found) -> str:
    return days.iso(found.day)


def rules(found) -> list[str]:
    return [rule for rule, _ in found.remarks]


def test_the_offset_of_the_file_makes_the_day():
    found = local(at("2024-01-01T00:20:00", offset=-3 * 3600.0), "Asia/Tokyo")
    assert (day(found), found.offset, rules(found)) == ("2023-12-31", -10800.0, [])


def test_a_stated_zone_makes_the_day_and_follows_the_season():
    found = local(at("2024-07-01T22:30:00"), "Europe/Paris")
    assert (day(found), found.offset) == ("2024-07-02", 7200.0)
    assert local(at("2024-01-01T22:30:00"), "Europe/Paris").offset == 3600.0
    with pytest.raises(UnknownName):
        local(at("2024-07-01T22:30:00"), "Europe/Atlantis")


def test_the_place_makes_the_day_where_it_is_sure_and_no_offset_is_invented():
    found = local(at("2024-07-02T01:00:00", lon=-87.6))  # an evening in Chicago
    assert (day(found), rules(found)) == ("2024-07-01", ["zone_from_position"])
    assert math.isnan(found.offset)


def test_a_start_near_midnight_is_flagged():
    assert rules(local(at("2024-07-01T22:30:00", lon=2.3))) == ["day_uncertain"]


def test_without_zone_or_place_the_day_is_that_of_utc_and_flagged():
    found = local(at("2024-07-01T12:00:00"))
    assert (day(found), rules(found)) == ("2024-07-01", ["day_uncertain"])


def test_a_local_time_marked_as_utc_is_flagged_not_shifted():
    start = at("2024-07-01T08:00:00", lon=-74.0)  # read as UTC it is 3 in the morning in New York
    found = local(start)
    assert "clock_maybe_local" in rules(found)
    assert "clock_maybe_local" not in rules(local(at("2024-07-01T12:00:00", lon=-74.0)))
    assert "clock_maybe_local" not in rules(local(at("2024-07-01T02:00:00", lon=0.1)))


def test_a_position_of_zero_zero_is_no_place():
    one = at("2024-07-01T12:00:00")
    nowhere = {"lat": np.zeros(2), "lon": np.zeros(2)}
    found = local(Recording(one.sport, "", one.start, None, {}, one.time, nowhere))
    assert rules(found) == ["day_uncertain"]
