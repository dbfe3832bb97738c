"""W' balance: the recurrence without a loop, against a loop, a closed form and itself at other sampling rates."""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.errors import DataError
from fitintel.ingest.fit.reading import read_fit
from fitintel.intelligence.registry import get
from fitintel.intelligence.resample import one_hertz
from fitintel.intelligence.wprime import fading_sum, recovery_gap, time_constant

differential, integral = get("wbal_differential"), get("wbal_integral")
skiba, bartram = get("wbal_tau_skiba2012"), get("wbal_tau_bartram")

POWER = st.lists(st.floats(0, 1500), min_size=1, max_size=200)
CAPACITY = st.tuples(st.floats(50, 500), st.floats(1000, 50_000))


def by_loop(power, critical, whole, start=None, step=1.0):
    left, found = whole if start is None else start, []
    for watts in power:
        if watts >= critical:
            left -= (watts - critical) * step
        else:
            left = whole - (whole - left) * math.exp(-(critical - watts) * step / whole)
        found.append(left)
    return np.array(found)


def ride(n, seed=1):
    rng = np.random.default_rng(seed)
    return np.clip(200 + 150 * np.sin(np.arange(n) / 90) + rng.normal(0, 80, n), 0, None)


@given(POWER, CAPACITY, st.sampled_from([0.5, 1.0, 7.0, 600.0]))
def test_it_is_the_loop_over_samples(power, capacity, step):
    found = differential(power, *capacity, step=step)
    assert found == pytest.approx(by_loop(power, *capacity, step=step), rel=1e-9, abs=1e-6)


def test_ten_hours_are_the_loop_to_nine_digits():
    power = ride(36_000)
    expected = by_loop(power, 230, 18_000)
    assert np.abs(differential(power, 230, 18_000) / expected - 1).max() < 1e-9


@given(POWER, CAPACITY)
def test_it_never_exceeds_w_prime_and_rises_only_below_critical_power(power, capacity):
    found = differential(power, *capacity)
    assert (found <= capacity[1] * (1 + 1e-12)).all()
    change = np.diff(np.concatenate([[capacity[1]], found]))
    above = np.array(power) >= capacity[0]
    assert (change[above] <= 1e-6).all()
    assert (change[~above] >= -1e-6).all()


@given(st.lists(st.sampled_from([0.0, 120.0, 249.0, 250.0, 251.0, 400.0]), min_size=1, max_size=40), st.integers(2, 10))
def test_the_differential_balance_does_not_depend_on_the_sampling_rate(power, factor):
    coarse = differential(power, 250, 20_000, step=float(factor))
    fine = differential(np.repeat(power, factor), 250, 20_000)[factor - 1 :: factor]
    assert coarse == pytest.approx(fine, rel=1e-9, abs=1e-6)


@given(POWER, st.floats(0, 1500))
@settings(max_examples=50)
def test_it_is_causal(power, later):
    both = differential([*power, later], 250, 20_000)
    assert both[:-1] == pytest.approx(differential(power, 250, 20_000), rel=1e-12)


def test_recovery_is_the_closed_form_at_any_step():
    expected = 20_000 - 15_000 * math.exp(-150 * 300 / 20_000)
    for step in (1.0, 5.0, 300.0):
        power = np.full(int(300 / step), 100.0)
        assert differential(power, 250, 20_000, start=5000, step=step)[-1] == pytest.approx(expected, rel=1e-12)


def test_it_goes_below_zero_and_says_so():
    assert differential([1250] * 30, 250, 20_000)[-1] == pytest.approx(-10_000)


def test_missing_power_is_neither_zero_nor_recovery():
    found = differential([350, np.nan, None, 350], 250, 20_000)
    assert found[0] == 19_900
    assert np.isnan(found[1:3]).all()
    assert found[3] == 19_800
    summed = integral([350, np.nan, 350], 250, 20_000, tau=400.0)
    assert np.isnan(summed[1])
    assert summed[2] == pytest.approx(20_000 - 100 * math.exp(-1 / 400) - 100)


def test_a_batch_is_its_rows():
    power = np.stack([ride(500, 1), ride(500, 2), ride(500, 3)])
    power[1, 100:120] = np.nan
    critical, whole = np.array([200.0, 240.0, 280.0]), np.array([15_000.0, 20_000.0, 25_000.0])
    for model in (differential, integral):
        together = model(power, critical, whole)
        for row in range(3):
            alone = model(power[row], critical[row], whole[row])
            np.testing.assert_allclose(together[row], alone, rtol=1e-11)


