"""Figures as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.views import numbers

METRIC, IMPERIAL = UnitSystem.METRIC, UnitSystem.IMPERIAL


@given(st.floats(0.05, 5.0), st.sampled_from(UnitSystem))
def test_pace_never_shows_sixty_seconds_and_is_right_to_half_a_second(pace, units):
    minutes, seconds, unit = re.fullmatch(r"(\d+):(\d\d) (min/(?:km|mi))", numbers.pace(pace, units)).groups()
    per = 1000.0 if unit == "min/km" else 1609.344
    assert int(seconds) < 60
    assert abs(int(minutes) * 60 + int(seconds) - pace * per) <= 0.5 + 1e-6


def test_an_imperial_reader_gets_a_slower_number_per_mile_than_per_kilometre():
    # 5:00 min/km is 8:03 min/mi; the field's classic error divides instead (2.6 times too fast)
    assert numbers.pace(0.3, METRIC) == "5:00 min/km"
    assert numbers.pace(0.3, IMPERIAL) == "8:03 min/mi"


@given(st.floats(0, 1e7))
def test_duration_never_shows_sixty_minutes(seconds):
    found = re.fullmatch(r"(?:([\d,]+):(\d\d) h|(\d+) min|(\d+) s)", numbers.clock(seconds))
    hours, minutes, alone, rest = found.groups()
    assert int(minutes or alone or rest or 0) < 60
    said = int((hours or "0").replace(",", "")) * 3600 + int(minutes or alone or 0) * 60 + int(rest or 0)
    assert abs(said - seconds) <= 30


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_nothing_is_ever_minus_zero(value, decimals):
    text = numbers.plain(value, decimals)
    assert not re.fullmatch(r"[−-]0(\.0*)?", text)
    assert "-" not in text  # a real minus sign


def test_a_unit_is_said_once_where_both_ends_have_the_same():
    assert numbers.between(30000, 55210, "distance", METRIC) == "30.0 to 55.2 km"
    assert numbers.between(1, 2, "sessions", METRIC) == "1 to 2 sessions"
    assert numbers.between(1800, 7200, "duration", METRIC) == "30 min to 2:00 h"


def test_one_of_a_thing_is_singular():
    assert numbers.quantity(1, "sessions", METRIC) == "1 session"
    assert numbers.quantity(1.0, "training days", METRIC) == "1 training day"
    assert numbers.quantity(1.5, "sessions", METRIC) == "1.5 sessions"
    assert [numbers.count(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_probability_is_not_rounded_to_certainty():
    assert numbers.certainty(0.9996) == "over 99 %"
    assert numbers.certainty(1.0) == "100 %"


def test_an_unknown_quantity_is_refused():
    with pytest.raises(UnknownName, match="furlong"):
        numbers.quantity(1.0, "furlong", METRIC)
