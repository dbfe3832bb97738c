"""Scores of forecasts and probabilities, and fairness between groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, mean_pinball_loss, roc_auc_score

from fitintel.core.errors import DataError
from fitintel.intelligence.registry import get

NUMBER = st.floats(-1e6, 1e6)
SHARE = st.floats(0, 1)
LABELLED = st.lists(st.tuples(st.integers(0, 1), SHARE), min_size=1, max_size=60)
PAIRS = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=30)
LOSSES = ("brier", "smape_m4", "pinball_loss")


def columns(pairs):
    return tuple(np.array(part, dtype=float) for part in zip(*pairs, strict=True))


@given(LABELLED)
def test_scores_of_probabilities_agree_with_scikit_learn(cases):
    y, p = columns(cases)
    assert get("brier")(y, p) == pytest.approx(brier_score_loss(y, p, pos_label=1))
    auc = get("roc_auc")(y, p)
    assert auc is None if len(set(y)) < 2 else auc == pytest.approx(roc_auc_score(y, p))


@given(LABELLED, st.integers(1, 12))
def test_calibration_error_lies_between_0_and_1_and_ignores_the_order_of_rows(cases, bins):
    y, p = columns(cases)
    error = get("ece_equal_width")(y, p, bins=bins)
    assert 0 <= error <= 1
    assert get("ece_equal_width")(y[::-1], p[::-1], bins=bins) == pytest.approx(error)
    if bins == 1:
        assert error == pytest.approx(abs(y.mean() - p.mean()))


def test_a_probability_on_an_edge_belongs_to_the_bin_above():
    # 0.29 * 100 is 28.999999999999996
    assert get("ece_equal_width")([1, 0], [0.29, 0.285], bins=100) == pytest.approx((0.71 + 0.285) / 2)
    assert get("ece_equal_width")([1], [1.0], bins=5) == 0.0


@given(LABELLED)
def test_auc_turns_over_with_the_score_and_ignores_its_scale(cases):
    y, score = columns(cases)
    auc = get("roc_auc")(y, score)
    if auc is not None:
        assert get("roc_auc")(y, -score) == pytest.approx(1 - auc)
        assert get("roc_auc")(y, 4 * score + 2) == auc or len(np.unique(4 * score + 2)) < len(np.unique(score))


@given(PAIRS, SHARE)
def test_pinball_loss_agrees_with_scikit_learn(pairs, alpha):
    y, q = columns(pairs)
    assert get("pinball_loss")(y, q, alpha=alpha) == pytest.approx(mean_pinball_loss(y, q, alpha=alpha), abs=1e-9)


@given(PAIRS)
def test_smape_lies_between_0_and_200_and_ignores_the_unit(pairs):
    y, f = columns(pairs)
    assert 0 <= get("smape_m4")(y, f) <= 200
    assert get("smape_m4")(4 * y, 4 * f) == pytest.approx(get("smape_m4")(y, f))
    assert get("smape_m4")(y, y) == 0


@pytest.mark.parametrize("name", LOSSES)
def test_rows_of_a_batch_are_scored_alone_and_missing_pairs_left_out(name):
    chance = np.random.default_rng(2)
    actual, said = (chance.random((4, 9)) > 0.5).astype(float), chance.random((4, 9))
    actual[1, 3] = said[2, 5] = np.nan
    said[3] = np.nan
    together = get(name)(actual, said)
    for row in range(3):
        known = np.isfinite(actual[row]) & np.isfinite(said[row])
        assert together[row] == pytest.approx(get(name)(actual[row][known], said[row][known]), rel=1e-12)
    assert np.isnan(together[3])
    assert get(name)([], []) is None


def test_scores_refuse_what_is_no_label_no_share_and_no_pair():
    for wrong in (([2], [0.5]), ([1], [1.2]), ([0, 1], [0.5])):
        with pytest.raises(DataError):
            get("brier")(*wrong)


@given(NUMBER, st.lists(NUMBER, min_size=1, max_size=25))
def test_ensemble_crps_is_its_definition_and_at_most_the_absolute_error(y, members):
    x = np.array(members)
    wanted = np.abs(x - y).mean() - np.abs(x[:, None] - x).mean() / 2
    assert get("crps_ensemble")(y, members) == pytest.approx(wanted, abs=1e-6)
    assert get("crps_ensemble")(y, [*members, None]) == pytest.approx(wanted, abs=1e-6)
    assert get("crps_ensemble")(y, members[:1]) == pytest.approx(abs(members[0] - y))


def test_gaussian_crps_is_that_of_many_draws():
    draws = np.random.default_rng(0).normal(3.0, 2.0, size=20_000)
    assert get("crps_gaussian")(4.5, 3.0, 2.0) == pytest.approx(get("crps_ensemble")(4.5, draws), abs=0.02)
    assert get("crps_gaussian")([5.0, None], 3.0, 0.0) == pytest.approx([2.0, np.nan], nan_ok=True)
    with pytest.raises(DataError, match="sigma"):
        get("crps_gaussian")(0.0, 0.0, -1.0)


@given(NUMBER, NUMBER, st.floats(0, 1e3), st.floats(0.01, 1))
def test_interval_score_is_the_width_and_a_fine_outside(y, low, width, alpha):
    score = get("interval_score")(y, low, low + width, alpha=alpha)
    assert score >= low + width - low
    assert get("interval_coverage")([y], [low], [low + width]) == float(low <= y <= low + width)
    if low <= y <= low + width:
        assert score == low + width - low


def test_an_interval_upside_down_is_refused():
    for name in ("interval_score", "interval_coverage"):
        with pytest.raises(DataError, match="lower"):
            get(name)([1.0], [3.0], [2.0])


def test_mase_of_the_naive_forecast_is_about_one_and_a_constant_past_has_none():
    train = [3.0, 5.0, 4.0, 6.0, 5.0]
    assert get("mase")(train, train[1:], train[:-1]) == pytest.approx(1.0)
    assert get("mase")(train, train[2:], train[:-2], m=2) == pytest.approx(1.0)
    assert get("mase")([4.0] * 5, [1.0], [2.0]) is None
    assert get("mase")([4.0], [1.0], [2.0]) is None
    assert get("mase")([], [1.0], [2.0]) is None
    assert get("mase")(train, [None], [2.0]) is None


@given(st.lists(NUMBER, min_size=1, max_size=50))
def test_isotonic_agrees_with_scikit_learn(values):
    wanted = IsotonicRegression().fit_transform(np.arange(len(values)), values)
    assert np.allclose(get("isotonic")(values), wanted, rtol=1e-9, atol=1e-6)


def test_isotonic_leaves_out_what_is_missing():
    assert get("isotonic")([3, None, 1, 5]).tolist() == pytest.approx([2, np.nan, 2, 5], nan_ok=True)
    assert get("isotonic")([]).tolist() == []


@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from("FMX")), min_size=1, max_size=40))
def test_parity_lies_between_0_and_1_and_does_not_depend_on_names_or_order(cases):
    said, group = [case[0] for case in cases], [case[1] for case in cases]
    found = get("demographic_parity")(said, group)
    if len(set(group)) < 2:
        assert found["difference"] is None
        return
    assert 0 <= found["difference"] <= 1
    assert found["ratio"] is None or 0 <= found["ratio"] <= 1
    renamed = get("demographic_parity")(said[::-1], [f"group {name}" for name in group[::-1]])
    assert (renamed["difference"], renamed["ratio"]) == (found["difference"], found["ratio"])


def test_a_group_without_positives_has_no_hit_rate_rather_than_zero():
    found = get("equalized_odds_difference")([1, 0, 0, 0], [1, 0, 1, 0], ["a", "a", "b", "b"])
    assert found["true_positive_rate"] == {"a": 1.0, "b": None}
    assert found["difference"] == 0.5
    assert get("equalized_odds_difference")([1, 1], [1, 0], ["a", "a"])["difference"] is None


def test_groups_must_have_the_length_of_the_values():
    with pytest.raises(DataError, match="length"):
        get("group_mae_gap")([1, 2], [1, 2], ["a"])


@given(SHARE, SHARE, SHARE)
def test_predictive_value_grows_with_prevalence(prevalence, sensitivity, specificity):
    ppv = get("ppv_from_prevalence")(prevalence, sensitivity, specificity)
    more = get("ppv_from_prevalence")(min(1.0, prevalence + 0.1), sensitivity, specificity)
    assert ppv is None or (0 <= ppv <= 1 and (more is None or more >= ppv - 1e-12))
    assert get("ppv_from_prevalence")(0.0, 0.0, 1.0) is None
