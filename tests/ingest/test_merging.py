"""What a merged workout takes from whom."""

from __future__ import annotations

import itertools

import numpy as np

from fitintel.ingest.merging import Part, merged, merged_samples

WATCH = Part({"id": "watch", "sport": "cycling", "duration": 3600.0, "distance": 30_000.0, "hr_mean": 139.0},
             "fit", {"lat": 3600, "lon": 3600, "hr": 1200, "distance": 3600}, 3600)  # fmt: skip
METER = Part({"id": "meter", "sport": "cycling", "duration": 3590.0, "distance": 29_800.0, "hr_mean": 151.0},
             "tcx", {"power": 3590, "hr": 3590}, 3590)  # fmt: skip
DIARY = Part({"id": "diary", "sport": "cycling", "duration": 3600.0, "rpe": 7.0, "notes": "windy"})


def test_each_channel_comes_from_the_source_that_measured_it() -> None:
    made = merged([DIARY, METER, WATCH])
    assert made.leader == "watch"
    assert made.channels == {"meter": ("hr", "power")}
    assert made.columns == {"diary": ("rpe", "notes"), "meter": ("hr_mean",)}


def test_the_order_in_which_sources_come_plays_no_part() -> None:
    made = [merged(parts) for parts in itertools.permutations([WATCH, METER, DIARY])]
    assert all(each == made[0] for each in made)


def test_a_spoilt_figure_is_taken_from_a_source_where_it_is_right() -> None:
    spoilt = Part({**WATCH.row, "flags": "speed_impossible"}, WATCH.kind, WATCH.covered, WATCH.samples)
    assert {"duration", "distance"} <= set(merged([spoilt, METER]).columns["meter"])


def test_a_source_that_was_deleted_at_its_service_does_not_lead_and_gives_nothing() -> None:
    gone = Part({**WATCH.row, "flags": "deleted_at_source"}, WATCH.kind, WATCH.covered, WATCH.samples)
    made = merged([gone, METER])
    assert made.leader == "meter"
    assert "watch" not in made.columns


def test_a_leader_that_does_not_name_the_sport_takes_the_word_of_one_that_does() -> None:
    track = Part({"id": "a", "sport": "other", "duration": 60.0}, "gpx", {"lat": 60, "lon": 60}, 60)
    row = Part({"id": "b", "sport": "running", "source_sport": "Run", "duration": 60.0})
    assert merged([row, track]).columns == {"b": ("sport", "source_sport")}


def test_gaps_of_a_source_are_not_bridged() -> None:
    axis = {"time": np.arange(100.0)}
    meter = {"time": np.array([0.0, 2.0, 60.0, 61.0]), "power": np.array([200.0, 220.0, 100.0, 100.0])}
    power = merged_samples(axis, [(meter, ["power"], 0.0)])["power"]
    assert power[1] == 210.0
    assert np.isnan(power[30])
    assert np.isnan(power[90])


def test_a_shifted_source_is_set_right() -> None:
    axis = {"time": np.array([100.0, 101.0])}
    behind = {"time": np.array([40.0, 41.0]), "hr": np.array([120.0, 130.0])}
    assert merged_samples(axis, [(behind, ["hr"], 60.0)])["hr"].tolist() == [120.0, 130.0]
