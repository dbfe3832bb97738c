"""What is kept of a recorded workout beside its row: figures, legs, laps, pauses, where its samples are, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fitintel.core.records import ImportRecord, Problem
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts


@dataclass(frozen=True, slots=True)
class KeptLeg:
    """A single-sport part of a recorded workout. Times in s since 1970-01-01 UTC."""

    sport: str
    source_sport: str
    start: float
    end: float
    device: Mapping[str, float]
    """what the device says of it, keys of core.recording.SUMMARY"""
    figures: Mapping[str, float]
    """what its samples say, keys of core.recording.SUMMARY and `moving` [s]"""


@dataclass(frozen=True, slots=True)
class KeptLap:
    """A lap, or a length of a pool, as the device wrote it, or a lap cut from its samples. Times in s since 1970-01-01
    UTC."""

    kind: str
    """`lap` or `length`, of the device; `cut` (ingest.cut_laps)"""
    start: float
    end: float
    device: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptRepair:
    """What one repair found and changed in the samples of a workout; the recorded samples stay as they are."""

    workout_id: str
    repair: str
    version: str
    enabled: bool
    """False: a person turned it off"""
    changed: Mapping[str, Any]
    """channel, number of samples, stretches ..."""
    effect: Mapping[str, Any]
    """figure -> [before, after]"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as it is kept: everything but its samples, which lie in the file store as Parquet."""

    workout_id: str
    import_id: str
    sha256: str
    """of the file (or archive member) that it came from"""
    kind: str
    """source that read it: fit, gpx, tcx"""
    maker: str
    name: str
    samples: int
    channels: tuple[str, ...]
    stream: str | None
    """digest of the Parquet file with `time` and the channels; None without samples"""
    rr: str | None
    """digest of the Parquet file with the R-R intervals; None without"""
    device: Mapping[str, float]
    figures: Mapping[str, float]
    legs: tuple[KeptLeg, ...] = ()
    laps: tuple[KeptLap, ...] = ()
    pauses: tuple[tuple[float, float], ...] = ()
    quality: float | None = None
    """0-100; None as long as it was not judged"""
    reasons: tuple[Mapping[str, Any], ...] = field(default=())
    """why the quality is not 100"""
    repairs: tuple[KeptRepair, ...] = ()
    """what was repaired for the figures; the samples are kept as recorded"""


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that one import writes at once."""

    record: ImportRecord
    workouts: Workouts
    """every column of COLUMNS; an id that exists is left as it is, unless it is `replaced`"""
    problems: tuple[Problem, ...] = ()
    replaced: tuple[str, ...] = ()
    wellness: tuple[Wellness, ...] = ()
    recordings: tuple[Recorded, ...] = ()


class LinkState(StrEnum):
    """What is held of two workouts that may be one."""

    MERGED = "merged"
    DOUBTFUL = "doubtful"
    SEPARATE = "separate"


@dataclass(frozen=True, slots=True)
class Link:
    """A decision, or an open question, about two workouts that may be the same. `workout_id` is the one that leads."""

    workout_id: str
    other_id: str
    state: LinkState
    score: float
    reasons: Mapping[str, Any]
    decided_by: str
    """rule or actor"""
    at: datetime
