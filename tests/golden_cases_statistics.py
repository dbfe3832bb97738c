"""Inputs of the golden outputs of statistics and the mean-maximal curve: algorithm -> its calls."""

from __future__ import annotations

from typing import Any

import numpy as np

Calls = list[tuple[list[Any], dict[str, Any]]]

WAVE = np.array([20 + 0.1 * i + (i * i * 7 % 23) / 4 + 3 * (i % 12 > 6) for i in range(60)])
GAPPED = np.where(np.arange(60) % 17 == 3, np.nan, WAVE)
LONG = np.array([(i * i * 31 + 17 * i) % 257 / 8 + 0.01 * i for i in range(700)])
STEPS = np.concatenate([WAVE[:20] - 20, WAVE[:20], WAVE[:20] - 9])
P = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, np.nan, 0.0344, 0.0459, 0.324, 0.5719, 1.0])
FAMILIES = np.stack([P, P[::-1]])
SHARE = np.array([(37 * i % 101) / 100 for i in range(60)])
HAPPENED = np.array([float((53 * i + 20) % 100 / 100 < SHARE[i]) for i in range(60)])
ALARMED = np.array([float(SHARE[i] > 0.6) for i in range(60)])
GROUP = ["FM"[i % 3 == 0] for i in range(60)]
HOURS = np.array([6.5, 7.0, 23.5, 6.75, 0.5, 7.25, np.nan, 6.25])
MISSES = np.array([0.0, 0.0, 1.0, np.nan, 1.0, 1.0, 0.0])
TEAM = [WAVE[:5], WAVE[10:19] + 4, GAPPED[30:38] - 3, np.array([np.nan])]
RATES = np.array([0.4, 0.378, 0.333, np.nan, 0.289, 0.244, 0.222, 0.178])
POWER = np.array([150.0 + 8 * (i * i % 37) + 120 * (i % 300 > 240) for i in range(900)])
BROKEN = np.where(np.arange(900) % 411 == 400, np.nan, POWER)
GRID = np.array([1.0, 5.0, 60.0, 300.0, 600.0, 1200.0])

