"""Load by the best method: which is chosen, on which scale, and what is said of what was missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.workouts import Workouts
from fitintel.intelligence.dated import held
from fitintel.intelligence.registry import get

load_hierarchy = get("load_hierarchy")
NONE = {"id": [], "weighted_power": [], "graded_speed": []}
HEART = [
    {"kind": "hr_rest", "value": 50.0, "sport": "", "valid_from": 0},
    {"kind": "hr_max", "value": 190.0, "sport": "", "valid_from": 0},
    {"kind": "heart_rate", "value": 170.0, "sport": "", "valid_from": 0},
]
FTP = {"kind": "power", "value": 250.0, "sport": "cycling", "valid_from": 0}
SPEED = {"kind": "speed", "value": 4.0, "sport": "", "valid_from": 0}


def workouts(*rows: dict[str, object]) -> Workouts:
    base = {"day": 100, "sport": "running", "duration": 3600.0, "flags": ""}
    return Workouts.from_rows([{**base, "id": f"w{place:03}", **row} for place, row in enumerate(rows)])


def test_an_hour_at_threshold_is_100_by_every_measured_method() -> None:
    rows = workouts({"sport": "cycling"}, {"distance": 14400.0}, {"sport": "rowing", "hr_mean": 170.0})
    found = load_hierarchy(
        rows, {"id": ["w000"], "weighted_power": [250.0], "graded_speed": [None]}, [FTP, SPEED, *HEART]
    )
    assert found["load"] == pytest.approx([100.0, 100.0, 100.0])
    assert found["method"].tolist() == ["power", "grade-adjusted pace", "heart rate"]
    assert (found["coverage"], found["validity"]) == (1.0, "useful")
    assert found["mix"] == pytest.approx({"power": 1 / 3, "grade-adjusted pace": 1 / 3, "heart rate": 1 / 3})


def test_grade_adjusted_speed_goes_before_plain_speed() -> None:
    rows = workouts({"distance": 7200.0})
    figures = {"id": ["w000"], "weighted_power": [None], "graded_speed": [4.0]}
    assert load_hierarchy(rows, figures, [SPEED])["load"] == pytest.approx([100.0])


def test_a_pace_threshold_says_nothing_of_a_ride() -> None:
    found = load_hierarchy(workouts({"sport": "cycling", "distance": 30_000.0, "rpe": 5.0}), NONE, [SPEED])
    assert found["method"].tolist() == ["session RPE"]


def test_few_pairs_make_a_rated_load_a_guess_and_many_make_it_the_persons_own() -> None:
    one = load_hierarchy(workouts({"rpe": 4.0}), NONE, [])
    assert (one["load"][0], one["trust"][0]) == (pytest.approx(0.15 * 240), "rough")
    pairs = [{"hr_mean": 170.0, "rpe": 5.0, "day": day} for day in range(20)]
    own = load_hierarchy(workouts(*pairs, {"rpe": 4.0, "day": 50}), NONE, HEART)
    assert (own["load"][-1], own["trust"][-1]) == (pytest.approx(80.0), "useful")


def test_duration_alone_takes_the_typical_stress_of_the_sport_and_nothing_stays_nothing() -> None:
    found = load_hierarchy(workouts({"hr_mean": 170.0}, {"duration": 1800.0}, {"sport": "swimming"}), NONE, HEART)
    assert found["load"][:2] == pytest.approx([100.0, 50.0])
    assert np.isnan(found["load"][2])
    assert found["method"].tolist() == ["heart rate", "duration", "none"]
    assert found["missing"].tolist()[1:] == ["a rating", "a rating"]


def test_a_threshold_holds_from_its_day_and_a_later_one_does_not_rewrite_the_past() -> None:
    ftp = [{**FTP, "value": 200.0, "valid_from": 90}, {**FTP, "value": 300.0, "valid_from": 101}]
    rows = workouts(*({"sport": "cycling", "day": day} for day in (89, 100, 101)))
    figures = {"id": ["w000", "w001", "w002"], "weighted_power": [200.0] * 3, "graded_speed": [None] * 3}
    found = load_hierarchy(rows, figures, ftp)
    assert found["method"].tolist() == ["duration", "power", "power"]
    assert found["load"][1:] == pytest.approx([100.0, 100.0 * (2 / 3) ** 2])


def test_workouts_that_no_statistic_may_use_are_left_out() -> None:
    assert len(load_hierarchy(workouts({"flags": "duration_over_24h", "rpe": 5.0}), NONE, [])["load"]) == 0


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    rows = workouts(*({"day": 100 + place, "hr_mean": 140.0 + place, "rpe": 3.0} for place in range(6)))
    assert (
        load_hierarchy(rows.take(np.array(order)), NONE, HEART)["load"].tolist()
        == load_hierarchy(rows, NONE, HEART)["load"].tolist()
    )


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(50, 400)), max_size=8), st.integers(0, 60))
def test_the_value_that_holds_is_the_latest_begun(given_: list[tuple[int, float]], day: int) -> None:
    stated = [
        {"kind": "power", "value": value, "sport": "", "valid_from": start} for start, value in dict(given_).items()
    ]
    begun = [(one["valid_from"], one["value"]) for one in stated if one["valid_from"] <= day]
    found = held(stated, "power", [day], ["cycling"])[0]
    assert (np.isnan(found) and not begun) or found == max(begun)[1]
