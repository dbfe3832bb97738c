"""The demo squad in a store."""

from __future__ import annotations

import pytest

from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Threshold
from fitintel.intelligence.simulate import simulate_squad
from fitintel.storage import open_blobs, open_store
from fitintel.workbench.demo import make_demo, truth_of

END = 20366


@pytest.fixture
def store():
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.fixture
def blobs(tmp_path):
    return open_blobs(str(tmp_path / "files"))


def test_the_squad_is_stored_with_a_ledger_row_each_and_a_second_call_adds_nothing(store, blobs):
    assert make_demo(store, blobs, end_day=END, athletes=3, years=1) == ("demo-01", "demo-02", "demo-03")
    before = [(athlete, len(store.workouts(athlete.id)), store.revision(athlete.id)) for athlete in store.athletes()]
    assert all(athlete.simulated for athlete, _, _ in before)
    assert make_demo(store, blobs, end_day=END + 7, athletes=3, years=1) == ()
    assert [(a, len(store.workouts(a.id)), store.revision(a.id)) for a in store.athletes()] == before
    for record in store.imports():
        assert record.source == "simulator"
        assert record.read == record.imported + record.warned + record.duplicate + record.quarantined
        assert hash(blobs.get("raw", record.sha256))


def test_planted_entry_errors_are_flagged_by_the_rules_of_the_import(store, blobs):
    make_demo(store, blobs, end_day=END, athletes=2, years=3)
    flags = dict(zip(*(store.workouts("demo-02")[name] for name in ("id", "flags")), strict=True))
    truth = truth_of(store, blobs, "demo-02")
    wrong = {error["workout_id"] for error in truth["errors"]} | {fault["workout_id"] for fault in truth["faults"]}
    flagged = {name for name, text in flags.items() if text}
    assert flagged
    assert flagged <= wrong
    problems = store.problems(athlete_id="demo-02", status=None)
    assert {problem.workout_id for problem in problems} == flagged


def test_the_truth_can_be_read_again(store, blobs):
    make_demo(store, blobs, end_day=END, athletes=2, years=2)
    one = simulate_squad(athletes=2, years=2, end_day=END)[1]
    truth = truth_of(store, blobs, "demo-02")
    assert truth["types"] == one.truth.types
    assert [change["day"] for change in truth["changes"]] == [change.day for change in one.truth.changes]


def test_a_stored_workout_equals_the_simulated_one(store, blobs):
    make_demo(store, blobs, end_day=END, athletes=1, years=1)
    one = simulate_squad(athletes=1, years=1, end_day=END)[0]
    kept = store.workouts("demo-01", columns=("id", "day", "start", "sport", "duration", "distance", "hr_mean", "rpe"))
    for name in kept:
        assert list(map(str, kept[name])) == list(map(str, one.workouts[name])), name


def test_laps_wellness_and_statements_reach_the_store(store, blobs):
    make_demo(store, blobs, end_day=END, athletes=10, years=1)
    squad = simulate_squad(athletes=10, years=1, end_day=END)
    assert any(one.laps for one in squad)
    for one in squad:
        kept = {recorded.workout_id: recorded for recorded in store.recordings(one.athlete.id)}
        known = set(store.known_ids(one.athlete.id, sorted({*one.laps, *one.names})))
        assert set(kept) == known
        for name in known & set(one.laps):
            made = [
                (lap.device["duration"], lap.device["distance"], lap.device.get("hr_mean")) for lap in kept[name].laps
            ]
            assert made == [(lap.duration, lap.distance, lap.hr_mean) for lap in one.laps[name]]
        stored = {(value.id, value.day, value.metric, value.value) for value in store.wellness(one.athlete.id)}
        assert stored == {(value.id, value.day, value.metric, value.value) for value in one.wellness}
        for kind in (Threshold, Goal, PlannedWorkout, ExcusedDays):
            assert set(store.stated(one.athlete.id, kind)) == {each for each in one.stated if isinstance(each, kind)}


def test_laps_follow_each_other_from_the_start_of_the_workout(store, blobs):
    make_demo(store, blobs, end_day=END, athletes=2, years=1)
    begin = dict(
        zip(*(store.workouts("demo-02", columns=("id", "start"))[name] for name in ("id", "start")), strict=True)
    )
    kept = store.recordings("demo-02")
    assert kept
    for one in kept:
        ends = [begin[one.workout_id], *(lap.end for lap in one.laps)]
        assert [lap.start for lap in one.laps] == pytest.approx(ends[:-1], abs=0.01)
