"""Streams: even spacing, pauses, rolling windows, decay, weighted power and what is summed over samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError
from fitintel.core.rolling import window_means
from fitintel.intelligence.decay import decayed
from fitintel.intelligence.registry import get
from fitintel.intelligence.resample import one_hertz

weighted_power, padded, exponential = get("weighted_power"), get("weighted_power_padded"), get("exponential_power")
samples = get("trimp_banister_samples")

LOADS = st.lists(st.floats(0, 2000), min_size=1, max_size=60)


def ride(seconds=3000, seed=3):
    """Power that wanders over minutes as a ride does, W."""
    rng = np.random.default_rng(seed)
    return 200 + 60 * np.sin(np.arange(seconds) / 90) + np.convolve(rng.normal(0, 40, seconds), np.ones(5) / 5, "same")


def by_steps(values, keep, gain, start):
    levels, level = [], start
    for value in values:
        level = keep * level + gain * value
        levels.append(level)
    return np.array(levels)


@given(LOADS, st.floats(0, 1), st.floats(0, 1), st.floats(0, 500))
def test_decay_is_the_recursion(values, keep, gain, start):
    assert decayed(values, keep, gain, start) == pytest.approx(by_steps(values, keep, gain, start), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("days", [1, 7, 42, 5000])
def test_decay_over_many_blocks_is_the_recursion(days):
    values = np.random.default_rng(1).random(20_000) * 300
    keep = float(np.exp(-1 / days))
    assert decayed(values, keep) == pytest.approx(by_steps(values, keep, 1.0, 0.0), rel=1e-11)


def test_what_comes_later_changes_no_bit_of_what_came_before_nor_do_other_athletes():
    values = np.random.default_rng(2).random((300, 900)) * 200
    whole = decayed(values, 0.97)
    assert (decayed(values[:, :500], 0.97) == whole[:, :500]).all()
    assert (decayed(values[7], 0.97) == whole[7]).all()
    assert decayed(values.astype(np.float32), 0.97).dtype == np.float32


def test_decay_refuses_what_would_grow():
    with pytest.raises(ValueError, match="share"):
        decayed([1.0], 1.1)


@given(st.lists(st.one_of(st.floats(0, 1000), st.just(float("nan"))), max_size=30), st.integers(1, 10))
def test_window_means_are_those_of_full_windows(values, size):
    wanted = [np.mean(values[i : i + size]) for i in range(len(values) - size + 1)]
    assert window_means(np.array(values, dtype=float), size) == pytest.approx(wanted, abs=1e-9, nan_ok=True)


def test_a_recording_at_one_hertz_is_left_as_it_is():
    power = ride()
    even = one_hertz(1.7e9 + np.arange(len(power)), power)
    assert (even.values == power).all()
    assert even.moving == len(power)
    assert even.coverage == 1.0


def test_smart_recording_changes_weighted_power_and_impulse_by_less_than_a_percent():
    power, time = ride(), np.arange(3000.0)
    kept = np.cumsum(np.random.default_rng(4).integers(1, 6, 1200))
    kept = kept[kept < 3000]
    thin = one_hertz(time[kept], power[kept]).values
    assert weighted_power(thin) == pytest.approx(weighted_power(power), rel=0.01)
    beats = 60 + power / 3
    whole = samples(1 / 60, beats, 50, 190)["load"]
    assert samples(1 / 60, one_hertz(time[kept], beats[kept]).values, 50, 190)["load"] == pytest.approx(whole, rel=0.01)


def test_a_pause_is_neither_zero_power_nor_time():
    power = np.full(1200, 250.0)
    time = np.arange(1200.0)
    time[600:] += 900  # unmarked: the device wrote nothing for 15 min
    even = one_hertz(time, power)
    assert even.moving == 1200
    assert weighted_power(even.values) == pytest.approx(250, abs=1e-9)
    assert np.nansum(even.values) == 250 * 1200


def test_values_written_during_a_marked_pause_are_cut_out():
    time, power = np.arange(600.0), np.full(600, 200.0)
    power[300:400] = 0.0
    even = one_hertz(time, power, pauses=[(299.5, 400.0)])
    assert np.nanmin(even.values) == 200.0
    assert even.moving == pytest.approx(500, abs=1)
    assert one_hertz(time, power, pauses=[(299.5, 350), (320, 400.0)]).moving == even.moving


def test_the_rolling_window_starts_anew_only_after_a_pause_of_more_than_thirty_seconds():
    power = ride(240)
    for gap, breaks in ((25.0, 0), (31.5, 1)):
        time = np.arange(240.0)
        time[120:] += gap
        assert np.isnan(one_hertz(time, power).values).sum() == breaks


def test_a_channel_that_fails_lowers_its_coverage_not_the_time():
    heart = np.full(600, 140.0)
    heart[200:350] = np.nan
    even = one_hertz(np.arange(600.0), heart)
    assert even.moving == 600
    assert even.coverage == pytest.approx(0.75, abs=0.01)


def test_short_dropouts_are_bridged():
    heart = np.full(100, 140.0)
    heart[50:55] = np.nan
    assert one_hertz(np.arange(100.0), heart).coverage == 1.0


def test_nothing_recorded_gives_nothing():
    assert len(one_hertz([], []).values) == 0
    assert len(one_hertz([1.0, 2.0], [np.nan, np.nan]).values) == 0
    assert one_hertz([1.0, 2.0], [np.nan, np.nan]).coverage == 0.0


def test_a_time_axis_that_turns_back_is_refused():
    with pytest.raises(DataError, match="increase"):
        one_hertz([0.0, 2.0, 1.0], [1.0, 1.0, 1.0])


@given(st.integers(2, 5), st.integers(400, 900))
def test_a_device_that_writes_seldom_is_not_taken_for_paused(step, seconds):
    time = np.arange(0.0, seconds, 5 * step)
    assert one_hertz(time, np.full(len(time), 150.0)).moving == time[-1] + 1


@given(st.floats(0, 2000), st.integers(30, 200))
def test_constant_power_is_its_weighted_power(power, seconds):
    assert weighted_power([power] * seconds) == pytest.approx(power, abs=1e-9, rel=1e-9)
    assert exponential([power] * seconds) == pytest.approx(power, abs=1e-9, rel=1e-9)


@given(st.lists(st.floats(0, 1500), min_size=30, max_size=120))
def test_weighted_power_lies_between_the_mean_of_windows_and_the_hardest_window(power):
    means = window_means(power, 30)
    found = weighted_power(power)
    assert means.mean() - 1e-6 <= found <= means.max() + 1e-6
    assert weighted_power(np.array(power) * 2) == pytest.approx(2 * found, rel=1e-6, abs=1e-6)


def test_weighted_power_needs_one_full_window():
    assert weighted_power([200.0] * 29) is None
    assert weighted_power([]) is None
    assert weighted_power([200.0] * 15 + [np.nan] + [200.0] * 29) is None
    assert weighted_power([200.0] * 15, dt=2.0) == pytest.approx(200)


def test_a_break_keeps_windows_apart_and_rides_are_computed_in_one_call():
    power = ride(400)
    broken = np.concatenate([power[:200], [np.nan], power[200:]])
    windows = np.concatenate([window_means(power[:200], 30), window_means(power[200:], 30)])
    assert weighted_power(broken) == pytest.approx(np.mean(windows**4) ** 0.25)
    rows = np.stack([power, power[::-1]])
    assert weighted_power(rows).tolist() == pytest.approx([weighted_power(row) for row in rows])


def test_a_padded_start_is_too_low_and_exponential_smoothing_begins_at_the_first_value():
    assert padded([200.0] * 3600) == pytest.approx(199.673, abs=1e-3)
    assert padded(ride()) < weighted_power(ride())
    assert exponential(np.concatenate([np.full(100, 100.0), [np.nan], np.full(100, 100.0)])) == pytest.approx(100)
    assert exponential([]) is None


@given(st.lists(st.floats(40, 200), min_size=1, max_size=40))
def test_the_impulse_of_samples_does_not_depend_on_their_order_and_gaps_lower_the_coverage(hr):
    whole = samples(1.0, hr, 60, 190)
    assert samples(1.0, hr[::-1], 60, 190)["load"] == pytest.approx(whole["load"])
    assert samples(1.0, [*hr, np.nan], 60, 190, least_coverage=0.0)["load"] == pytest.approx(whole["load"])
    assert samples(1.0, [*hr, *[np.nan] * len(hr)], 60, 190) == {"load": None, "coverage": 0.5}
