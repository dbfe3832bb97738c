"""Zones, stress and load of a session."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError, UnknownName
from fitintel.intelligence.registry import get

# zones -----------------------------------------------------------------------------------------------------------


def test_a_zone_begins_at_its_lower_bound():
    minutes = get("edwards_zone_minutes")(1.0, np.arange(95, 211), 190)  # 133 is exactly 70 %
    assert minutes.tolist() == [19, 19, 19, 19, 40]
    assert get("edwards_zone_minutes")(1.0, [133], 190).tolist() == [0, 0, 1, 0, 0]
    assert get("lucia_zone_minutes")(1.0, [139, 140, 159, 160, np.nan], 140, 160).tolist() == [1, 2, 1]


@given(st.lists(st.floats(40, 190), min_size=1, max_size=30), st.integers(0, 10**6))
def test_zone_load_does_not_depend_on_order_and_grows_with_heart_rate(hr, seed):
    def load(values):
        return get("edwards_trimp")(get("edwards_zone_minutes")(0.5, values, 190))

    shuffled = np.random.default_rng(seed).permutation(hr)
    assert load(shuffled) == load(hr)
    assert load(np.array(hr) + 5) >= load(hr)
    assert 0 <= load(hr) <= 2.5 * len(hr)


def test_zones_of_many_sessions_are_counted_in_one_call():
    hr = np.array([[120.0, 150.0], [np.nan, 170.0]])
    minutes = get("edwards_zone_minutes")(1.0, hr, [200.0, 180.0])
    assert minutes.shape == (2, 5)
    assert get("edwards_trimp")(minutes).tolist() == [5.0, 5.0]


def test_wrong_zones_are_refused():
    with pytest.raises(DataError, match="five"):
        get("edwards_trimp")([10, 10, 10])
    with pytest.raises(DataError):
        get("edwards_trimp")([10, -10, 10, 0, 0])
    with pytest.raises(DataError, match="hr_vt2"):
        get("lucia_zone_minutes")(1.0, [120], 160, 140)
    assert get("edwards_trimp")([10, None, 10, 0, 0]) is None


# impulse and stress ----------------------------------------------------------------------------------------------


def test_the_sex_chooses_the_curve_and_unknown_is_the_mean_of_both():
    trimp = get("trimp_banister")
    him, her = trimp(60, 150, 60, 190), trimp(60, 150, 60, 190, sex="female")
    assert trimp(60, 150, 60, 190, sex="unknown") == pytest.approx((him + her) / 2)
    assert get("banister_trimp_gc_compat")(60, 150, 60, 190) == pytest.approx(her * 0.64 / 0.86)
    with pytest.raises(UnknownName, match="female"):
        trimp(60, 150, 60, 190, sex="femal")


@given(st.floats(61, 189), st.sampled_from(["male", "female", "unknown"]), st.floats(1, 300))
def test_an_hour_at_threshold_is_a_hundred_whoever_runs_it(threshold, sex, minutes):
    trimp = get("trimp_banister")(minutes, threshold, 60, 190, sex=sex)
    assert get("hrss")(trimp, 60, 190, threshold, sex=sex) == pytest.approx(100 * minutes / 60)


def test_a_missing_threshold_is_put_at_85_percent_of_the_reserve():
    hrss = get("hrss")
    assert hrss(333, 60, 190, None) == hrss(333, 60, 190, 60 + 0.85 * 130) == pytest.approx(199.49, abs=0.01)
    with pytest.raises(DataError, match="threshold"):
        hrss(100, 60, 190, 60)


@given(st.floats(60, 20_000), st.floats(50, 500), st.floats(50, 500))
def test_stress_is_a_hundred_an_hour_at_threshold_and_grows_with_the_square(duration, power, threshold):
    stress = get("stress_score")
    assert stress(duration, threshold, threshold) == pytest.approx(duration / 36)
    assert stress(duration, 2 * power, threshold) == pytest.approx(4 * stress(duration, power, threshold))
    pace = get("running_stress")(duration, 1 / power, 1 / threshold)  # the same ratio, said as paces
    assert pace == pytest.approx(stress(duration, power, threshold))
    assert get("running_stress")(duration, 1000 / power, 1000 / threshold) == pytest.approx(pace)
    assert get("exponential_power_score")(power, threshold, duration)["score"] == pytest.approx(
        stress(duration, power, threshold)
    )


def test_a_threshold_of_zero_is_refused_and_a_missing_one_leaves_the_stress_undefined():
    for name, values in (("stress_score", (3600, 200, 0)), ("running_stress", (3600, 0.3, 0.0)), ("govss", (1, 1, 0))):
        with pytest.raises(DataError):
            get(name)(*values)
    assert get("stress_score")(3600, None, 250) is None
    assert np.isnan(get("stress_score")([3600, 3600], [200, np.nan], 250)).tolist() == [False, True]


def test_the_published_bike_score_of_the_workbook_is_reproduced():
    # Clarke & Skiba 2013, workbook sheet 7: 277.991 W, CP 315 W, 3627.88 s
    assert get("exponential_power_score")(277.991, 315, 3627.88)["score"] == pytest.approx(78.486, abs=1e-3)


def test_swim_stress_grows_with_the_cube_and_has_none_without_moving():
    swim = get("swim_stress_score")
    assert swim(3600, 3600, 3600, 1.0) == pytest.approx(100)
    assert swim(7200, 3600, 3600, 1.0) == pytest.approx(800)
    assert swim(0, 0, 100, 1.0) is None


def test_steady_running_at_critical_speed_is_a_hundred_an_hour():
    power = get("govss_running_power")(4.5, 0.0, 60, 1.7)
    assert get("govss")(get("govss_weighted_power")([4.5] * 3600, [0.0] * 3600, 60, 1.7), 3600, power) == pytest.approx(
        100
    )
    assert get("govss_running_power")(0.0, 0.1, 60, 1.7) == 0.0
    assert get("govss_weighted_power")([4.0] * 100, [0.0] * 100, 60, 1.7) is None
    assert get("running_power_flat_approx")(4.0, 70) == pytest.approx(291.2)


@given(st.floats(0.5, 5.5), st.floats(0.0, 0.4), st.floats(0.001, 0.05))
def test_modelled_power_grows_uphill_and_with_mass(speed, slope, more):
    power = get("govss_running_power")
    assert power(speed, slope + more, 70, 1.75) > power(speed, slope, 70, 1.75) > power(speed, slope, 60, 1.75) > 0
