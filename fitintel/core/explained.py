"""A figure opened down to the rows it was made from: the records that `fitintel explain` and `replay` show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.answers import Label
from fitintel.core.card import Card
from fitintel.core.recorded import KeptRepair
from fitintel.core.records import Athlete, ImportRecord, Insight, Problem, Run
from fitintel.core.stated import Threshold


@dataclass(frozen=True, slots=True)
class Given:
    """One input of a run."""

    name: str
    unit: str
    digest: str
    value: Any
    made_by: str
    """run whose whole result it is; empty where it is a part of one, or was given"""


@dataclass(frozen=True, slots=True)
class Step:
    """One run on the way to the figure."""

    run: Run
    card: Card
    """of the run's own version"""
    doc: str
    inputs: tuple[Given, ...]
    result: Any
    rows: int
    """workouts that were among its inputs"""


@dataclass(frozen=True, slots=True)
class Place:
    """One figure of an insight, and where it stands; `where` is empty when it stands nowhere."""

    name: str
    value: float
    where: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A workout that is evidence: its row, where that came from, and what was said or repaired since."""

    workout: Mapping[str, Any]
    record: ImportRecord | None
    problems: tuple[Problem, ...]
    repairs: tuple[KeptRepair, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A run, or a line of a brief, with all that it stands on."""

    asked: str
    athlete: Athlete | None
    """whose workouts they are; None where no workout is behind the run"""
    insight: Insight | None
    places: tuple[Place, ...]
    steps: tuple[Step, ...]
    """the runs asked for first, then what they were made from, each once"""
    origins: tuple[Origin, ...]
    """the workouts that are evidence, or the newest of those that were read"""
    imports: tuple[tuple[ImportRecord, int], ...]
    """every import that brought a row, with how many of the rows"""
    thresholds: tuple[Threshold, ...]
    """those that hold, where a run was given thresholds"""
    total: int
    """rows of all imports"""
    withheld: tuple[str, ...] = ()
    """categories of consent that the reader lacks, where runs were left out for it"""


@dataclass(frozen=True, slots=True)
class Newer:
    """What another version makes of the very same inputs."""

    version: str
    value: Any
    """None where that version takes other inputs, or fails on these"""
    failed: str = ""
    """how it fails"""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run that was computed again, and what has changed since it was made."""

    run: Run
    value: Any
    current: str
    """version that is in use now"""
    newer: tuple[Newer, ...]
    changed: Mapping[str, int]
    """workouts that were corrected, added or removed since, among the days that the run read"""
