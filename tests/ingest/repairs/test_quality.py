"""Quality: 0-100 with reasons; more of a fault never raises it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.quality import widening
from fitintel.ingest.repairs import repair
from tests.ingest.repairs.made import planted, recording

RIDE = recording(seconds=1200)


@given(
    st.sampled_from(["hr", "power", "distance", "elevation", "cadence"]),
    st.lists(st.tuples(st.integers(0, 1200), st.integers(1, 300)), min_size=1, max_size=5),
)
def test_the_more_is_missing_the_less_it_is_trusted(channel: str, holes: list[tuple[int, int]]) -> None:
    score = repair(RIDE).quality.score
    ride = RIDE
    for first, length in holes:
        ride = planted(ride, **{channel: [(slice(first, first + length), np.nan)]})
        now = repair(ride).quality.score
        assert now <= score + 1e-9
        score = now


@pytest.mark.parametrize(
    ("channel", "value"), [("power", 21_000.0), ("hr", 0.0), ("speed", 150.0), ("lat", 10.0), ("elevation", 9000.0)]
)
def test_the_more_is_repaired_the_less_it_is_trusted(channel: str, value: float) -> None:
    scores = [
        repair(planted(RIDE, **{channel: [(place, value) for place in range(50, 50 + 40 * many, 40)]})).quality.score
        for many in range(1, 25, 4)
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] < 100.0


def test_longer_gaps_are_trusted_less() -> None:
    scores = []
    for length in (0.0, 60.0, 300.0, 3000.0):
        time = RIDE.time.copy()
        time[600:] += length
        scores.append(repair(replace(RIDE, time=time)).quality.score)
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_a_channel_that_the_device_does_not_have_is_no_fault() -> None:
    stream = {name: values for name, values in RIDE.stream.items() if name not in ("hr", "power")}
    assert repair(replace(RIDE, stream=stream)).quality.score == 100.0


def test_a_clock_that_was_never_set_and_a_wrong_summary_are_reasons() -> None:
    doubtful = replace(RIDE, remarks=(("fit_no_clock", "since 1989"),), device={"hr_mean": 90.0})
    quality = repair(doubtful).quality
    assert {reason.name for reason in quality.reasons} == {"clock", "device"}
    assert quality.score == pytest.approx(100.0 * 0.7 * 0.95)


def test_quality_is_the_product_of_its_reasons() -> None:
    bad = planted(RIDE, hr=[(slice(0, 400), np.nan)], power=[(slice(10, 15), 9000.0)])
    quality = repair(bad).quality
    product = 100.0
    for reason in quality.reasons:
        assert 0.0 < reason.share <= 1.0
        assert reason.detail
        product *= 1.0 - reason.weight * reason.share
    assert quality.score == pytest.approx(product)
    assert quality.of("distance") == 100.0
    assert quality.of("hr") == pytest.approx(quality.score / (1 - 0.5 * 5 / 1201))


def test_repairs_turned_off_never_raise_quality() -> None:
    bad = planted(RIDE, hr=[(slice(0, 300), 0.0)], power=[(5, 21_000.0)], lat=[(700, 10.0)])
    on = repair(bad).quality.score
    for off in ({"hr_dropout"}, {"power_spike"}, {"gps_spike"}, {"hr_dropout", "power_spike", "gps_spike"}):
        assert repair(bad, off=off).quality.score < on


@given(st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_intervals_widen_as_quality_falls_and_never_narrow(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 1.0 <= widening(high) <= widening(low) <= 4.0
