"""Golden inputs of alerts and readiness: sensors that fail, answers of a person, nights of two sources."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from fitintel.core.workouts import Workouts

_COUNT = 40
_RUNS = [
    {"id": f"s{i:02}", "day": i, "sport": "running", "flags": "", "duration": 2400.0 + 60 * (i % 7),
     "distance": (2400.0 + 60 * (i % 7)) * (3.0 + 0.02 * (i % 5)), "hr_mean": 140.0 + i % 6, "hr_max": 152.0 + i % 9,
     "cadence": 164.0 + i % 4, "steps": (164.0 + i % 4) * 40, "speed_max": 4.0 + 0.1 * (i % 3),
     "elevation_gain": 60.0 + 4 * (i % 5)}
    for i in range(_COUNT)
]  # fmt: skip
_RUNS[34] |= {"hr_mean": 98.0}
_RUNS[35] |= {"hr_mean": 167.0, "hr_max": 171.0}
_RUNS[36] |= {"hr_max": 214.0}
_RUNS[37] |= {"cadence": 83.0, "steps": 3320.0}
_RUNS[38] |= {"speed_max": 31.0}
_RUNS[39] |= {"elevation_gain": 2200.0}
_ROWS = Workouts.from_rows(_RUNS)
_TYPES = {"id": _ROWS["id"], "label": np.full(_COUNT, "run", dtype=object)}

_CHECKS = {
    "day": [day for day in range(12) for _ in range(4)],
    "key": ["alert_gap:0", "alert_load_higher:0", "", "alert_entry_error:w"] * 12,
    "p": [0.011, 0.004, 1.0, math.nan] * 12, "hard": [False, False, False, True] * 12,
}  # fmt: skip
_ANSWERS = [
    {"key": "alert_gap:0", "action": "snooze", "day": 4, "until": 9},
    {"key": "alert_entry_error:w", "action": "acknowledge", "day": 6, "until": None},
    *({"key": f"alert_load_higher:{n}", "action": "dismiss", "day": 2, "until": None} for n in range(1, 5)),
]

_NIGHTS = {
    "day": [20000 + day for day in range(12) for _ in range(3)],
    "metric": ["hrv_rmssd", "resting_hr", "sleep_duration"] * 12,
    "value": [value for day in range(12) for value in (50.0 + day, 48.0 + day % 3, 25_200.0 + 600 * (day % 4))],
    "source": ["watch", "watch", "ring"] * 12,
}
_SERIES = {
    "hrv": [3.9, math.nan] * 34, "resting_hr": [48.0, 50.0, 52.0, math.nan] * 16 + [50.0, 61.0, 62.0, 63.0],
    "sleep": [27_000.0, 24_000.0, 25_800.0, 28_200.0] * 17,
    "source": {"hrv": "watch (hrv_rmssd)", "resting_hr": "watch (resting_hr)", "sleep": "", "fatigue": "typed"},
}  # fmt: skip
_WEEK = {"mean": 3.7, "n": 4}
_BAND = {"mean": 3.9, "sd": 0.2, "lower": 3.8, "upper": 4.0, "n": 40}
_SIGN = {"n": 7, "needed": 3, "state": "within"}
_SIGNS = {"hrv": {**_SIGN, "z": -1.2}, "resting_hr": {**_SIGN, "z": -0.4}, "feeling": {**_SIGN, "z": 1.3},
          "sleep": {**_SIGN, "z": None}, "load": {**_SIGN, "z": -2.0}}  # fmt: skip

_YEAR = range(19_600, 20_012)
_PAST = {
    "day": [day for day in _YEAR for _ in range(2)], "metric": ["resting_hr", "sleep_duration"] * len(_YEAR),
    "value": [value for day in _YEAR for value in (48.0 + day % 5 + 9.0 * (day > 20_008), 25_200.0 + 600 * (day % 7))],
    "source": ["watch", "ring"] * len(_YEAR),
}  # fmt: skip
_WATCH = {"source": {"resting_hr": "watch (resting_hr)", "sleep": "ring (sleep_duration)", "hrv": ""}}
_TOLD = {"day": 40, "alerts": [
    {"key": f"{code}:{about}", "code": code, "since": 38, "told": {"day": day}} for code, about, day in (
        ("alert_gap", 30, 0), ("alert_load_higher", 28, 0), ("alert_entry_error", "w1", 36),
        ("alert_unusual_workout", "w2", 33), ("alert_wellness", "hrv:37", 0), ("alert_habit_change", "sessions:7", 0))
]}  # fmt: skip
_STATE = {"told": [{"key": "alert_wellness:sleep:40"}], "quiet": [{"key": "alert_wellness:hrv:37"}],
          "held": {"alert_habit_change:sessions:7": "told for long enough"}}  # fmt: skip
_FOUND = ["alert_wellness:hrv:37", "alert_wellness:sleep:40"]
_DAILY = {"day": list(range(42)), "training": [1.0] * 31 + [0.0] * 10 + [1.0]}

_SOURCES = [
    {"source": "ring", "kind": "wellness", "last": 20_008, "known": 25, "state": ""},
    {"source": "typed", "kind": "wellness", "last": 20_000, "known": 3, "state": ""},
    {"source": "strava", "kind": "account", "last": 20_010, "known": None, "state": "needs reconnect"},
    {"source": "intervals", "kind": "account", "last": None, "known": None, "state": "active"},
]

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {
    "workout_anomaly": [([_ROWS, _TYPES], {})],
    "workout_anomaly@2.0.0": [([_ROWS, _TYPES], {})],
    "wellness_deviation": [([_PAST, _WATCH, 20_011], {}), ([_PAST, _WATCH, 19_640], {"span": 40})],
    "late_sources": [([_SOURCES, 20_011], {}), ([_SOURCES, 20_200], {"regular": 3})],
    "alerts_since": [
        ([_TOLD, _STATE, _FOUND, _DAILY, None], {}),
        ([_TOLD, {**_STATE, "quiet": []}, [], _DAILY, {"hrv": {"state": "usual"}}], {}),
    ],
    "alert_budget": [([_CHECKS, _ANSWERS], {}), ([_CHECKS, []], {"most": 1})],
    "wellness_nights": [([_NIGHTS, 20011], {"nights": 14})],
    "signs_of_readiness": [
        ([_SERIES, _WEEK, _BAND, "below_band", 2.7, 3.1, [9.0, 11.0] * 20, {"load": [40.0, 0.0, 60.0] * 30}], {}),
        ([_SERIES, _WEEK, _BAND, "insufficient_data", None, None, [math.nan] * 40, {"load": [0.0] * 20}], {}),
    ],
    "readiness": [([_SIGNS], {}), ([{"hrv": _SIGNS["hrv"], "resting_hr": _SIGNS["resting_hr"]}], {})],
}
