"""Exports made element by element."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from fitintel.core import days
from fitintel.ingest.apple import Health, read_health

DTD = """<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT Record EMPTY>
<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED>
]>
"""


def record(kind: str, start: str, end: str | None, value: str, unit: str = "count", source: str = "Watch") -> str:
    until = "" if end is None else f' endDate="{end}"'
    prefix = "" if kind.startswith("HK") else "HKQuantityTypeIdentifier"
    head = f'<Record type="{prefix}{kind}" sourceName="{source}" unit="{unit}"'
    return f'{head} startDate="{start}"{until} value="{value}"/>'


def export(*elements: str, dtd: str = DTD) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}{dtd}<HealthData locale="en_US">\n{chr(10).join(elements)}\n</HealthData>\n'.encode()


def read(*elements: str, **options: Any) -> Health:
    return read_health(io.BytesIO(export(*elements)), **options)


def found(health: Health) -> dict[tuple[str, str], float]:
    return {(days.iso(each.day), each.metric): each.value for each in health.values}


# workouts

WORKOUT = ('<Workout workoutActivityType="HKWorkoutActivityTypeTrailRunning" duration="30" durationUnit="min" '
           'sourceName="Watch" startDate="2024-03-05 10:00:00 -0700" endDate="2024-03-05 10:31:00 -0700">')  # fmt: skip
INNER = ('<MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>'
         '<WorkoutEvent type="HKWorkoutEventTypePause" date="2024-03-05 10:10:00 -0700"/>'
         '<WorkoutEvent type="HKWorkoutEventTypeResume" date="2024-03-05 10:11:00 -0700"/>'
         '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="6.1" unit="km"/>'
         '<WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="400" unit="Cal"/>'
         '<WorkoutRoute><FileReference path="/workout-routes/a.gpx"/></WorkoutRoute></Workout>')  # fmt: skip
START = 1709658000.0


def gpx(start: float = START) -> bytes:
    points = "".join(
        f'<trkpt lat="{52 + second * 3e-5:.6f}" lon="13"><ele>40</ele><time>{np.datetime64(int(start + second), "s")}Z'
        f"</time></trkpt>" for second in range(0, 1800, 5)
    )  # fmt: skip
    return f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>'.encode()


def beats(count: int = 180) -> list[str]:
    times = (
        (second, f"2024-03-05 10:{second // 60:02d}:{second % 60:02d} -0700") for second in range(2, count * 10, 10)
    )
    return [record("HeartRate", at, None, str(120 + second % 30), "count/min") for second, at in times]
