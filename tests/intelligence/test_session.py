"""What kind of session each workout was, and which workouts are asked about."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from fitintel.core.answers import SESSIONS
from fitintel.core.workouts import Workouts
from fitintel.intelligence.class_scores import scores
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.lap_structure import structures
from fitintel.intelligence.registry import get
from fitintel.intelligence.session_features import FEATURES
from fitintel.intelligence.session_weights import WEIGHTS, matrix

MONDAY = 19_999


def runs(*last, usual=40):
    """A runner's easy runs, every second day, and then these."""
    rows = [{"duration": 2400.0 + 60 * (n % 5), "distance": 2.8 * (2400.0 + 60 * (n % 5)), "hr_mean": 140.0 + n % 3}
            for n in range(usual)]  # fmt: skip
    return Workouts.from_rows(
        [{"id": f"w{n:03}", "day": 20_000 + 2 * n, "sport": "running", **row} for n, row in enumerate([*rows, *last])]
    )


def chance(workouts, labels=None, **given):
    found = classify(plainly, workouts, {"session": labels or {}}, **given).sessions
    return dict(zip(SESSIONS, found["probability"][-1], strict=True)), found["label"][-1]


def laps_of(name, parts):
    return {"id": [name] * len(parts), "duration": [float(t) for t, _ in parts],
            "distance": [float(t) * speed for t, speed in parts]}  # fmt: skip


def test_the_fixed_weights_have_a_row_for_every_feature():
    assert set(WEIGHTS) == set(FEATURES)
    assert matrix().shape == (6, len(FEATURES))
    assert not matrix().flags.writeable


def test_an_ordinary_run_is_easy():
    assert chance(runs({"duration": 2500.0, "distance": 7000.0}))[1] == "easy"


def test_a_run_twice_as_long_is_long():
    usual, long = (
        chance(runs({"duration": 2500.0, "distance": 7000.0}))[0],
        chance(runs({"duration": 6000.0, "distance": 16_300.0})),
    )
    assert long[0]["long"] > 0.6 > usual["long"]


def test_swinging_laps_make_intervals_of_the_same_figures():
    row = {"duration": 2400.0, "distance": 2.95 * 2400}
    swings = [(600, 2.6), *[(120, 4.2), (120, 2.1)] * 6, (360, 2.5)]
    even = [(340, 2.95)] * 7
    with_, without = (chance(runs(row), laps=laps_of("w040", parts))[0]["interval"] for parts in (swings, even))
    assert with_ > 0.5 > without + 0.3


def test_an_event_on_a_course_is_a_race():
    row = {"duration": 3000.0, "distance": 10_030.0, "hr_mean": 168.0}
    day = 20_000 + 2 * 40
    named, unnamed = chance(runs(row), events=[day])[0]["race"], chance(runs(row))[0]["race"]
    assert named >= unnamed
    assert chance(runs(row), events=[day])[1] == "race"


def test_the_name_of_a_structured_workout_is_believed_but_not_blindly():
    row = {"duration": 2400.0, "distance": 2.95 * 2400}
    plain = chance(runs(row))[0]
    for name, kind in (("8 x 1000 m", "interval"), ("2 x 8 min Tempo", "tempo"), ("City Race", "race")):
        named = chance(runs(row), names={"w040": name})[0]
        assert named[kind] > plain[kind]
        assert named[kind] < 0.999
    for name in ("Zurich Running", "", "Interlaken", "Tracey's loop"):
        assert chance(runs(row), names={"w040": name})[0] == plain


def test_a_persons_word_always_wins_and_teaches():
    rows = runs(*[{"duration": 3300.0, "distance": 9000.0}] * 8)
    before = chance(rows)[0]["long"]
    after = chance(rows, {f"w{n:03}": "long" for n in range(40, 47)})[0]["long"]
    assert after > before
    found = classify(plainly, rows, {"session": {"w000": "race"}}).sessions
    assert (found["label"][0], found["confidence"][0], bool(found["said"][0])) == ("race", 1.0, True)


def test_strength_has_no_kind_of_session():
    rows = Workouts.from_rows([{"id": "a", "day": 1, "sport": "strength", "duration": 3000.0}])
    found = classify(plainly, rows, {}).sessions
    assert found["label"].tolist() == [""]
    assert found["probability"].sum() == 0


