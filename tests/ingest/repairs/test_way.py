"""Positions, distance and speed: what nobody could have done is undone, what somebody did stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fitintel.core.recording import Leg, Recording
from fitintel.ingest.figures import figures, total_distance
from fitintel.ingest.repairs import repair
from fitintel.ingest.xml.axis import path_length
from tests.ingest.repairs.made import DEGREE, START, planted, recording, same


def derived(of: Recording) -> Recording:
    """With the distance made from the positions, as of GPX files, and no speed."""
    lat, lon = of.stream["lat"], of.stream["lon"]
    way = path_length(lat, lon, np.zeros(len(lat), bool))
    stream = {name: values for name, values in of.stream.items() if name != "speed"}
    return replace(of, stream={**stream, "distance": way})


def names(of: Recording) -> list[str]:
    return [one.name for one in repair(of).repairs]


def made(of: Recording) -> dict[str, float]:
    return figures(of.time, of.stream, of.pauses, of.start, of.sport)


@pytest.mark.parametrize("step", [1.0, 2.0, 5.0])
@pytest.mark.parametrize("off_by", [200.0, 3000.0, 50_000.0])
@pytest.mark.parametrize("length", [1, 3])
def test_a_spike_is_undone_to_the_metre(step: float, off_by: float, length: int) -> None:
    clean = derived(recording("running", step=step))
    lat = clean.stream["lat"]
    bad = derived(planted(clean, lat=[(slice(300, 300 + length), lat[300 : 300 + length] + off_by / DEGREE)]))
    assert total_distance(bad.stream["distance"]) > total_distance(clean.stream["distance"]) + 1.5 * off_by
    mended = repair(bad)
    (one,) = mended.repairs
    assert np.flatnonzero(one.at).tolist() == list(range(300, 300 + length))
    # a chord over the missing fixes in place of the bend
    assert mended.recording.stream["distance"][-1] == pytest.approx(clean.stream["distance"][-1], abs=1.0)
    assert one.effect["distance"][1] == pytest.approx(total_distance(clean.stream["distance"]), abs=1.0)


def test_a_walk_at_351_km_per_hour_is_no_record() -> None:
    clean = derived(recording("walking"))
    bad = derived(planted(clean, lat=[(1000, clean.stream["lat"][1000] + 97.5 / DEGREE)]))
    mended = repair(bad)
    assert [one.name for one in mended.repairs] == ["gps_spike"]
    assert made(mended.recording)["speed_max"] == pytest.approx(made(clean)["speed_max"], rel=0.01)


def test_a_ride_at_400_km_per_hour_is_no_record() -> None:
    clean = recording("cycling")
    bad = planted(clean, speed=[(slice(1000, 1003), 400 / 3.6)])
    mended = repair(bad)
    assert made(mended.recording)["speed_max"] == made(clean)["speed_max"]


def test_the_true_maximum_of_a_descent_stays() -> None:
    ride = recording("cycling", seconds=1200)
    speed = ride.stream["speed"].copy()
    speed[600:660] = np.concatenate((np.linspace(10, 31, 30), np.linspace(31, 10, 30)))  # 112 km/h for a moment
    way = np.concatenate(([0.0], np.cumsum(speed[1:])))
    stream = {**ride.stream, "speed": speed, "distance": way, "lat": 47.0 + way / DEGREE, "lon": np.full(len(way), 8.0)}
    fast = replace(ride, stream=stream)
    assert same(repair(fast).recording, fast)
    assert same(repair(derived(fast)).recording, derived(fast))


def test_of_two_fixes_at_almost_one_time_the_impossible_one_goes() -> None:
    run = recording("running", seconds=600)
    time = np.insert(run.time, 301, run.time[300] + 0.001)
    stream = {name: np.insert(values, 301, values[300]) for name, values in run.stream.items()}
    stream["lat"][301] += 80.0 / DEGREE
    mended = repair(derived(replace(run, time=time, stream=stream)))
    (one,) = mended.repairs
    assert np.flatnonzero(one.at).tolist() == [301]
    assert one.effect["distance"][1] == pytest.approx(total_distance(derived(run).stream["distance"]), abs=0.1)


def test_a_cold_start_far_away_is_left_out() -> None:
    run = recording("running")
    bad = derived(planted(run, lat=[(slice(0, 8), run.stream["lat"][:8] + 700.0 / DEGREE)]))
    mended = repair(bad)
    assert np.flatnonzero(mended.repairs[0].at).tolist() == list(range(8))
    assert total_distance(mended.recording.stream["distance"]) == pytest.approx(made(run)["distance"], rel=0.01)


def test_no_fix_is_not_a_fix_off_the_coast_of_africa() -> None:
    run = recording("running")
    bad = planted(run, lat=[(slice(100, 400), 0.0)], lon=[(slice(100, 400), 0.0)])
    mended = repair(bad)
    assert np.flatnonzero(mended.repairs[0].at).tolist() == list(range(100, 400))
    assert "distance" not in mended.repairs[0].channels  # of a foot pod: it did not follow the fixes


def test_a_lift_by_car_is_no_spike_and_stays() -> None:
    walk = recording("walking", seconds=1800)
    east = np.zeros(1801)
    east[600:900] = np.cumsum(np.full(300, 30.0))
    east[900:] = east[899]
    driven = derived(
        planted(walk, lon=[(slice(None), walk.stream["lon"] + east / (DEGREE * np.cos(np.radians(47.0))))])
    )
    assert "gps_spike" not in names(driven)


def test_a_receiver_that_catches_up_after_a_tunnel_is_no_spike() -> None:
    ride = recording("cycling")
    tunnel = slice(1000, 1060)
    stuck = planted(ride, lat=[(tunnel, ride.stream["lat"][999])], lon=[(tunnel, ride.stream["lon"][999])])
    assert same(repair(stuck).recording, stuck)
    assert same(repair(derived(stuck)).recording, derived(stuck))


def test_a_fix_that_is_late_after_a_gap_does_not_cost_the_way_before_it() -> None:
    ride = derived(recording("cycling", seconds=600))
    here = np.r_[0:11, 51:601]  # 40 s are missing, and the first fix after it has come only half of the way
    late = replace(ride, time=ride.time[here], stream={name: values[here] for name, values in ride.stream.items()})
    late = derived(planted(late, lat=[(11, ride.stream["lat"][25])], lon=[(11, ride.stream["lon"][25])]))
    assert "gps_spike" not in names(late)
    assert "distance_jump" not in names(late)


def test_a_counter_that_leaps_does_not_make_a_record() -> None:
    run = recording("running")
    bad = planted(run, distance=[(slice(1800, None), run.stream["distance"][1800:] + 5000.0)])
    mended = repair(bad)
    assert [one.name for one in mended.repairs] == ["distance_jump"]
    # the step with the leap is not known
    assert made(mended.recording)["distance"] == pytest.approx(made(run)["distance"], abs=6.0)


def test_a_counter_that_starts_anew_with_a_leg_is_no_fault() -> None:
    ride = recording("cycling")
    way = ride.stream["distance"]
    both = planted(ride, distance=[(slice(1800, None), way[1800:] - way[1800])])
    assert same(repair(both).recording, both)


def test_each_leg_has_the_limit_of_its_sport() -> None:
    ride = recording("cycling")
    half = START + 1800.0
    legs = (Leg("running", "", START, half, {}), Leg("cycling", "", half, START + 3601.0, {}))
    both = planted(replace(ride, sport="multisport", legs=legs), speed=[(900, 20.0), (2700, 20.0)])
    mended = repair(both)
    assert np.flatnonzero(mended.repairs[0].at).tolist() == [900]


def test_a_spike_is_found_whatever_the_rate_of_samples() -> None:
    for step in (1, 2, 3, 6, 10):
        clean = derived(recording("running", step=step))
        place = 1800 // step
        bad = derived(planted(clean, lon=[(place, clean.stream["lon"][place] + 0.1)]))
        assert names(bad) == ["gps_spike"], step
