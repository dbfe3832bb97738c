"""Inputs of the golden outputs of load, running and recovery: algorithm -> its calls (inputs, parameters)."""

from __future__ import annotations

from typing import Any

import numpy as np

Calls = list[tuple[list[Any], dict[str, Any]]]

POWER = np.array([120.0 + 7 * (i * i % 31) + 90 * (i % 200 > 150) for i in range(600)])
BROKEN = np.concatenate([POWER[:300], [np.nan], POWER[300:]])
HEART = np.array([96.0, 118.0, 133.0, 134.5, 152.0, np.nan, 171.0, 188.0, 193.0])
SPEED, SLOPE = 3.2 + POWER / 400, (POWER - 200) / 4000
DAILY = np.array([(37 * d * d + 11 * d) % 97 * 1.5 * (d % 7 not in (1, 4)) for d in range(140)])
GAPPED = np.where(np.arange(140) % 53 == 17, np.nan, DAILY)
SQUAD = np.stack([DAILY, DAILY[::-1], GAPPED])
TEST_DAY = np.array([10, 24, 38, 52, 66, 80, 94, 108, 122, 136])
TESTS = np.array([251.0, 256.5, 262.0, 259.0, 268.5, 271.0, 266.0, 274.5, 279.0, 277.0])
BEATS = np.array([812.0, 826.0, 790.0, 801.0, np.nan, 1190.0, 868.0, 805.0, 799.0, 841.0])
NIGHTS = np.array([3.9 + 0.03 * (i * i % 13) for i in range(60)])
GRADIENT = np.array([-0.5, -0.31, -0.2, -0.07, 0.0, 0.03, 0.12, 0.45, np.nan])
EPOCHS = np.array([float((i + 2 * (i // 24)) % 24 < 8) for i in range(168)])

CASES: dict[str, Calls] = {
    "acwr_ewma": [([DAILY], {}), ([SQUAD], {"min_history_days": 60, "least_share": 0.2}), ([DAILY[:20]], {})],
    "acwr_rolling_coupled": [([DAILY], {}), ([SQUAD], {"acute_days": 5, "chronic_days": 20})],
    "acwr_rolling_uncoupled": [([DAILY], {}), ([SQUAD], {})],
    "aerobic_decoupling": [([SPEED, POWER], {}), ([np.tile(SPEED, 6), np.tile(POWER, 6)], {"dt": 1.0})],
    "banister_fit": [([DAILY, TEST_DAY, TESTS], {}), ([DAILY, TEST_DAY, TESTS], {"tau1": 50.0, "tau2": 11.0})],
    "banister_fit_quality": [([DAILY, TEST_DAY, TESTS, 250.0, 0.06, 0.1], {})],
    "banister_influence": [([np.array([0.1, 0.2]), 0.15], {}), ([0.18, 0.23], {"tau1": 35.8, "tau2": 21.3})],
    "banister_ir": [([DAILY, 250.0, 0.06, 0.1], {}), ([SQUAD[:2], 250.0, 0.06, 0.1], {"tau1": 30.0, "tau2": 10.0})],
    "banister_trimp_gc_compat": [([60.0, HEART, 60.0, 190.0], {}), ([60.0, 150.0, 60.0, 190.0], {"sex": "male"})],
    "cadence_residual": [([SPEED[:20], 150 + 6 * SPEED[:20] + POWER[:20] / 90, 3.6, 86.0], {})],
    "edwards_trimp": [([np.array([[10.0, 20.0, 15.0, 5.0, 1.0], [0.0, 60.0, 0.0, 0.0, np.nan]])], {})],
    "edwards_zone_minutes": [([0.5, HEART, 190.0], {})],
    "efficiency_factor": [([np.array([3.1, 4.0]), np.array([140.0, 0.0])], {"unit": "yd/min"}), ([210.0, 140.0], {})],
    "elevation_gain_hysteresis": [([POWER], {}), ([BROKEN], {"threshold": 10.0})],
    "exponential_power": [([POWER], {}), ([BROKEN], {"dt": 2.0})],
    "exponential_power_score": [([np.array([278.0, np.nan]), 315.0, 3628.0], {})],
    "foster_monotony_strain": [([SQUAD[:, 14:21]], {}), ([DAILY[:7]], {"ddof": 0}), ([[5.0] * 7], {})],
    "govss": [([np.array([320.0, 380.0]), 2700.0, 374.0], {})],
    "govss_running_power": [([SPEED[:8], SLOPE[:8], 70.0, 1.75], {})],
    "govss_weighted_power": [([SPEED, SLOPE, 70.0, 1.75], {})],
    "grade_adjusted_pace_minetti": [([0.3, GRADIENT], {})],
    "grade_factor_heart_rate": [([GRADIENT], {})],
    "hooper_index": [([np.array([1.0, 3.0, np.nan]), 2.0, 4.0, 5.0], {})],
    "hrss": [([np.array([333.0, 80.0]), 60.0, 190.0, 163.0], {}), ([80.0, 60.0, 190.0, None], {"sex": "female"})],
    "hrv_flag": [([4.0, 0.12, np.array([3.9, 3.95, 4.2, np.nan]), 5.0], {}), ([4.0, 0.12, 3.9, 2.0], {})],
    "hrv_rolling": [([NIGHTS[:7]], {}), ([NIGHTS[:2]], {})],
    "hrv_swc_band": [([NIGHTS], {}), ([NIGHTS[:29]], {})],
    "hrv_time_domain": [([BEATS], {})],
    "ln_rmssd": [([BEATS], {})],
    "lucia_trimp": [([np.array([30.0, 0.0]), 20.0, 10.0], {})],
    "lucia_zone_minutes": [([0.5, HEART, 140.0, 170.0], {})],
    "minetti_cr": [([GRADIENT], {})],
    "pmc_atl": [([DAILY], {}), ([SQUAD], {"kind": "reciprocal", "start": 20.0})],
    "pmc_ctl": [([DAILY], {}), ([SQUAD], {"kind": "reciprocal", "start": 20.0})],
    "resting_hr_robust_z": [([np.array([48.0, 50, 51, 49, 50, np.nan, 52, 50]), 56.0], {}), ([[50.0] * 8, 52.0], {})],
    "rmssd": [([BEATS], {})],
    "rr_clean": [([np.concatenate([np.tile(BEATS, 10), [400.0, 2500.0]])], {})],
    "running_power_flat_approx": [([np.array([2.5, 4.0]), 70.0], {})],
    "running_stress": [([2700.0, np.array([0.31, 0.28]), 0.27], {})],
    "sleep_regularity_index": [([EPOCHS], {"epochs_per_day": 24})],
    "stress_score": [([3600.0, np.array([240.0, np.nan]), 260.0], {})],
    "swim_stress_score": [([3000.0, np.array([3600.0, 0.0]), 3900.0, 0.83], {})],
    "swolf": [([1.78, 26.0, np.array([20.0, 25.0, 50.0])], {})],
    "trimp_banister_samples": [([0.5, HEART, 60.0, 190.0], {}), ([0.5, HEART, 60.0, 190.0], {"sex": "unknown"})],
    "weighted_power": [([POWER], {}), ([BROKEN], {"dt": 2.0, "window": 60.0}), ([POWER[:20]], {})],
    "weighted_power_padded": [([POWER], {})],
}
