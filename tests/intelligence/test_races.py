"""Race prediction: each method, what they say together, and the score after the race."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.errors import DataError
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence import oxygen
from fitintel.intelligence.races import predict_race
from fitintel.intelligence.registry import Journal, get, replay

riegel, cameron = get("riegel"), get("cameron")
index_of, time_at, pace_at = get("daniels_gilbert"), get("daniels_gilbert_time"), get("daniels_threshold_pace")
vickers_1, vickers_2, tanda = get("vickers_model1"), get("vickers_model2"), get("tanda_marathon")
exponent_of, shrunk = get("riegel_personal_exponent"), get("riegel_shrunk_exponent")
prediction, score = get("race_prediction"), get("race_prediction_score")

TIME, DISTANCE, TARGET = st.floats(600, 20_000), st.floats(1500, 42_195), st.floats(1500, 42_195)
MARATHON = 42_195.0


@given(TIME, DISTANCE, TARGET)
def test_carried_over_and_back_it_is_the_same_race(time, distance, target):
    for method in (riegel, cameron):
        there = method(time, distance, target)
        assert method(there, target, distance) == pytest.approx(time, rel=1e-9)
        assert method(time, distance, distance) == pytest.approx(time, rel=1e-12)


@given(TIME, DISTANCE, TARGET, st.floats(1.01, 1.5))
def test_longer_races_take_longer_and_slower_runners_too(time, distance, target, factor):
    for method in (riegel, cameron):
        assert method(time, distance, target * factor) > method(time, distance, target)
        assert method(time * factor, distance, target) > method(time, distance, target)


@given(TIME, DISTANCE, TIME, DISTANCE)
def test_the_personal_exponent_joins_both_races_in_either_order(t1, d1, t2, d2):
    k = exponent_of(t1, d1, t2, d2)
    if k is None or abs(d1 / d2 - 1) < 1e-3:
        return
    assert exponent_of(t2, d2, t1, d1) == pytest.approx(k, rel=1e-9, abs=1e-9)
    if k > 0:
        assert riegel(t1, d1, d2, exponent=k) == pytest.approx(t2, rel=1e-6)


def test_equal_distances_tell_no_exponent():
    assert exponent_of(1200, 5000, 1300, 5000) is None
    assert np.isnan(exponent_of([1200, 1200], 5000, [1300, 2500], [5000, 10_000])).tolist() == [True, False]
    assert vickers_2(1200, 5000, 1300, 5000, 60_000)["duration"] is None
    assert shrunk([1200, 1210], [5000, 5000]) == {"exponent": 1.06, "own": None, "n": 2.0}
    assert shrunk([], [])["exponent"] == 1.06


@given(st.floats(1.0, 1.2), st.lists(st.integers(1500, 42_195), min_size=2, max_size=8, unique=True))
def test_the_shrunk_exponent_lies_between_the_common_and_the_own_one(k, distances):
    found = shrunk([300 * (d / 1500) ** k for d in distances], distances)
    n = len(distances)
    assert found["own"] == pytest.approx(k, rel=1e-6)
    assert found["exponent"] == pytest.approx(1.06 + n / (n + 3) * (k - 1.06), rel=1e-6)


@given(st.floats(20, 90), st.floats(800, 60_000))
def test_the_time_at_an_index_has_that_index(index, distance):
    assert index_of(distance, time_at(index, distance)) == pytest.approx(index, rel=1e-10)


@given(st.floats(25, 85), st.floats(1.001, 1.2), st.floats(1500, 42_195))
def test_a_higher_index_is_faster(index, factor, distance):
    assert time_at(index * factor, distance) < time_at(index, distance)
    assert pace_at(index * factor) < pace_at(index)


def test_the_share_falls_slowly_enough_for_the_repetition_to_converge():
    minutes = np.geomspace(1e-3, 1e4, 20_001)
    slope = np.diff(np.log(oxygen.sustained_share(minutes))) / np.diff(np.log(minutes))
    assert np.abs(slope).max() < 0.13
    speed = np.linspace(1, 600, 2000)
    per_oxygen = np.diff(np.log(speed)) / np.diff(np.log(oxygen.oxygen_cost(speed) + 4.60))
    assert np.abs(per_oxygen).max() <= 1.0


def test_times_and_indices_of_many_athletes_come_in_one_call():
    index = np.array([[30.0, 50.0, np.nan], [70.0, 40.0, 85.0]])
    found = time_at(index, np.array([5000.0, 10_000.0, MARATHON]))
    assert found.shape == (2, 3)
    assert np.isnan(found[0, 2])
    assert found[1, 0] == pytest.approx(time_at(70, 5000))
    assert index_of(5000, None) is None
    assert index_of(100, 3600) is None


@given(st.floats(0, 200_000), st.floats(1.0, 100_000))
def test_more_weekly_distance_never_makes_the_marathon_slower(week, more):
    assert vickers_1(5400, 21_097.5, week + more) < vickers_1(5400, 21_097.5, week)
    one, other = (vickers_2(1200, 5000, 5520, 21_097.5, w)["duration"] for w in (week, week + more))
    assert other < one
    assert tanda(week + more, 0.3)["duration"] < tanda(week, 0.3)["duration"]


def test_races_in_either_order_give_one_marathon():
    week = 40 * METRE_PER_MILE
    assert vickers_2(5520, 21_097.5, 1200, 5000, week) == pytest.approx(vickers_2(1200, 5000, 5520, 21_097.5, week))


def test_the_marathon_of_a_known_typing_error_is_not_ours():
    assert vickers_1(5400, 21_097.5, 40 * METRE_PER_MILE) > 3 * 3600


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("riegel", (0, 5000, 10_000)), ("riegel", (1200, -5000, 10_000)), ("cameron", (1200, 5000, 0)),
        ("daniels_gilbert", (5000, 0)), ("daniels_gilbert_time", (0, 5000)), ("daniels_threshold_pace", (-50,)),
        ("vickers_model1", (5400, 21_097.5, -1)), ("vickers_model2", (0, 5000, 5520, 21_097.5, 0)),
        ("tanda_marathon", (-1, 0.3)), ("tanda_marathon", (60_000, 0)), ("riegel_personal_exponent", (1, 1, 0, 2)),
    ],
)  # fmt: skip
def test_impossible_races_are_refused(name, inputs):
    with pytest.raises(DataError, match="is expected"):
        get(name)(*inputs)


def test_a_half_marathon_is_the_median_and_the_spread_its_width():
    found = prediction(21_097.5, 5400, 5500, 5250, 9999, 9999, 9999)
    assert (found["duration"], found["basis"], found["methods"]) == (5400, "median", 3)
    assert found["high"] / found["duration"] == pytest.approx(found["duration"] / found["low"])
    floor = 0.02 + 0.02 * np.log(2.10975) / np.log(4.2195)
    assert found["high"] / 5400 == pytest.approx(1 + floor, rel=1e-9)
    assert prediction(21_097.5, 5400, 5900, 5250, None, None, None)["high"] == pytest.approx(5900)


def test_a_marathon_is_vickers_two_then_one_then_tanda_and_never_riegel():
    given = [11_000, 11_100, 11_050, 12_000, 12_300, 12_100]
    for known, basis, expected in (
        (6, "vickers_model2", 12_000), (2, "vickers_model1", 12_300), (1, "tanda", 12_100), (0, "none", None),
    ):  # fmt: skip
        times = [*given[:3], *[None] * (3 - min(known, 3)), *given[6 - min(known, 3) :]]
        found = prediction(MARATHON, *times)
        assert (found["basis"], found["duration"]) == (basis, expected)
    assert found["low"] is None
    assert found["methods"] == 0
    assert prediction(MARATHON, None, None, None, None, 12_000, None)["high"] == pytest.approx(12_480)


@pytest.mark.parametrize("target", [1500, 30_000, 50_000, 100_000])
def test_where_no_method_is_meant_for_the_distance_nothing_is_said(target):
    assert prediction(target, 1, 2, 3, 4, 5, 6)["duration"] is None


@given(st.lists(st.one_of(st.none(), st.floats(1000, 9000)), min_size=3, max_size=3), st.floats(3000, 25_000))
def test_the_middle_lies_among_the_methods_and_the_interval_holds_all(times, target):
    found = prediction(target, *times, None, None, None)
    known = [time for time in times if time is not None]
    assert found["methods"] == len(known)
    if not known:
        assert found["duration"] is None
        return
    assert found["duration"] == pytest.approx(np.median(known))
    assert found["low"] <= min(known) * (1 + 1e-12)
    assert found["high"] >= max(known) * (1 - 1e-12)
    assert found["high"] / found["duration"] >= 1.02 - 1e-12
    assert (np.diff(found["quantile"]) > 0).all()


def test_many_predictions_come_in_one_call():
    target = np.array([10_000.0, MARATHON, 80_000.0])
    found = prediction(target, 2500.0, 2520.0, np.array([2490.0, 2490.0, 2490.0]), None, [np.nan, 12_000.0, 1.0], None)
    assert found["basis"].tolist() == ["median", "vickers_model1", "none"]
    assert found["duration"][:2].tolist() == [2500.0, 12_000.0]
    assert np.isnan(found["duration"][2])
    assert found["quantile"].shape == (3, 7)
    snapshot.dump(found)


@given(st.floats(0.9, 1.1))
def test_the_score_says_where_in_the_distribution_the_race_fell(ratio):
    said = prediction(10_000, 2500, 2510, 2490, None, None, None)
    found = score(said, 2500 * ratio)
    assert found["error"] == pytest.approx(2500 * (ratio - 1), abs=1e-6)
    assert found["within"] is bool(said["low"] <= 2500 * ratio <= said["high"])
    if 1e-9 < found["percentile"] < 1 - 1e-9:
        assert (found["percentile"] + 1e-9 >= 0.05) is (said["low"] <= 2500 * ratio * (1 + 1e-9))


def test_quantiles_are_where_the_score_puts_them():
    said = prediction(10_000, 2500, 2510, 2490, None, None, None)
    for share, quantile in zip(said["share"], said["quantile"], strict=True):
        assert score(said, float(quantile))["percentile"] == pytest.approx(share, abs=1e-9)
    assert score(prediction(10_000, *[None] * 6), 2500)["within"] is None


RACES = {"distance": [5000, 21_097.5, 10_000], "duration": [1200, 5520, 2520], "day": [100, 130, 160]}


def test_composed_it_takes_the_nearest_race_and_keeps_every_run():
    journal = Journal()
    found = predict_race(journal, RACES, 20_000.0)
    exponent = shrunk(RACES["duration"], RACES["distance"])["exponent"]
    by_riegel, by_cameron = riegel(5520, 21_097.5, 20_000, exponent=exponent), cameron(5520, 21_097.5, 20_000)
    by_index = time_at(index_of(21_097.5, 5520), 20_000)
    assert found["duration"] == pytest.approx(np.median([by_riegel, by_cameron, by_index]))
    assert {journal.runs[parent].algorithm for parent in found.run.parents} == {
        "riegel", "cameron", "daniels_gilbert_time",
    }  # fmt: skip
    assert "vickers_model1" not in {run.algorithm for run in journal.runs.values()}


def test_composed_the_marathon_takes_what_is_known():
    week = 60_000.0
    full = predict_race(Journal(), RACES, MARATHON, weekly_distance=week, training_pace=0.33)
    assert full["basis"] == "vickers_model2"
    assert full["duration"] == pytest.approx(vickers_2(2520, 10_000, 5520, 21_097.5, week)["duration"])
    assert full["methods"] == 3
    one = {name: values[:1] for name, values in RACES.items()}
    assert predict_race(Journal(), one, MARATHON, weekly_distance=week)["basis"] == "vickers_model1"
    nothing = {name: [] for name in RACES}
    assert predict_race(Journal(), nothing, MARATHON, weekly_distance=week, training_pace=0.33)["basis"] == "tanda"
    assert predict_race(Journal(), nothing, MARATHON, weekly_distance=9_000, training_pace=0.33)["basis"] == "none"
    assert predict_race(Journal(), nothing, MARATHON, weekly_distance=week, training_pace=0.6)["basis"] == "none"
    assert predict_race(Journal(), RACES, MARATHON)["basis"] == "none"


def test_composed_the_order_of_the_races_changes_nothing_and_runs_replay():
    journal = Journal()
    there = predict_race(journal, RACES, MARATHON, weekly_distance=60_000.0)
    turned = predict_race(Journal(), {name: v[::-1] for name, v in RACES.items()}, MARATHON, weekly_distance=60_000.0)
    assert turned["duration"] == pytest.approx(there["duration"], rel=1e-12)
    for run in journal.runs.values():
        replay(run, journal.snapshots.__getitem__)
    json.dumps({run.id: dict(run.parameters) for run in journal.runs.values()})
    with pytest.raises(DataError):
        predict_race(Journal(), {**RACES, "day": [1]}, 10_000.0)
