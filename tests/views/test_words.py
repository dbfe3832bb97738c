"""Sentences: all of them, true to their values, in both systems of units."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.views.words import SENTENCES, say
from fitintel.views.words.readiness import named
from fitintel.views.words.recent import flag_words

METRIC, IMPERIAL = UnitSystem.METRIC, UnitSystem.IMPERIAL
WEEK = {"week": 20360, "value": 33000.0, "expected": 19800.0, "low": 10800.0, "high": 23400.0, "z": 3.9}
SHIFT = {"subject": "distance", "day": 19317, "low": 19296, "high": 19331, "before": 21000.0, "after": 36400.0,
         "relative": 0.733}  # fmt: skip
TREND = {"subject": "distance", "slope": 310.0, "low": 80.0, "high": 520.0, "per_4_weeks": 1240.0, "relative": 0.05,
         "weeks": 26, "p": 0.004, "needed": 10}  # fmt: skip
TESTED = {"nominal": 0.8, "achieved": 0.81, "achieved_low": 0.76, "achieved_high": 0.85, "n_tests": 231, "mase": 0.88,
          "mase_naive": 1.0, "mase_seasonal_naive": 1.31, "model": "local level"}  # fmt: skip
LEVEL = TESTED | {"subject": "ctl", "weeks_ahead": 4, "week": 20360, "mean": 62.1, "low": 51.3, "high": 74.9}
CAPACITY = TESTED | {"subject": "race", "n": 14, "day": 20388, "mean": 2520.0, "low": 2452.0, "high": 2590.0,
                     "distance": 10000.0}  # fmt: skip
WORKOUT = {"day": 20366, "field": "duration", "value": 74065.0, "expected": 1930.0, "duration": 74065.0,
           "distance": 3218.7, "sport": "running"}  # fmt: skip
FORECAST = {"subject": "distance", "week": 20367, "mean": 42100.0, "low": 30000.0, "high": 55210.0, "nominal": 0.8,
            "achieved": 0.79, "achieved_low": 0.73, "achieved_high": 0.84, "n_tests": 210, "model": "theta",
            "mase": 0.81, "mase_seasonal_naive": 1.05}  # fmt: skip
SCORE = {"score": 71.4, "low": 62.0, "high": 80.0, "F": 0.84, "R": 0.55, "G": 0.93, "P": None, "goal": 4.0, "weeks": 8,
         "early": False, "last_training_days": 2, "weakest": "R"}  # fmt: skip
RECENT = {"id": "w", "day": 20366, "sport": "running", "label": "run", "confidence": 0.97, "duration": 1800.0,
          "distance": 5000.0, "flags": ""}  # fmt: skip
FARED = {"tests": 44, "mean_said": 0.6, "came_true": 0.57, "came_low": 0.42, "came_high": 0.7, "brier": 0.2,
         "brier_base": 0.24}  # fmt: skip
PLANNED = {"day": 20368, "number": 1, "sport": "running", "duration": 3600.0, "distance": 10000.0, "rpe": 4.0,
           "load": 62.0, "low": 51.0, "high": 80.0, "n": 41, "least": 1800.0, "readiness": "go easy",
           "avoid": ["hard_again", "longer"], "after": "interval", "longest": 5400.0, "tsb_today": -4.0,
           "tsb_planned": -9.0, "tsb_rest": 6.0}  # fmt: skip
SIGN = {"z": -1.3, "n": 6, "nights": 7, "needed": 3, "base": 28, "base_needed": 14, "state": "below", "usual": 4.0,
        "source": "watch", "sign": "hrv"}  # fmt: skip
VALUES: dict[str, dict[str, Any]] = {
    "focus_restart": {"gap_days": 12}, "focus_ease": {"tsb": -64.3, "week": 33000.0, "expected": 19800.0},
    "focus_consistency": SCORE, "focus_check_data": {"n": 1}, "focus_steady": SCORE,
    "focus_collect": {"n": 2, "needed": 5},
    "focus_readiness": {"verdict": "go easy", "z": -0.7, "confidence": "medium", "known": 3, "down": ["hrv"], "up": [],
                        "conflict": True},
    "readiness_verdict": {"verdict": "go easy", "z": -0.7, "confidence": "medium", "known": 3, "down": ["hrv"],
                          "up": []},
    "readiness_conflict": {"down": ["feeling"], "up": ["sleep"]},
    "readiness_insufficient": {"known": 1, "n": 3, "nights": 7, "needed": 2},
    "readiness_none": {},
    "readiness_few_nights": {**SIGN, "z": None, "n": 2, "sign": "hrv"},
    "readiness_hrv": {**SIGN, "value": 3.9, "low": 3.95, "high": 4.05},
    "readiness_resting_hr": {**SIGN, "state": "above", "value": 56.0, "low": 48.0, "high": 52.0, "twice": True},
    "readiness_sleep": {**SIGN, "value": 23400.0, "low": 25200.0, "high": 28800.0, "debt": 9000.0, "last": 21600.0},
    "readiness_feeling": {**SIGN, "state": "above", "value": 15.0, "low": 10.0, "high": 12.0},
    "readiness_load": {**SIGN, "state": "within", "value": 5.0, "low": 4.8, "high": 5.5},
    "today_plan": PLANNED, "today_done": {"n": 2, "duration": 3600.0, "distance": None, "load": 61.0},
    "today_no_plan": {"day": 20368, "n": 8, "trained": 5, "duration": 2400.0, "avoid": ["catch_up"], "after": "",
                      "longest": 5400.0, "tsb_today": -4.0, "tsb_planned": 6.0, "tsb_rest": 6.0},
    "yesterday_plan": {"day": 20367, "number": 1, "sport": "running", "planned_duration": 3600.0,
                       "planned_distance": None, "share": 0.6, "verdict": "partly"},
    "yesterday_workout": RECENT, "yesterday_rest": {"day": 20367, "plans": True},
    "week_so_far": {"week": 20367, "days": 3, "n": 4, "subject": "distance", "sessions": 2.0, "duration": 5400.0,
                    "distance": 14000.0, "same_days_sessions": 1.5, "same_days_duration": 5000.0,
                    "same_days_distance": 13000.0, "whole_sessions": 4.0, "whole_duration": 14000.0,
                    "whole_distance": 38000.0},
    "week_plan": {"n": 4, "due": 2, "left": 2, "met": 1, "partly": 1, "replaced": 0, "missed": 0, "duration": 5400.0,
                  "planned": 14400.0, "planned_so_far": 7200.0, "rest_days": 1},
    "week_streak": {"streak": 3, "goal": 4.0, "training": 2.0, "left": 4},
    "goal_week": {"kind": "weekly_distance", "goal": 30000.0, "so_far": 12000.0, "needed": 18000.0, "days_left": 4,
                  "p": 0.62, "p_low": 0.5, "p_high": 0.7, "n": 52, **FARED},
    "goal_ctl": {"day": 20400, "name": "camp", "ctl": 40.0, "target": 45.0, "ahead": 32, "expected": 43.0, "low": 39.0,
                 "high": 47.0, "p": 0.31, **FARED},
    "goal_event": {"day": 20420, "name": "City run", "ahead": 52},
    "goal_race": {"day": 20420, "name": "City run", "ahead": 52, "sport": "running", "distance": 10000.0,
                  "target": 2700.0, "races": 3, "duration": 2730.0, "low": 2640.0, "high": 2823.0, "p": 0.37,
                  "errors": 2, "tests": 2, "inside": 2, "nominal": 0.8, "achieved": 1.0, "achieved_low": 0.34,
                  "achieved_high": 1.0},
    "goal_race_insufficient": {"day": 20420, "name": "City run", "ahead": 52, "sport": "", "distance": 10000.0,
                               "target": None, "races": 0},
    "alert_entry_error": WORKOUT, "alert_sensor_fault": WORKOUT, "alert_unusual_workout": WORKOUT,
    "alert_load_higher": WEEK, "alert_load_lower": WEEK, "alert_gap": {"days": 12, "usual": 4.0},
    "alert_habit_change": SHIFT, "alerts_none": {"checked": 5},
    "alert_wellness": {"sign": "resting_hr", "start": 20364, "z": 4.1, "value": 58.0, "usual": 50.0, "low": 48.0,
                       "high": 52.0, "n": 2, "nights": 2, "base": 28, "since": 20365, "p": 0.003, "new": True},
    "alerts_few_nights": {"sign": "sleep", "signs": ["sleep", "hrv"], "n": 6, "nights": 7, "needed": 3, "base": 9,
                          "base_needed": 14},
    "alert_closed": {"of": "alert_gap:20360", "code": "alert_gap", "told": {"days": 12, "usual": 4.0, "since": 20366},
                     "opened": 20366, "last_told": 20367, "why": "trained", "on": 20368},
    "withheld": {"of": ["heart", "sleep"]},
    "alerts_rate": {"rate": 0.31, "low": 0.1, "high": 0.7, "months": 24.0},
    "trend_improving": TREND,
    "trend_declining": TREND | {"slope": -310.0, "low": -520.0, "high": -80.0, "relative": -0.05},
    "trend_plateau": TREND, "trend_uncertain": TREND, "trend_insufficient": TREND | {"weeks": 1}, "change_point": SHIFT,
    "change_point_possible": SHIFT,
    "change_point_none": {"subject": "sessions", "weeks": 120},
    "forecast_week": FORECAST, "forecast_week_naive": FORECAST | {"model": "naive"},
    "forecast_insufficient": {"subject": "duration", "weeks": 3, "needed": 16},
    "forecast_level": LEVEL, "forecast_level_naive": LEVEL | {"subject": "load", "weeks_ahead": 1, "model": "naive"},
    "forecast_capacity": CAPACITY, "forecast_capacity_naive": CAPACITY | {"subject": "threshold_power", "mean": 251.0,
                                                                          "low": 240.0, "high": 262.0},
    "forecast_capacity_insufficient": {"subject": "threshold_speed", "n": 4, "needed": 11},
    "consistency_score": SCORE, "consistency_insufficient": {"weeks": 1, "needed": 2},
    "load_state": {"ctl": 341.2, "atl": 412.7, "tsb": -64.3, "method": "MET minutes", "validity": "rough",
                   "warming_up": True, "coverage": 0.97},
    "load_week": WEEK | {"verdict": "higher"}, "load_insufficient": {},
    "recommend_restart": {"gap_days": 12, "minutes": 20, "until": 20372, "effect": None},
    "recommend_ease": {"value": 33000.0, "expected": 19800.0, "until": 20372,
                       "effect": {"value": 21.4, "low": 8.0, "high": 33.0, "n": 9}},
    "recommend_anchor_days": {"weekdays": [0, 3], "until": 20372,
                              "effect": {"value": 1.26, "low": 0.9, "high": 1.8, "n": 51}},
    "recommend_fix_entry": {"day": 20366, "field": "duration"},
    "recommend_keep": {"sessions": 4}, "recommend_rate_effort": {}, "recommend_collect": {"needed": 5},
    "recent_workout": RECENT,
    "label_effect": {"day": 20360, "n": 1, "level": "activity", "value": "walk", "corrected": 1, "was": "run",
                     "alike": 3, "others": 1},
    "label_question": {"id": "w-aa", "day": 20360, "sport": "running", "duration": 2700.0, "distance": 4800.0,
                       "level": "activity", "likely": ["mixed", "run"], "probability": [0.55, 0.41]},
    "missing_heart_rate": {"share": 0.0}, "missing_rpe": {"share": 0.03}, "missing_start_times": {},
    "missing_sync": {"source": "strava", "state": "needs reconnect", "days": 3, "last_day": 20365},
    "missing_nights": {"source": "ring", "state": "", "days": 4, "last_day": 20364},
    "missing_recent": {"days": 5, "last_day": 20363}, "missing_excluded": {"n": 5, "rules": {"duration_over_24h": 5}},
    "missing_flagged": {"n": 39, "rules": {"watch_left_running": 39}}, "missing_no_workouts": {},
    "missing_possible_duplicates": {"n": 2, "pairs": [["w-aa", "w-bb"]]}, "missing_merged": {"n": 3},
}  # fmt: skip
NO_MEDICINE = re.compile(r"\b(injur|risk|diagnos|treat|medic|illness|doctor|prevent)", re.I)


def words(code: str, units: UnitSystem = METRIC, **changes: Any) -> Any:
    return say(code, VALUES[code] | changes, units, {"confidence": 0.9, "nominal": 0.8, "ctl_days": 42, "atl_days": 7})


def everything(said: Any) -> str:
    figures = [part for figure in said.figures for part in (figure.value, figure.unit, figure.label, figure.interval)]
    return " ".join(
        filter(None, (said.lead, said.text, *said.notes, said.reason, said.minimum, said.effect, said.avoid, *figures))
    )


def test_every_sentence_has_an_example_here():
    assert set(VALUES) == set(SENTENCES)


@pytest.mark.parametrize("units", UnitSystem)
@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_whole(code, units):
    said = words(code, units)
    text = everything(said)
    assert said.text[0].isupper() or said.text[0].isdigit()
    assert said.text.endswith((".", "?"))
    assert not re.search(r"\b(nan|None|inf)\b|[{}]|  |\.\.|-\d", text), text
    assert not NO_MEDICINE.search(text), text
    other = r"\d (mi|mi/h|min/mi|ft)\b" if units is METRIC else r"\d (km|km/h|min/km)\b"
    assert not re.search(other, text), text


def test_an_unknown_code_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="trend_plateau"):
        say("trend_platau", {}, METRIC)


def test_values_and_units_are_those_given():
    assert words("forecast_week").text == "Week of 6 Oct 2025: 42.1 km expected, 80 % interval 30.0 to 55.2 km."
    assert (
        words("forecast_week", IMPERIAL).text == "Week of 6 Oct 2025: 26.2 mi expected, 80 % interval 18.6 to 34.3 mi."
    )
    assert "held the true value in 79 % (73 to 84 %" in everything(words("forecast_week"))
    assert "20:34 h where about 32 min" in words("alert_entry_error").text
    assert words("alert_habit_change").text.endswith("from 21.0 to 36.4 km a week (+73 %).")
    assert "between 31 Oct and 5 Dec 2022" in words("alert_habit_change").notes[0]


def test_the_change_of_a_trend_and_its_interval_are_over_the_same_span():
    said = words("trend_improving")
    assert "+1.2 km per 4 weeks (+5 %)" in said.text
    assert "90 % interval: +0.3 to +2.1 km" in said.notes[0]


def test_volume_rises_and_pace_gets_faster():
    assert "is rising" in words("trend_improving").text
    assert words("trend_improving", subject="pace", slope=0.01, low=0.002, high=0.02).text.startswith(
        "Pace is getting faster: +0.14 km/h per 4 weeks"
    )
    assert "getting slower" in words("trend_declining", subject="pace", slope=-0.01, low=-0.02, high=-0.002).text


def test_a_figure_that_is_missing_is_not_said():
    assert "NaN" not in everything(words("alert_entry_error", value=float("nan"), expected=None))
    assert words("alert_entry_error", value=None).text.endswith("the duration cannot be right.")
    assert "not yet tested" in everything(words("forecast_week", achieved=None, n_tests=0))
    assert "repeating last year" not in everything(words("forecast_week", mase_seasonal_naive=None))
    assert "interval" not in words("consistency_score", low=None, high=None).text


def test_counts_are_singular_where_there_is_one():
    assert "1 day ago" in everything(words("focus_restart", gap_days=1))
    assert "1 recent workout looks wrong" in everything(words("focus_check_data"))
    assert "2 recent workouts look wrong" in everything(words("focus_check_data", n=2))
    assert "1 workout is kept out" in words("missing_excluded", n=1, rules={"duration_over_24h": 1}).text


def test_a_go_of_the_body_after_a_gap_says_the_gap_and_agrees_with_the_focus():
    after = words("readiness_verdict", verdict="go", down=[], up=[], gap_days=12)
    assert after.text == "Go: nothing in the body speaks against one easy session first."
    assert after.reason.endswith("The last training day was 12 days ago.")
    assert any("The focus is of the training" in note for note in after.notes)
    assert "one easy session" in words("focus_restart", gap_days=12).text
    before = words("readiness_verdict", verdict="go", down=[], up=[])
    assert before.text == "Go: train as planned."
    assert named({"verdict": "go", "gap_days": 12}) != named({"verdict": "go"}) == "Go"


def test_more_workouts_than_needed_are_never_said_to_be_too_few():
    assert "7 of" not in everything(words("focus_collect", n=7))


def test_a_history_too_short_for_a_change_is_not_said_to_be_without_one():
    short = say("change_point_none", {"subject": "distance", "weeks": 3}, METRIC, {"min_size": 4})
    assert short.text == "Too little data for a lasting change of weekly distance: 3 of 8 weeks."
    assert "no lasting change in 120 weeks" in words("change_point_none").text


def test_a_norm_that_begins_at_nothing_is_an_upper_limit():
    assert "up to 6:30 h" in words("load_week", low=0.0).text


def test_a_spoiled_pace_is_not_shown():
    assert "min/km" in words("recent_workout").text
    said = words("recent_workout", flags="watch_left_running", duration=74065.0)
    assert "min/km" not in said.text
    assert "Kept out of training time and pace." in said.notes[-1]
    assert "km/h" in words("recent_workout", sport="cycling", label="other").text


def test_a_workout_is_said_to_differ_from_its_record_only_where_it_does():
    assert words("recent_workout").notes == ("By its figures a run (97 %).",)
    assert words("recent_workout", label="walk").notes == ("By its figures a walk (97 %), recorded as running.",)
    assert words("recent_workout", label="other", sport="cycling").notes == ()


def test_a_persons_word_and_the_kind_of_session_are_said():
    assert words("recent_workout", label="walk", said=True).notes == ("You said it was a walk.",)
    probably = words("recent_workout", session="tempo", session_said=False, session_confidence=0.83).notes
    assert probably[-1] == "Probably a tempo session (83 %)."
    assert words("recent_workout", session="race", session_said=True).notes[-1] == "You said it was a race."


def test_what_a_label_has_changed_is_said():
    said = words("label_effect")
    assert said.text.endswith("was a walk: 3 similar workouts are now read as a walk.")
    assert said.notes[0] == "Without your word it would be read as a run."
    assert words("label_effect", alike=1).text.endswith("1 similar workout is now read as a walk.")
    assert words("label_effect", alike=0, others=0).notes[-1] == "No other workout is read otherwise."
    assert words("label_effect", n=10, corrected=4).text.startswith("You said 10 workouts were each a walk")


def test_a_question_says_how_to_answer():
    said = words("label_question")
    assert said.text.endswith("a mix of running and walking or a run?")
    assert "fitintel label w-aa activity=mixed" in said.notes[-1]


def test_a_speed_on_foot_is_said_as_pace():
    said = words("alert_unusual_workout", field="speed", value=2.5, expected=1.5)
    assert "pace 6:40 min/km where about 11:07 min/km" in said.text
    assert "9.0 km/h" in words("alert_unusual_workout", field="speed", value=2.5, expected=1.5, sport="cycling").text


def test_an_unknown_flag_does_not_break_a_line():
    assert flag_words("no_such_rule possible_duplicate") == [
        "Same day, sport, distance and duration as another workout."
    ]


def test_a_load_that_is_not_known_is_said_in_words() -> None:
    values = {"ctl": None, "atl": None, "tsb": None, "method": "duration", "validity": "rough", "warming_up": False}
    said = say("load_state", values, METRIC, {})
    assert said.text == "Too many of the latest days are not known, so nothing is said of training load."
    assert said.figures == ()
