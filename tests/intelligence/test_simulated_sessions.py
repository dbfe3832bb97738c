"""Kinds of session, laps, fitness, regimes and sensor faults of the simulated squad: true to what it says."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from fitintel.core.answers import ACTIVITIES, SESSIONS
from fitintel.intelligence.simulate.device import RPE
from fitintel.intelligence.simulate.fitness import weighted_means
from fitintel.intelligence.simulate.planted import size_class
from fitintel.intelligence.simulate.sensors import KINDS

END = 20366
SIZES = {"small", "medium", "large"}


def sound(one):
    """The athlete's workouts in which nothing is wrong, as rows."""
    truth = one.truth
    wrong = {item.workout_id for item in (*truth.errors, *truth.faults)}
    return [row for row in one.workouts.rows() if row["id"] not in wrong]


def test_every_workout_has_its_activity_and_all_but_strength_and_other_a_kind_of_session(squad):
    for one in squad:
        truth, ids = one.truth, set(one.workouts["id"])
        assert set(truth.activities) == set(truth.types) == ids
        assert set(truth.types.values()) <= set(ACTIVITIES)
        assert set(truth.sessions.values()) <= set(SESSIONS)
        assert {name for name in ids if truth.activities[name] not in ("strength", "other")} == set(truth.sessions)
        raced = {race.workout_id for race in truth.races}
        assert {name for name, kind in truth.sessions.items() if kind == "race"} == raced


def test_only_gross_entry_errors_make_an_outlier_of_a_workout(squad):
    for one in squad:
        truth = one.truth
        gross = {error.workout_id for error in truth.errors if error.gross}
        assert {name for name, kind in truth.types.items() if kind == "outlier"} == gross
        assert all(truth.types[name] == truth.activities[name] for name in set(truth.types) - gross)


def test_three_quarters_to_four_fifths_of_training_runs_are_easy(squad, many):
    for athletes in (squad, many):
        done = Counter(
            one.truth.sessions[name] for one in athletes for name, kind in one.truth.activities.items() if kind == "run"
        )
        easy = done["easy"] + done["long"] + done["recovery"]
        assert 0.73 < easy / sum(done.values()) < 0.84
        assert all(done[kind] > 0.03 * sum(done.values()) for kind in set(SESSIONS) - {"race"})


def test_harder_kinds_of_session_are_harder_on_the_heart_and_to_the_athlete(squad):
    heart, felt = defaultdict(list), defaultdict(list)
    for one in squad:
        for row in sound(one):
            kind = one.truth.sessions.get(row["id"])
            if kind and one.truth.activities[row["id"]] == "run":
                heart[kind].append((row["hr_mean"] or np.nan) / one.truth.fitness.hr_threshold)
                felt[kind].append(row["rpe"] or np.nan)
    median = {kind: float(np.nanmedian(values)) for kind, values in heart.items()}
    assert median["recovery"] < median["easy"] < median["interval"] <= median["tempo"] < median["race"]
    # they overlap as in life: a hot easy run beats the heart rate of a cool tempo run
    assert np.nanquantile(heart["easy"], 0.95) > np.nanquantile(heart["tempo"], 0.05)
    for kind in set(SESSIONS) - {"race"}:
        assert np.nanmean(felt[kind]) == pytest.approx(RPE[kind], abs=0.7)


def test_laps_add_up_to_the_workout(squad):
    lapped = 0
    for one in squad:
        for row in sound(one):
            laps = one.laps.get(row["id"], ())
            if laps:
                lapped += 1
                assert len(laps) > 1
                assert sum(lap.duration for lap in laps) == pytest.approx(row["duration"], rel=0.005, abs=2)
                assert sum(lap.distance for lap in laps) == pytest.approx(row["distance"], rel=0.001, abs=2)
                assert all((lap.hr_mean is None) == (row["hr_mean"] is None) for lap in laps)
    assert lapped > 3000


