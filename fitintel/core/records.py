"""The records that the parts hand to each other. Frozen; SI units; missing is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fitintel.core.card import Card
from fitintel.core.units import UnitSystem


@dataclass(frozen=True, slots=True)
class Athlete:
    """A person whose workouts are kept."""

    id: str
    name: str
    units: UnitSystem = UnitSystem.METRIC
    goal_days: float | None = None
    """training days a week the athlete aims at; None: their own habit is the yardstick"""
    simulated: bool = False
    """made by the simulator; every page says so"""


class Outcome(StrEnum):
    """How a row or a file ended."""

    IMPORTED = "imported"
    WARNED = "imported with a warning"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


class ProblemStatus(StrEnum):
    """What has become of a problem."""

    OPEN = "open"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One rejected, flagged or set-aside cell (or a whole file: row 0)."""

    id: str
    import_id: str
    athlete_id: str
    row: int
    """data row in the file, the first is 1; 0 speaks of the file as a whole"""
    line: int
    """line in the file where the row begins, the first is 1"""
    column: str
    rule: str
    value: str
    outcome: Outcome
    detail: str = ""
    """found against expected, where the rule's own sentence is not enough"""
    workout_id: str | None = None
    status: ProblemStatus = ProblemStatus.OPEN


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One ledger row: a file (or typed entry) was taken in. `read` is the sum of the four outcomes."""

    id: str
    athlete_id: str
    file_name: str
    sha256: str
    size: int
    source: str
    source_version: str
    at: datetime
    seconds: float
    read: int
    imported: int
    warned: int
    duplicate: int
    quarantined: int
    profile: Mapping[str, Any] = field(default_factory=dict)
    """how columns and units were read"""
    retry_of: str | None = None

    @property
    def outcome(self) -> Outcome:
        """How the file as a whole ended."""
        if self.quarantined or "refused" in self.profile:
            return Outcome.QUARANTINED
        if self.warned:
            return Outcome.WARNED
        return Outcome.DUPLICATE if self.duplicate and not self.imported else Outcome.IMPORTED


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of an algorithm: the audit row. Equal algorithm, parameters and inputs make the equal run id."""

    id: str
    algorithm: str
    version: str
    parameters: Mapping[str, Any]
    inputs: Mapping[str, str]
    """input name -> digest of the snapshot it was given"""
    parents: tuple[str, ...]
    """runs whose results were inputs"""
    output: str
    """digest of the result's snapshot"""
    at: datetime
    seconds: float


class Level(StrEnum):
    """How loudly an insight is said."""

    INFO = "info"
    NOTICE = "notice"
    ALERT = "alert"
    MISSING = "missing"


class Section(StrEnum):
    """Parts of a brief, in the order in which they are read."""

    FOCUS = "focus"
    READINESS = "readiness"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    GOALS = "goals"
    ALERTS = "alerts"
    TRENDS = "trends"
    FORECAST = "forecast"
    CONSISTENCY = "consistency"
    LOAD = "load"
    RECOMMENDATIONS = "recommendations"
    RECENT = "recent"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Insight:
    """A true sentence: `code` chooses the words (views), `values` fill them, `run_ids` made the figures."""

    section: Section
    code: str
    values: Mapping[str, Any]
    run_ids: tuple[str, ...]
    level: Level = Level.INFO
    subject: str = ""
    workout_ids: tuple[str, ...] = ()
    """rows that are evidence"""


@dataclass(frozen=True, slots=True)
class Brief:
    """One athlete's day: insights, and the series behind its charts."""

    id: str
    athlete_id: str
    day: int
    last_day: int | None
    """day of the latest workout known when it was made"""
    version: str
    inputs: str
    """digest of everything it was made from"""
    insights: tuple[Insight, ...]
    charts: Mapping[str, Any]
    """chart name -> columns; SI"""
    run_ids: tuple[str, ...]
    simulated: bool = False

    def of(self, section: Section) -> tuple[Insight, ...]:
        """The insights of one section."""
        return tuple(insight for insight in self.insights if insight.section is section)


@dataclass(frozen=True, slots=True)
class OpenBrief:
    """A brief with all that its figures can be opened to: whose it is, the runs behind it and their cards."""

    brief: Brief
    athlete: Athlete
    runs: Mapping[str, Run]
    """by run id"""
    cards: Mapping[str, Card]
    """by algorithm id; those of the runs"""
