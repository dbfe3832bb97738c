"""Grade-adjusted speed of a way: what a slope, noise, a fault and a missing elevation do to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.intelligence.gradient import gradients
from fitintel.intelligence.registry import get

graded_speed = get("graded_speed")
WAY = np.arange(0.0, 2001.0, 4.0)


@given(st.floats(1.0, 6.0), st.floats(-500, 3000))
def test_on_the_flat_it_is_the_speed_whatever_the_height(speed: float, height: float) -> None:
    assert graded_speed(WAY, np.full(len(WAY), height), 2000.0 / speed) == pytest.approx(speed)


@given(st.floats(0.01, 0.2))
def test_uphill_it_is_faster_than_the_speed_and_grows_with_the_gradient(gradient: float) -> None:
    slow, fast = (graded_speed(WAY, slope * WAY, 700.0) for slope in (gradient / 2, gradient))
    assert 2000 / 700 < slow < fast


def test_the_gradient_of_a_slope_is_found_through_noise() -> None:
    noise = np.random.default_rng(5).normal(0, 0.3, len(WAY))
    assert np.nanmedian(gradients(WAY, 0.06 * WAY + noise)) == pytest.approx(0.06, abs=0.003)


def test_one_jump_of_the_elevation_changes_little() -> None:
    jump = np.zeros(len(WAY))
    jump[250] = 80.0
    assert graded_speed(WAY, jump, 600.0) == pytest.approx(2000 / 600, rel=0.01)


def test_half_a_way_without_elevation_gives_nothing() -> None:
    height = np.zeros(len(WAY))
    height[len(WAY) // 3 :] = np.nan
    assert graded_speed(WAY, height, 600.0) is None


def test_a_stop_does_not_count_twice() -> None:
    stopped = np.concatenate([WAY[:200], np.full(500, WAY[199]), WAY[200:]])
    assert graded_speed(stopped, 0.05 * stopped, 700.0) == pytest.approx(graded_speed(WAY, 0.05 * WAY, 700.0), rel=1e-9)


def test_a_duration_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="duration"):
        graded_speed(WAY, WAY * 0, 0.0)
