"""Files that fuzzing begins with: the catalogue of bad inputs, what the tests' encoders write, and small real files."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fitintel.ingest.connectors.envelope import wrap
from fitintel.ingest.format import Format, format_of
from tests.badinputs import any as of_any
from tests.badinputs import apple, archive, csv, fit, jsn, xml
from tests.badinputs.case import generated
from tests.ingest.fit import encoder
from tests.ingest.xml import files

LARGEST = 24 * 1024
"""bytes of a file that is still a good beginning: every step of fuzzing reads one"""
SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


@cache
def every() -> dict[Format, list[bytes]]:
    """All seeds by format, each once, the small ones first."""
    found: dict[Format, set[bytes]] = {kind: set() for kind in Format}
    for data in (*_catalogue(), *_encoded(), *_real()):
        if data and len(data) <= LARGEST:
            found[format_of(data)].add(data)
    return {kind: sorted(each, key=lambda data: (len(data), data)) for kind, each in found.items()}


def _catalogue() -> Iterator[bytes]:
    for cases in generated(of_any, apple, archive, csv, fit, jsn, xml).values():
        yield from (case.bytes() for case in cases() if not case.slow)


def _encoded() -> Iterator[bytes]:
    for seconds in (5, 60):
        yield encoder.ride(seconds)
        yield encoder.mixed_ride(seconds)
        yield files.ride(seconds)
    yield encoder.chained([encoder.ride(20), encoder.ride(20, start=encoder.START + 9000, header=12)])
    yield encoder.ride(30, header=12)[:-20]
    parts = files.lap(0, range(40)), files.lap(40, range(40, 60), more="<DistanceMeters>200</DistanceMeters>")
    yield files.tcx(files.activity(*parts) + files.activity(files.lap(0, range(9)), sport="Biking"))
    yield files.gpx(files.track(files.segment([0, 1, 2, None, 5, 5, 4]), name="ü", kind="hiking"))
    yield gzip.compress(files.ride(30)) + gzip.compress(b"more")
    day = "2024-03-01 10:00:00 +0100"
    yield apple.export(*(apple.record(kind, day, day, "60", unit) for kind, unit in
                         (("HeartRateVariabilitySDNN", "ms"), ("RestingHeartRate", "count/min"), ("StepCount", "count"),
                          ("HeartRate", "count/min"), ("BodyMass", "lb"))))  # fmt: skip
    yield apple.export(
        f'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min"'
        f' totalDistance="5" totalDistanceUnit="km" sourceName="Watch" startDate="{day}"'
        ' endDate="2024-03-01 10:30:00 +0100"><MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>'
        '<WorkoutEvent type="HKWorkoutEventTypePause" date="2024-03-01 10:05:00 +0100"/>'
        '<WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="140" maximum="160" unit="count/min"/>'
        "</Workout>"
    )
    yield (b'<HealthData>\n<Workout workoutActivityType="HKWorkoutActivityTypeCycling" startDate="2024-03-01 10:00:00'
           b' +0100" endDate="2024-03-01 10:30:00 +0100">\n<Sample hr="90.0" t="1709283600.0"/>\n<Sample lat="50.0"'
           b' lon="6.0" t="1709283601.0"/>\n</Workout>\n<Value day="2024-03-01" metric="weight" value="70.5"/>\n'
           b"</HealthData>\n")  # fmt: skip
    for rows in (
        "date,sport,duration (min),distance (km),heart rate,steps,notes\n2024-02-29,Run,30,5,150,5000,ok\n",
        "Datum;Sportart;Dauer;Distanz (km)\n29.02.2024;Laufen;0:30:00;5,5\n01.03.2024;Rad;1:00:00;20\n",
        'date,weight (kg),resting heart rate,sleep (h)\n2024-02-29,70.5,52,7.5\n2024-03-01,"70,6",,8\n',
    ):
        yield rows.encode()
        yield rows.encode("utf-16")
    yield b'{"date": "2024-03-01", "duration": "2700.0", "distance": "8200.0", "sport": "running", "rpe": "4"}'
    yield b'{"date": "2024-03-01", "sleep_duration": "27000.0", "hrv_rmssd": "61", "weight": "70.5", "stress": "3"}'
    yield b"[" * 5000
    yield b'{"date":' * 2000
    activity = {
        "id": 12345678901, "name": "Morning", "sport_type": "Run", "type": "Run", "start_date": "2024-03-01T09:00:00Z",
        "utc_offset": 3600.0, "elapsed_time": 60, "moving_time": 58, "distance": 180.5, "average_heartrate": 140.1,
        "laps": [{"start_date": "2024-03-01T09:00:00Z", "elapsed_time": 30, "moving_time": 30, "distance": 90.0}] * 2,
    }  # fmt: skip
    lists = {"time": {"data": [0, 1, 2, 5]}, "latlng": {"data": [[50, 6], [50.1, 6], [50.2, 6], None]},
             "heartrate": {"data": [100, None, 120, 130]}, "moving": {"data": [True, False, True, True]}}  # fmt: skip
    yield wrap("strava", {"activity": json.dumps(activity).encode(), "streams": json.dumps(lists).encode()})
    ours = {"id": "i55", "name": "Ride", "type": "Ride", "start_date": "2024-03-01T09:00:00Z", "elapsed_time": 60,
            "start_date_local": "2024-03-01T10:00:00", "moving_time": 58, "distance": 500.0}  # fmt: skip
    streams = [{"type": "time", "data": [0, 1, 2]}, {"type": "watts", "data": [200, 210, None]},
               {"type": "latlng", "data": [50, 50.1, 50.2], "data2": [6, 6.1, 6.2]}]  # fmt: skip
    yield wrap("intervals", {"activity": json.dumps(ours).encode(), "streams": json.dumps(streams).encode()})


def _real() -> Iterator[bytes]:
    """The small ones of the real files, where they are; of large tables the first lines."""
    for path in sorted(SHARED.rglob("*")) if SHARED.is_dir() else ():
        if not path.is_file() or path.suffix.lower() in (".md", ".py", ""):
            continue
        with path.open("rb") as file:
            head = file.read(LARGEST + 1)
        if len(head) <= LARGEST:
            yield head
        elif path.suffix.lower() == ".csv":
            yield b"".join(head.splitlines(keepends=True)[:8])
