"""A simulated athlete's history as a file, read and checked like any other: the flags come from the import's rules."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from fitintel.core import days
from fitintel.core.workouts import Workouts
from fitintel.ingest import intake
from fitintel.ingest.intake import Finding
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile, Use
from fitintel.intelligence.simulate import SimulatedAthlete
from fitintel.intelligence.simulate.squad import SOURCE

PROFILE = Profile(
    columns=(
        Use("start", "date", ""), Use("sport", "sport", ""), Use("duration (s)", "duration", "s"),
        Use("distance (m)", "distance", "m"), Use("top speed (m/s)", "speed_max", "m/s"),
        Use("ascent (m)", "elevation_gain", "m"), Use("heart rate", "hr_mean", "bpm"),
        Use("top heart rate", "hr_max", "bpm"), Use("cadence", "cadence", "steps/min"),
        Use("steps", "steps", ""), Use("energy (J)", "energy", "J"),
        Use("rpe", "rpe", ""), Use("id", "source_id", ""),
    ),
)  # fmt: skip
"""How the file of a simulated athlete is read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The file, and what the import makes of it."""

    data: bytes
    read: int
    workouts: Workouts
    """with flags; ids are those of the truth"""
    findings: tuple[Finding, ...]
    quarantined: frozenset[str]
    """ids of rows that are not among the workouts"""

    @property
    def warned(self) -> int:
        """Workouts imported with a warning."""
        return int(np.count_nonzero([bool(flags) for flags in self.workouts["flags"]]))


def as_file(one: SimulatedAthlete) -> bytes:
    """The history as CSV, a row a workout, oldest first; numbers in SI."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([use.header for use in PROFILE.columns])
    for row in one.workouts.rows():
        row["date"], row["sport"] = _moment(row), row["source_sport"]
        writer.writerow(["" if row[use.ours] is None else row[use.ours] for use in PROFILE.columns])
    return text.getvalue().encode()


def checked(one: SimulatedAthlete, *, import_id: str = "") -> Checked:
    """The athlete's file, read by the ordinary intake, with source `simulator` and the ids of the truth."""
    data = as_file(one)
    # the demo may be made for another day than today
    last = max(days.today(), int(one.workouts["day"].max()) if len(one.workouts) else 0)
    taken = intake.read(data, name=f"{one.athlete.id}.csv", athlete_id=one.athlete.id, import_id=import_id,
                        options=Options(profile=PROFILE), today=last)  # fmt: skip
    true_id = dict(zip(one.workouts["source_id"].tolist(), one.workouts["id"].tolist(), strict=True))
    own = taken.workouts
    given = dict(zip(own["id"].tolist(), own["source_id"].tolist(), strict=True))
    workouts = own.replace(id=_texts([true_id[name] for name in own["source_id"]]), source=_texts([SOURCE] * len(own)))
    findings = tuple(_renamed(finding, given, true_id) for finding in taken.findings)
    return Checked(data, taken.read, workouts, findings, frozenset(true_id.values()) - set(workouts["id"].tolist()))


def _moment(row: dict[str, Any]) -> str:
    zone = timezone(timedelta(seconds=row["utc_offset"]))
    return datetime.fromtimestamp(row["start"], UTC).astimezone(zone).isoformat()


def _texts(values: list[Any]) -> np.ndarray[Any, Any]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _renamed(finding: Finding, given: dict[str, Any], true_id: dict[str, str]) -> Finding:
    known = given.get(finding.workout_id or "")
    return replace(finding, workout_id=true_id[known]) if known else finding
