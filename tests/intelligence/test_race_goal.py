"""The time of a race that is aimed at: from own races of the year before it, as wide as these were wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.records import Athlete, Insight, Level
from fitintel.core.workouts import Workouts
from fitintel.intelligence import student
from fitintel.intelligence.brief import compose
from fitintel.intelligence.races import predict_in_turn
from fitintel.intelligence.registry import Journal, get

race_goal = get("race_goal")
LAST = 20366
NO_WEEKS: dict[str, Any] = {"week": np.array([], dtype=int), "distance": np.array([])}


def said(errors: list[float], *, sd: float = 0.012) -> tuple[dict[str, Any], list[float]]:
    """A prediction of 2,700 s for every race, and races that were wrong by these errors of log time."""
    n = len(errors) + 1
    return {"duration": np.full(n, 2700.0), "sd": np.full(n, sd)}, [*(2700.0 * np.exp(errors)), np.nan]


@given(st.lists(st.floats(-0.1, 0.1), max_size=8), st.floats(2000, 3500), st.floats(1, 300))
def test_a_slower_target_is_never_less_likely(errors: list[float], target: float, more: float) -> None:
    one, other = (race_goal(*said(errors), target=each)["p"] for each in (target, target + more))
    assert 0 <= one <= other <= 1


@given(st.lists(st.floats(-0.1, 0.1), max_size=8))
def test_the_expected_time_is_as_likely_as_not_and_inside_its_interval(errors: list[float]) -> None:
    found = race_goal(*said(errors), target=2700.0)
    assert found["p"] == pytest.approx(0.5)
    assert found["low"] < found["duration"] < found["high"]
    assert student.cdf(np.log(found["high"] / 2700), 9) == pytest.approx(
        1 - student.cdf(np.log(found["low"] / 2700), 9)
    )


def test_races_that_were_wrong_widen_the_interval_and_good_ones_narrow_it() -> None:
    wide, usual, narrow = (race_goal(*said(errors)) for errors in ([0.08, -0.07, 0.09], [], [0.002, -0.003, 0.001]))
    width = [found["high"] - found["low"] for found in (wide, usual, narrow)]
    assert width[0] > width[1] > width[2]
    assert (wide["inside"], narrow["inside"], usual["tests"]) == (0, 3, 0)


def test_of_many_runners_as_many_races_lie_inside_as_is_said() -> None:
    chance = np.random.default_rng(7)
    inside, shares = 0, []
    for _ in range(600):
        errors = list(chance.normal(0, chance.uniform(0.015, 0.045), int(chance.integers(1, 9))))
        prediction, run = said(errors[:-1])
        time = 2700.0 * float(np.exp(errors[-1]))
        found = race_goal(prediction, run, target=time)
        inside += found["low"] <= time <= found["high"]
        shares.append(found["p"])
    assert 0.74 < inside / 600 < 0.88
    assert abs(float(np.mean(shares)) - 0.5) < 0.05


def test_each_race_is_predicted_from_the_year_before_it_alone() -> None:
    races = {"distance": [10_000.0, 5000.0, 10_000.0, 21_097.5], "duration": [2700.0, 1290.0, 2640.0, 5900.0],
             "day": [19_000, 19_800, 20_100, 20_200]}  # fmt: skip
    whole = predict_in_turn(Journal(), races, 10_000.0, LAST, NO_WEEKS)["duration"]
    part = {name: values[:3] for name, values in races.items()}
    before = predict_in_turn(Journal(), part, 21_097.5, 20_199, NO_WEEKS)["duration"]
    assert np.isnan(whole[:2]).all(), "the race of three years ago tells nothing"
    assert np.array_equal(whole[:3], before[:3], equal_nan=True)
    assert whole[3] == pytest.approx(before[3])
    assert whole[-1] == pytest.approx(2640.0), "carried over from the same distance"


def brief(goal: dict[str, Any], races: int = 4) -> Insight:
    rows = [{"id": f"w{day}", "day": day, "sport": "running", "duration": 2900.0 + 11 * (day % 17), "flags": "",
             "distance": 8000.0 + 50 * (day % 7)} for day in range(LAST - 360, LAST + 1, 3)]  # fmt: skip
    run = [{"id": f"r{at}", "day": LAST - 300 + 80 * at, "sport": "running", "duration": 2700.0 - 15 * at, "flags": "",
            "distance": 10_000.0} for at in range(races)]  # fmt: skip
    labels = [{"workout_id": one["id"], "level": "session", "value": "race", "at": 0.0, "asked": False} for one in run]
    aim = {"kind": "event", "value": 0.0, "valid_from": LAST + 40, "name": "City run", **goal}
    made = compose(Athlete("ann", "Ann"), Workouts.from_rows([*rows, *run]), LAST, labels=labels,
                   habit={"goals": [aim]}).brief  # fmt: skip
    (found,) = [one for one in made.insights if one.code.startswith(("goal_event", "goal_race"))]
    return found


def test_a_brief_tells_the_chance_of_the_target_or_the_expected_time() -> None:
    aimed = brief({"sport": "running", "distance": 10_000.0, "target": 2640.0})
    assert (aimed.code, aimed.values["ahead"], aimed.values["races"]) == ("goal_race", 40, 4)
    assert 0.2 < aimed.values["p"] < 0.6
    free = brief({"sport": "running", "distance": 10_000.0, "target": None})
    assert (free.values["p"], free.values["low"] < free.values["duration"] < free.values["high"]) == (None, True)
    assert set(aimed.workout_ids) == {"r0", "r1", "r2", "r3"}


def test_without_races_or_for_another_sport_or_distance_no_time_is_said() -> None:
    none = brief({"sport": "running", "distance": 10_000.0, "target": 2640.0}, races=0)
    assert (none.code, none.level) == ("goal_race_insufficient", Level.MISSING)
    assert brief({"sport": "running", "distance": 100_000.0, "target": None}).code == "goal_race_insufficient"
    assert brief({"sport": "cycling", "distance": 40_000.0, "target": 3600.0}).code == "goal_event"
    assert brief({}).code == "goal_event", "as stated before races could be"
