"""Which categories of consent a value of wellness, a run and a line of a brief fall under.

Those of a run are derived from its card: each declared input is of another algorithm, or of something that is listed
here. What is not listed falls under every category, so that a new algorithm or line is withheld until it has a place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from fitintel.core.records import Run, Section
from fitintel.intelligence.registry import get, ids, versions

CATEGORY = {
    **dict.fromkeys(("hrv_rmssd", "hrv_ln_rmssd", "hrv_sdnn", "hrv_score"), "heart"),
    **dict.fromkeys(("resting_hr", "hr_low", "respiration", "spo2"), "heart"),
    **dict.fromkeys(("sleep_duration", "sleep_start", "sleep_end", "sleep_quality"), "sleep"),
    **dict.fromkeys(("weight", "steps", "energy"), "body"),
    **dict.fromkeys(("stress", "fatigue", "soreness", "mood", "rpe", "readiness"), "feeling"),
}  # fmt: skip
"""wellness metric -> category of consent"""
TRAINING = frozenset({"training"})
BODY = frozenset({"heart", "sleep", "feeling"})
"""what briefs read of wellness"""
PLAN = frozenset({"plan"})
EVERY = TRAINING | BODY | PLAN | {"illness", "body", "cycle"}
"""all that briefs and runs could be made from"""
INPUTS = {
    "rows of day, metric, value, source": BODY,
    "source, kind, day of the latest data, days with data before it, state": BODY,
    "deviations from the own normal range, as readiness_signs makes them": BODY | TRAINING,
    "planned workouts": PLAN, "planned workouts with effort and kind": PLAN, "plans to compare": PLAN,
    # these name what was told, whatever it speaks of
    "answers of a person, oldest first": BODY, "alerts of the last brief of an earlier day": BODY,
    "keys of the findings of the day": BODY,
    "1 asleep, 0 awake": frozenset({"sleep"}), "1-7": frozenset({"sleep", "feeling"}),
}  # fmt: skip
"""what a card says of an input -> categories, where it is not of training alone"""
OF_WORKOUTS = frozenset({
    "rows", "workouts", "workout ids", "workout types", "workout id -> name", "daily totals", "weekly totals",
    "workout id -> activity, as people said", "workout id -> kind of session, as people said", "lasting changes",
    "first weeks of lasting changes with the day on which each was first found", "dated statements",
    "statements of speed", "figures of recordings", "quality of recordings, 0-100", "load per day", "load per workout",
    "load per day, the last day of the chart first", "duration, distance and hr_mean by lap", "id, s, m",
    "one row a workout, one column a duration or distance", "race_prediction of every race and, last, of the goal",
    "count per weekday, Monday first", "weekdays, Monday is 0",
})  # fmt: skip
FIGURE = re.compile(
    r"(any|unit of|day|load|count|name|years|points|SI|SD|CR-10|a\.u\.|ml/kg/min|ln ms|0-100|0/1|kg|ms|min|bpm|1"
    r"|[smWdJ])([ ,/].*)?|day numbers?( of the Monday)?"
)
"""A figure with its unit: of what its family is about."""
FAMILIES = {"recovery": BODY}
"""family -> categories of its figures; of every other it is training"""
UNITS = {"ln ms": frozenset({"heart"}), "ms": frozenset({"heart"}), "bpm": frozenset({"heart"}),
         "1": frozenset[str](), "day number": frozenset[str]()}  # fmt: skip
"""unit of a figure of recovery -> categories"""
PARAMETERS = {"planned_minutes": "plan", "actual_minutes": "plan", "excused_weeks": "illness"}
"""parameter of a run that holds what somebody stated -> category"""

SIGNS = {"hrv": "heart", "resting_hr": "heart", "sleep": "sleep", "feeling": "feeling", "load": "training"}
"""sign of readiness -> category"""
OF_SIGNS = ("alert_wellness", "readiness_few_nights", *(f"readiness_{sign}" for sign in SIGNS))
"""codes of lines that speak of one sign: it stands behind the code in their key"""
LINES = {
    **dict.fromkeys(("readiness_verdict", "readiness_conflict", "readiness_insufficient", "readiness_none",
                     "alerts_none", "alerts_rate", "alerts_few_nights"), BODY | TRAINING),
    # said where readiness asks for nothing else: that they are said tells of it
    **dict.fromkeys(("focus_readiness", "focus_ease", "focus_consistency", "focus_steady", "focus_collect"),
                    BODY | TRAINING),
    "missing_nights": BODY,
    **dict.fromkeys(("today_plan", "today_no_plan", "yesterday_plan", "yesterday_rest", "week_plan"), PLAN | TRAINING),
    **dict.fromkeys((
        "focus_restart", "focus_check_data", "today_done", "yesterday_workout", "week_so_far", "week_streak",
        "goal_week", "goal_ctl", "goal_event", "goal_race", "goal_race_insufficient", "alert_entry_error",
        "alert_sensor_fault", "alert_unusual_workout", "alert_load_higher", "alert_load_lower", "alert_gap",
        "alert_habit_change", "trend_improving", "trend_declining", "trend_plateau", "trend_uncertain",
        "trend_insufficient", "change_point", "change_point_none", "change_point_possible", "forecast_level",
        "forecast_level_naive", "forecast_capacity", "forecast_capacity_naive", "forecast_capacity_insufficient",
        "forecast_week", "forecast_week_naive", "forecast_insufficient", "consistency_score",
        "consistency_insufficient", "load_state", "load_week", "load_insufficient", "recommend_restart",
        "recommend_ease", "recommend_anchor_days", "recommend_fix_entry", "recommend_keep", "recommend_rate_effort",
        "recommend_collect", "recent_workout", "label_effect", "label_question", "missing_sync", "missing_heart_rate",
        "missing_rpe", "missing_start_times", "missing_recent", "missing_excluded", "missing_flagged",
        "missing_no_workouts", "missing_possible_duplicates", "missing_merged",
    ), TRAINING),
}  # fmt: skip
"""code of a line -> categories"""
BESIDE: dict[str, dict[str, Any]] = {
    "today_plan": {"readiness": None, "least": None, "avoid": []}, "today_no_plan": {"avoid": []},
}  # fmt: skip
"""code -> values that readiness has a part in, and what stands there where they are withheld"""
SPEAKS = {
    **dict.fromkeys(Section, TRAINING),
    **dict.fromkeys((Section.FOCUS, Section.READINESS, Section.ALERTS, Section.MISSING), TRAINING | BODY),
    **dict.fromkeys((Section.TODAY, Section.YESTERDAY, Section.WEEK), TRAINING | PLAN),
}
"""section of a brief -> categories that its lines may fall under"""
CLOSED = "alert_closed"


def of_input(said: str, family: str) -> frozenset[str]:
    """Categories of an input, from what a card of that family says of it.

    >>> sorted(of_input("rows", "load")), sorted(of_input("hrv_flag", "recovery"))
    (['training'], ['heart'])
    """
    named = [one for one in said.split(" or ") if one in _ids()]
    if named:
        # kinds of session are read from plans as well; what is made from them says nothing of a plan any more
        return frozenset().union(*(of_algorithm(one) for one in named)) - PLAN
    if said in INPUTS:
        return INPUTS[said]
    if said in OF_WORKOUTS:
        return TRAINING
    if FIGURE.fullmatch(said):
        known = FAMILIES.get(family, TRAINING)
        return UNITS.get(said, known) if known is BODY else known
    return EVERY


@cache
def of_algorithm(algorithm_id: str, version: str | None = None) -> frozenset[str]:
    """Categories that a run of the algorithm falls under: those of all its inputs."""
    if algorithm_id not in _ids() or (version is not None and version not in versions(algorithm_id)):
        return EVERY
    card = get(algorithm_id, version).card
    found = frozenset().union(*(of_input(said, card.family) for said in card.inputs.values()))
    return found or FAMILIES.get(card.family, TRAINING)


def of_run(run: Run) -> frozenset[str]:
    """Categories of a run, also of what was stated as its parameters."""
    stated = {PARAMETERS[name] for name, value in run.parameters.items() if name in PARAMETERS and value}
    return of_algorithm(run.algorithm, run.version) | stated


def of_key(key: str) -> frozenset[str]:
    """Categories of a line, an answer or an alert, by its key (`core.answers.key_of`).

    >>> sorted(of_key("alert_wellness:sleep:20000")), sorted(of_key("alert_closed:alert_gap:20000"))
    (['sleep'], ['training'])
    """
    code, _, rest = key.partition(":")
    if code == CLOSED:
        return of_key(rest) | TRAINING
    if code in OF_SIGNS:
        sign = SIGNS.get(rest.partition(":")[0])
        return frozenset({sign}) if sign else EVERY
    return LINES.get(code, EVERY)


@cache
def _ids() -> frozenset[str]:
    return frozenset(ids())