def test_a_read_only_stream_is_left_as_it_was():
    power = ride(100)
    before = power.copy()
    power.setflags(write=False)
    differential(power, 250, 20_000)
    integral(power, 250, 20_000)
    assert (power == before).all()


@given(POWER, CAPACITY, st.floats(10, 2000))
def test_the_integral_is_its_sum(power, capacity, tau):
    critical, whole = capacity
    over = np.maximum(np.array(power) - critical, 0)
    t = np.arange(len(power))
    fade = np.where(t[:, None] >= t, np.exp(-np.maximum(t[:, None] - t, 0) / tau), 0.0)
    assert integral(power, critical, whole, tau=tau) == pytest.approx(whole - fade @ over, rel=1e-9, abs=1e-6)


def test_the_time_constant_of_a_ride_comes_from_its_power_below():
    power = np.arange(100.0)
    assert recovery_gap(power, 25) == 13
    assert skiba(13) == pytest.approx(546 * math.exp(-0.13) + 316)
    np.testing.assert_array_equal(integral(power, 25, 2000), integral(power, 25, 2000, tau=float(time_constant(13))))


def test_without_recovery_the_integral_is_undefined_unless_a_time_constant_is_given():
    assert np.isnan(integral([300, 300], 250, 20_000)).all()
    assert integral([300, 300], 250, 20_000, tau=500.0)[0] == 19_950


def test_an_empty_stream_gives_an_empty_balance():
    assert differential([], 250, 20_000).shape == (0,)
    assert integral([], 250, 20_000, tau=400.0).shape == (0,)


@given(st.floats(1, 500), st.floats(1, 500))
def test_a_larger_gap_recovers_faster(one, two):
    low, high = sorted((one, two))
    assert skiba(low) >= skiba(high)
    assert bartram(low) >= bartram(high)
    assert 316 < skiba(high) <= 862


def test_time_constants_are_undefined_or_refused_where_they_have_no_meaning():
    assert bartram(0) is None
    assert bartram(None) is None
    assert skiba(None) is None
    with pytest.raises(DataError):
        skiba(-1)


@pytest.mark.parametrize("wrong", [(0, 20_000), (250, 0), (250, -1), (-250, 20_000)])
def test_impossible_capacities_are_refused(wrong):
    for model in (differential, integral):
        with pytest.raises(DataError):
            model([100, 300], *wrong)
    with pytest.raises(DataError):
        differential([100], 250, 20_000, step=0)
    with pytest.raises(DataError):
        integral([100], 250, 20_000, tau=0)


def test_a_steep_fall_needs_more_than_one_block_and_stays_exact():
    rng = np.random.default_rng(3)
    fall, gain = rng.uniform(0, 90, 300), rng.uniform(0, 5, 300)
    level, expected = 4.0, []
    for one, two in zip(fall, gain, strict=True):
        level = math.exp(-one) * level + two
        expected.append(level)
    np.testing.assert_allclose(fading_sum(fall, gain, 4.0), expected, rtol=1e-12)
    assert fading_sum([5000.0, 0.0], [1.0, 1.0], 9.0).tolist() == [1.0, 2.0]


SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
RIDES = ["sweatpy/4078723797.fit", "fitparse-tests/sample-activity-indoor-trainer.fit",
         "fitparse-tests/Edge810-Vector-2013-08-16-15-35-10.fit"]  # fmt: skip


def kept_by_smart_recording(power):
    """Places kept by a device that writes when the power changed by 5 W, with the sample before, or after 7 s."""
    kept = [0]
    for i in range(1, len(power)):
        changed = not abs(power[i] - power[kept[-1]]) < 5
        if changed and i - 1 > kept[-1]:
            kept.append(i - 1)
        if changed or i - kept[-1] >= 7 or i == len(power) - 1:
            kept.append(i)
    return np.array(kept)


@pytest.mark.parametrize("name", RIDES)
def test_smart_recording_moves_the_balance_of_real_rides_by_less_than_a_hundredth(name):
    file = SHARED / name
    if not file.is_file():
        pytest.skip(f"the ride is not here: {file} (set FITINTEL_TEST_DATA)")
    ride = read_fit(file.read_bytes()).recordings[0]
    power = one_hertz(ride.time, ride.stream["power"], pauses=ride.pauses).values
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(power))])
    best = float((total[1200:] - total[:-1200]).max() / 1200)
    kept = kept_by_smart_recording(power)
    assert len(kept) < 0.95 * len(power)
    thin = one_hertz(kept.astype(float), power[kept]).values
    for model in (differential, integral):
        there, again = model(power, best, 20_000), model(thin[: len(power)], best, 20_000)
        assert np.nanmax(np.abs(there[: len(again)] - again)) < 0.01 * 20_000
