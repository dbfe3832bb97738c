"""Heart rate: contact loss, doubling, halving, steps taken for beats; and hearts that only look wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fitintel.core.recording import Recording
from fitintel.ingest.figures import Axis, figures
from fitintel.ingest.repairs import repair
from tests.ingest.repairs.made import START, planted, recording, same


def mean(of: Recording) -> float:
    return Axis(of.time, of.pauses, of.start).mean(of.stream["hr"])[0]


@pytest.mark.parametrize("step", [1, 2, 5])
@pytest.mark.parametrize(("name", "factor"), [("hr_doubling", 2.0), ("hr_doubling", 0.5), ("hr_dropout", 0.0)])
def test_what_is_planted_is_found_sample_by_sample_and_the_mean_is_the_true_one(
    name: str, factor: float, step: int
) -> None:
    calm = recording("walking", step=step)
    calm = planted(calm, hr=[(slice(None), calm.stream["hr"] - 40.0)])  # twice of it is still a heart rate
    where = slice(600 // step, 900 // step)
    bad = planted(calm, hr=[(where, calm.stream["hr"][where] * factor)])
    mended = repair(bad)
    (one,) = mended.repairs
    assert one.name == name
    assert np.flatnonzero(one.at).tolist() == list(range(where.start, where.stop))
    assert np.isnan(mended.recording.stream["hr"][where]).all()
    assert abs(mean(bad) - mean(calm)) > 3.0
    assert mean(mended.recording) == pytest.approx(mean(calm), abs=0.7)


def test_a_dropout_is_missing_and_never_zero() -> None:
    bad = planted(recording(), hr=[(slice(100, 130), 0.0)])
    repaired = repair(bad).recording.stream["hr"]
    assert not (repaired == 0).any()


@pytest.mark.parametrize("held", [0.0, 151.0])
def test_a_strap_that_dies_does_not_lower_the_mean(held: float) -> None:
    ride = recording()
    bad = planted(ride, hr=[(slice(1800, None), held)])
    mended = repair(bad)
    assert np.isnan(mended.recording.stream["hr"][1800:]).all()
    assert mean(mended.recording) == pytest.approx(
        mean(replace(ride, time=ride.time[:1800], stream={"hr": ride.stream["hr"][:1800]})), abs=0.1
    )
    assert mended.quality.score < 80.0
    assert mended.quality.reasons[0].name == "hr"


def test_contact_loss_that_falls_and_comes_back_is_missing() -> None:
    ride = recording()
    low = np.round(np.linspace(62, 90, 40))
    mended = repair(planted(ride, hr=[(slice(1200, 1240), low)]))
    assert np.isnan(mended.recording.stream["hr"][1200:1240]).all()
    assert sum(one.count for one in mended.repairs) == 40


def test_a_dry_strap_at_the_start_is_missing() -> None:
    ride = recording()
    mended = repair(planted(ride, hr=[(slice(0, 25), 215.0)]))
    assert np.flatnonzero(np.isnan(mended.recording.stream["hr"])).tolist() == list(range(25))


def test_more_than_200_can_be_real() -> None:
    ride = recording()
    young = planted(ride, hr=[(slice(None), ride.stream["hr"] + 70.0)])
    assert np.nanmax(young.stream["hr"]) > 215
    assert same(repair(young).recording, young)


def test_hard_intervals_are_no_fault() -> None:
    ride = recording()
    clock = np.arange(3601) % 240
    beats = np.where(clock < 60, 110 + 1.2 * clock, 182 - 0.4 * (clock - 60))  # 72 bpm up within a minute
    hard = planted(ride, hr=[(slice(None), np.round(beats))])
    assert same(repair(hard).recording, hard)


def test_a_break_in_which_the_heart_calms_down_is_no_fault() -> None:
    ride = recording()
    time = ride.time.copy()
    time[1800:] += 300.0
    rested = planted(replace(ride, time=time, pauses=((START + 1799.0, START + 2100.0),)),
                     hr=[(slice(1800, 1830), np.round(np.linspace(80, 138, 30)))])  # fmt: skip
    assert not any(one.channels for one in repair(rested).repairs)


def run_with_steps() -> Recording:
    run = recording("running")
    clock = np.arange(3601)
    steps = np.round(172.0 + 8.0 * np.sin(2 * np.pi * clock / 240.0))
    return planted(run, cadence=[(slice(None), steps)])


@pytest.mark.parametrize("legs", [1, 2])
def test_a_heart_rate_that_follows_the_steps_is_missing(legs: int) -> None:
    run = run_with_steps()
    steps = run.stream["cadence"]
    run = planted(run, cadence=[(slice(None), steps / legs)])
    where = slice(1200, 1800)
    ramp = slice(1190, 1200)
    bad = planted(run, hr=[(where, steps[where]), (ramp, np.round(np.linspace(140, 170, 10)))])
    (one,) = repair(bad).repairs
    assert one.name == "hr_cadence_lock"
    # where the ramp meets the steps by chance is not known
    assert one.at[where].all()
    assert one.count <= 605


def test_a_heart_rate_that_equals_steady_steps_by_chance_stays() -> None:
    run = recording("running")
    steady = planted(run, cadence=[(slice(None), 142.0)], hr=[(slice(1000, 1600), 142.0 + np.arange(600) % 3 - 1)])
    assert same(repair(steady).recording, steady)


def test_one_value_typed_for_the_whole_workout_stays() -> None:
    typed = planted(recording(), hr=[(slice(None), 138.0)])
    assert same(repair(typed).recording, typed)
    assert figures(typed.time, typed.stream, (), START, "cycling")["hr_mean"] == 138.0
