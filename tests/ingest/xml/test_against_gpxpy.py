"""Every figure of every real GPX file is the one that gpxpy reads; where we differ, the difference is said here.

Where we differ from gpxpy, on purpose:
- points without a time, or dated before 1990, are not placed (gpxpy keeps them without a time or with that one);
- points are put in the order of time and those of one time are merged, the last value of each channel counts;
- a time without a zone is UTC here and naive there (said as `xml_time_without_zone`);
- distance is on the great circle of the mean Earth radius, gpxpy's `length_2d` is on a plane of the equator's radius;
- files without any timed track give no recording, tracks that continue one another are one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.ingest.xml import XmlFile, read_gpx

gpxpy = pytest.importorskip("gpxpy", reason="gpxpy is the second opinion on GPX files (dev extra)")

FIRST = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
NAMES = {"hr": "hr", "cad": "cadence", "atemp": "temperature", "power": "power", "speed": "speed"}


@lru_cache(maxsize=128)
def both(path: Path) -> tuple[XmlFile, Any]:
    data = path.read_bytes()
    return read_gpx(data), gpxpy.parse(data.decode("utf-8-sig"))


def seconds(point: Any) -> float:
    if point.time is None:
        return math.nan
    aware = point.time if point.time.tzinfo else point.time.replace(tzinfo=UTC)
    return float(aware.timestamp())


def extended(point: Any) -> Iterator[tuple[str, float]]:
    for one in point.extensions:
        for each in one.iter():
            name = each.tag.rpartition("}")[2]
            if name in NAMES and (each.text or "").strip():
                yield NAMES[name], float(each.text)


def told(gpx: Any) -> dict[float, dict[str, float]]:
    """Time -> channel -> value, by the rules above, in plain Python."""
    rows: list[tuple[float, dict[str, float]]] = []
    for track in gpx.tracks:
        for segment in track.segments:
            for point in segment.points:
                when = seconds(point)
                if math.isnan(when) or when < FIRST:
                    continue
                row = {"lat": point.latitude, "lon": point.longitude, **dict(extended(point))}
                row |= {"elevation": point.elevation} if point.elevation is not None else {}
                row |= {"speed": point.speed} if point.speed is not None else {}
                rows.append((when, row))
    out: dict[float, dict[str, float]] = {}
    for when, row in sorted(rows, key=lambda one: one[0]):
        out.setdefault(when, {}).update(row)
    return out


def test_counts_of_points_and_tracks_are_the_same(real_gpx: Path) -> None:
    ours, theirs = both(real_gpx)
    assert ours.tracks == len(theirs.tracks)
    assert ours.points == theirs.get_track_points_no()


def test_times_positions_and_channels_are_the_same(real_gpx: Path) -> None:
    ours, theirs = both(real_gpx)
    expected = told(theirs)
    found: dict[float, dict[str, float]] = {}
    for made in ours.recordings:
        assert (np.diff(made.time) > 0).all()
        for place, when in enumerate(made.time.tolist()):
            row = {
                channel: float(values[place])
                for channel, values in made.stream.items()
                if channel != "distance" and not channel.startswith("dev:") and not math.isnan(values[place])
            }
            assert when not in found
            found[when] = row
    assert found == expected


def test_length_is_that_of_gpxpy_within_the_difference_of_the_earth_models(real_gpx: Path) -> None:
    ours, theirs = both(real_gpx)
    timed = [one for track in theirs.tracks for one in track.segments if all(p.time for p in one.points)]
    if not ours.recordings or any(rule.startswith("xml_") for rule, _ in ours.remarks) or len(timed) == 0:
        return
    whole = sum(segment.length_2d() for segment in timed)
    found = math.fsum(float(made.stream["distance"][-1]) for made in ours.recordings)
    assert found == pytest.approx(whole, rel=5e-3, abs=0.5)


def test_names_and_makers_are_the_same(real_gpx: Path) -> None:
    ours, theirs = both(real_gpx)
    assert ours.maker == (theirs.creator or "")
    names = {(track.name or "").strip() for track in theirs.tracks} | {(theirs.name or "").strip()}
    assert {made.name for made in ours.recordings} <= names


def test_files_without_recordings_say_why(real_gpx: Path) -> None:
    ours, theirs = both(real_gpx)
    if ours.recordings:
        assert ours.kind == "activity"
        return
    rules = {rule for rule, _ in ours.remarks}
    assert rules & ({"gpx_no_times"} if theirs.get_track_points_no() else {"gpx_no_track"})
    assert not told(theirs)


def test_no_real_file_is_found_to_hold_nothing_by_mistake(real_gpx: Path) -> None:
    ours, theirs = both(real_gpx)
    if told(theirs):
        assert ours.recordings
