"""Laps by distance, cut from samples."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.ingest.cut_laps import EVERY, cut

SPEEDS = st.lists(st.floats(0.0, 6.0), min_size=700, max_size=700)


@given(SPEEDS, st.integers(1, 5))
@settings(max_examples=40)
def test_laps_add_up_to_the_way_and_to_no_more_than_the_time(speeds, step):
    time = 1e9 + step * np.arange(len(speeds) + 1.0)
    way = np.concatenate(([0.0], np.cumsum(np.array(speeds) * step)))
    laps = cut(time, {"distance": way}, [], "running")
    if not laps:
        assert way[-1] <= 2 * EVERY["running"] + 1e-6
        return
    assert sum(lap.device["distance"] for lap in laps) == pytest.approx(way[-1])
    assert sum(lap.device["duration"] for lap in laps) <= time[-1] - time[0] + 1e-6
    assert all(earlier.end == later.start for earlier, later in pairwise(laps))
    assert all(lap.device["distance"] == pytest.approx(EVERY["running"]) for lap in laps[:-1])


def test_a_stop_counts_for_the_lap_after_it_and_a_pause_for_none():
    time = np.arange(0.0, 1501.0)
    way = 3.0 * (time - np.clip(time - 400.0, 0.0, 300.0))  # stands from 400 to 700 s
    stopped = [lap.device["duration"] for lap in cut(time, {"distance": way}, [], "running")]
    paused = [lap.device["duration"] for lap in cut(time, {"distance": way}, [(400.0, 700.0)], "running")]
    assert np.round(np.array(stopped) - paused).tolist() == [0, 300, 0, 0]


@pytest.mark.parametrize(
    ("stream", "sport"),
    [({}, "running"), ({"distance": np.linspace(0, 9000, 3000)}, "swimming"),
     ({"distance": np.linspace(0, 2000, 3000)}, "running"), ({"distance": np.full(3000, np.nan)}, "running"),
     ({"distance": np.concatenate((np.linspace(0, 4000, 1500), np.linspace(0, 4000, 1500)))}, "running")],
)  # fmt: skip
def test_without_a_growing_counter_or_room_for_three_there_are_none(stream, sport):
    assert cut(np.arange(3000.0), stream, [], sport) == ()
