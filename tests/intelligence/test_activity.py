"""What each workout was: a person's word, the recorded sport, or its figures beside the athlete's earlier ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.answers import ACTIVITIES
from fitintel.core.workouts import Workouts
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.registry import Journal, get, replay

ROW = st.fixed_dictionaries(
    {
        "sport": st.sampled_from(
            ("running", "walking", "hiking", "cycling", "swimming", "strength", "other", "rowing")
        ),
        "duration": st.one_of(st.none(), st.just(0.0), st.floats(60, 1e5)),
        "distance": st.one_of(st.none(), st.just(0.0), st.floats(1, 1e5)),
        "cadence": st.one_of(st.none(), st.floats(0, 300)),
        "steps": st.one_of(st.none(), st.floats(0, 1e5)),
        "hr_mean": st.one_of(st.none(), st.floats(60, 190)),
        "flags": st.sampled_from(("", None, "watch_left_running", "duration_over_24h")),
        "after": st.integers(0, 9),
    }
)
HISTORY = st.lists(ROW, min_size=1, max_size=25)


def history(rows):
    day, made = 20_000, []
    for at, row in enumerate(rows):
        day += row.get("after", 1)
        made.append({"id": f"w{at:03}", "day": day, "sport": "running",
                     **{key: value for key, value in row.items() if key != "after"}})  # fmt: skip
    return Workouts.from_rows(made)


def at(speed, minutes=45, **more):
    """A workout of that mean speed [m/s] and length."""
    return {"duration": minutes * 60.0, "distance": speed * minutes * 60.0, **more}


def read(workouts, labels=None):
    return classify(plainly, workouts, {"activity": labels or {}})


def label(row, *, after=(), labels=None):
    return read(history([*after, row]), labels).types["label"][-1]


def part(result, place):
    """One row of evidence, as it is taken alone."""
    return {name: values[place : place + 1] for name, values in result.items()}


@given(HISTORY)
@settings(max_examples=40)
def test_one_workout_alone_is_classified_as_among_all_to_the_last_bit(rows):
    found = read(history(rows))
    for place in range(len(rows)):
        alone = get("activity_type")(part(found.evidence, place), found.model, {})
        kind = get("session_kind")(part(found.session_context, place), found.session_model, {})
        for one, among in ((alone, found.types), (kind, found.sessions)):
            assert one["label"][0] == among["label"][place]
            assert one["probability"].tobytes() == among["probability"][place].tobytes()


@given(HISTORY, st.integers(0, 24))
@settings(max_examples=40)
def test_no_workout_depends_on_later_ones(rows, cut):
    every, earlier = history(rows), history(rows[: cut + 1])
    now, then = read(every), read(earlier)
    for name in ("label", "probability", "confidence"):
        for one, other in ((now.types, then.types), (now.sessions, then.sessions)):
            assert one[name][: len(earlier)].tolist() == other[name].tolist()


@given(HISTORY, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_order_of_rows_and_a_snapshot_change_no_bit(rows, random):
    one = history(rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    found = read(one)
    for other in (one.take(np.array(order, dtype=int)), snapshot.load(snapshot.dump(one))):
        again = read(other)
        assert snapshot.dump((found.types, found.sessions)) == snapshot.dump((again.types, again.sessions))


@given(HISTORY)
@settings(max_examples=40)
def test_probabilities_add_up_and_labels_say_what_they_support(rows):
    found = read(history(rows)).types
    assert np.isfinite(found["probability"]).all()
    assert found["probability"].sum(axis=1) == pytest.approx(np.ones(len(rows)))
    for name, probability, confidence in zip(found["label"], found["probability"], found["confidence"], strict=True):
        if name in ACTIVITIES and name != "outlier":
            assert probability[ACTIVITIES.index(name)] == confidence >= 0.7


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (at(3.0), "run"), (at(4.5, 60), "run"), (at(1.2), "walk"), (at(1.2, sport="walking"), "walk"),
        (at(2.9, sport="walking"), "run"), (at(0.9, 240, sport="hiking"), "hike"), (at(0.05, 60), "outlier"),
        (at(28.0), "outlier"), (at(7.0, sport="cycling"), "ride"), (at(0.8, sport="swimming"), "swim"),
        ({"duration": 3000.0, "sport": "strength"}, "strength"), ({"duration": 3000.0, "sport": "other"}, "other"),
        ({"duration": 2700.0}, "unsure"), ({}, "unsure"),
    ],
)  # fmt: skip
def test_typical_workouts_get_the_label_a_person_would_give(row, expected):
    assert label(row) == expected


def test_a_slow_jog_is_told_by_the_athletes_own_past():
    jogger = [at(2.3 + 0.02 * (n % 5), 30, after=2) for n in range(60)]
    racer = [at(3.6 + 0.03 * (n % 5), 60, after=2) for n in range(60)]
    one = at(2.25, 30, after=8)
    found = {name: read(history([*past, one])).types["probability"][-1][0] for name, past in
             (("jogger", jogger), ("racer", racer))}  # fmt: skip
    assert found["jogger"] > 0.9 > found["racer"] + 0.3


def test_a_persons_word_always_wins():
    for value in ACTIVITIES:
        found = read(history([at(3.0)]), {"w000": value}).types
        assert (found["label"][0], found["confidence"][0], bool(found["said"][0])) == (value, 1.0, True)


def test_a_few_labels_move_what_is_like_them_and_leave_the_rest():
    unlike = [at(1.62, 40, after=2) for _ in range(12)]
    clear = [at(3.0, after=2) for _ in range(12)] + [at(1.2, after=2) for _ in range(12)]
    rows = history([*clear, *unlike])
    before, after = read(rows), read(rows, {f"w{24 + n:03}": "mixed" for n in range(6)})
    mixed = ACTIVITIES.index("mixed")
    assert after.types["probability"][-1][mixed] > before.types["probability"][-1][mixed] + 0.2
    assert after.types["label"][:24].tolist() == before.types["label"][:24].tolist()


def test_labels_of_workouts_that_are_not_there_teach_nothing():
    rows = history([at(3.0), at(1.2)])
    assert snapshot.dump(read(rows, {"gone": "walk"}).types) == snapshot.dump(read(rows).types)


def test_a_sport_that_says_little_is_learned_from_labels():
    rows = history([{"duration": 2400.0, "sport": "other"}] * 9)
    assert read(rows).types["label"][-1] == "other"
    assert read(rows, {f"w{n:03}": "strength" for n in range(8)}).types["label"][-1] == "strength"


def test_a_model_is_plain_numbers_and_its_run_is_replayed():
    import json

    journal = Journal()
    rows = history([at(1.0 + 0.1 * n, after=1) for n in range(25)])
    found = classify(journal.run, rows, {"activity": {"w010": "mixed", "w003": "walk"}, "session": {"w010": "long"}})
    assert json.loads(json.dumps(found.model.value)) == found.model.value
    assert json.loads(json.dumps(found.session_model.value)) == found.session_model.value
    for run in journal.runs.values():
        replay(run, journal.snapshots.__getitem__)


def test_nobody_is_classified():
    found = read(history([]))
    assert len(found.types["id"]) == len(found.sessions["label"]) == 0
    assert found.types["probability"].shape == (0, 9)