CASES: dict[str, Calls] = {
    "adaptive_conformal_alpha": [([MISSES], {}), ([np.stack([MISSES, MISSES[::-1]])], {"alpha": 0.2, "gamma": 0.01})],
    "adaptive_conformal_bound": [([0.1, 365.0], {}), ([np.array([0.05, 0.5]), np.array([0.0, 90.0])], {"gamma": 0.01})],
    "benjamini_hochberg": [([P], {}), ([P], {"q": 0.05}), ([P[9:]], {})],
    "benjamini_hochberg_adjusted": [([P], {}), ([FAMILIES], {})],
    "benjamini_yekutieli": [([P], {}), ([P], {"q": 0.01})],
    "bocpd_gaussian_known_variance": [([STEPS, 10.0, 20.0, 3.0], {}), ([GAPPED, 25.0, 5.0, 2.0], {"hazard": 0.05})],
    "brier": [([HAPPENED, SHARE], {}), ([HAPPENED.reshape(6, 10), SHARE.reshape(6, 10)], {})],
    "changepoint_mean": [([STEPS, None], {}), ([STEPS, 1900.0 + np.arange(60)], {"changes": 2, "min_size": 4})],
    "changepoint_mean_pelt": [([STEPS], {}), ([GAPPED], {"penalty": 20.0, "min_size": 3})],
    "circular_mean_resultant": [([HOURS], {"period": 24.0}), ([WAVE.reshape(6, 10)], {})],
    "crps_ensemble": [([21.0, WAVE], {}), ([np.array([20.0, 30.0]), GAPPED.reshape(2, 30)], {})],
    "crps_gaussian": [([12.0, 10.0, 3.0], {}), ([WAVE, 25.0, np.arange(60) % 4], {})],
    "demographic_parity": [([ALARMED, GROUP], {})],
    "ece_equal_width": [([HAPPENED, SHARE], {}), ([HAPPENED, SHARE], {"bins": 5})],
    "equalized_odds_difference": [([HAPPENED, ALARMED, GROUP], {})],
    "expected_false_alerts_uncorrected": [([20.0, 30.4375], {}), ([np.array([3.0, 20.0]), 7.0], {"alpha": 0.01})],
    "false_alerts_per_athlete_month": [([18.0, 12.0, 90.0], {}), ([3.0, 0.0, 30.0], {"days_per_month": 30.0})],
    "generalized_esd": [([np.append(WAVE, [60.0, 70.0])], {"max_outliers": 5}), ([GAPPED], {"alpha": 0.01})],
    "gmm_responsibility": [([5.0, [0.7, 0.3], [5.5, 4.3], [0.4, 0.3]], {}),
                           ([WAVE, [1.0, 2.0, 1.0], [20.0, 25.0, 40.0], [2.0, 3.0, 2.0]], {})],
    "group_mae_gap": [([WAVE, GAPPED[::-1], GROUP], {})],
    "interval_coverage": [([GAPPED, WAVE - 1, WAVE + 1], {}), ([WAVE.reshape(6, 10), 20.0, 27.0], {})],
    "interval_score": [([12.0, 4.0, 10.0], {}), ([WAVE, 20.0, 27.0], {"alpha": 0.1})],
    "isotonic": [([WAVE], {}), ([GAPPED[::-1]], {})],
    "james_stein_grand_mean": [([RATES, 45.0], {}), ([RATES[:3], 45.0], {})],
    "local_level_ml": [([WAVE], {}), ([GAPPED], {})],
    "mann_kendall": [([WAVE], {}), ([GAPPED[:8]], {}), ([np.round(LONG)], {})],
    "mann_kendall_hamed_rao": [([WAVE], {}), ([GAPPED], {"lags": None, "floor": 0.0})],
    "mase": [([WAVE[:50], WAVE[50:], GAPPED[40:50]], {}), ([WAVE[:50], WAVE[50:], WAVE[38:48]], {"m": 12})],
    "mean_max": [([POWER, None], {}), ([BROKEN, GRID], {})],
    "min_n_for_halfwidth": [([0.5, 0.1], {}), ([0.2, 0.05], {"confidence": 0.9})],
    "modified_z": [([np.append(GAPPED, 70.0)], {}), ([np.array([3.0] * 9 + [4.0])], {"threshold": 2.0})],
    "normal_normal_shrinkage": [([62.0, 4.0, 6.0, 55.0, 5.0], {}),
                                ([np.array([62.0, np.nan]), np.array([4.0, 0.0]), 6.0, 55.0, 5.0], {})],
    "pinball_loss": [([GAPPED, WAVE[::-1]], {}), ([WAVE, 24.0], {"alpha": 0.9})],
    "platt_targets": [([8.0, 2.0], {}), ([np.array([0.0, 50.0]), np.array([7.0, 0.0])], {})],
    "ppv_from_prevalence": [([0.0136, 0.6, 0.7], {}), ([np.array([0.0, 0.5]), 0.9, 1.0], {})],
    "random_intercept_reml": [([TEAM], {}), ([[WAVE[:3], WAVE[3:6], WAVE[6:9]]], {})],
    "rayleigh_p": [([HOURS], {"period": 24.0}), ([WAVE], {})],
    "roc_auc": [([HAPPENED, SHARE], {}), ([HAPPENED, np.round(SHARE, 1)], {})],
    "rolling_origin_folds": [([24, 12], {"horizon": 3, "step": 3}), ([10, 12], {})],
    "ses_forecast": [([GAPPED], {}), ([WAVE], {"alpha": 0.5, "initial_level": 20.0})],
    "smape_m4": [([GAPPED, WAVE[::-1]], {}), ([[100, 0, 50], [110, 0, 40]], {})],
    "split_conformal_radius": [([np.abs(GAPPED - 25)], {}), ([np.abs(WAVE - 25).reshape(6, 10)], {"alpha": 0.2}),
                               ([WAVE[:5]], {})],
    "theil_sen": [([None, GAPPED], {}), ([np.sqrt(np.arange(60.0)), WAVE], {}), ([None, LONG], {})],
    "uncertainty_entropy": [([np.stack([SHARE, 1 - SHARE], axis=1)], {})],
    "weekday_entropy_bits": [([[8, 0, 8, 0, 8, 0, 0]], {}), ([np.arange(21).reshape(3, 7) % 4], {})],
    "wilson_interval": [([8, 10], {}), ([0, 30], {"confidence": 0.9}), ([0, 0], {})],
}  # fmt: skip