def test_some_athletes_never_lap_and_some_lap_every_part_of_their_intervals(squad):
    assert 6 <= sum(not one.laps for one in squad) <= 16
    alternating = 0
    for one in squad:
        for name, laps in one.laps.items():
            if one.truth.sessions.get(name) == "interval" and len(laps) >= 7:
                speed = np.array([lap.distance / lap.duration for lap in laps[1:-1]])
                alternating += bool(speed[::2].min() > speed[1::2].max())
    assert alternating > 30


def test_laps_of_a_race_are_more_even_than_those_of_intervals(squad):
    uneven = defaultdict(list)
    for one in squad:
        for name, laps in one.laps.items():
            if one.truth.activities[name] == "run" and len(laps) > 4:
                speed = [lap.distance / lap.duration for lap in laps[:-1]]
                uneven[one.truth.sessions[name]].append(np.std(np.log(speed)))
    assert np.median(uneven["race"]) < 0.03 < np.median(uneven["easy"]) + 0.005 < np.median(uneven["interval"])


def test_race_times_follow_fitness_with_the_scatter_of_races(many):
    off = [np.log(race.time / race.expected) for one in many for race in one.truth.races]
    assert len(off) > 60
    assert abs(np.mean(off)) < 0.006
    assert 0.01 < np.std(off) < 0.025
    for one in many:
        for race in one.truth.races:
            speed = one.truth.fitness.speed_on(race.day)
            assert race.expected == pytest.approx(3600 * (race.distance / (3600 * speed)) ** 1.06, rel=0.001)


def test_an_injury_costs_fitness(many):
    lost = []
    for one in many:
        for stretch in one.truth.stretches:
            if stretch.kind == "injury":
                fitness = one.truth.fitness
                lost.append(np.log(fitness.speed_on(stretch.last) / fitness.speed_on(stretch.first)))
    assert len(lost) > 15
    assert -0.12 < np.median(lost) < -0.01


def test_the_mean_of_a_constant_load_is_that_load():
    assert weighted_means(np.full(200, 40.0), 42.0) == pytest.approx(np.full(200, 40.0))


def test_regimes_move_the_share_of_training_they_say(many):
    kinds = Counter(regime.kind for one in many for regime in one.truth.regimes)
    assert set(kinds) == {"sport", "weekdays", "intensity"}
    assert {regime.size for one in many for regime in one.truth.regimes} == SIZES
    off = []
    for one in many:
        for regime in one.truth.regimes:
            if regime.kind != "sport":
                continue
            to = {"cycling": "ride", "swimming": "swim"}.get(regime.detail["to"], regime.detail["to"])
            day = one.workouts["day"]
            named = np.array([one.truth.activities[name] == to for name in one.workouts["id"]])
            off.append(named[day >= regime.day].mean() - named[day < regime.day].mean() - regime.moved)
    assert abs(np.mean(off)) < 0.06


def test_nobody_without_planted_events_has_a_regime_or_overreaching(squad):
    for one in squad:
        if not one.truth.planted:
            assert (one.truth.regimes, one.truth.wellness_faults) == ((), ())
            assert "overreaching" not in {stretch.kind for stretch in one.truth.stretches}


def test_sensor_faults_come_in_every_kind_and_size(many):
    faults = [fault for one in many for fault in one.truth.faults]
    assert {fault.kind for fault in faults} == set(KINDS)
    assert {fault.size for fault in faults} == SIZES
    assert all(KINDS[fault.kind] == fault.field for fault in faults)
    assert all(fault.size == "large" for fault in faults if fault.kind == "steps overflow")
    for one in many:
        value = {row["id"]: row for row in one.workouts.rows()}
        for fault in one.truth.faults:
            if fault.kind == "heart rate strap dropped out":
                assert value[fault.workout_id]["hr_mean"] <= 70
                assert fault.effect < 0


def test_size_classes_begin_at_their_bounds():
    assert [size_class(each, 2, 4) for each in (0, 1.99, 2, 3.99, 4)] == ["small"] * 2 + ["medium"] * 2 + ["large"]
