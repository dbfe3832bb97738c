"""What changed, and when: years, regimes and changes of an athlete's whole history."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.workouts import Workouts
from fitintel.intelligence.brief import main_subject
from fitintel.intelligence.findings import changes
from fitintel.intelligence.possible import possible_changes
from fitintel.intelligence.registry import Journal, Result

if TYPE_CHECKING:
    from fitintel.workbench.door import AthleteDoor

AROUND = 13
"""weeks shown on either side of the interval of a change"""
LASTING, POSSIBLE = "lasting", "possible"


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of habit with the weeks around it."""

    subject: str
    certainty: str
    """lasting, or possible: the data hint at it without being sure"""
    day: int
    low: int
    high: int
    """best guess and 90 % interval of the first day of the new level [day numbers]"""
    before: float
    after: float
    """mean week on either side, SI"""
    weeks_before: int
    weeks_after: int
    relative: float
    segment: dict[str, list[Any]]
    """`week` and `value` around the interval"""
    run_id: str


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year; the totals are those of the weeks that begin in it."""

    year: int
    weeks: int
    sessions: float
    distance: float
    duration: float


@dataclass(frozen=True, slots=True)
class History:
    """What changed; of one year where that was asked for."""

    athlete_id: str
    subject: str
    year: int | None
    years: tuple[Year, ...]
    regimes: tuple[dict[str, Any], ...]
    """oldest first: first, last [day number], weeks, sessions, distance, duration (means per week), empty"""
    changes: tuple[Changed, ...]
    """newest first"""
    run_ids: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "years": [asdict(each) for each in self.years], "regimes": list(self.regimes),
                "changes": [asdict(each) for each in self.changes], "run_ids": list(self.run_ids)}  # fmt: skip


def history(bench: AthleteDoor, athlete_id: str | None = None, year: int | None = None) -> History:
    """Years, regimes and changes of an athlete; of `year`, those whose interval touches it.

    Raises UsageError for a year without data.
    """
    from fitintel.workbench.briefs import whom

    athlete = whom(bench, athlete_id)
    return what_changed(athlete.id, bench.workouts(athlete.id), year)


def what_changed(athlete_id: str, workouts: Workouts, year: int | None = None) -> History:
    """`history` of workouts."""
    if not len(workouts):
        return History(athlete_id, "distance", year, (), (), (), ())
    workouts = workouts.ordered()
    day = int(workouts["day"][-1])
    journal = Journal()
    daily = journal.run("daily_totals", workouts, day)
    weekly = journal.run("weekly_totals", daily)
    main = main_subject(workouts, day)
    week = weekly.part("week")
    sure = {subject: journal.run("change_points", week, weekly.part(subject)) for subject in (main, "sessions")}
    hinted = possible_changes(journal, daily, weekly, main)
    typical = journal.run("weekly_typical", daily, weekly)
    found = journal.run("regimes", weekly, sure[main])
    told = [_changed(subject, LASTING, one, weekly, typical) for subject, result in sure.items()
            for one in _with_run(result)]  # fmt: skip
    told += [each for subject, result in hinted.items() for one in _with_run(result)
             if not _known(each := _changed(subject, POSSIBLE, one, weekly, typical), told)]  # fmt: skip
    years = _years(weekly)
    regimes = tuple(dict(zip(found.value, row, strict=True)) for row in
                    zip(*(np.asarray(column).tolist() for column in found.value.values()), strict=True))  # fmt: skip
    if year is not None:
        if year not in [each.year for each in years]:
            known = f"ask for a year from {years[0].year} to {years[-1].year}" if years else "fitintel import FILE"
            raise UsageError(f"There are no complete weeks in {year}", next=known)
        first, last = days.number(date(year, 1, 1)), days.number(date(year, 12, 31))
        told = [each for each in told if each.low <= last and first <= each.high]
        regimes = tuple(each for each in regimes if each["first"] <= last and first <= each["last"])
        years = [each for each in years if abs(each.year - year) <= 1]
    told.sort(key=lambda each: (-each.day, each.certainty, each.subject))
    return History(athlete_id, main, year, tuple(years), regimes, tuple(told), tuple(journal.runs))


def _with_run(result: Result) -> list[dict[str, Any]]:
    return [one | {"run": result.run.id} for one in changes(result)]


def _changed(subject: str, certainty: str, one: dict[str, Any], weekly: Result, typical: Result) -> Changed:
    week = np.asarray(weekly["week"])
    values = np.asarray(typical[subject.removesuffix("_each")] if subject.endswith("_each") else weekly[subject])
    shown = (week >= one["low"] - 7 * AROUND) & (week <= one["high"] + 7 * AROUND)
    series = [None if value != value else value for value in values[shown].astype(float).tolist()]
    return Changed(subject, certainty, one["day"], one["low"], one["high"], one["before"], one["after"],
                   one["weeks_before"], one["weeks_after"], one["relative"],
                   {"week": week[shown].tolist(), "value": series}, one["run"])  # fmt: skip


def _known(one: Changed, sure: list[Changed]) -> bool:
    """Whether a lasting change of that direction is about the same time."""
    return any(each.certainty == LASTING and each.low <= one.high and one.low <= each.high
               and (each.relative > 0) == (one.relative > 0) for each in sure)  # fmt: skip


def _years(weekly: Result) -> list[Year]:
    week = np.asarray(weekly["week"])
    totals = {name: np.asarray(weekly[name], dtype=float) for name in ("sessions", "distance", "duration")}
    named = np.array([days.from_number(int(monday)).year for monday in week])
    return [
        Year(int(year), int((named == year).sum()), *(float(each[named == year].sum()) for each in totals.values()))
        for year in np.unique(named)
    ]  # fmt: skip
