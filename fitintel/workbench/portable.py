"""What an export holds: records as plain JSON and back, and the names of its members. See docs/export.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any

from fitintel.core.answers import Action, Answer, Label, Told
from fitintel.core.comments import Comment
from fitintel.core.connections import Payload, Tombstone
from fitintel.core.details import Details
from fitintel.core.people import Consent, Membership, Part
from fitintel.core.preferences import Preferences
from fitintel.core.recorded import KeptLap, KeptLeg, KeptRepair, Link, LinkState, Recorded
from fitintel.core.records import Athlete, ImportRecord, Outcome, Problem, ProblemStatus
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Stated, Threshold
from fitintel.core.units import UnitSystem
from fitintel.core.wellness import Wellness

FORMAT, VERSION = "fitintel export", 1
MANIFEST = "manifest.json"
WORKOUTS, READABLE = "workouts.parquet", "workouts.csv"
FOLDERS = {"raw": "raw/", "streams": "streams/", "snapshots": "snapshots/"}
"""kind of stored file -> folder of the export; a file is named by its SHA-256"""

Plain = dict[str, Any]


def dump(values: Any) -> bytes:
    """JSON of records and plain values, one record a line where there are several."""
    if isinstance(values, (list, tuple)):
        lines = ",\n".join(_json(value) for value in values)
        return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"
    return (_json(values) + "\n").encode()


def _json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True)


def plain(value: Any) -> Any:
    """A record as JSON knows it.

    >>> plain(Tombstone("me", "strava", "17", datetime.fromisoformat("2025-10-07T06:30:00+00:00"), ("w-1",)))["at"]
    '2025-10-07T06:30:00+00:00'
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(type(value), "__dataclass_fields__"):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def _athlete(row: Plain) -> Athlete:
    return Athlete(**{**row, "units": UnitSystem(row["units"])})


def _import(row: Plain) -> ImportRecord:
    return ImportRecord(**{**row, "at": datetime.fromisoformat(row["at"])})


def _problem(row: Plain) -> Problem:
    return Problem(**{**row, "outcome": Outcome(row["outcome"]), "status": ProblemStatus(row["status"])})


def _recorded(row: Plain) -> Recorded:
    parts = {
        "channels": tuple(row["channels"]), "legs": tuple(KeptLeg(**leg) for leg in row["legs"]),
        "laps": tuple(KeptLap(**lap) for lap in row["laps"]), "reasons": tuple(row["reasons"]),
        "pauses": tuple((start, end) for start, end in row["pauses"]),
        "repairs": tuple(KeptRepair(**repair) for repair in row["repairs"]),
    }  # fmt: skip
    return Recorded(**{**row, **parts})


def _link(row: Plain) -> Link:
    return Link(**{**row, "state": LinkState(row["state"]), "at": datetime.fromisoformat(row["at"])})


def _tombstone(row: Plain) -> Tombstone:
    return Tombstone(**{**row, "at": datetime.fromisoformat(row["at"]), "workout_ids": tuple(row["workout_ids"])})


def _payload(row: Plain) -> Payload:
    times = {name: row[name] and datetime.fromisoformat(row[name]) for name in ("fetched_at", "deleted_at")}
    return Payload(**{**row, **times, "workout_ids": tuple(row["workout_ids"])})


def _label(row: Plain) -> Label:
    return Label(**{**row, "at": datetime.fromisoformat(row["at"])})


def _told(row: Plain) -> Told:
    return Told(**{**row, "run_ids": tuple(row["run_ids"]), "workout_ids": tuple(row["workout_ids"])})


def _answer(row: Plain) -> Answer:
    return Answer(**{**row, "action": Action(row["action"]), "at": datetime.fromisoformat(row["at"])})


def _comment(row: Plain) -> Comment:
    return Comment(**{**row, "at": datetime.fromisoformat(row["at"])})


def _consent(row: Plain) -> Consent:
    times = {name: row[name] and datetime.fromisoformat(row[name]) for name in ("since", "until", "at")}
    return Consent(**{**row, **times})


def _membership(row: Plain) -> Membership:
    times = {name: row[name] and datetime.fromisoformat(row[name]) for name in ("invited_at", "since", "until")}
    return Membership(**{**row, **times, "part": Part(row["part"])})


def _details(row: Plain) -> Details:
    return Details(**{**row, "at": datetime.fromisoformat(row["at"])})


def _preferences(row: Plain) -> Preferences:
    return Preferences(**{**row, "units": row["units"] and UnitSystem(row["units"])})


STATED: dict[str, type[Stated]] = {
    "threshold": Threshold, "goal": Goal, "planned_workout": PlannedWorkout, "excused_days": ExcusedDays,
}  # fmt: skip


def of_stated(each: Stated) -> Plain:
    """A statement with its kind, as plain values."""
    return {"what": next(name for name, kind in STATED.items() if kind is type(each)), "said": plain(each)}


def _stated(row: Plain) -> Stated:
    said = row["said"]
    return STATED[row["what"]](**{**said, "entered_at": datetime.fromisoformat(said["entered_at"])})


TABLES: dict[str, Callable[[Plain], Any]] = {
    "athlete.json": _athlete, "imports.json": _import, "problems.json": _problem, "recordings.json": _recorded,
    "repairs.json": lambda row: KeptRepair(**row), "decisions.json": _link,
    "wellness.json": lambda row: Wellness(**row), "stated.json": _stated, "deleted.json": _tombstone,
    "payloads.json": _payload, "labels.json": _label, "told.json": _told, "answers.json": _answer,
    "preferences.json": _preferences, "comments.json": _comment,
    "details.json": _details, "consents.json": _consent, "memberships.json": _membership,
}  # fmt: skip
"""member -> from its plain records"""
LATER = ("labels.json", "told.json", "answers.json", "details.json", "preferences.json", "comments.json",
         "consents.json", "memberships.json")  # fmt: skip
"""members that exports of earlier releases do not have: they are read as empty"""


def load(name: str, data: bytes) -> Sequence[Any]:
    """The records of a member."""
    found = json.loads(data)
    return [TABLES[name](row) for row in (found if isinstance(found, list) else [found])]
