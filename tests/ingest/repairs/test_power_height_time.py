"""Power, heights, gaps and clocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fitintel.core.recording import Leg
from fitintel.ingest.figures import climbed, figures
from fitintel.ingest.repairs import repair
from fitintel.ingest.repairs.elevation_noise import CALM, jitter
from tests.ingest.repairs.made import START, planted, recording, same


def test_21_kilowatts_are_missing_and_the_effect_says_so() -> None:
    ride = recording()
    mended = repair(planted(ride, power=[(700, 21_000.0), (1500, 65_535.0)]))
    (one,) = mended.repairs
    assert np.flatnonzero(one.at).tolist() == [700, 1500]
    assert one.effect["power_max"] == (65_535.0, np.nanmax(mended.recording.stream["power"]))
    assert one.effect["power_mean"][1] == pytest.approx(ride.stream["power"].mean(), abs=0.5)


def test_a_sprint_stays_and_a_lone_sample_goes() -> None:
    ride = recording()
    sprint = planted(ride, power=[(slice(900, 908), [600, 1100, 1450, 1500, 1400, 1200, 900, 500])])
    assert same(repair(sprint).recording, sprint)
    (one,) = repair(planted(sprint, power=[(2000, 1900.0)])).repairs
    assert np.flatnonzero(one.at).tolist() == [2000]


def test_a_spike_of_height_does_not_climb() -> None:
    ride = recording()
    mended = repair(planted(ride, elevation=[(slice(300, 305), 1500.0)]))
    (one,) = mended.repairs
    assert one.name == "elevation_spike"
    assert climbed(mended.recording.stream["elevation"]) == pytest.approx(climbed(ride.stream["elevation"]), abs=3.0)
    assert one.effect["elevation_gain"][0] > one.effect["elevation_gain"][1] + 900


def test_heights_of_zero_that_stand_for_none_are_missing_however_many() -> None:
    mended = repair(planted(recording(), elevation=[(slice(500, 1500), 0.0)]))
    assert np.isnan(mended.recording.stream["elevation"][500:1500]).all()


def test_a_way_along_the_sea_keeps_its_zeros() -> None:
    ride = recording()
    sea = planted(ride, elevation=[(slice(None), np.maximum(0.0, ride.stream["elevation"] - 520.0))])
    assert (sea.stream["elevation"] == 0.0).any()
    assert same(repair(sea).recording, sea)


def test_a_barometer_that_is_set_anew_stays() -> None:
    ride = recording()
    anew = planted(ride, elevation=[(slice(1800, None), ride.stream["elevation"][1800:] + 80.0)])
    assert same(repair(anew).recording, anew)


def test_heights_of_satellites_are_calmed_and_a_barometers_left_alone() -> None:
    ride = recording()
    noise = np.random.default_rng(3).normal(0.0, 4.0, 3601)
    bad = planted(ride, elevation=[(slice(None), ride.stream["elevation"] + noise)])
    mended = repair(bad)
    (one,) = mended.repairs
    assert one.name == "elevation_noise"
    calm = mended.recording.stream["elevation"]
    true = climbed(ride.stream["elevation"])[0]
    assert climbed(bad.stream["elevation"])[0] > 5 * true
    assert climbed(calm)[0] == pytest.approx(true, rel=0.1)
    assert jitter(bad.time, calm) <= CALM
    assert same(repair(mended.recording).recording, mended.recording)


def test_a_gap_is_marked_and_stays_a_gap() -> None:
    ride = recording()
    time = ride.time.copy()
    time[1800:] += 400.0
    holed = replace(ride, time=time)
    mended = repair(holed)
    (one,) = mended.repairs
    assert (one.name, one.count, one.channels, one.effect) == ("gaps", 1, (), {})
    assert "401 s" in one.detail
    assert same(mended.recording, holed)
    assert mended.quality.score < 95


def test_a_pause_is_no_gap() -> None:
    ride = recording()
    time = ride.time.copy()
    time[1800:] += 400.0
    paused = replace(ride, time=time, pauses=((START + 1799.0, START + 2200.0),))
    assert repair(paused).repairs == ()


@pytest.mark.parametrize("leap", [3600.0, 7200.0, 86_400.0 * 365])
def test_a_clock_that_leapt_is_put_back_when_the_device_shows_it(leap: float) -> None:
    ride = recording()
    time = ride.time.copy()
    time[1800:] += leap
    lap = {"start": START, "end": time[-1]}
    leg = Leg("cycling", "", START, float(time[-1]), {})
    leapt = replace(ride, time=time, device={"elapsed": 3600.0}, laps=(lap,), legs=(leg,))
    mended = repair(leapt)
    (one,) = mended.repairs
    assert one.name == "clock"
    assert np.allclose(mended.recording.time, ride.time)
    assert mended.recording.laps[0]["end"] == pytest.approx(START + 3600.0)
    assert mended.recording.legs[0].end == pytest.approx(START + 3600.0)
    assert one.effect["elapsed"] == (3600.0 + leap, 3600.0)
    made = figures(mended.recording.time, mended.recording.stream, (), START, "cycling")
    assert made["hr_mean"] == pytest.approx(figures(ride.time, ride.stream, (), START, "cycling")["hr_mean"])
    assert any(reason.name == "clock" for reason in mended.quality.reasons)
    assert same(repair(leapt, off={"clock"}).recording, leapt)


@pytest.mark.parametrize("device", [{}, {"elapsed": 3600.0 + 7200.0}])
def test_a_long_break_without_such_evidence_stays_a_break(device: dict[str, float]) -> None:
    ride = recording()
    time = ride.time.copy()
    time[1800:] += 7200.0
    assert [one.name for one in repair(replace(ride, time=time, device=device)).repairs] == ["gaps"]


def test_a_long_break_in_which_the_person_went_elsewhere_is_a_break() -> None:
    ride = recording()
    time = ride.time.copy()
    time[1800:] += 7200.0
    moved = planted(replace(ride, time=time, device={"elapsed": 3600.0}),
                    lat=[(slice(1800, None), ride.stream["lat"][1800:] + 0.05)])  # fmt: skip
    assert [one.name for one in repair(moved).repairs] == ["gaps"]
