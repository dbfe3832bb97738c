"""Every figure of every real TCX file is the one that tcxreader reads; where we differ, the difference is said here.

Where we differ from tcxreader, on purpose:
- it refuses files with an undeclared prefix or a NUL byte; we keep them, with a remark (compared after mending);
- it reads `Value` of a heart rate as a whole number and 0 as 0; here it is as written, and 0 is missing;
- points of one time are merged, the last value of each channel counts;
- its channels beside speed, cadence and power stay in a dict; RunCadence is cadence here where there is no Cadence;
- its laps are only those with points; its lap figures but distance and calories are computed from the points, ours are
  what the device wrote (compared with the XML itself in test_tcx.py).
"""

from __future__ import annotations

import io
import math
import re
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.core.units import JOULE_PER_KCAL
from fitintel.ingest.xml import XmlFile, read_tcx

reader = pytest.importorskip("tcxreader.tcxreader", reason="tcxreader is the second opinion on TCX files (dev extra)")

SPEED_ELSEWHERE = {"run.tcx"}
"""TomTom writes TPX in the namespace of TCX itself; tcxreader looks for it in Garmin's extension only."""
XSI = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
SPACE = b'<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"' + XSI + b">"


@lru_cache(maxsize=64)
def both(path: Path) -> tuple[XmlFile, Any]:
    data = path.read_bytes()
    mended = data.replace(b"\0", b"")
    if path.name == "recover.tcx":
        mended = mended.replace(b"<TrainingCenterDatabase", b"<TrainingCenterDatabase" + XSI, 1)
    if path.name == "malformed.tcx":
        head, tail = mended.split(b"<Activities>", 1)
        mended = head + SPACE + b"<Activities>" + tail.rstrip() + b"</TrainingCenterDatabase>"
    return read_tcx(data), reader.TCXReader().read(io.BytesIO(mended), only_gps=False)


def told(exercise: Any) -> dict[float, dict[str, float]]:
    """Time -> channel -> value, by the rules above, in plain Python."""
    out: dict[float, dict[str, float]] = {}
    for point in sorted(exercise.trackpoints, key=lambda one: one.time.replace(tzinfo=UTC)):
        cadence = point.cadence if point.cadence is not None else point.tpx_ext.get("RunCadence")
        row = {
            "lat": point.latitude, "lon": point.longitude, "elevation": point.elevation, "distance": point.distance,
            "hr": point.hr_value or None, "cadence": cadence, "speed": point.tpx_ext.get("Speed"),
            "power": point.tpx_ext.get("Watts"),
        }  # fmt: skip
        when = point.time.replace(tzinfo=UTC).timestamp()
        out.setdefault(when, {}).update({key: value for key, value in row.items() if value is not None})
    return out


def test_times_and_channels_are_the_same(real_tcx: Path) -> None:
    ours, theirs = both(real_tcx)
    assert ours.points == len(theirs.trackpoints)
    expected = told(theirs)
    (made,) = ours.recordings
    assert made.time.tolist() == list(expected)
    for channel in {key for row in expected.values() for key in row} | set(made.stream):
        if channel.startswith("dev:"):
            continue
        if channel == "speed" and real_tcx.name in SPEED_ELSEWHERE:
            written = re.findall(rb"<Speed>([^<]*)</Speed>", real_tcx.read_bytes())
            assert made.stream["speed"].tolist() == [float(one) for one in written]
            continue
        values = np.array([row.get(channel, math.nan) for row in expected.values()], float)
        found = made.stream[channel]
        np.testing.assert_array_equal(np.trunc(found) if channel in ("hr", "cadence") else found, values, channel)


def test_totals_are_the_same(real_tcx: Path) -> None:
    ours, theirs = both(real_tcx)
    (made,) = ours.recordings
    assert made.device["distance"] == pytest.approx(theirs.distance, rel=1e-12)
    # tcxreader rounds the calories of each lap
    assert made.device["energy"] / JOULE_PER_KCAL == pytest.approx(theirs.calories, abs=0.5 * len(theirs.laps))
    assert made.source_sport == theirs.activity_type


def test_laps_are_the_same(real_tcx: Path) -> None:
    ours, theirs = both(real_tcx)
    (made,) = ours.recordings
    held = [lap for lap in made.laps if ((made.time >= lap["start"] - 1) & (made.time <= lap["end"] + 1)).any()]
    assert len(held) == len(theirs.laps)
    assert [lap["distance"] for lap in held] == [lap.distance for lap in theirs.laps]
    for lap, other in zip(held, theirs.laps, strict=True):
        if "AvgSpeed" in other.lx_ext:
            assert lap["speed_mean"] == other.lx_ext["AvgSpeed"]
        if "MaxWatts" in other.lx_ext:
            assert lap["power_max"] == other.lx_ext["MaxWatts"]
