"""Records for storage tests; seeded, so that every store is given the same."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from fitintel.core import snapshot
from fitintel.core.records import (
    Athlete,
    Brief,
    ImportRecord,
    Insight,
    Level,
    Outcome,
    Problem,
    Run,
    Section,
)
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import COLUMNS, Workouts, as_column

ANNA = Athlete("anna", "Anna Ødegård 🏃", UnitSystem.IMPERIAL, goal_days=4.5)
BEN = Athlete("ben", "Ben", simulated=True)
AT = datetime(2025, 10, 7, 8, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))


def some_workouts(count: int, *, seed: int = 1, import_id: str = "i-1", notes: str | None = None) -> Workouts:
    """`count` workouts with every column, in no order, with missing numbers and texts."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        if column.kind == "number":
            values = rng.normal(1000, 1e6, count)
            values[rng.random(count) < 0.3] = np.nan
        elif column.kind == "day":
            values = rng.integers(-100, 25_000, count)
        else:
            values = as_column(
                name, [None if rng.random() < 0.3 else f"{name} {i}"[: column.size] for i in range(count)]
            )
        columns[name] = values
    columns["id"] = as_column(
        "id", [f"w-{hashlib.sha256(b'%d %d' % (seed, i)).hexdigest()[:18]}" for i in range(count)]
    )
    columns["import_id"] = as_column("import_id", [import_id] * count)
    if notes is not None:
        columns["notes"] = as_column("notes", [notes] * count)
    return Workouts(columns)


def one_workout(**values: Any) -> Workouts:
    """A single workout; columns that are not given are missing."""
    return Workouts.from_rows([{"id": "w-1", "day": 20_000, "sport": "running", "flags": "", **values}])


def an_import(id: str = "i-1", athlete: Athlete = ANNA, **values: Any) -> ImportRecord:
    record = ImportRecord(
        id=id, athlete_id=athlete.id, file_name="Übung 1.csv", sha256="ab" * 32, size=2**33, source="mapmyrun_csv",
        source_version="1.0.0", at=AT, seconds=0.25, read=10, imported=5, warned=2, duplicate=2, quarantined=1,
        profile={"columns": {"Distance (mi)": ["distance", "mi"]}, "factor": 1609.344},
    )  # fmt: skip
    return replace(record, **values)


def a_problem(id: str = "p-1", athlete: Athlete = ANNA, **values: Any) -> Problem:
    problem = Problem(
        id=id, import_id="i-1", athlete_id=athlete.id, row=7, line=9, column="Dauer", rule="negative", value="−3 🥵",
        outcome=Outcome.QUARANTINED, detail="found -3 s",
    )  # fmt: skip
    return replace(problem, **values)


def a_run(id: str = "r-1", **values: Any) -> Run:
    run = Run(
        id=id, algorithm="weekly_forecast", version="1.0.0",
        parameters={"alpha": 0.1 + 0.2, "windows": [7, 28], "limit": float("inf"), "name": "ω", "off": None,
                    "on": True},
        inputs={"load": "cd" * 32}, parents=("r-0", "r-00"), output="ef" * 32, at=AT, seconds=1e-6,
    )  # fmt: skip
    return replace(run, **values)


def a_brief(id: str = "b-1", athlete: Athlete = ANNA, **values: Any) -> Brief:
    brief = Brief(
        id=id, athlete_id=athlete.id, day=20_368, last_day=None, version="1.0.0", inputs="12" * 32,
        insights=(
            Insight(Section.ALERTS, "watch_left_running", {"distance": 3218.0, "share": float("nan")}, ("r-1",),
                    Level.ALERT, "w-1", ("w-1", "w-2")),
            Insight(Section.MISSING, "no_heart_rate", {}, (), Level.MISSING),
        ),
        charts={"load": {"day": np.arange(20_000, 20_400), "load": np.linspace(0, 1, 400), "names": ["ctl", "atl"]}},
        run_ids=("r-1",), simulated=True,
    )  # fmt: skip
    return replace(brief, **values)


def same_brief(left: Brief, right: Brief) -> bool:
    """Equal type for type; arrays have no single truth value, so `==` cannot be used."""
    return (
        snapshot.dump(left) == snapshot.dump(right)
        and left.insights[0].section is right.insights[0].section
        and type(left.insights) is type(right.insights)
        and type(left.run_ids) is type(right.run_ids)
    )
