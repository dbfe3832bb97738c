"""GPX decoding against gpxpy and TCX against tcxreader, ratios of CPU time in one run, values asserted equal first.

    python bench/ingest_xml.py [--points 8357] [--repeat 5] [--no-real] [--json OUT]

gpxpy and tcxreader build an object for each point; we read the same bytes into recordings (streams, laps, pauses,
distance, remarks). `robust` is the same file read the way that odd files are read, without the fast path. The mix is
every shared file that the other reader reads to its end.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import numpy as np
from measure import exponent

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")
FIRST = 631_152_000.0
"""1990-01-01; earlier points are not placed"""

Reader = Callable[[bytes], Any]


def by_gpxpy(data: bytes) -> Any:
    import gpxpy

    return gpxpy.parse(data.decode("utf-8-sig"))


def by_tcxreader(data: bytes) -> Any:
    from tcxreader.tcxreader import TCXReader

    return TCXReader().read(io.BytesIO(data), only_gps=False)


def by_us(data: bytes, *, fast: bool = True) -> Any:
    from fitintel.ingest.xml import read_gpx, read_tcx

    return (read_gpx if b"<gpx" in data[:4096] else read_tcx)(data, fast=fast)


def points_of(told: Any) -> list[tuple[float, float | None, float | None]]:
    """Time and position of every point that the other reader gives a usable time."""
    if hasattr(told, "tracks"):
        points = [one for track in told.tracks for segment in track.segments for one in segment.points]
    else:
        points = told.trackpoints
    rows = [
        (one.time.replace(tzinfo=one.time.tzinfo or UTC).timestamp(), one) for one in points if one.time is not None
    ]
    return [(when, one.latitude, one.longitude) for when, one in rows if when >= FIRST]


def assert_equal(data: bytes, theirs: Reader) -> None:
    """The same times, and the same position at each time of which there is one point."""
    rows: dict[float, list[tuple[float | None, float | None]]] = {}
    for when, lat, lon in points_of(theirs(data)):
        rows.setdefault(when, []).append((lat, lon))
    made = by_us(data).recordings
    assert sorted(when for one in made for when in one.time.tolist()) == sorted(rows), "times"
    for one in made:
        for channel, place in (("lat", 0), ("lon", 1)):
            if channel not in one.stream:
                continue
            for when, value in zip(one.time.tolist(), one.stream[channel].tolist(), strict=True):
                if len(rows[when]) == 1:
                    other = rows[when][0][place]
                    assert math.isnan(value) if other is None else value == other, (channel, value, other)


def cpu(work: Callable[[], Any]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def paired(mix: list[bytes], theirs: Reader, repeat: int) -> dict[str, float]:
    """CPU seconds of each, measured in turn, and the middle one of the ratios of each pair."""
    rows = []
    for _ in range(repeat):
        ours = cpu(lambda: [by_us(data) for data in mix])
        robust = cpu(lambda: [by_us(data, fast=False) for data in mix])
        rows.append((ours, robust, cpu(lambda: [theirs(data) for data in mix])))
    return {
        "MB": sum(map(len, mix)) / 1e6,
        "ours": min(row[0] for row in rows),
        "theirs": min(row[2] for row in rows),
        "ratio": statistics.median(row[2] / max(row[0], 1e-6) for row in rows),
        "robust": statistics.median(row[2] / max(row[1], 1e-6) for row in rows),
    }


def long_gpx(points: int) -> bytes:
    """A ride as Garmin Connect writes it, with temperature, heart rate and cadence."""
    body = "".join(
        f'      <trkpt lat="52.15{at % 99_991:05d}1181638671875" lon="4.49{at % 99_989:05d}">\n'
        f"        <ele>{at % 300 / 10}</ele>\n        <time>2020-06-{1 + at // 86400:02d}T"
        f"{at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}.000Z</time>\n        <extensions>\n"
        f"          <ns3:TrackPointExtension>\n            <ns3:atemp>22.0</ns3:atemp>\n"
        f"            <ns3:hr>{100 + at % 70}</ns3:hr>\n            <ns3:cad>{80 + at % 20}</ns3:cad>\n"
        "          </ns3:TrackPointExtension>\n        </extensions>\n      </trkpt>\n"
        for at in range(points)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx creator="Garmin Connect" version="1.1"'
    spaces = (
        'xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1" xmlns="http://www.topografix.com/GPX/1/1"'
    )
    return f"{head} {spaces}>\n  <trk>\n    <trkseg>\n{body}    </trkseg>\n  </trk>\n</gpx>\n".encode()


def long_tcx(points: int) -> bytes:
    """A run as Garmin Connect writes it, in one lap."""
    body = "".join(
        f"<Trackpoint>\n<Time>2020-06-{1 + at // 86400:02d}T{at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}"
        f".000Z</Time>\n<Position>\n<LatitudeDegrees>52.15{at % 99_991:05d}118163</LatitudeDegrees>\n"
        f"<LongitudeDegrees>4.49{at % 99_989:05d}</LongitudeDegrees>\n</Position>\n"
        f"<AltitudeMeters>{at % 300 / 10}</AltitudeMeters>\n<DistanceMeters>{at * 2.5}</DistanceMeters>\n"
        f"<HeartRateBpm>\n<Value>{100 + at % 70}</Value>\n</HeartRateBpm>\n<Extensions>\n<ns3:TPX>\n"
        f"<ns3:Speed>2.5</ns3:Speed>\n<ns3:RunCadence>{80 + at % 20}</ns3:RunCadence>\n</ns3:TPX>\n</Extensions>\n"
        "</Trackpoint>\n"
        for at in range(points)
    )
    spaces = (
        'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"'
        ' xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    )
    total = f"<TotalTimeSeconds>{points}</TotalTimeSeconds>"
    lap = f'<Lap StartTime="2020-06-01T00:00:00Z">{total}<Track>{body}</Track></Lap>'
    activity = f'<Activity Sport="Running"><Id>2020-06-01T00:00:00Z</Id>{lap}</Activity>'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase'
    return f"{head} {spaces}><Activities>{activity}</Activities></TrainingCenterDatabase>".encode()


def real_mix(ending: str, theirs: Reader) -> list[bytes]:
    """Shared files that the other reader reads to the end and in which we find a workout."""
    found = []
    for path in sorted(SHARED.rglob(f"*{ending}")):
        data = path.read_bytes()
        try:
            theirs(data)
        except Exception as error:  # noqa: BLE001 - whatever it raises, it does not read the file
            print(f"  not compared: {path.name}: {type(error).__name__}")
            continue
        if by_us(data).recordings:
            found.append(data)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--points", type=int, default=8357)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--no-real", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    mixes: dict[str, tuple[list[bytes], Reader]] = {
        f"GPX, {options.points:,} points": ([long_gpx(options.points)], by_gpxpy),
        f"TCX, {options.points:,} points": ([long_tcx(options.points)], by_tcxreader),
    }
    if not options.no_real and SHARED.is_dir():
        for ending, theirs in ((".gpx", by_gpxpy), (".tcx", by_tcxreader)):
            mix = real_mix(ending, theirs)
            mixes[f"{ending[1:].upper()}, {len(mix)} real files"] = (mix, theirs)
    results = {}
    for name, (mix, theirs) in mixes.items():
        for data in mix:
            assert_equal(data, theirs)
        results[name] = paired(mix, theirs, options.repeat)
    print(f"{'':<22}{'MB':>8}{'ours s':>10}{'MB/s':>8}{'theirs s':>10}{'ratio':>8}{'robust':>8}")
    for name, row in results.items():
        print(
            f"{name:<22}{row['MB']:8.2f}{row['ours']:10.4f}{row['MB'] / row['ours']:8.0f}{row['theirs']:10.3f}"
            f"{row['ratio']:8.1f}{row['robust']:8.1f}"
        )
    sizes = [10_000, 20_000, 40_000, 80_000]
    for name, make in (("GPX", long_gpx), ("TCX", long_tcx)):
        seconds = []
        for size in sizes:
            data = make(size)
            seconds.append(min(cpu(lambda data=data: by_us(data)) for _ in range(3)))
        print(f"{name} growth: exponent {exponent(sizes, seconds):.2f} over {sizes[0]:,} to {sizes[-1]:,} points")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results))


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