def test_too_few_or_empty_laps_are_no_structure():
    for parts in ([], [(300, 3.0)] * 2, [(5, 3.0)] * 9, [(300, 0.0)] * 9):
        assert np.isnan(structures(["a"], laps_of("a", parts))["contrast"]).all()
    assert structures(["a"], laps_of("a", [(300, 3.0)] * 4))["contrast"] == pytest.approx(0.0)


def test_laps_of_other_workouts_change_nothing():
    rows = runs({"duration": 2500.0, "distance": 7000.0})
    assert chance(rows) == chance(rows, laps=laps_of("elsewhere", [(60, 4.0), (60, 2.0)] * 4))


def _asked(n=60, *, labelled=(), week=MONDAY, **more):
    ids = [f"q{at:03}" for at in range(n)]
    two = np.array([[0.5, 0.5], [0.6, 0.4], [0.95, 0.05]])[np.arange(n) % 3]
    probability = np.zeros((n, 9))
    for at in range(n):
        pair = (0, 1) if at % 2 else (2, 6)
        probability[at, list(pair)] = two[at]
    types = {"id": ids, "probability": probability, "label": ["unsure"] * n}
    sessions = {"id": ids, "probability": np.zeros((n, 6)), "label": [""] * n}
    return get("label_question")([MONDAY - 1 - at for at in range(n)], types, sessions, list(labelled), week, **more)


def test_at_most_two_are_asked_and_they_doubt_different_things():
    found = _asked(apart=1)
    assert len(found["id"]) == 2
    assert {frozenset(pair) for pair in found["likely"]} == {frozenset(("run", "walk")), frozenset(("hike", "mixed"))}
    assert min(found["entropy"]) > 0.69


def test_none_is_asked_again_for_eight_weeks_whoever_looks_and_however_often():
    seen: dict[str, list[int]] = {}
    for week in range(30):
        found = _asked(n=160, week=MONDAY + 7 * week)
        assert found == _asked(n=160, week=MONDAY + 7 * week)
        for name in found["id"]:
            seen.setdefault(name, []).append(week)
    assert len(seen) > 10
    assert all(later - earlier >= 8 for weeks in seen.values() for earlier, later in itertools.pairwise(weeks))


def test_what_is_labelled_or_sure_is_not_asked():
    first = _asked(apart=1)["id"]
    assert not set(first) & set(_asked(apart=1, labelled=first)["id"])
    assert _asked(apart=1, least=0.7)["id"] == []
    assert _asked(n=0)["id"] == []


def test_whose_turn_it_is_does_not_depend_on_ids_and_comes_once_in_eight_weeks():
    def asked(prefix, week):
        ids = np.array([f"{prefix}{at}" for at in range(56)], dtype=object)
        types = {"id": ids, "probability": np.tile([0.5, 0.5] + [0.0] * 7, (56, 1)), "label": ["unsure"] * 56}
        sessions = {"id": ids, "probability": np.zeros((56, 6)), "label": [""] * 56}
        day = [19992 - at for at in range(56)]
        return [int(name.removeprefix(prefix)) for name in
                get("label_question")(day, types, sessions, [], week, most=9)["id"]]  # fmt: skip

    weeks = [asked("w", 19999 + 7 * at) for at in range(8)]
    assert weeks == [asked("another-", 19999 + 7 * at) for at in range(8)]
    told = [name for week in weeks for name in week]
    assert told
    assert len(told) == len(set(told))


def test_scores_count_abstentions_apart():
    truth, label = (np.array(values, dtype=object) for values in (["a", "a", "b", "b"], ["a", "b", "unsure", "b"]))
    chance = np.array([[0.9, 0.1], [0.4, 0.6], [0.5, 0.5], [0.2, 0.8]])
    found = scores(truth, label, chance, ("a", "b"))
    assert (found["n"], found["abstained"], found["accuracy"], found["accuracy_all"]) == (4, 0.25, 2 / 3, 0.5)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert found["macro_f1_all"] == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert found["brier"] == pytest.approx((0.02 + 0.72 + 0.5 + 0.08) / 4)
    assert scores(truth[:0], label[:0], chance[:0], ("a", "b")) == {"n": 0}
