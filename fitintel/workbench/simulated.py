"""A simulated athlete's history as a file, read and checked like any other: the flags come from the import's rules.

Laps and names are kept as those of recorded files are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from fitintel.core import days
from fitintel.core.recorded import KeptLap, Recorded
from fitintel.core.workouts import Workouts
from fitintel.ingest import intake
from fitintel.ingest.intake import Finding
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile, Use
from fitintel.intelligence.simulate import SimulatedAthlete
from fitintel.intelligence.simulate.records import Lap
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


def recorded(one: SimulatedAthlete, taken: Checked, *, import_id: str, sha256: str) -> tuple[Recorded, ...]:
    """The laps and names of the athlete's imported workouts, as those of recorded files are kept; without samples.

    A lap says duration [s], distance [m], and where they were measured hr_mean [bpm] and power_mean [W].
    """
    start = dict(zip(one.workouts["id"].tolist(), one.workouts["start"].tolist(), strict=True))
    found = []
    for name in taken.workouts["id"].tolist():
        if name not in one.laps and name not in one.names:
            continue
        found.append(Recorded(
            workout_id=name, import_id=import_id, sha256=sha256, kind=SOURCE, maker=SOURCE,
            name=one.names.get(name, ""), samples=0, channels=(), stream=None, rr=None, device={}, figures={},
            laps=_kept_laps(one.laps.get(name, ()), start[name]),
        ))  # fmt: skip
    return tuple(found)


def _kept_laps(laps: Iterable[Lap], start: float) -> tuple[KeptLap, ...]:
    kept = []
    for lap in laps:
        said = {"duration": lap.duration, "distance": lap.distance, "hr_mean": lap.hr_mean, "power_mean": lap.power}
        kept.append(KeptLap("lap", start, start + lap.duration,
                            {name: value for name, value in said.items() if value is not None}))  # fmt: skip
        start += lap.duration
    return tuple(kept)


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
