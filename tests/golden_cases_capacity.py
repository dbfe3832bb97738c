"""Inputs of the golden outputs of capacity and prediction: algorithm -> its calls (inputs, parameters)."""

from __future__ import annotations

from typing import Any

import numpy as np

POWER = np.array([453.0, 430.0, 405.0, 375.0, 360.0])
TIME = np.array([160.0, 205.0, 260.0, 430.0, 685.0])
BOTH = np.stack([POWER, np.array([470.0, 428.0, np.nan, 380.0, 355.0])])
LONG = np.array([10.0, 60.0, 180.0, 420.0, 1100.0])
FEWER = np.array([590.0, 430.0, 330.0, 280.0, 240.0])
RIDE = np.array([120.0, 310.0, 420.0, np.nan, 90.0, 260.0, 0.0, 500.0])
INDEX = np.array([30.0, 52.5, 85.0, np.nan])
AGE = np.array([18.0, 40.0, 73.5, np.nan])
WEEK = 64_373.76

Calls = list[tuple[list[Any], dict[str, Any]]]

CASES: dict[str, Calls] = {
    "cameron": [([2400.0, 10_000.0, np.array([1500.0, 42_195.0])], {})],
    "cooper_vo2max": [([np.array([400.0, 2400.0, 3600.0])], {}), ([2400.0], {"form": "miles"})],
    "critical_power_2p": [
        ([POWER, TIME], {}), ([POWER, TIME], {"form": "inverse_time"}), ([POWER, TIME], {"form": "work_time"}),
        ([BOTH, np.stack([TIME, TIME])], {"level": 0.9}), ([POWER[:1], TIME[:1]], {}),
    ],
    "critical_power_2p_predict": [([330.1, 19_857.0, np.array([0.0, 20.0, 600.0])], {})],
    "critical_power_3p": [([FEWER, LONG], {}), ([FEWER, LONG], {"highest": 620.0})],
    "critical_power_3p_power": [([np.array([0.0, 30.0, 600.0]), 213.0, 28_066.0, 631.0], {})],
    "critical_power_3p_time": [([np.array([200.0, 300.0, 631.0, 700.0]), 213.0, 28_066.0, 631.0], {})],
    "critical_speed": [([np.array([1500.0, 3000.0, 5000.0]), np.array([270.0, 570.0, 990.0])], {})],
    "critical_speed_predict_time": [([4.85, 205.0, np.array([150.0, 3000.0])], {})],
    "daniels_gilbert": [([np.array([100.0, 5000.0, 42_195.0]), np.array([3600.0, 1474.0, 11_449.0])], {})],
    "daniels_gilbert_time": [([INDEX, 10_000.0], {})],
    "daniels_threshold_pace": [([INDEX], {}), ([INDEX], {"fraction": 0.974})],
    "friel_run_hr_zones": [([165.0], {})],
    "ftp_from_20min": [([300.0], {})],
    "hrmax_gellish": [([AGE], {}), ([40.0], {"intercept": 191.5})],
    "hrmax_tanaka": [([AGE], {})],
    "hrmax_tanaka_vs_fox": [([AGE], {})],
    "karvonen_hr": [([60.0, 190.0, np.array([0.0, 0.6, np.nan])], {})],
    "lthr_zones_goldencheetah": [([np.array([0.5, 0.83, 0.95, 1.2, np.nan])], {})],
    "personal_bests": [
        ([np.array([3, 1, 2]), np.array([[300.0, np.nan], [300.0, 250.0], [280.0, 260.0]])], {}),
        ([np.array([3, 1, 2]), np.array([[300.0, np.nan], [300.0, 250.0], [280.0, 260.0]])],
         {"first": 2, "last": 3, "lowest": True}),
    ],
    "power_zones_coggan": [([np.array([0.55, 0.76, 1.6, np.nan])], {})],
    "race_prediction": [
        ([21_097.5, 5400.0, 5500.0, 5250.0, None, None, None], {}),
        ([42_195.0, None, None, None, 12_000.0, 12_300.0, 12_100.0], {}),
        ([np.array([10_000.0, 42_195.0, 80_000.0]), 2500.0, 2520.0, np.nan, None, 12_000.0, None], {}),
    ],
    "race_prediction_score": [([{"duration": 2500.0, "sd": 0.012, "low": 2451.1, "high": 2549.8}, 2530.0], {})],
    "riegel": [
        ([2400.0, 10_000.0, np.array([5000.0, 42_195.0])], {}), ([2400.0, 10_000.0, 5000.0], {"exponent": 1.1}),
    ],
    "riegel_personal_exponent": [([1200.0, 5000.0, 5520.0, np.array([21_097.5, 5000.0])], {})],
    "riegel_shrunk_exponent": [([np.array([1200.0, 2520.0, 5520.0]), np.array([5000.0, 10_000.0, 21_097.5])], {})],
    "tanda_marathon": [([60_000.0, 0.3], {})],
    "threshold_power": [([300.0, 20_000], {}), ([400.0, 20_000], {"protocol": "ramp"})],
    "uth_vo2max": [([190.0, 60.0], {})],
    "vickers_model1": [([5400.0, 21_097.5, WEEK], {})],
    "vickers_model2": [([1200.0, 5000.0, 5520.0, 21_097.5, WEEK], {})],
    "wbal_differential": [
        ([RIDE, 250.0, 20_000.0], {}),
        ([np.stack([RIDE, RIDE[::-1]]), 250.0, 20_000.0], {"start": 5000.0, "step": 5.0}),
    ],
    "wbal_integral": [([RIDE, 250.0, 20_000.0], {}), ([RIDE, 250.0, 20_000.0], {"tau": 300.0, "step": 5.0})],
    "wbal_tau_bartram": [([np.array([0.0, 50.0, 150.0])], {})],
    "wbal_tau_skiba2012": [([np.array([0.0, 50.0, 150.0])], {})],
}  # fmt: skip
