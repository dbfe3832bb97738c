"""A folder of every kind of file, and all that a workspace knows after its import, to compare workspaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fitintel.core.errors import StorageUnavailable
from fitintel.core.workouts import COLUMNS
from fitintel.workbench.door import Workbench
from tests.ingest.fit import encoder
from tests.ingest.recordings.conftest import gpx

FACTS = tuple(name for name in COLUMNS if name not in ("import_id", "row"))
DAY = "2024-03-20"


def folder_of(folder: Path, rides: int = 6) -> Path:
    """Rides, runs, a table with a row that waits, wellness, a damaged file and one that is no workout."""
    folder.mkdir()
    for place in range(rides):
        start = encoder.START + 86_400 * place
        (folder / f"ride-{place}.fit").write_bytes(encoder.ride(400 + 50 * place, start=start))
        (folder / f"run-{place}.gpx").write_bytes(gpx(f"2024-03-{place + 1:02}", points=300 + 20 * place))
    rows = "".join(f"2024-02-{day:02},Run,{20 + day},{4 + day % 5}\n" for day in range(1, 29))
    (folder / "table.csv").write_text(f"date,sport,duration (min),distance (km)\n{rows}2024-02-29,Run,-5,3\n")
    (folder / "wellness.csv").write_text("date,weight (kg),resting heart rate\n2024-03-01,70.5,52\n2024-03-02,70,51\n")
    (folder / "damaged.fit").write_bytes(encoder.ride(300)[:-900])
    (folder / "letter.txt").write_text("Dear reader")
    return folder


def facts(bench: Workbench, athlete_id: str = "me") -> dict[str, Any]:
    """All that is known, without what differs between two imports of one file; every stored byte is read."""
    store, blobs = bench.store, bench.blobs
    kept = sorted(store.recordings(athlete_id), key=lambda one: one.workout_id)
    for one in kept:
        for digest in filter(None, (one.stream, one.rr)):
            blobs.get("streams", digest)
    for record in store.imports(athlete_id):
        if record.sha256:
            blobs.get("raw", record.sha256)
    workouts = store.workouts(athlete_id, columns=FACTS)
    problems = {(one.rule, one.row, one.column, one.value) for one in store.problems(athlete_id=athlete_id)}
    values = sorted((one.id, one.day, one.metric, one.value) for one in store.wellness(athlete_id))
    return {
        "workouts": sorted(map(repr, workouts.rows())), "problems": sorted(problems), "wellness": values,
        "recordings": [(one.workout_id, one.stream, one.samples, one.figures, one.laps, one.legs) for one in kept],
    }  # fmt: skip


def told(error: StorageUnavailable) -> str:
    """What a person reads; it has place, reason and next step."""
    assert error.where
    assert error.why
    assert error.next
    return str(error)
