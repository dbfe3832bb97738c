"""Many tests at once, conformal radii and rates, outliers, circular statistics."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import circmean, circvar, entropy
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from fitintel.core.errors import DataError
from fitintel.intelligence.registry import get

SHARE = st.floats(0, 1)
PS = st.lists(SHARE, min_size=1, max_size=40)


@given(PS, st.sampled_from([0.01, 0.05, 0.1, 0.2]))
def test_rejections_and_adjusted_values_agree_with_statsmodels(p, q):
    _, adjusted, _, _ = multipletests(p, method="fdr_bh")
    assert np.allclose(get("benjamini_hochberg_adjusted")(p), adjusted, rtol=1e-12, atol=1e-300)
    for name, method in (("benjamini_hochberg", "fdr_bh"), ("benjamini_yekutieli", "fdr_by")):
        assert get(name)(p, q=q)["n_rejected"] == multipletests(p, alpha=q, method=method)[0].sum()


@given(PS)
def test_rejections_grow_with_q_and_yekutieli_is_the_more_careful_one(p):
    counts = [get("benjamini_hochberg")(p, q=q)["n_rejected"] for q in (0.0, 0.05, 0.1, 0.5, 1.0)]
    assert counts == sorted(counts)
    assert get("benjamini_yekutieli")(p, q=0.1)["n_rejected"] <= counts[2]


@given(st.lists(st.lists(SHARE, min_size=5, max_size=5), min_size=1, max_size=6))
def test_families_in_rows_are_adjusted_alone(families):
    together = get("benjamini_hochberg_adjusted")(families)
    assert np.array_equal(together, [get("benjamini_hochberg_adjusted")(row) for row in families])


def test_a_missing_p_value_is_no_test_and_one_outside_0_to_1_is_refused():
    assert get("benjamini_hochberg_adjusted")([0.01, None, 0.04]).tolist() == pytest.approx(
        [0.02, np.nan, 0.04], nan_ok=True
    )
    assert get("benjamini_hochberg")([])["n_rejected"] == 0
    with pytest.raises(DataError):
        get("benjamini_hochberg")([0.5, 1.5])


def test_a_p_value_on_its_bound_is_rejected():
    assert get("benjamini_hochberg")([0.1 / 3, 0.2 / 3, 0.1], q=0.1)["n_rejected"] == 3


@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=60), st.floats(0.05, 0.9))
def test_a_conformal_radius_holds_its_share_of_the_errors(errors, alpha):
    radius = get("split_conformal_radius")(errors, alpha=alpha)
    if radius is None:
        assert len(errors) + 1 < 1 / alpha + 1e-6
    else:
        assert np.mean(np.array(errors) <= radius) >= 1 - alpha - 1e-9
    assert get("split_conformal_radius")(errors[::-1], alpha=alpha) == radius


def test_nine_errors_are_the_least_for_ninety_percent():
    assert get("split_conformal_radius")(np.arange(9.0)) == 8.0
    assert get("split_conformal_radius")(np.arange(8.0)) is None
    assert get("split_conformal_radius")([]) is None
    with pytest.raises(DataError):
        get("split_conformal_radius")([-1.0])


@given(st.lists(st.integers(0, 1), min_size=1, max_size=200), st.floats(0.01, 0.3))
def test_adaptive_alpha_rises_on_a_hit_falls_on_a_miss_and_ends_where_the_misses_say(errors, gamma):
    path = get("adaptive_conformal_alpha")(errors, alpha=0.1, gamma=gamma)
    assert np.array_equal(np.diff(path) < 0, np.array(errors) == 1)
    assert path[-1] - 0.1 == pytest.approx(gamma * (0.1 * len(errors) - sum(errors)), abs=1e-9)


def test_adaptive_intervals_keep_their_bound_whatever_comes():
    chance = np.random.default_rng(1)
    alpha, errors = 0.1, []
    for step in range(400):
        hostile = step % 100 < 50  # half of the time every interval that can miss does
        errors.append(float(alpha > 0 if hostile else chance.random() < alpha))
        alpha = float(get("adaptive_conformal_alpha")(errors, alpha=0.1, gamma=0.05)[-1])
    assert abs(np.mean(errors) - 0.1) <= get("adaptive_conformal_bound")(0.1, 400, gamma=0.05)


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([0.8, 0.9, 0.95]))
def test_wilson_agrees_with_statsmodels(k, more, confidence):
    n = k + more
    found = get("wilson_interval")(k, n, confidence=confidence)
    if not n:
        assert found == {"lower": None, "upper": None}
        return
    assert (found["lower"], found["upper"]) == pytest.approx(
        proportion_confint(k, n, alpha=1 - confidence, method="wilson"), abs=1e-12
    )


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.4))
def test_the_number_of_cases_is_the_least_that_is_enough(p, half_width):
    n = get("min_n_for_halfwidth")(p, half_width)
    reach = 1.959963984540054 * np.sqrt(p * (1 - p))
    assert reach / np.sqrt(n) <= half_width * (1 + 1e-9)
    assert n == 1 or reach / np.sqrt(n - 1) > half_width * (1 - 1e-9)


def test_alert_rates_are_per_athlete_and_month():
    assert get("expected_false_alerts_uncorrected")(20) == pytest.approx(30.4375)
    assert get("false_alerts_per_athlete_month")(0, 5, 30) == 0.0
    assert get("false_alerts_per_athlete_month")(3, 0, 30) is None
    with pytest.raises(DataError):
        get("false_alerts_per_athlete_month")(-1, 5, 30)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=40), st.floats(0.01, 100), st.floats(-1e3, 1e3))
def test_modified_z_ignores_unit_and_zero_point_and_is_never_infinite(values, scale, shift):
    x = np.round(values, 3)
    z = get("modified_z")(x)["z"]
    assert np.isfinite(z).all()
    if get("modified_z")(x)["scale"] == "MAD" and np.abs(z).max() < 1e6:
        assert np.allclose(get("modified_z")(x * scale + shift)["z"], z, rtol=1e-5, atol=1e-5)


def test_equal_values_have_no_outlier_and_one_odd_one_among_them_is_found():
    assert get("modified_z")([5.0] * 6)["outliers"].tolist() == []
    found = get("modified_z")([5.0] * 6 + [9.0])
    assert (found["scale"], found["outliers"].tolist()) == ("mean AD", [6])
    assert get("modified_z")([None])["scale"] == "none"


def test_two_outliers_do_not_mask_each_other():
    values = [*np.random.default_rng(4).normal(size=40), 9.0, 9.1]
    assert sorted(get("generalized_esd")(values, max_outliers=6)["outliers"].tolist()) == [40, 41]


def test_outliers_are_those_of_any_order_and_unit_and_keep_their_places():
    values = np.append(np.random.default_rng(4).normal(size=30), [8.0, np.nan])
    found = get("generalized_esd")(values, max_outliers=4)
    turned = get("generalized_esd")(values[::-1] * 10 + 3, max_outliers=4)
    assert found["outliers"].tolist() == [30]
    assert turned["outliers"].tolist() == [1]
    assert np.allclose(turned["R"], found["R"])


def test_equal_values_and_too_many_outliers():
    assert get("generalized_esd")([3.0] * 20, max_outliers=3)["n_outliers"] == 0
    with pytest.raises(DataError, match="left over"):
        get("generalized_esd")([1.0, 2.0, 3.0], max_outliers=2)


@given(st.lists(st.floats(0, 360), min_size=1, max_size=30), st.floats(0, 360))
def test_circular_mean_agrees_with_scipy_and_turns_with_the_circle(degrees, turn):
    found = get("circular_mean_resultant")(degrees)
    assert found["circular_variance"] == pytest.approx(circvar(degrees, high=360), abs=1e-9)
    if found["resultant_length"] > 1e-3:
        off = (found["mean"] - circmean(degrees, high=360) + 180) % 360 - 180
        assert off == pytest.approx(0, abs=1e-4)
        turned = get("circular_mean_resultant")([value + turn for value in degrees])
        assert (turned["mean"] - found["mean"] - turn + 180) % 360 - 180 == pytest.approx(0, abs=1e-4)
        assert turned["resultant_length"] == pytest.approx(found["resultant_length"])


def test_opposite_hours_have_no_mean_and_no_hour_is_no_answer():
    assert get("circular_mean_resultant")([6, 18], period=24)["mean"] is None
    assert get("circular_mean_resultant")([])["resultant_length"] is None
    assert get("circular_mean_resultant")([7, 8, 7, 8], period=24)["steadiness"] is None
    assert get("rayleigh_p")([]) is None


@given(st.lists(st.floats(0, 360), min_size=1, max_size=70))
def test_rayleigh_is_a_probability(degrees):
    assert 0 <= get("rayleigh_p")(degrees) <= 1


def test_rayleigh_is_small_for_one_habit_and_large_for_none():
    assert get("rayleigh_p")([7.0, 7.5, 6.5, 7.1] * 5, period=24) < 1e-6
    assert get("rayleigh_p")(np.arange(0, 360, 12.0)) > 0.99


@given(st.lists(st.integers(0, 50), min_size=7, max_size=7))
def test_weekday_entropy_agrees_with_scipy_and_ignores_the_order_of_days(counts):
    bits = get("weekday_entropy_bits")(counts)
    if not sum(counts):
        assert bits is None
        return
    assert bits == pytest.approx(entropy(counts, base=2), abs=1e-12)
    assert get("weekday_entropy_bits")(counts[::-1]) == pytest.approx(bits)
    assert 0 <= bits <= np.log2(7) + 1e-12


def test_a_week_has_seven_days():
    with pytest.raises(DataError, match="weekday"):
        get("weekday_entropy_bits")([1, 2, 3])


def test_the_first_of_equally_unsure_cases_is_asked_and_shares_must_add_up():
    assert get("uncertainty_entropy")([[0.2, 0.8], [0.8, 0.2], [1.0, 0.0]])["most_uncertain"] == 0
    assert get("uncertainty_entropy")([])["most_uncertain"] is None
    with pytest.raises(DataError, match="add up"):
        get("uncertainty_entropy")([[0.5, 0.6]])
