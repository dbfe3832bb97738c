"""Changes of level, variances of a walk, pooling of athletes, folds and smoothing."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import ruptures
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from fitintel.core.errors import DataError
from fitintel.intelligence.registry import get

SERIES = st.lists(st.integers(-20, 20).map(float), min_size=4, max_size=30)


@settings(max_examples=30)
@given(SERIES, st.integers(1, 3))
def test_a_given_number_of_changes_is_cut_as_well_as_ruptures_does(values, changes):
    if len(values) < 2 * (changes + 1):
        return
    found = get("changepoint_mean")(values, changes=changes, min_size=2)
    search = ruptures.Dynp(model="l2", min_size=2, jump=1).fit(np.array(values))
    cost = search.cost.sum_of_costs
    assert cost([*found["index"].tolist(), len(values)]) == pytest.approx(
        cost(search.predict(n_bkps=changes)), abs=1e-9
    )


@settings(max_examples=30)
@given(st.lists(st.integers(-20, 20).map(float), min_size=4, max_size=14), st.floats(0.5, 200))
def test_a_penalised_cut_is_the_cheapest_of_the_best_cuts_of_every_number(values, penalty):
    found = get("changepoint_mean_pelt")(values, penalty=penalty, min_size=2)
    search = ruptures.Dynp(model="l2", min_size=2, jump=1).fit(np.array(values))
    cost = search.cost.sum_of_costs
    cheapest = min(
        cost(search.predict(n_bkps=changes) if changes else [len(values)]) + penalty * changes
        for changes in range(len(values) // 2)
    )
    assert cost(found) + penalty * (len(found) - 1) == pytest.approx(cheapest, abs=1e-9)
    assert found[-1] == len(values)
    assert min(np.diff([0, *found])) >= 2


def test_the_default_penalty_finds_steps_and_not_noise():
    noise = np.random.default_rng(8).normal(size=120)
    assert get("changepoint_mean_pelt")(noise, min_size=4) == [120]
    assert get("changepoint_mean_pelt")(noise + 4 * (np.arange(120) >= 70), min_size=4) == [70, 120]
    assert get("changepoint_mean_pelt")([2.0] * 30) == [30]
    assert get("changepoint_mean_pelt")([2.0] * 15 + [3.0] * 15) == [15, 30]
    assert get("changepoint_mean_pelt")([]) == []


def test_cuts_do_not_depend_on_unit_or_zero_point_and_names_are_given_back():
    values = np.random.default_rng(9).normal(size=40) + 3 * (np.arange(40) >= 25)
    found = get("changepoint_mean")(values, np.arange(1900, 1940))
    assert (found["index"].tolist(), found["at"].tolist()) == ([25], [1925])
    assert get("changepoint_mean")(values * 1000 - 7)["index"].tolist() == [25]
    with pytest.raises(DataError, match="cut"):
        get("changepoint_mean")([1.0, 2.0], changes=2)


def test_run_lengths_are_those_of_all_histories_written_out():
    x, prior, spread, noise, hazard = [0.3, -0.2, 2.8], 0.4, 1.5, 0.8, 0.2
    n = len(x)
    weight = np.zeros(n + 1)
    for ends in product([False, True], repeat=n):  # whether the run ends after each value
        probability, members, run = 1.0, [], 0
        for value, end in zip(x, ends, strict=True):
            precision = spread**-2 + len(members) * noise**-2
            mean = (prior / spread**2 + sum(members) / noise**2) / precision
            probability *= norm.pdf(value, mean, np.sqrt(noise**2 + 1 / precision)) * (hazard if end else 1 - hazard)
            members, run = ([], 0) if end else ([*members, value], run + 1)
        weight[run] += probability
    found = get("bocpd_gaussian_known_variance")(x, prior, spread, noise, hazard=hazard)["probability"]
    assert np.allclose(found, weight / weight.sum(), rtol=1e-12)


@settings(max_examples=30)
@given(SERIES, st.floats(0.01, 0.99))
def test_run_lengths_are_probabilities_and_an_empty_run_has_that_of_the_hazard(values, hazard):
    found = get("bocpd_gaussian_known_variance")(values, 0.0, 10.0, 1.0, hazard=hazard)
    assert found["probability"].sum() == pytest.approx(1)
    assert found["probability"][0] == pytest.approx(hazard)
    assert len(found["probability"]) == len(values) + 1


def test_a_jump_ends_the_run_and_a_missing_value_does_not():
    jump = get("bocpd_gaussian_known_variance")([0.1, -0.1, 0.0, None, 0.1, 30.0, 30.1], 0.0, 50.0, 0.3)
    assert jump["most_probable"].tolist() == [1, 2, 3, 4, 5, 1, 2]


def test_the_nile_has_the_published_variances():
    nile = sm.datasets.nile.load().data["volume"].to_numpy(float)
    found = get("local_level_ml")(nile)
    assert (round(found["sigma2_eps"]), round(found["sigma2_eta"])) == (15099, 1469)
    scaled = get("local_level_ml")(nile * 1000)
    assert scaled["sigma2_eps"] == pytest.approx(1e6 * found["sigma2_eps"], rel=1e-6)
    turned = get("local_level_ml")(nile[::-1])
    assert turned["sigma2_eta"] == pytest.approx(found["sigma2_eta"], rel=1e-5)


def test_pure_noise_and_a_pure_walk_are_told_apart():
    chance = np.random.default_rng(3).normal(size=300)
    assert get("local_level_ml")(chance)["ratio"] < 0.05
    walk = get("local_level_ml")(np.cumsum(chance))
    assert walk["sigma2_eps"] < 0.2 * walk["sigma2_eta"]
    assert get("local_level_ml")([4.0] * 9) == {"sigma2_eps": 0.0, "sigma2_eta": 0.0, "ratio": None}
    assert get("local_level_ml")([1.0, 2.0])["sigma2_eps"] is None


@settings(max_examples=40)
@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 10_000))
def test_equal_groups_give_the_variances_of_the_analysis_of_variance(groups, size, seed):
    chance = np.random.default_rng(seed)
    table = chance.normal(size=(groups, size)) + 2 * chance.normal(size=(groups, 1))
    within = table.var(axis=1, ddof=1).mean()
    between = max(0.0, table.mean(axis=1).var(ddof=1) - within / size)
    found = get("random_intercept_reml")(table.tolist())
    if between:
        assert (found["var_within"], found["var_between"]) == pytest.approx((within, between), rel=1e-9)
    else:
        assert found["var_between"] == 0
        assert found["var_within"] == pytest.approx(table.var(ddof=1))
        assert not found["blups"].any()


def test_unequal_groups_agree_with_statsmodels():
    chance = np.random.default_rng(7)
    sizes = (3, 8, 5, 2, 12, 6)
    teams = [chance.normal(50 + shift, 2.0, size=n) for n, shift in zip(sizes, chance.normal(0, 3, 6), strict=True)]
    labels = np.repeat(np.arange(6), sizes)
    model = sm.MixedLM(np.concatenate(teams), np.ones((len(labels), 1)), labels).fit(reml=True, gtol=1e-10)
    found = get("random_intercept_reml")(teams)
    assert found["mean"] == pytest.approx(model.fe_params[0], rel=1e-6)
    assert found["var_within"] == pytest.approx(model.scale, rel=1e-4)
    assert found["var_between"] == pytest.approx(float(np.asarray(model.cov_re).item()), rel=1e-3)
    assert found["blups"] == pytest.approx(
        [float(effect.iloc[0]) for effect in model.random_effects.values()], rel=1e-3
    )


def test_pooling_needs_two_athletes_and_leaves_the_empty_one_without_a_figure():
    assert get("random_intercept_reml")([[1, 2, 3]])["mean"] is None
    assert get("random_intercept_reml")([[1], [2]])["mean"] is None
    assert get("random_intercept_reml")([])["blups"] is None
    assert np.isnan(get("random_intercept_reml")([[1, 2], [None], [5, 6]])["blups"][1])


@given(st.floats(-1e3, 1e3), st.integers(0, 500), st.floats(0, 50), st.floats(-1e3, 1e3), st.floats(0, 50))
def test_a_shrunk_mean_lies_between_the_two_and_moves_out_with_more_data(own, n, within, centre, between):
    shrink = get("normal_normal_shrinkage")
    value = shrink(own, n, within, centre, between)
    assert min(own, centre) - 1e-9 <= value <= max(own, centre) + 1e-9
    assert abs(shrink(own, n + 10, within, centre, between) - own) <= abs(value - own) + 1e-9


def test_an_athlete_without_data_is_the_population():
    assert get("normal_normal_shrinkage")(None, 0, 6.0, 55.0, 5.0) == 55.0
    assert get("normal_normal_shrinkage")(None, 3, 6.0, 55.0, 5.0) is None


@given(st.lists(SHARE := st.floats(0, 1), min_size=4, max_size=20), st.integers(1, 500))
def test_shrunk_rates_keep_their_mean_and_their_order(rates, trials):
    found = get("james_stein_grand_mean")(rates, trials)
    assert 0 <= found["c"] <= 1
    assert found["estimates"].mean() == pytest.approx(found["grand_mean"])
    assert (np.diff(found["estimates"][np.argsort(rates)]) >= -1e-12).all()


def test_too_few_rates_are_not_shrunk_and_equal_ones_wholly():
    assert get("james_stein_grand_mean")([0.1, 0.2, 0.3], 45)["c"] is None
    assert get("james_stein_grand_mean")([0.2] * 5, 45)["c"] == 0.0


@given(st.floats(-50, 50), st.lists(st.tuples(st.floats(0.01, 1), st.floats(-5, 5), st.floats(0.1, 5)), min_size=1,
                                    max_size=5))  # fmt: skip
def test_responsibilities_add_up_to_1_however_far_the_value(x, parts):
    found = get("gmm_responsibility")(x, *zip(*parts, strict=True))
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()


def test_responsibilities_of_many_values_are_those_of_each():
    parts = ([0.7, 0.3], [5.5, 4.3], [0.4, 0.3])
    together = get("gmm_responsibility")([5.0, 4.0], *parts)
    assert np.array_equal(together, [get("gmm_responsibility")(x, *parts) for x in (5.0, 4.0)])
    with pytest.raises(DataError):
        get("gmm_responsibility")(5.0, [0.0, 0.0], [1, 2], [1, 1])


@given(st.integers(0, 60), st.integers(1, 30), st.integers(1, 10), st.integers(1, 10))
def test_every_fold_has_a_whole_test_part(n, initial, horizon, step):
    found = get("rolling_origin_folds")(n, initial, horizon=horizon, step=step)
    ends = found["train_ends"].tolist()
    assert found["n_folds"] == len(ends)
    assert all(end + horizon <= n for end in ends)
    assert not ends or ends[0] == initial
    assert (ends[-1] + step if ends else initial) + horizon > n


@given(SERIES, st.floats(0, 1))
def test_smoothing_stays_within_the_values_and_skips_missing_ones(values, alpha):
    forecast = get("ses_forecast")(values, alpha=alpha)
    assert min(values) - 1e-9 <= forecast <= max(values) + 1e-9
    assert get("ses_forecast")([*values, None], alpha=alpha) == forecast
    assert get("ses_forecast")(values, alpha=alpha, initial_level=values[0]) == pytest.approx(forecast)
    assert get("ses_forecast")([]) is None
    assert get("ses_forecast")([], initial_level=3.0) == 3.0
