"""What became of one file: the ledger row, the problems, and the sums a person can compare with their vendor's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.core import days
from fitintel.core.errors import DataError
from fitintel.core.records import ImportRecord, Outcome, Problem
from fitintel.core.rules import RULES, Spoils, spoiled
from fitintel.core.units import METRE_PER_MILE, SECOND_PER_HOUR, UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.ingest.distinct import distinct
from fitintel.ingest.profile import Profile


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the workouts that were added, without those that no statistic may use."""

    workouts: int = 0
    usable: int = 0
    duration: float = 0.0
    """s"""
    distance: float = 0.0
    """m"""
    timed: int = 0
    """workouts that say at which time of day they began"""

    @property
    def hours(self) -> float:
        """Duration in hours."""
        return self.duration / SECOND_PER_HOUR

    @property
    def miles(self) -> float:
        """Distance in miles."""
        return self.distance / METRE_PER_MILE

    @property
    def kilometres(self) -> float:
        """Distance in kilometres."""
        return self.distance / 1000.0


def totals(workouts: Workouts) -> Totals:
    """The sums of some workouts. They don't depend on the order of the rows, to the last bit.

    >>> totals(Workouts.empty())
    Totals(workouts=0, usable=0, duration=0.0, distance=0.0, timed=0)
    """
    known, codes = distinct(workouts["flags"].tolist())
    usable = np.array([not spoiled(text or "", Spoils.EVERYTHING) for text in known], bool)[codes]

    def total(name: str) -> float:
        values = workouts[name]
        return math.fsum(values[usable & ~np.isnan(values)].tolist())

    timed = int(np.count_nonzero(~np.isnan(workouts["start"])))
    return Totals(len(workouts), int(np.count_nonzero(usable)), total("duration"), total("distance"), timed)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file or typed workout."""

    record: ImportRecord
    problems: tuple[Problem, ...] = ()
    totals: Totals = Totals()
    profile: Profile | None = None
    """how columns and units were read; None if the file was not read"""
    first_day: int | None = None
    last_day: int | None = None
    """days of the first and last workout that were added"""
    units: UnitSystem | None = None
    """the units that the file shows its person to read"""
    already: ImportRecord | None = None
    """the earlier import of the very same file; nothing was added"""
    error: DataError | None = None
    """why the file as a whole could not be used"""
    dry_run: bool = False
    values: int = 0
    """values of wellness that were added or corrected"""

    @property
    def refused(self) -> bool:
        """Whether the file as a whole was kept aside."""
        return self.error is not None

    @property
    def outcome(self) -> Outcome:
        """How the file as a whole ended."""
        if self.refused or self.record.quarantined:
            return Outcome.QUARANTINED
        if self.record.warned or any(problem.outcome is Outcome.WARNED for problem in self.problems):
            return Outcome.WARNED
        return Outcome.DUPLICATE if self.record.duplicate and not self.record.imported else Outcome.IMPORTED

    def by_rule(self) -> dict[str, int]:
        """rule -> number of problems."""
        found: dict[str, int] = {}
        for problem in self.problems:
            found[problem.rule] = found.get(problem.rule, 0) + 1
        return dict(sorted(found.items()))

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        record = self.record
        return {
            "file": record.file_name, "import": record.id, "outcome": self.outcome.value, "source": record.source,
            "read": record.read, "imported": record.imported, "warned": record.warned,
            "duplicate": record.duplicate, "quarantined": record.quarantined,
            "hours": round(self.totals.hours, 2), "miles": round(self.totals.miles, 2),
            "kilometres": round(self.totals.kilometres, 2), "usable": self.totals.usable,
            "first_day": None if self.first_day is None else days.iso(self.first_day),
            "last_day": None if self.last_day is None else days.iso(self.last_day),
            "rules": self.by_rule(),
            "problems": [
                {"row": p.row, "line": p.line, "column": p.column, "rule": p.rule, "value": p.value,
                 "outcome": p.outcome.value, "detail": p.detail, "workout": p.workout_id, "todo": RULES[p.rule].todo}
                for p in self.problems
            ],
            "profile": None if self.profile is None else self.profile.as_dict(),
            "already": None if self.already is None else self.already.id,
            "error": None if self.error is None else str(self.error), "sha256": record.sha256,
            "seconds": round(record.seconds, 4), "dry_run": self.dry_run, "values": self.values,
        }  # fmt: skip
