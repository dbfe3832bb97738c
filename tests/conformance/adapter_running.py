"""Running: names and inputs of the vector files to the library's algorithms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fitintel.intelligence.registry import get

SPEED_UNITS = {"yards per minute per bpm": "yd/min", "metres per minute per bpm": "m/min"}


def _efficiency_factor(i: dict[str, Any]) -> Any:
    if "np_w" in i:
        return get("efficiency_factor")(i["np_w"], i["avg_hr"])
    unit = SPEED_UNITS[i.get("unit", "metres per minute per bpm")]
    return get("efficiency_factor")(i["ngp_speed_mps"], i["avg_hr"], unit=unit)


def _elevation_gain(i: dict[str, Any]) -> Any:
    names = {"threshold": i["threshold_m"]} if "threshold_m" in i else {}
    return get("elevation_gain_hysteresis")(i["alt_m"], **names)


COMPUTE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "aerobic_decoupling": lambda i: get("aerobic_decoupling")(i["output"], i["hr"]),
    "efficiency_factor": _efficiency_factor,
    "elevation_gain_hysteresis": _elevation_gain,
    "grade_adjusted_pace_minetti": lambda i: get("grade_adjusted_pace_minetti")(i["pace_s_per_km"], i["gradient"]),
    "minetti_cr": lambda i: get("minetti_cr")(i["gradient"]),
    "strava_gap_factor": lambda i: get("grade_factor_heart_rate")(i["grade_percent"] / 100),
    "swolf": lambda i: get("swolf")(i["pace_s_per_100m"] / 100, i["strokes_per_min"], i["pool_m"]),
}
