"""build(): a workspace for research, of those who consent. It holds no name, no free text and no date as it was.

A service or the owner builds it; whoever works in it has no way to the identities: their key stays in the keyring.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core import settings as settings_
from fitintel.core.details import Details
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.records import Athlete, ImportRecord
from fitintel.core.stated import Goal, Threshold
from fitintel.core.workouts import COLUMNS, Workouts, as_column
from fitintel.storage.store import Blobs, Store
from fitintel.workbench.categories import CATEGORY
from fitintel.workbench.facts import RESEARCH
from fitintel.workbench.research.project import Project, born_band, note_place, rounded
from fitintel.workbench.research.recordings import keep_recordings

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door

PURPOSE = "research"
SOURCE, VERSION = "research", "1"
DROPPED = ("source_sport", "source_id", "notes", "utc_offset", "row")
"""columns of workouts that are text of somebody, or tell where or from which file"""
SENSITIVE = ("illness", "cycle")
"""categories that no workspace for research holds"""


@dataclass(frozen=True, slots=True)
class Built:
    """A workspace for research."""

    home: Path
    project: str
    athletes: int
    left_out: int
    """athletes without consent to research"""
    workouts: int


def build(
    bench: Door, name: str, out: Path, athletes: Collection[str] = (), *, location: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Built:  # fmt: skip
    """Build the workspace of a project in the new folder `out`; of these athletes, or of all who consent.

    Raises UsageError where the folder is not empty, or nobody consents.
    """
    from fitintel.workbench.door import Workbench

    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out} is not empty", next="choose another --out, or remove what is there")
    project = Project.named(name, bench.keyring.folder)
    chosen = [one for one in bench.vault.athletes() if not athletes or one.id in athletes]
    agreed = {one.id: categories for one in chosen if "training" in (categories := consented(bench.vault, one.id))}
    if not agreed:
        raise UsageError("Nobody consents to research with their workouts",
                         next="fitintel consent give training --purpose research")  # fmt: skip
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    count = 0
    with Workbench(settings_.read({}, home=out)) as made:
        for done, one in enumerate(chosen):
            if one.id not in agreed:
                continue
            if progress:
                progress(done, len(chosen), "building the research workspace")
            count += _keep(bench, made.vault, made.blobs, project, one, agreed[one.id], location)
    said = {"project": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), "athletes": len(agreed),
            "location": location}  # fmt: skip
    (out / RESEARCH).write_text(json.dumps(said) + "\n", encoding="utf-8")
    note_place(bench.keyring.folder, name, out)
    return Built(out, name, len(agreed), len(chosen) - len(agreed), count)


def consented(store: Store, athlete_id: str) -> frozenset[str]:
    """Categories that the athlete consents to for research, now."""
    newest: dict[str, Any] = {}
    for one in store.consents(athlete_id):
        if one.purpose == PURPOSE and (one.category not in newest or newest[one.category].version < one.version):
            newest[one.category] = one
    now = datetime.now(UTC)
    return frozenset(name for name, one in newest.items() if one.holds(now) and name not in SENSITIVE)


def _keep(
    bench: Door, store: Store, blobs: Blobs, project: Project, one: Athlete, categories: frozenset[str], location: bool
) -> int:
    who, shift = project.pseudonym(one.id), project.shift(one.id)
    store.put_athlete(Athlete(who, who, simulated=one.simulated))
    found = bench.vault.workouts(one.id, columns=tuple(COLUMNS))
    import_id = f"i-{who}"
    workouts = _workouts(project, one.id, found, shift, import_id)
    wellness = [
        replace(value, id=project.row_id("v", one.id, value.id), athlete_id=who, day=value.day + shift, source=SOURCE,
                at=None, utc_offset=None, import_id=import_id, row=0)
        for value in bench.vault.wellness(one.id) if CATEGORY.get(value.metric) in categories
    ]  # fmt: skip
    record = ImportRecord(import_id, who, f"{who}.csv", "0" * 64, 0, SOURCE, VERSION, datetime.now(UTC), 0.0,
                          len(workouts), len(workouts), 0, 0, 0)  # fmt: skip
    names = dict(zip(found["id"], workouts["id"], strict=True))
    kept = keep_recordings(bench, blobs, project, one.id, import_id, names,
                           location=location and "location" in categories)  # fmt: skip
    store.save_import(record, workouts, [], wellness=wellness, recordings=kept)
    _keep_words(bench, store, project, one.id, who, shift)
    if "profile" in categories:
        _keep_details(bench, store, one.id, who)
    return len(workouts)


def _workouts(project: Project, athlete_id: str, found: Workouts, shift: int, import_id: str) -> Workouts:
    made = {name: found[name] for name in COLUMNS}
    size = len(found)
    made["id"] = as_column("id", [project.row_id("w", athlete_id, str(each)) for each in found["id"]])
    made["day"] = found["day"] + shift
    # in local time, as if it were UTC: the offset would tell a country
    local = found["start"] + np.nan_to_num(found["utc_offset"])
    made["start"] = np.array([rounded(each) + shift * 86_400.0 if np.isfinite(each) else np.nan for each in local])
    made["import_id"] = as_column("import_id", [import_id] * size)
    made["source"] = as_column("source", [SOURCE] * size)
    for name in DROPPED:
        made[name] = as_column(name, [None] * size)
    return Workouts(made)


def _keep_words(bench: Door, store: Store, project: Project, athlete_id: str, who: str, shift: int) -> None:
    """Labels, thresholds and goals: what was chosen from a list stays, what was written does not."""
    now = datetime.now(UTC)
    store.put_labels([
        replace(one, id=project.row_id("l", athlete_id, one.id), athlete_id=who, by="athlete", at=now, why="",
                workout_id=project.row_id("w", athlete_id, one.workout_id))
        for one in bench.vault.labels(athlete_id)
    ])  # fmt: skip
    store.state([
        replace(one, id=project.row_id("t", athlete_id, one.id), athlete_id=who, entered_at=now, protocol="",
                valid_from=one.valid_from + shift, source=SOURCE)
        for one in bench.vault.stated(athlete_id, Threshold)
    ])  # fmt: skip
    store.state([
        replace(one, id=project.row_id("g", athlete_id, one.id), athlete_id=who, entered_at=now, name="",
                valid_from=one.valid_from + shift)
        for one in bench.vault.stated(athlete_id, Goal)
    ])  # fmt: skip


def _keep_details(bench: Door, store: Store, athlete_id: str, who: str) -> None:
    try:
        found = bench.vault.details(athlete_id)
    except NotFound:
        return
    if found is not None:
        born = None if found.born is None else born_band(found.born)
        store.put_details(Details(who, found.sex, born, SOURCE, datetime.now(UTC)))
