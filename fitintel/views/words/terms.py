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


def term(name: str) -> str:
    """The name of a term as people read it.

    >>> term("weekly_distance"), term("something_new")
    ('weekly distance', 'something new')
    """
    return _(TERMS[name]) if name in TERMS else name.replace("_", " ")
