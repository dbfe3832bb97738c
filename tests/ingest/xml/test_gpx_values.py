"""Values, extensions and names of GPX files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.ingest.xml import read_gpx, read_tcx
from tests.ingest.xml.files import NAMESPACES, gpx, point, segment, stamp, track
from tests.ingest.xml.read import NOON, detail, only, rules

EXTENSIONS = {
    "garmin": "<gpxtpx:TrackPointExtension><gpxtpx:hr>130</gpxtpx:hr><gpxtpx:cad>85</gpxtpx:cad>"
    "<gpxtpx:atemp>21.5</gpxtpx:atemp></gpxtpx:TrackPointExtension><power>222</power>",
    "no namespace": "<hr>130</hr><cad>85</cad><temp>21.5</temp><power>222</power>",
    "its own namespace on each": '<TrackPointExtension xmlns="x"><hr>130</hr><cad>85</cad><atemp>21.5</atemp>'
    '</TrackPointExtension><PowerExtension xmlns="p"><PowerInWatts>222</PowerInWatts></PowerExtension>',
    "cluetrust": '<x:hr xmlns:x="c">130</x:hr><x:cadence xmlns:x="c">85</x:cadence><x:temp xmlns:x="c">21.5</x:temp>'
    '<x:power xmlns:x="c">222</x:power>',
}


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("kind", EXTENSIONS)
def test_extensions_are_read_in_any_namespace(kind: str, fast: bool) -> None:
    data = gpx(track(segment(range(100), f"<extensions>{EXTENSIONS[kind]}</extensions>")))
    stream = only(read_gpx(data, fast=fast)).stream
    found = [stream[name][50] for name in ("hr", "cadence", "temperature", "power")]
    assert found == [130, 85, 21.5, 222]


def test_what_is_not_named_is_kept_as_a_channel_of_its_own() -> None:
    inside = "<extensions><speed>2.5</speed><hAcc>4.5</hAcc><mode>walk</mode></extensions>"
    stream = only(read_gpx(gpx(track(segment(range(5), inside))))).stream
    assert stream["speed"].tolist() == [2.5] * 5
    assert stream["dev:hAcc"].tolist() == [4.5] * 5
    assert "dev:mode" not in stream


def test_missing_and_unreadable_values_are_missing_and_counted() -> None:
    inside = ("<hr>130</hr>", "<hr/>", "<hr></hr>", "<hr>fast</hr>", "<hr>1e400</hr>", "<hr>0</hr>", "")
    points = "".join(point(second, inside=f"<extensions>{one}</extensions>") for second, one in enumerate(inside))
    file = read_gpx(gpx(track(f"<trkseg>{points}</trkseg>")))
    np.testing.assert_array_equal(only(file).stream["hr"], [130, *[np.nan] * 6])
    assert detail(file, "xml_value_unreadable") == "2 of hr, the first in point 4"
    assert detail(file, "xml_value_sentinel").startswith("1 of hr")


BAD = [
    'lat="91" lon="6"',
    'lat="50" lon="181"',
    'lat="NaN" lon="6"',
    'lat="" lon="6"',
    'lon="6"',
    "",
    'lat="1e400" lon="6"',
]


@pytest.mark.parametrize("fast", [True, False])
def test_impossible_positions_are_missing_and_counted(fast: bool) -> None:
    odd = "".join(f"<trkpt {where}><time>{stamp(20 + at)}</time></trkpt>" for at, where in enumerate(BAD))
    whole = "".join(point(second) for second in range(20))
    file = read_gpx(gpx(track(f"<trkseg>{whole}{odd}</trkseg>")), fast=fast)
    assert np.isnan(only(file).stream["lat"]).sum() == len(BAD)
    assert np.isnan(only(file).stream["lon"]).sum() == len(BAD)
    assert detail(file, "xml_position_impossible") == f"{len(BAD)} of {20 + len(BAD)} points, the first is point 21"


def test_a_file_whose_positions_are_mostly_impossible_is_refused() -> None:
    odd = "".join(f'<trkpt lat="91" lon="6"><time>{stamp(second)}</time></trkpt>' for second in range(1, 4))
    with pytest.raises(UnreadableFile, match="3 of 4 positions are impossible") as raised:
        read_gpx(gpx(track(f"<trkseg>{point(0)}{odd}</trkseg>")))
    assert raised.value.rule == "xml_positions_impossible"


@pytest.mark.parametrize(
    ("before", "kind"),
    [("", "empty"), ('<wpt lat="1" lon="2"/>', "waypoints"), ('<rte><rtept lat="1" lon="2"/></rte>', "route")],
)
def test_routes_and_waypoints_are_recognised_and_said(before: str, kind: str) -> None:
    file = read_gpx(gpx(before=before))
    assert (file.kind, file.recordings) == (kind, ())
    assert rules(file) == ["gpx_no_track"]


@pytest.mark.parametrize("attributes", [NAMESPACES, NAMESPACES.replace("/1/1", "/1/0"), "", ' xmlns="urn:other"'])
def test_any_or_no_namespace_is_read(attributes: str) -> None:
    assert len(only(read_gpx(gpx(track(segment(range(3))), attributes=attributes))).time) == 3


def test_name_type_and_notes_come_along() -> None:
    words = "<name>Tour &amp; Caf&#233;</name><desc>a &lt;b&gt;</desc><cmt>c</cmt><type>Trail Run</type>"
    made = only(read_gpx(gpx(f"<trk>{words}{segment(range(3))}</trk>")))
    assert (made.name, made.notes, made.source_sport, made.sport) == ("Tour & Café", "a <b>\nc", "Trail Run", "running")
    assert made.maker == "test"


def test_a_script_in_a_name_is_text() -> None:
    made = only(read_gpx(gpx(f"<trk><name><![CDATA[<script>alert(1)</script>]]></name>{segment(range(3))}</trk>")))
    assert made.name == "<script>alert(1)</script>"


def test_sport_comes_from_type_then_from_a_name_that_is_a_sport() -> None:
    assert only(read_gpx(gpx(track(segment(range(3)), kind="quidditch")))).sport == "other"
    named = read_gpx(gpx(track(segment(range(3)), name="Running")))
    assert only(named).sport == "running"
    assert "gpx_sport_from_name" in rules(named)
    strava = gpx(track(segment(range(3)), kind="9")).replace(b'creator="test"', b'creator="StravaGPX"')
    assert only(read_gpx(strava)).sport == "running"


def test_cadence_of_one_leg_is_said_and_not_doubled() -> None:
    file = read_gpx(gpx(track(segment(range(3), "<extensions><cad>84</cad></extensions>"), kind="running")))
    assert only(file).stream["cadence"].tolist() == [84.0] * 3
    assert "cadence_one_leg" in rules(file)


def test_a_recorded_distance_is_used_and_a_derived_one_is_said() -> None:
    own = read_gpx(gpx(track(segment(range(3), "<extensions><distance>7</distance></extensions>"))))
    assert only(own).stream["distance"].tolist() == [7.0] * 3
    assert "gpx_distance_derived" not in rules(own)
    assert "gpx_distance_derived" in rules(read_gpx(gpx(track(segment(range(3))))))


def test_what_the_device_says_of_a_track_is_its_summary() -> None:
    stats = (
        "<Distance>1234.5</Distance><TimerTime>600</TimerTime><Calories>10</Calories><AvgHeartRate>140</AvgHeartRate>"
    )
    inside = f'<extensions><s:TrackStatsExtension xmlns:s="g">{stats}</s:TrackStatsExtension></extensions>'
    made = only(read_gpx(gpx(f"<trk>{inside}{segment(range(3))}</trk>")))
    assert made.device == {"distance": 1234.5, "duration": 600.0, "energy": 41840.0, "hr_mean": 140.0}


def test_another_xml_document_is_no_gpx() -> None:
    with pytest.raises(UnknownFormat, match="kml"):
        read_gpx(b"<kml></kml>")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.integers(0, 300), min_size=1, max_size=80), st.booleans())
def test_every_point_is_placed_or_counted(seconds: list[int | None], fast: bool) -> None:
    file = read_gpx(gpx(track(segment(seconds))), fast=fast)
    timed = [second for second in seconds if second is not None]
    assert file.points == len(seconds)
    if not timed:
        assert file.recordings == ()
        return
    made = only(file)
    assert (made.time - NOON).tolist() == sorted(set(timed))
    assert (np.diff(made.time) > 0).all()
    assert all(len(values) == len(made.time) for values in made.stream.values())
    assert ("xml_point_without_time" in rules(file)) == (None in seconds)
    assert ("xml_same_time" in rules(file)) == (len(set(timed)) < len(timed))
    assert ("xml_out_of_order" in rules(file)) == (sorted(timed) != timed)
    assert (np.diff(made.stream["distance"]) >= 0).all()


def test_the_same_ride_in_gpx_and_tcx_is_the_same(shared_xml: Callable[[str], bytes]) -> None:
    one = only(read_gpx(shared_xml("sweatpy/activity_5039744860.gpx")))
    other = only(read_tcx(shared_xml("sweatpy/activity_5039744860.tcx")))
    assert one.time.tolist() == other.time.tolist()
    assert one.sport == other.sport
    for channel in ("hr", "cadence"):
        np.testing.assert_array_equal(one.stream[channel], other.stream[channel])
    np.testing.assert_allclose(one.stream["lat"], other.stream["lat"], atol=1e-9)
    # 246 m lie in 32 s without points: the device did not count them, positions cannot know that
    steps, seconds = np.diff(one.stream["distance"]), np.diff(one.time)
    assert steps[seconds < 10].sum() == pytest.approx(other.device["distance"], rel=0.03)
