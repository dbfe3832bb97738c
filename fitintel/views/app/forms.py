"""What can be chosen in forms, with its words and units."""

from __future__ import annotations

from fitintel.core.sports import SPORTS
from fitintel.core.stated import GOALS, REASONS, THRESHOLDS
from fitintel.core.wellness import METRICS, metric
from fitintel.views import numbers
from fitintel.views.app.workouts import sport_word
from fitintel.views.language import _, marked

WELLNESS: dict[str, str] = {
    "sleep_duration": marked("Time asleep, for example 7h30"), "hrv_rmssd": marked("Heart rate variability (RMSSD)"),
    "resting_hr": marked("Resting heart rate"), "weight": marked("Weight, for example 70.5 kg"),
    "sleep_quality": marked("Sleep, 1 very good to 7 very bad"),
    "fatigue": marked("Fatigue, 1 very low to 7 very high"), "soreness": marked("Soreness, 1 very low to 7 very high"),
    "stress": marked("Stress, 1 very low to 7 very high"), "mood": marked("Mood, 1 very good to 7 very bad"),
}  # fmt: skip
"""what a person types of a day -> its words; the metrics are those of core.wellness"""
KINDS: dict[str, str] = {
    "power": marked("Threshold power"), "critical_power": marked("Critical power"), "w_prime": marked("W′"),
    "heart_rate": marked("Threshold heart rate"), "hr_max": marked("Highest heart rate"),
    "hr_rest": marked("Resting heart rate"), "speed": marked("Threshold speed"), "vo2max": marked("VO2max"),
    "training_days": marked("Training days a week"), "weekly_duration": marked("Time a week"),
    "weekly_distance": marked("Distance a week"), "ctl": marked("Chronic load (CTL) on a day"),
    "event": marked("An event"), "ill": marked("ill"), "injured": marked("injured"),
    "travelling": marked("travelling"), "holiday": marked("holiday"), "not_synchronised": marked("not synchronised"),
    "other": marked("other"),
}  # fmt: skip
"""kind of threshold or goal, or reason -> its words"""
EXAMPLES: dict[str, str] = {
    "power": "250 W", "critical_power": "240 W", "w_prime": "20 kJ", "heart_rate": "165 bpm", "hr_max": "188 bpm",
    "hr_rest": "50 bpm", "speed": "4:30/km", "vo2max": "48 ml/kg/min",
}  # fmt: skip


def sports() -> dict[str, str]:
    """sport -> its word."""
    return {name: sport_word(name) for name in SPORTS}


def thresholds() -> dict[str, str]:
    """kind of threshold -> its word and an example of how it is typed."""
    return {kind: f"{_(KINDS[kind])} ({EXAMPLES[kind]})" for kind in THRESHOLDS}


def goals() -> dict[str, str]:
    """kind of goal -> its word."""
    return {kind: _(KINDS[kind]) for kind in GOALS}


def reasons() -> dict[str, str]:
    """reason for excused days -> its word."""
    return {reason: _(KINDS[reason]) for reason in REASONS}


def wellness() -> dict[str, tuple[str, str]]:
    """metric -> its word, and what it may be."""
    return {name: (_(text), _allowed(name)) for name, text in WELLNESS.items() if name in METRICS}


def _allowed(name: str) -> str:
    """What a metric may be, in words."""
    found = metric(name)
    low, high = (numbers.plain(end, 0 if end.is_integer() else 1) for end in (found.low, found.high))
    unit = "" if found.whole or found.unit[0].isdigit() else f" {found.unit}"
    text = f"{numbers.span(low, high)}{unit}"
    return _("whole numbers {range}", range=text) if found.whole else text
