"""Recovery: names and inputs of the vector files to the library's algorithms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fitintel.intelligence.registry import get

COMPUTE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "hooper_index": lambda i: get("hooper_index")(i["sleep"], i["stress"], i["fatigue"], i["soreness"]),
    "hrv_flag": lambda i: get("hrv_flag")(i["baseline_mean"], i["baseline_sd"], i["rolling7_mean"], i["n_valid_last7"]),
    "hrv_rolling": lambda i: get("hrv_rolling")(i["ln_rmssd_7d"]),
    "hrv_swc_band": lambda i: get("hrv_swc_band")(i["baseline_ln_rmssd"], k=i.get("k", 0.5)),
    "hrv_time_domain": lambda i: get("hrv_time_domain")(i["rr_ms"]),
    "ln_rmssd": lambda i: get("ln_rmssd")(i["rr_ms"]),
    "resting_hr_robust_z": lambda i: get("resting_hr_robust_z")(i["baseline_bpm"], i["today"]),
    "rmssd": lambda i: get("rmssd")(i["rr_ms"]),
    "sleep_regularity_index": lambda i: get("sleep_regularity_index")(i["epochs"], epochs_per_day=i["epochs_per_day"]),
}
