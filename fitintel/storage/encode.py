"""Records as table rows and bytes, and back. The only file that knows how a record is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fitintel.core import snapshot
from fitintel.core.records import (
    Athlete,
    Brief,
    ImportRecord,
    Insight,
    Level,
    Outcome,
    Problem,
    ProblemStatus,
    Run,
    Section,
)
from fitintel.core.units import UnitSystem

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Row = Mapping[Any, Any]


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC; the time must carry its offset.

    >>> micros(datetime(2025, 10, 7, 6, 30, tzinfo=UTC))
    1759818600000000
    """
    if moment.tzinfo is None:
        raise ValueError("a stored time needs its UTC offset")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """The time, in UTC, of `micros`."""
    return _EPOCH + timedelta(microseconds=value)


def named(row: Row) -> dict[str, Any]:
    """A row as keyword arguments of its record."""
    return {str(name): found for name, found in row.items()}


def text(value: Any) -> str:
    """Canonical JSON of a value without arrays; equal values give equal text.

    >>> text({"windows": (7, 28), "a": None})
    '{"a":null,"windows":[7,28]}'
    """
    return snapshot.text(value)


def value(written: str) -> Any:
    """The value of `text`; tuples come back as lists."""
    return snapshot.of_text(written)


def values(written: Sequence[str]) -> list[Any]:
    """The value of each `text`, all read at once: of thousands of short texts a call for each takes most of the time.

    >>> values(['{"a":1}', "[2,3]", "null"])
    [{'a': 1}, [2, 3], None]
    """
    found: list[Any] = snapshot.of_text(f"[{','.join(written)}]")
    return found


def athlete(row: Row) -> Athlete:
    """An athlete from a row."""
    return Athlete(
        id=row["id"], name=row["name"], units=UnitSystem(row["units"]), goal_days=row["goal_days"],
        simulated=bool(row["simulated"]),
    )  # fmt: skip


def athlete_row(athlete: Athlete) -> dict[str, Any]:
    """A row of the athletes table, without its revision."""
    return {
        "id": athlete.id, "name": athlete.name, "units": UnitSystem(athlete.units).value,
        "goal_days": athlete.goal_days, "simulated": athlete.simulated,
    }  # fmt: skip


def import_record(row: Row) -> ImportRecord:
    """A ledger row from a row."""
    return ImportRecord(**{**row, "at": moment(row["at"]), "profile": value(row["profile"])})


def import_row(record: ImportRecord) -> dict[str, Any]:
    """A row of the imports table."""
    return {**_fields(record), "at": micros(record.at), "profile": text(record.profile)}


def problem(row: Row) -> Problem:
    """A problem from a row that also holds its import's athlete."""
    return Problem(**{**row, "outcome": Outcome(row["outcome"]), "status": ProblemStatus(row["status"])})


def problem_row(problem: Problem) -> dict[str, Any]:
    """A row of the problems table."""
    # by name, not by `_fields`: a large file has many, and this takes half the time
    return {
        "import_id": problem.import_id, "id": problem.id, "row": problem.row, "line": problem.line,
        "column": problem.column, "rule": problem.rule, "value": problem.value,
        "outcome": Outcome(problem.outcome).value, "detail": problem.detail, "workout_id": problem.workout_id,
        "status": ProblemStatus(problem.status).value,
    }  # fmt: skip


def run(row: Row) -> Run:
    """A run from a row."""
    return Run(
        **{
            **row, "parameters": value(row["parameters"]), "inputs": value(row["inputs"]),
            "parents": tuple(value(row["parents"])), "at": moment(row["at"]),
        }
    )  # fmt: skip


def run_row(run: Run) -> dict[str, Any]:
    """A row of the runs table."""
    return {
        **_fields(run), "parameters": text(run.parameters), "inputs": text(run.inputs), "parents": text(run.parents),
        "at": micros(run.at),
    }  # fmt: skip


def run_bytes(run: Run) -> bytes:
    """A run as snapshot bytes."""
    return snapshot.dump(run_row(run))


def run_from(data: bytes) -> Run:
    """The run of `run_bytes`."""
    return run(snapshot.load(data))


def brief_bytes(brief: Brief) -> bytes:
    """A brief as snapshot bytes."""
    return snapshot.dump(brief)


def brief_from(data: bytes) -> Brief:
    """The brief of `brief_bytes`; tuples inside values and charts come back as lists."""
    row = snapshot.load(data)
    return Brief(
        **{
            **row,
            "insights": tuple(map(_insight, row["insights"])),
            "run_ids": tuple(row["run_ids"]),
        }
    )


def _insight(row: dict[str, Any]) -> Insight:
    return Insight(
        **{
            **row,
            "section": Section(row["section"]),
            "level": Level(row["level"]),
            "run_ids": tuple(row["run_ids"]),
            "workout_ids": tuple(row["workout_ids"]),
        }
    )


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}
