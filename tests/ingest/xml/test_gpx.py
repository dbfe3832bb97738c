"""Tracks, segments and clocks of GPX files."""

from __future__ import annotations

import math

import pytest

from fitintel.ingest.xml import read_gpx
from tests.ingest.xml.files import gpx, point, segment, stamp, track
from tests.ingest.xml.read import NOON, detail, only, rules


def test_segments_are_one_workout_and_what_lies_between_is_a_pause_without_distance() -> None:
    made = only(read_gpx(gpx(track(segment(range(10)), segment(range(100, 110))))))
    assert made.pauses == ((NOON + 9, NOON + 100),)
    assert made.start == NOON
    assert len(made.time) == 20
    distance = made.stream["distance"]
    assert distance[10] == distance[9]
    assert distance[-1] == pytest.approx(18 * 1e-4 * math.radians(1) * 6_371_008.8, rel=1e-4)


def test_segments_that_follow_at_once_are_no_pause() -> None:
    made = only(read_gpx(gpx(track(segment(range(10)), segment([]), segment(range(10, 20))))))
    assert made.pauses == ()


def test_a_track_with_breaks_of_many_hours_is_several_workouts() -> None:
    file = read_gpx(gpx(track(segment(range(10)), segment(range(5 * 3600, 5 * 3600 + 10)))))
    assert [one.start for one in file.recordings] == [NOON, NOON + 5 * 3600]
    assert "gpx_track_split" in rules(file)


def test_two_tracks_are_two_workouts() -> None:
    file = read_gpx(gpx(track(segment(range(10)), name="out"), track(segment(range(20, 30)), name="back")))
    assert [one.name for one in file.recordings] == ["out", "back"]


def test_a_track_that_continues_another_is_joined_and_said() -> None:
    file = read_gpx(gpx(track(segment(range(10)), name="LOG"), track(segment(range(60, 70)), name="LOG #2")))
    assert len(only(file).time) == 20
    assert "gpx_tracks_joined" in rules(file)
    later = read_gpx(gpx(track(segment(range(10)), name="LOG"), track(segment(range(700, 710)), name="LOG #2")))
    assert len(later.recordings) == 2
    other = read_gpx(gpx(track(segment(range(10)), kind="run"), track(segment(range(60, 70)), kind="cycling")))
    assert [one.sport for one in other.recordings] == ["running", "cycling"]


def test_a_track_without_times_is_no_workout_and_said() -> None:
    file = read_gpx(gpx(track(segment([None] * 5), name="planned"), track(segment(range(5)))))
    assert len(file.recordings) == 1
    assert detail(file, "gpx_no_times") == "track 1 (planned): 5 points"
    nothing = read_gpx(gpx(track(segment([None] * 5))))
    assert (nothing.kind, nothing.recordings, nothing.points) == ("route", (), 5)


def test_points_without_time_are_left_out_and_counted() -> None:
    file = read_gpx(gpx(track(segment([0, None, 2, None, None, 5]))))
    assert only(file).time.tolist() == [NOON, NOON + 2, NOON + 5]
    assert detail(file, "xml_point_without_time") == "track 1: 3 of 6 points"


def test_points_out_of_order_are_put_in_order_and_said() -> None:
    file = read_gpx(gpx(track(segment([0, 1, 5, 4, 6]))))
    assert (only(file).time - NOON).tolist() == [0, 1, 4, 5, 6]
    assert "time goes back 1 times" in detail(file, "xml_out_of_order")


def test_of_points_with_one_time_the_last_value_of_each_channel_counts() -> None:
    hr = "<extensions><hr>{}</hr></extensions>".format
    points = point(0, 50.0) + point(1, 50.1, inside=hr(120)) + point(1, 50.2) + point(2, 50.3)
    file = read_gpx(gpx(track(f"<trkseg>{points}</trkseg>")))
    made = only(file)
    assert len(made.time) == 3
    assert made.stream["lat"][1] == pytest.approx(50.2001)
    assert made.stream["hr"][1] == 120
    assert detail(file, "xml_same_time").startswith("1 points")


@pytest.mark.parametrize("wrong", ["1901-12-13T20:45:52Z", "1970-01-01T00:00:00Z"])
def test_a_point_of_a_clock_never_set_is_left_out(wrong: str) -> None:
    odd = f'<trkpt lat="50" lon="6"><time>{wrong}</time></trkpt>'
    file = read_gpx(gpx(track(f"<trkseg>{point(0)}{odd}{point(1)}</trkseg>")))
    assert (only(file).time - NOON).tolist() == [0, 1]
    assert "xml_time_before_1990" in rules(file)


def test_a_point_years_away_is_left_out() -> None:
    odd = '<trkpt lat="50" lon="6"><time>2004-02-29T12:00:00Z</time></trkpt>'
    file = read_gpx(gpx(track(f"<trkseg>{odd}{point(0)}{point(1)}</trkseg>")))
    assert (only(file).time - NOON).tolist() == [0, 1]
    assert "xml_time_far_off" in rules(file)


@pytest.mark.parametrize(
    ("text", "seconds", "offset"),
    [
        ("2024-02-29T14:00:00+02:00", 0.0, 7200.0),
        ("2024-02-29T12:00:00Z", 0.0, None),
        ("2024-02-29T12:00:00.1234567Z", 0.123456, None),
        ("2024-02-29T12:00:00,5Z", 0.5, None),
    ],
)
def test_zones_and_fractions_are_read(text: str, seconds: float, offset: float | None) -> None:
    file = read_gpx(gpx(track(f'<trkseg><trkpt lat="1" lon="2"><time>{text}</time></trkpt></trkseg>')))
    made = only(file)
    assert made.start == NOON + seconds
    assert made.utc_offset == offset
    assert "xml_time_without_zone" not in rules(file)


def test_a_time_without_zone_is_said() -> None:
    file = read_gpx(gpx(track('<trkseg><trkpt lat="1" lon="2"><time>2024-02-29T12:00:00</time></trkpt></trkseg>')))
    assert only(file).start == NOON
    assert only(file).utc_offset is None
    assert "xml_time_without_zone" in rules(file)


def test_a_second_clock_whole_hours_away_is_said_and_nothing_shifted() -> None:
    for shown, told in (
        (stamp(7200 + 2), True),
        (stamp(0), False),
        (stamp(7000), False),
        ("2024-03-08T12:00:00Z", False),
    ):
        file = read_gpx(gpx(track(segment(range(3))), before=f"<metadata><time>{shown}</time></metadata>"))
        assert only(file).start == NOON
        assert ("xml_clock_disagrees" in rules(file)) == told
