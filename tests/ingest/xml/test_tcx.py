"""What happens to activities, laps, tracks and trackpoints of TCX files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.ingest.xml import XmlFile, read_tcx
from tests.ingest.xml.files import activity, lap, stamp, tcx, trackpoint
from tests.ingest.xml.read import NOON, only, rules


def test_laps_are_what_the_device_wrote_and_their_sums_the_summary() -> None:
    more = (
        "<DistanceMeters>{}</DistanceMeters><MaximumSpeed>{}</MaximumSpeed><Calories>10</Calories>"
        "<AverageHeartRateBpm><Value>{}</Value></AverageHeartRateBpm>"
        "<MaximumHeartRateBpm><Value>{}</Value></MaximumHeartRateBpm>"
        "<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod>"
    ).format
    file = read_tcx(
        tcx(
            activity(
                lap(0, range(60), 60, "", more(100, 3, 120, 130)),
                lap(60, range(60, 240), 180, "", more(300, 4, 160, 170)),
            )
        )
    )
    made = only(file)
    assert made.device == {
        "duration": 240.0, "distance": 400.0, "energy": 83680.0, "hr_max": 170.0, "speed_max": 4.0, "hr_mean": 150.0,
        "laps": 2.0,
    }  # fmt: skip
    assert made.laps[0] == {
        "start": NOON, "end": NOON + 60, "duration": 60.0, "distance": 100.0, "speed_max": 3.0, "energy": 41840.0,
        "hr_mean": 120.0, "hr_max": 130.0, "intensity": "Active", "trigger": "Manual",
    }  # fmt: skip
    assert (made.laps[1]["start"], made.laps[1]["end"]) == (NOON + 60, NOON + 240)
    assert made.pauses == ()


def test_several_activities_are_several_workouts() -> None:
    file = read_tcx(tcx(activity(lap(0, range(5))) + activity(lap(900, range(900, 905)), sport="Biking")))
    assert [(one.sport, one.start) for one in file.recordings] == [("running", NOON), ("cycling", NOON + 900)]
    assert file.tracks == 2


def test_a_multi_sport_session_is_one_workout_with_legs() -> None:
    swim, ride = activity(lap(0, range(5)), sport="Other"), activity(lap(100, range(100, 110)), sport="Biking")
    transition = f'<Transition StartTime="{stamp(5)}"><TotalTimeSeconds>95</TotalTimeSeconds></Transition>'
    session = f"<MultiSportSession><Id>{stamp(0)}</Id><FirstSport>{swim}</FirstSport>"
    session += f"<NextSport>{transition}{ride}</NextSport></MultiSportSession>"
    file = read_tcx(tcx(session + activity(lap(5000, range(5000, 5003)))))
    first, second = file.recordings
    assert first.sport == "multisport"
    assert [(leg.sport, leg.start - NOON, leg.end - NOON) for leg in first.legs] == [
        ("other", 0.0, 5.0),
        ("cycling", 100.0, 110.0),
    ]
    assert len(first.time) == 15
    assert second.sport == "running"


def test_breaks_between_tracks_of_a_lap_are_pauses() -> None:
    tracks = "".join(
        f"<Track>{''.join(trackpoint(second) for second in part)}</Track>" for part in (range(9), range(60, 69))
    )
    whole = f'<Lap StartTime="{stamp(0)}"><TotalTimeSeconds>18</TotalTimeSeconds>{tracks}</Lap>'
    assert only(read_tcx(tcx(activity(whole)))).pauses == ((NOON + 8, NOON + 60),)


def test_breaks_between_laps_are_pauses_only_where_the_lap_does_not_fill_them() -> None:
    paused = read_tcx(tcx(activity(lap(0, range(10), 10), lap(60, range(60, 70), 10))))
    assert only(paused).pauses == ((NOON + 9, NOON + 60),)
    sparse = read_tcx(tcx(activity(lap(0, range(10), 60), lap(60, range(60, 70), 10))))
    assert only(sparse).pauses == ()


def test_extensions_become_speed_power_and_cadence() -> None:
    inside = (
        "<HeartRateBpm><Value>140</Value></HeartRateBpm><Extensions><TPX xmlns='http://www.garmin.com/xmlschemas/"
        "ActivityExtension/v2'><Speed>2.5</Speed><RunCadence>84</RunCadence><Watts>250.5</Watts></TPX></Extensions>"
    )
    file = read_tcx(tcx(activity(lap(0, range(3), 3, inside))))
    stream = only(file).stream
    assert {name: values[1] for name, values in stream.items()} == {
        "hr": 140.0, "speed": 2.5, "cadence": 84.0, "power": 250.5,
    }  # fmt: skip
    assert "cadence_one_leg" in rules(file)


def test_signs_for_no_value_are_missing_and_counted() -> None:
    inside = ("<Watts>250.5</Watts>", "<Watts></Watts>", "<Watts>65535</Watts>", "<Watts>much</Watts>")
    points = "".join(
        trackpoint(second, f"<HeartRateBpm><Value>0</Value></HeartRateBpm><Extensions><TPX>{one}</TPX></Extensions>")
        for second, one in enumerate(inside)
    )
    whole = f'<Lap StartTime="{stamp(0)}"><Track>{points}</Track></Lap>'
    file = read_tcx(tcx(activity(whole)))
    made = only(file)
    assert "hr" not in made.stream
    np.testing.assert_array_equal(made.stream["power"], [250.5, np.nan, np.nan, np.nan])
    said = dict.fromkeys(file.remarks)
    assert ("xml_value_sentinel", "1 of power: the device's sign for no value") in said
    assert ("xml_value_sentinel", "4 of hr: the device's sign for no value") in said
    assert ("xml_value_unreadable", "1 of power, the first in point 4") in said


def test_figures_of_a_lap_that_cannot_be_are_left_out_and_said() -> None:
    more = "<DistanceMeters>-5</DistanceMeters><AverageHeartRateBpm><Value>0</Value></AverageHeartRateBpm>"
    file = read_tcx(tcx(activity(lap(0, range(3), 0, "", more))))
    made = only(file)
    assert set(made.laps[0]) == {"start", "end"}
    assert made.device == {"laps": 1.0}
    (said,) = [detail for rule, detail in file.remarks if rule == "tcx_lap_odd"]
    assert said == "lap 1: TotalTimeSeconds 0, DistanceMeters -5, AverageHeartRateBpm 0 cannot be and is left out"


def test_a_lap_without_points_still_counts() -> None:
    made = only(read_tcx(tcx(activity(lap(0, [], 1800, "", "<DistanceMeters>5000</DistanceMeters>")))))
    assert made.device == {"duration": 1800.0, "distance": 5000.0, "laps": 1.0}
    assert (made.start, len(made.time)) == (NOON, 0)
    assert [rule for rule, _ in made.remarks] == ["tcx_no_points"]


def test_a_lap_start_of_a_broken_clock_gives_way_to_its_points(shared_xml: Callable[[str], bytes]) -> None:
    made = only(read_tcx(shared_xml("rowingdata/painsled.tcx")))
    assert made.laps[0]["start"] == made.start == made.time[0]
    assert "tcx_lap_odd" in {rule for rule, _ in made.remarks}


def test_an_activity_that_cannot_be_placed_is_said() -> None:
    file = read_tcx(tcx('<Activity Sport="Running"><Id>x</Id></Activity>'))
    assert file.recordings == ()
    assert rules(file) == ["tcx_nothing_placed"]


def test_a_course_is_recognised_and_is_no_workout() -> None:
    course = f"<Course><Name>Loop</Name><Lap/><Track>{trackpoint(0)}{trackpoint(1)}</Track></Course>"
    file = read_tcx(tcx(course, "Courses"))
    assert (file.kind, file.recordings, file.points) == ("course", (), 0)
    assert rules(file) == ["tcx_course"]
    assert (read_tcx(tcx("")).kind, rules(read_tcx(tcx("")))) == ("empty", ["tcx_no_activity"])


def test_positions_that_are_missing_are_no_fault_and_impossible_ones_are_said() -> None:
    place = "<Position><LatitudeDegrees>{}</LatitudeDegrees><LongitudeDegrees>6</LongitudeDegrees></Position>".format
    points = trackpoint(0, place(50)) + trackpoint(1) + trackpoint(2, place(95))
    file = read_tcx(tcx(activity(f'<Lap StartTime="{stamp(0)}"><Track>{points}</Track></Lap>')))
    np.testing.assert_array_equal(only(file).stream["lat"], [50, np.nan, np.nan])
    assert [detail for rule, detail in file.remarks if rule == "xml_position_impossible"] == ["1 of 3 points"]


def test_device_identity_name_and_notes_come_along() -> None:
    more = (
        "<Notes>windy &amp; wet</Notes><Training><Plan><Name>Intervals</Name></Plan></Training>"
        "<Creator><Name>Forerunner</Name><UnitId>123</UnitId></Creator>"
    )
    made = only(read_tcx(tcx(activity(lap(0, range(3)), more=more))))
    assert (made.maker, made.name, made.notes) == ("Forerunner", "Intervals", "windy & wet")
    assert made.source_id == f"123-{stamp(0)}"
    assert only(read_tcx(tcx(activity(lap(0, range(3)))))).source_id == ""


def test_an_id_whole_hours_from_the_first_point_is_said() -> None:
    shifted = activity(lap(7200, range(7200, 7205)))
    assert "xml_clock_disagrees" in rules(read_tcx(tcx(shifted)))
    assert "xml_clock_disagrees" not in rules(read_tcx(tcx(activity(lap(0, range(5))))))


def test_space_before_the_first_tag_is_tolerated_and_said() -> None:
    file = read_tcx(b"\n  " + tcx(activity(lap(0, range(3)))))
    assert rules(file) == ["xml_leading_space"]
    assert len(only(file).time) == 3


def test_real_files_with_faults_are_kept_with_a_remark(shared_xml: Callable[[str], bytes]) -> None:
    for name, rule, points in (
        ("rowingdata/invalidchar.tcx", "xml_control_characters", 875),
        ("rowingdata/recover.tcx", "xml_prefix_undeclared", 41),
        ("runpandas/tcx/malformed.tcx", "xml_root_missing", 384),
    ):
        file = read_tcx(shared_xml(name))
        assert rule in rules(file)
        assert len(only(file).time) == file.points == points


def test_a_real_file_that_is_no_xml_is_refused_with_its_place(shared_xml: Callable[[str], bytes]) -> None:
    with pytest.raises(UnreadableFile, match=r"not XML. Where: line 1, byte 0. Why: it starts with 'bla bla"):
        read_tcx(shared_xml("rowingdata/faketcx.tcx"))


def test_a_gpx_file_is_no_tcx() -> None:
    with pytest.raises(UnknownFormat, match="'gpx'"):
        read_tcx(b"<gpx></gpx>")


LAP_FIGURES = {"duration": rb"<TotalTimeSeconds>", "distance": rb"<DistanceMeters>", "energy": rb"<Calories>"}


def test_lap_totals_are_the_ones_written_in_every_real_file(real_tcx: Path, read: Callable[..., XmlFile]) -> None:
    made = only(read(real_tcx))
    heads = [
        head.split(b"<Track>")[0]
        for head in re.split(rb"<Lap ", re.sub(rb"<!--.*?-->", b"", real_tcx.read_bytes(), flags=re.DOTALL))[1:]
    ]
    assert len(made.laps) == len(heads)
    for key, tag in LAP_FIGURES.items():
        written = [float(re.search(tag + rb"\s*([^<]*)<", head)[1]) for head in heads]
        factor = 4184.0 if key == "energy" else 1.0
        assert [one[key] for one in made.laps] == pytest.approx([value * factor for value in written])
        assert made.device[key] == pytest.approx(sum(written) * factor)
    assert made.device["laps"] == len(heads)
    assert all(one["end"] >= one["start"] for one in made.laps)
