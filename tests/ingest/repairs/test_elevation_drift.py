"""A barometer that drifts with the weather: what is known of it where a course comes by again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fitintel.core.recording import Recording
from fitintel.ingest.figures import climbed
from fitintel.ingest.repairs import elevation_drift, repair
from tests.ingest.repairs.made import planted, recording, same


def there_and_back(*, hours: float = 2.0) -> Recording:
    """An hour's way out and the same way home, over the same hills."""
    one = recording("running", seconds=int(1800 * hours))
    way = {name: np.concatenate((values, values[-2::-1])) for name, values in one.stream.items()}
    far = one.stream["distance"][-1]
    way["distance"] = np.concatenate((one.stream["distance"], 2 * far - one.stream["distance"][-2::-1]))
    return replace(one, time=one.time[0] + np.arange(float(len(way["lat"]))), stream=way)


def drifting(of: Recording, per_hour: float) -> Recording:
    hours = (of.time - of.time[0]) / 3600.0
    return planted(of, elevation=[(slice(None), of.stream["elevation"] + per_hour * hours)])


@pytest.mark.parametrize("per_hour", [30.0, -30.0])
def test_a_drift_in_time_is_taken_out_and_the_hills_stay(per_hour: float) -> None:
    run = there_and_back()
    mended = repair(drifting(run, per_hour))
    (one,) = mended.repairs
    assert one.name == "elevation_drift"
    assert f"{per_hour:+.0f} m an hour" in one.detail
    assert np.abs(mended.recording.stream["elevation"] - run.stream["elevation"]).max() < 1.0
    assert climbed(mended.recording.stream["elevation"]) == pytest.approx(climbed(run.stream["elevation"]), rel=0.02)
    assert same(repair(mended.recording).recording, mended.recording)


def test_a_drift_that_the_ground_could_explain_stays() -> None:
    small = drifting(there_and_back(), 8.0)
    assert same(repair(small).recording, small)


def test_a_way_that_never_comes_back_says_nothing_of_a_drift() -> None:
    one_way = drifting(recording("running", seconds=7200), 30.0)
    assert same(repair(one_way).recording, one_way)


def test_a_barometer_that_is_set_anew_on_the_way_does_not_drift() -> None:
    run = there_and_back()
    anew = planted(run, elevation=[(slice(5400, None), run.stream["elevation"][5400:] + 40.0)])
    assert "elevation_drift" not in {one.name for one in repair(anew).repairs}


def test_a_path_above_the_first_on_the_same_slope_is_no_drift() -> None:
    """Only five minutes of the way out are passed again, 25 m higher and about 40 minutes later."""
    run = there_and_back()
    clock, whole = np.arange(len(run.time)), len(run.time) - 1
    again = slice(whole - 2600, whole - 2299)
    apart = clock > whole // 2
    apart[again] = False
    lat = run.stream["lat"] + 0.02 * apart
    above = planted(run, lat=[(slice(None), lat)], elevation=[(again, run.stream["elevation"][again] + 25.0)])
    assert elevation_drift.find(above) is None
    closed = planted(above, lat=[(slice(-60, None), run.stream["lat"][-60:])],
                     elevation=[(slice(-60, None), run.stream["elevation"][-60:] + 80.0)])  # fmt: skip
    assert elevation_drift.find(closed) is not None


def test_without_positions_nothing_is_known() -> None:
    run = drifting(there_and_back(), 30.0)
    blind = replace(run, stream={name: values for name, values in run.stream.items() if name not in ("lat", "lon")})
    assert same(repair(blind).recording, blind)
