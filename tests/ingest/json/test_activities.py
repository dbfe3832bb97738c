"""Activities in JSON files: real runs of Nike and an activity of Strava, read like any recorded file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.core.errors import UnexpectedAnswer, UnknownFormat, UnreadableFile
from fitintel.core.recording import Recording
from fitintel.ingest.format import Format, format_of
from fitintel.ingest.sources.json import read

DATA = Path(os.environ.get("FITINTEL_TEST_DATA", Path(__file__).parents[4] / "shared" / "data")) / "runpandas"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not there")


def one(data: bytes) -> Recording:
    (found,) = read(data, salvage=False).recordings
    return found


def nike(name: str) -> bytes:
    return (DATA / "nikerun" / name).read_bytes()


def strava(**streams: Any) -> bytes:
    activity = json.loads((DATA / "strava" / "activity.json").read_bytes())
    given = json.loads((DATA / "strava" / "streams.json").read_bytes())
    return json.dumps({"activity": activity, "streams": {**given, **streams}}).encode()


@needs_data
@pytest.mark.parametrize("path", sorted(DATA.glob("nikerun/samples/*.json")), ids=lambda path: path.stem[:8])
def test_a_run_of_nike_agrees_with_what_nike_says_of_it(path: Path) -> None:
    data = path.read_bytes()
    said = json.loads(data)
    total = {(each["metric"], each["summary"]): each["value"] for each in said["summaries"]}
    found = one(data)
    assert format_of(data) is Format.JSON
    assert (found.sport, found.maker, found.source_id) == ("running", "Nike Run Club", said["id"])
    assert found.start == said["start_epoch_ms"] / 1000
    assert found.device["duration"] == said["active_duration_ms"] / 1000
    distance = found.stream["distance"]
    assert np.nanmax(distance) == pytest.approx(1000 * total["distance", "total"])
    assert (np.diff(distance[~np.isnan(distance)]) >= 0).all()
    beats = [each["value"] for metric in said["metrics"] if metric["type"] == "heart_rate" for each in metric["values"]]
    assert set(map(float, beats)) <= set(found.stream["hr"].tolist()), "no reading is lost or changed"
    assert (np.diff(found.time) > 0).all()
    halts = sum(end - start for start, end in found.pauses)
    assert found.device["elapsed"] - halts == pytest.approx(found.device["duration"], abs=0.5)


@needs_data
def test_the_same_run_as_gpx_has_the_same_way() -> None:
    from fitintel.ingest.xml import read_gpx

    name = "f8717eae-81fa-4b81-a3ce-82330694e699"
    (track,) = read_gpx((DATA / "session" / f"{name}.gpx").read_bytes()).recordings
    run = one(nike(f"samples/{name}.json"))
    at = np.searchsorted(run.time, track.time, side="left").clip(0, len(run.time) - 1)
    near = np.abs(run.time[at] - track.time) < 0.01
    assert near.mean() > 0.9
    for channel in ("lat", "lon"):
        assert run.stream[channel][at[near]] == pytest.approx(track.stream[channel][near], abs=1e-9)


@needs_data
@pytest.mark.parametrize(
    ("name", "where"), [("malformed_lat.json", "$.metrics"), ("malformed_metrics.json", "$.metrics")]
)
def test_a_run_that_contradicts_itself_is_refused_with_its_place(name: str, where: str) -> None:
    with pytest.raises(UnexpectedAnswer) as caught:
        one(nike(name))
    assert (caught.value.rule, caught.value.where) == ("json_unexpected", where)


@needs_data
@pytest.mark.parametrize(
    ("name", "missing", "said"),
    [("malformed_lat_lon.json", "lat", "'lat', 'long'"), ("missing_columns_nikerun.json", "hr", "'hrar'")],
)
def test_metrics_of_unknown_names_are_said_and_the_others_read(name: str, missing: str, said: str) -> None:
    found = one(nike(name))
    assert missing not in found.stream
    assert "distance" in found.stream
    assert said in dict(found.remarks)["kind_not_read"]


@needs_data
def test_an_activity_of_strava_with_its_streams_is_read_like_its_api() -> None:
    found = one(strava())
    assert (found.sport, found.source_id, found.utc_offset) == ("running", "4437021783", -10_800.0)
    assert len(found.time) == 1747
    assert found.stream["hr"][0] == 111.0
    both = json.loads(strava())
    both["streams"] = [{"type": name, **each} for name, each in both["streams"].items()]
    assert one(json.dumps(both).encode()).stream["hr"].tolist() == found.stream["hr"].tolist()


@needs_data
def test_an_activity_alone_is_a_workout_without_samples_and_streams_alone_ask_for_their_activity() -> None:
    found = one((DATA / "strava" / "activity.json").read_bytes())
    assert (len(found.time), found.device["distance"], len(found.laps)) == (0, 12_019.7, 13)
    with pytest.raises(UnreadableFile) as caught:
        one((DATA / "strava" / "streams.json").read_bytes())
    assert caught.value.rule == "samples_without_date"


@needs_data
def test_a_list_and_lines_of_activities_are_one_workout_each() -> None:
    activity = json.loads((DATA / "strava" / "activity.json").read_bytes())
    both = [activity, {**activity, "id": 2, "start_date": "2020-12-07T09:36:27Z"}]
    lines = b"\n".join(json.dumps(each).encode() for each in both)
    for data in (json.dumps(both).encode(), lines, b"\xef\xbb\xbf" + lines + b"\n"):
        assert [each.source_id for each in read(data, salvage=False).recordings] == ["4437021783", "2"]


@pytest.mark.parametrize("data", [b"{}", b"[]", b"[[1]]", b"[1, 2]", b'{"start_epoch_ms": 1}', b'{"time": 1}'])
def test_json_of_another_kind_is_refused_and_says_what_it_holds(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        read(data, salvage=False)
