"""Real files: what is changed is a fault that was looked at; what is planted into good ones is undone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from fitintel.core.errors import DataError
from fitintel.core.recording import Recording
from fitintel.ingest.figures import Axis, figures, total_distance
from fitintel.ingest.fit import read_fit
from fitintel.ingest.repairs import repair
from fitintel.ingest.xml import read_gpx, read_tcx
from tests.ingest.repairs.made import planted, same

DATA = Path(os.environ.get("FITINTEL_TEST_DATA") or Path(__file__).resolve().parents[4] / "shared" / "data")
READERS = {".fit": read_fit, ".gpx": read_gpx, ".tcx": read_tcx}
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"no shared files at {DATA} (set FITINTEL_TEST_DATA)")

FAULTS: dict[str, tuple[str, ...]] = {
    # the strap's own store ends, the wrist begins: 105, then 70 bpm
    "garmin-fr935-cr.fit": ("hr_dropout",),
    # 105 m in 4 s on foot after a transition, 18-33 m/s
    "activity-large-fenxi2-multisport.fit": ("distance_jump", "gps_spike"),
    # cold start: 30, 13, 14, 21 m/s of a runner before the first lasting fix; 87 m of height and back in 3 s
    "activity-small-fenix2-run.fit": ("elevation_spike", "gps_spike"),
    # 0 bpm for 4 s between 140 and 140
    "nick.fit": ("hr_dropout",),
    # 0 bpm, or 1 bpm, all the way: there was no sensor
    "null_compressed_speed_dist.fit": ("hr_dropout",),
    "2x2km.tcx": ("hr_dropout",),
    "strava_export.tcx": ("hr_dropout",),
    # dry straps: 172-179 bpm standing, then 114-123 from one sample to the next
    "stopped_example.gpx": ("hr_dropout",),
    "strava_export.gpx": ("hr_dropout",),
    "stopped_example.tcx": ("hr_dropout",),
    "2020-12-08T06_36_12-300_Running.tcx": ("hr_dropout",),
    "2020-12-20T05_50_47-300_Running.tcx": ("hr_dropout",),
    "2020-12-26T06_03_49-300_Running.tcx": ("hr_dropout",),
    # 151 bpm in 85 samples on end, 217 s
    "2020-12-04T19_09_21-300_Running.tcx": ("hr_dropout",),
    # two receivers in one track, 10-30 m apart, milliseconds apart or in turn
    "556160e9-d74c-440c-b0af-363efb753430.gpx": ("gps_spike",),
    "68d141b2-ef47-4476-bac5-fd72f4faf678.gpx": ("gps_spike",),
    "7318ef76-9ef0-40d2-8e39-57216f39ba7d.gpx": ("gps_spike",),
    "7ff163c7-3486-434f-8201-e83ce7f675b6.gpx": ("distance_jump",),
    "eea8fa30-e280-472f-9262-5690fb40fb32.gpx": ("gps_spike",),
    "feaf2949-0da0-47cf-b4ed-6818c70d0733.gpx": ("gps_spike",),
    # 149 to 75 and 150 to 45 bpm within a second, back after half a minute by 48 and 35 at once
    "3173437224.tcx": ("hr_dropout",),
    # 1258 m of height, 1913 a second later
    "cross-country-skiing_activity_1.tcx": ("elevation_spike",),
}
"""file -> repairs that change something, each a fault that was looked at, sample by sample"""


@cache
def recordings() -> tuple[tuple[str, Recording], ...]:
    return tuple(_read())


def _read() -> Iterator[tuple[str, Recording]]:
    for path in sorted(DATA.rglob("*")):
        if path.suffix.lower() in READERS and path.is_file():
            try:
                found = READERS[path.suffix.lower()](path.read_bytes())
            except DataError:
                continue
            for one in found.recordings:
                yield path.name, one


def one(name: str) -> Recording:
    found = [recording for file, recording in recordings() if file == name]
    if not found:
        pytest.skip(f"{name} is not here")
    return found[0]


def test_what_is_changed_in_real_files_is_a_fault_and_nothing_else_is_changed() -> None:
    changed: dict[str, set[str]] = {}
    for name, recording in recordings():
        mended = repair(recording)
        done = {one.name for one in mended.repairs if one.channels}
        assert done or same(mended.recording, recording), name
        if done:
            changed.setdefault(name, set()).update(done)
    here = {name for name, _ in recordings()}
    assert {name: tuple(sorted(done)) for name, done in changed.items()} == {
        name: done for name, done in FAULTS.items() if name in here
    }


def test_real_files_repaired_twice_are_repaired_once() -> None:
    for name, recording in recordings():
        once = repair(recording).recording
        again = repair(once)
        assert not [one.name for one in again.repairs if one.channels], name
        assert same(again.recording, once), name


def test_quality_of_real_files_has_reasons_wherever_it_is_not_100() -> None:
    for name, recording in recordings():
        quality = repair(recording).quality
        assert 0.0 <= quality.score <= 100.0, name
        assert (quality.score == 100.0) == (not quality.reasons), name


@pytest.mark.parametrize("name", ["4078723797.fit", "Edge810-Vector-2013-08-16-15-35-10.fit"])
def test_faults_planted_into_a_good_ride_are_found_and_undone(name: str) -> None:
    ride = one(name)
    clean = figures(ride.time, ride.stream, ride.pauses, ride.start, ride.sport)
    half = len(ride.time) // 2
    halved = slice(half + 300, half + 420)
    bad = planted(
        ride,
        lat=[(slice(half, half + 3), ride.stream["lat"][half : half + 3] + 0.3)],
        speed=[(half, 111.0)],
        power=[(half + 50, 21_000.0), (half + 51, 21_000.0)],
        hr=[(slice(half + 100, half + 160), 0.0), (halved, 0.5 * ride.stream["hr"][halved])],
        elevation=[(slice(half + 500, half + 504), 4000.0)],
    )  # fmt: skip
    mended = repair(bad)
    at = {one.name: np.flatnonzero(one.at).tolist() for one in mended.repairs}
    assert at == {
        "gps_spike": [half, half + 1, half + 2], "speed_spike": [half], "power_spike": [half + 50, half + 51],
        "hr_doubling": list(range(half + 300, half + 420)), "hr_dropout": list(range(half + 100, half + 160)),
        "elevation_spike": list(range(half + 500, half + 504)),
    }  # fmt: skip
    whole = mended.recording
    made = figures(whole.time, whole.stream, whole.pauses, whole.start, whole.sport)
    # to within what is lost with the true values beneath: 3 minutes of heart rate, 4 heights
    for figure, share in {"hr_mean": 0.005, "hr_max": 0.0, "power_mean": 0.001, "power_max": 0.0, "speed_max": 0.0,
                          "distance": 0.0, "elevation_gain": 0.01, "weighted_power": 0.001}.items():  # fmt: skip
        assert made[figure] == pytest.approx(clean[figure], rel=share, abs=1e-9), figure
    assert mended.quality.score < repair(ride).quality.score


def test_a_spike_planted_into_a_real_gpx_track_is_undone() -> None:
    name = "activity_5039744860.gpx"
    ride = one(name)
    text = (next(DATA.rglob(name))).read_text()
    place = 50
    was = f'lat="{text.split("<trkpt lat=")[place + 1].split(chr(34))[1]}"'
    assert text.count(was) == 1
    (bad,) = read_gpx(text.replace(was, f'lat="{float(was[5:-1]) + 0.5:.6f}"').encode()).recordings
    assert total_distance(bad.stream["distance"]) > 100_000
    mended = repair(bad).recording
    assert total_distance(mended.stream["distance"]) == pytest.approx(total_distance(ride.stream["distance"]), abs=1.0)
    assert np.array_equal(np.delete(mended.stream["lat"], place), np.delete(ride.stream["lat"], place))


def test_a_real_run_whose_strap_dies_keeps_its_mean() -> None:
    run = one("developer-types-sample.fit")
    half = len(run.time) // 2
    mended = repair(planted(run, hr=[(slice(half, None), run.stream["hr"][half - 1])])).recording
    beats = Axis(run.time, run.pauses, run.start).mean(
        np.where(np.arange(len(run.time)) < half, run.stream["hr"], np.nan)
    )
    assert Axis(run.time, run.pauses, run.start).mean(mended.stream["hr"])[0] == pytest.approx(beats[0], abs=0.2)
