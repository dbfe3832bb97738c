"""What others' readers would do: hash, decode, streams as Parquet, summary in SQLite; two workers, our columns.

Less than we do: nothing is checked, repaired, judged, compared with what is there, or waited for on the disk.
"""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

SEMICIRCLES = 180 / 2**31
FIT_CHANNELS: dict[str, tuple[tuple[str, ...], float]] = {
    "lat": (("position_lat",), SEMICIRCLES), "lon": (("position_long",), SEMICIRCLES),
    "elevation": (("enhanced_altitude", "altitude"), 1.0), "distance": (("distance",), 1.0),
    "speed": (("enhanced_speed", "speed"), 1.0), "hr": (("heart_rate",), 1.0), "cadence": (("cadence",), 1.0),
    "power": (("power",), 1.0), "temperature": (("temperature",), 1.0),
}  # fmt: skip
"""our channel -> fitparse's fields, the first of them that has a value, and its scale"""
FIT_SUMMARY = {"duration": "total_timer_time", "distance": "total_distance",
               "hr_mean": "avg_heart_rate", "hr_max": "max_heart_rate"}  # fmt: skip
EXTENSIONS = {"hr": "hr", "cad": "cadence", "atemp": "temperature"}
TABLES = """
create table imports (sha256 text primary key, file text, size integer);
create table legs (sha256 text, number integer, start real, duration real, distance real, hr_mean real,
                   hr_max real);
create table laps (sha256 text, number integer, start real);
create table streams (sha256 text primary key, samples integer, digest text);
"""

Row = dict[str, float]
Read = tuple[list[Row], list[Row], list[float]]
"""samples, legs, starts of laps"""


def by_fitparse(data: bytes) -> Read:
    """Every record, session and lap."""
    import fitparse

    file = fitparse.FitFile(data, data_processor=fitparse.processors.FitFileDataProcessor())
    samples: list[Row] = []
    legs: list[Row] = []
    laps: list[float] = []
    for message in file.get_messages(("record", "session", "lap")):
        values = _first_valid(message)
        if message.name == "record":
            when = values.get("timestamp")
            row = {"time": _seconds(when)} if isinstance(when, datetime) else {}
            for channel, (fields, scale) in FIT_CHANNELS.items():
                told = next((values[name] for name in fields if values.get(name) is not None), None)
                if told is not None:
                    row[channel] = told if scale == 1.0 else told * scale
            if "cadence" in row:
                row["cadence"] += values.get("fractional_cadence") or 0.0
            samples.append(row)
        elif isinstance(values.get("start_time"), datetime):
            start = _seconds(values["start_time"])
            if message.name == "lap":
                laps.append(start)
            else:
                told = {ours: values[name] for ours, name in FIT_SUMMARY.items() if values.get(name) is not None}
                legs.append({"start": start, **told})
    return samples, legs, laps


def _first_valid(message: Any) -> dict[str, Any]:
    """A message's values where a field that is empty does not hide one of the same name that is not."""
    found: dict[str, Any] = {}
    for one in message:
        if found.get(one.name) is None:
            found[one.name] = one.value
    return found


def by_gpxpy(data: bytes) -> Read:
    """Every point, with the usual extensions."""
    import gpxpy

    samples: list[Row] = []
    for track in gpxpy.parse(data.decode("utf-8-sig")).tracks:
        for segment in track.segments:
            for point in segment.points:
                row = {"lat": point.latitude, "lon": point.longitude}
                if point.time is not None:
                    row["time"] = _seconds(point.time)
                if point.elevation is not None:
                    row["elevation"] = point.elevation
                for extension in point.extensions:
                    for element in extension.iter():
                        channel = EXTENSIONS.get(element.tag.rpartition("}")[2])
                        if channel and element.text:
                            row[channel] = float(element.text)
                samples.append(row)
    return samples, [], []


def by_tcxreader(data: bytes) -> Read:
    """Every trackpoint and lap."""
    from tcxreader.tcxreader import TCXReader

    told = TCXReader().read(io.BytesIO(data), only_gps=False)
    samples: list[Row] = []
    for point in told.trackpoints:
        found = {
            "lat": point.latitude, "lon": point.longitude, "elevation": point.elevation, "distance": point.distance,
            "hr": point.hr_value, "cadence": point.cadence, "time": point.time and _seconds(point.time),
        }  # fmt: skip
        samples.append({name: value for name, value in found.items() if value is not None})
    return samples, [], [_seconds(lap.start_time) for lap in told.laps if lap.start_time]


def _seconds(when: datetime) -> float:
    return when.replace(tzinfo=when.tzinfo or UTC).timestamp()


READERS: dict[str, Callable[[bytes], Read]] = {
    "fitparse": by_fitparse, "gpxpy": by_gpxpy, "tcxreader": by_tcxreader,
}  # fmt: skip


def take(job: tuple[str, Path, Path]) -> tuple[tuple[str, str, int], list[Row], list[float], int, str]:
    """One file in a worker: everything but its rows."""
    from fitintel.storage import streams

    reader, path, folder = job
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    samples, legs, laps = READERS[reader](data)
    names = ["time", *sorted({name for row in samples for name in row} - {"time"})]
    columns = {name: np.array([row.get(name, np.nan) for row in samples], np.float64) for name in names}
    written = streams.encode(columns)
    digest = hashlib.sha256(written).hexdigest()
    (folder / digest).write_bytes(written)
    return (sha256, path.name, len(data)), legs, laps, len(samples), digest


def pipeline(reader: str, paths: Iterable[Path], work: Path, workers: int = 2) -> None:
    """All files: `work/peer.sqlite` and Parquet files in `work/streams`."""
    folder = work / "streams"
    folder.mkdir()
    base = sqlite3.connect(work / "peer.sqlite")
    base.executescript(TABLES)
    with multiprocessing.get_context("fork").Pool(workers) as pool, base:
        for file, legs, laps, samples, digest in pool.imap_unordered(take, [(reader, path, folder) for path in paths]):
            base.execute("insert into imports values (?, ?, ?)", file)
            keys = ("start", *FIT_SUMMARY)
            rows = [(file[0], number, *(leg.get(key) for key in keys)) for number, leg in enumerate(legs, 1)]
            base.executemany("insert into legs values (?, ?, ?, ?, ?, ?, ?)", rows)
            base.executemany("insert into laps values (?, ?, ?)", [(file[0], n, at) for n, at in enumerate(laps, 1)])
            base.execute("insert into streams values (?, ?, ?)", (file[0], samples, digest))
        pool.close()
        pool.join()
    base.close()
