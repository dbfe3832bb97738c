"""An export of any size as small members: one a workout, one a year of values. Each is an export of its own.

So memory stays flat, a bad workout blocks no other, and of a later export only what is new is read: the members of
what has not changed are the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

import numpy as np

from fitintel.core import days
from fitintel.core.recording import Recording
from fitintel.ingest.apple.reading import Health, gathered, heart_of, measured
from fitintel.ingest.apple.workouts import Routes, recording

HEAD = 65_536
"""bytes in which the outermost element of an export stands: its DTD comes first"""


def is_health(head: bytes) -> bool:
    """Whether a file begins like an export of Apple Health.

    >>> is_health(b'<?xml version="1.0"?><!DOCTYPE HealthData [ ... ]><HealthData>'), is_health(b"<gpx>")
    (True, False)
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and (b"<!DOCTYPE HealthData" in start or b"<HealthData" in start)


def split(file: BinaryIO, routes: Routes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each member. Raises UnreadableFile before the first where the export cannot be used."""
    found, remarks, _ = gathered(file, salvage=False)
    heart = heart_of(found)
    undated = 0
    for workout in found.workouts:
        one = recording(workout, found, heart, routes)
        if one is None:
            undated += 1
            continue
        said = workout["attributes"]
        yield f"workout {said.get('startDate', '')[:16]}", _workout(workout, one)
    health = measured(found, remarks, undated)
    years = [(year, list(each)) for year, each in groupby(health.values, lambda one: days.from_number(one.day).year)]
    for place, (year, values) in enumerate(years):
        last = place == len(years) - 1
        yield f"values {year}", _values(Health((), tuple(values), health.remarks if last else ()))
    if not years and health.remarks:
        yield "values", _values(Health((), (), health.remarks))


def _element(name: str, attributes: Mapping[str, object]) -> str:
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in sorted(attributes.items()))
    return f"<{name}{said}/>"


def _workout(workout: dict[str, object], one: Recording) -> bytes:
    """A workout with its route and heart rate beside it; `Sample` is ours: seconds since 1970 UTC and channels."""
    attributes = dict(workout["attributes"])  # type: ignore[call-overload]
    for noise in ("creationDate", "device", "sourceVersion"):
        attributes.pop(noise, None)
    lines = ["<HealthData>", _element("Workout", attributes)[:-2] + ">"]
    metadata: dict[str, str] = workout["metadata"]  # type: ignore[assignment]
    zone = metadata.get("HKTimeZone")
    if zone:
        lines.append(_element("MetadataEntry", {"key": "HKTimeZone", "value": zone}))
    lines += [_element("WorkoutStatistics", each) for each in workout["statistics"]]  # type: ignore[attr-defined]
    lines += [_element("WorkoutEvent", each) for each in workout["events"]]  # type: ignore[attr-defined]
    lines += [_element("Remark", {"rule": rule, "detail": detail}) for rule, detail in one.remarks]
    names = list(one.stream)
    table = np.stack([one.time, *(one.stream[name] for name in names)]) if names else np.empty((1, 0))
    for row in table.T.tolist():
        cells = {name: repr(value) for name, value in zip(("t", *names), row, strict=True) if value == value}
        lines.append(_element("Sample", cells))
    return "\n".join([*lines, "</Workout>", "</HealthData>", ""]).encode()


def _values(health: Health) -> bytes:
    lines = ["<HealthData>"]
    for each in health.values:
        said: dict[str, object] = {"day": days.iso(each.day), "metric": each.metric, "value": repr(each.value)}
        if each.at is not None:
            said["at"] = repr(each.at)
        if each.utc_offset is not None:
            said["offset"] = repr(each.utc_offset)
        lines.append(_element("Value", said))
    lines += [_element("Remark", {"rule": rule, "detail": detail}) for rule, detail in health.remarks]
    return "\n".join([*lines, "</HealthData>", ""]).encode()
