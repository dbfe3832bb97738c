"""Names of what is stated and measured: kinds of threshold and goal, reasons of excused days, measures of wellness."""

from __future__ import annotations

from fitintel.views.language import _, marked

TERMS = {
    "power": marked("power"), "critical_power": marked("critical power"), "w_prime": marked("w prime"),
    "heart_rate": marked("heart rate"), "hr_max": marked("hr max"), "hr_rest": marked("hr rest"),
    "speed": marked("speed"), "vo2max": marked("vo2max"),
    "training_days": marked("training days"), "weekly_duration": marked("weekly duration"),
    "weekly_distance": marked("weekly distance"), "ctl": marked("ctl"), "event": marked("event"),
    "ill": marked("ill"), "injured": marked("injured"), "travelling": marked("travelling"),
    "holiday": marked("holiday"), "not_synchronised": marked("not synchronised"), "other": marked("other"),
    "sleep_duration": marked("sleep duration"), "sleep_start": marked("sleep start"), "sleep_end": marked("sleep end"),
    "hrv_rmssd": marked("hrv rmssd"), "hrv_ln_rmssd": marked("hrv ln rmssd"), "hrv_sdnn": marked("hrv sdnn"),
    "hrv_score": marked("hrv score"), "resting_hr": marked("resting hr"), "hr_low": marked("hr low"),
    "respiration": marked("respiration"), "spo2": marked("spo2"), "weight": marked("weight"),
    "steps": marked("steps"), "energy": marked("energy"), "sleep_quality": marked("sleep quality"),
    "stress": marked("stress"), "fatigue": marked("fatigue"), "soreness": marked("soreness"), "mood": marked("mood"),
    "rpe": marked("rpe"), "readiness": marked("readiness"),
}  # fmt: skip
METHODS = {
    "power": marked("power"), "grade-adjusted pace": marked("grade-adjusted pace"),
    "heart rate": marked("heart rate"), "session RPE": marked("session RPE"), "duration": marked("duration"),
    "none": marked("none"), "MET minutes": marked("MET minutes"),
}  # fmt: skip
"""what load is made from -> its name"""


def method(name: str) -> str:
    """The name of a method of load; one that is none of ours stays as it is.

    >>> method("grade-adjusted pace"), method("lap RPE")
    ('grade-adjusted pace', 'lap RPE')
    """
    return _(METHODS[name]) if name in METHODS else name


def term(name: str) -> str:
    """The name of a term as people read it.

    >>> term("weekly_distance"), term("something_new")
    ('weekly distance', 'something new')
    """
    return _(TERMS[name]) if name in TERMS else name.replace("_", " ")
