"""Workout types."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import get

workout_type = get("workout_type")

ROW = st.fixed_dictionaries(
    {
        "sport": st.sampled_from(("running", "walking", "hiking", "cycling", "other")),
        "duration": st.one_of(st.none(), st.just(0.0), st.floats(1, 1e7)),
        "distance": st.one_of(st.none(), st.just(0.0), st.floats(1, 1e6)),
        "cadence": st.one_of(st.none(), st.floats(0, 300)),
        "steps": st.one_of(st.none(), st.floats(0, 1e6)),
        "flags": st.sampled_from(("", None, "watch_left_running")),
    }
)


def workouts(*rows):
    return Workouts.from_rows(
        [{"id": f"w{i:03}", "day": 20000, "sport": "running", **row} for i, row in enumerate(rows)]
    )


def at(speed, minutes=45, **more):
    """A workout of that mean speed [m/s] and length."""
    return {"duration": minutes * 60.0, "distance": speed * minutes * 60.0, **more}


def label(row):
    return workout_type(workouts(row))["label"][0]


@given(st.lists(ROW, min_size=1, max_size=40))
@settings(max_examples=60)
def test_one_workout_alone_is_classified_as_among_all_to_the_last_bit(rows):
    many = workouts(*rows)
    among = workout_type(many)
    for i in range(len(rows)):
        alone = workout_type(many.take(slice(i, i + 1)))
        assert alone["label"][0] == among["label"][i]
        assert alone["probability"].tobytes() == among["probability"][i].tobytes()
        assert alone["confidence"].tobytes() == among["confidence"][i : i + 1].tobytes()


@given(st.lists(ROW, max_size=20), st.randoms(use_true_random=False))
def test_order_of_rows_and_a_snapshot_change_no_bit(rows, random):
    one = workouts(*rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    found = snapshot.dump(workout_type(one))
    assert found == snapshot.dump(workout_type(one.take(np.array(order, dtype=int))))
    assert found == snapshot.dump(workout_type(snapshot.load(snapshot.dump(one))))


@given(st.lists(ROW, max_size=20))
def test_probabilities_are_probabilities_and_labels_say_what_they_support(rows):
    found = workout_type(workouts(*rows))
    for row, name, probability, confidence in zip(
        rows, found["label"], found["probability"], found["confidence"], strict=True
    ):
        assert ((probability >= 0) & (probability <= 1)).all()
        if row["sport"] not in ("running", "walking", "hiking"):
            assert (name, confidence, probability.sum()) == ("other", 0.0, 0.0)
            continue
        assert probability.sum() == pytest.approx(1)
        if name == "outlier":
            assert confidence == 0.0
        else:
            assert confidence == probability.max()
        if name in ("run", "walk", "hike", "mixed"):
            assert confidence >= 0.7
            assert probability[("run", "walk", "hike", "mixed").index(name)] == confidence


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (at(3.0), "run"),
        (at(4.5, 60), "run"),
        (at(2.9, 240), "run"),  # a marathon
        (at(1.2), "walk"),  # recorded as a run, like most walks
        (at(1.2, sport="walking"), "walk"),
        (at(2.9, sport="walking"), "run"),
        (at(0.9, 240, sport="hiking"), "hike"),
        (at(1.85, sport="walking"), "unsure"),
        (at(1.9), "mixed"),
        (at(2.05, sport="walking"), "mixed"),
        (at(2.15), "unsure"),
        (at(0.05, 60), "outlier"),  # 180 m in an hour
        (at(28.0), "outlier"),  # a distance ten times too long
        (at(1.2, 1500), "outlier"),  # 25 hours
        (at(1.2, sport="swimming"), "other"),
    ],
)
def test_typical_workouts_get_the_label_a_person_would_give(row, expected):
    assert label(row) == expected


def test_more_speed_at_equal_time_is_never_less_of_a_run_from_walking_pace_on():
    run = [workout_type(workouts(at(speed)))["probability"][0, 0] for speed in np.arange(1.3, 4.5, 0.1)]
    assert np.diff(run).min() > -1e-12


def test_cadence_decides_near_the_transition():
    assert label(at(2.1, cadence=165.0)) == "run"
    assert label(at(1.65, cadence=120.0)) == "walk"
    assert label(at(1.65)) == "unsure"


def test_missing_cadence_is_integrated_out_not_filled_in():
    without = workout_type(workouts(at(2.3)))["probability"][0]
    cadences = np.arange(104.0, 197.0, 0.5)
    given_each = workout_type(workouts(*[at(2.3, cadence=c) for c in cadences]))["probability"]
    mean, sd = np.array([163.0, 114.0, 105.0, 140.0]), np.array([10.0, 12.0, 14.0, 14.0])
    density = np.exp(-0.5 * ((cadences[:, None] - mean) / sd) ** 2) / sd
    weight = (density * without).sum(axis=1)
    # the law of total probability: averaging over cadences as the mixture expects them gives back the answer without
    assert (given_each * weight[:, None]).sum(axis=0) / weight.sum() == pytest.approx(without, abs=0.01)


def test_a_cadence_of_one_foot_is_doubled():
    both, one = (workout_type(workouts(at(2.8, cadence=c)))["probability"].tolist() for c in (164.0, 82.0))
    assert both == one


def test_steps_that_legs_cannot_have_made_are_not_used():
    plain = workout_type(workouts(at(1.2)))["probability"].tolist()
    guessed = workout_type(workouts(at(1.2, steps=152.0 * 45)))["probability"].tolist()
    counted = workout_type(workouts(at(1.2, steps=112.0 * 45)))["probability"].tolist()
    assert guessed == plain
    assert counted != plain


def test_distance_or_duration_alone_cannot_name_a_type():
    assert label({"duration": 2700.0}) == "unsure"
    assert label({"distance": 5000.0, "sport": "walking"}) == "unsure"
    assert label({"duration": 2700.0, "distance": 0.0}) == "unsure"
    assert label({}) == "unsure"


def test_no_workouts_give_empty_answers():
    found = workout_type(workouts())
    assert found["probability"].shape == (0, 4)
    assert len(found["id"]) == len(found["label"]) == len(found["confidence"]) == 0
