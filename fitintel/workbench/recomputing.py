"""Figures of recordings made again from the kept files, by the readers, repairs and formulas of this release.

A figure of a recording (graded speed, weighted power, quality ...) is made when its file is imported and kept with it.
A later release may make it otherwise. That is done when a person asks for it, and never by itself: it moves loads of
days whose briefs were told, reads every file, and leaves a ledger row for each workout that changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fitintel.core.errors import FitintelError, NotFound
from fitintel.core.recorded import Recorded
from fitintel.ingest.sandbox import Sandbox
from fitintel.ingest.source import RECORDERS
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import desk as at
from fitintel.workbench import parsing
from fitintel.workbench.duplicates import match_reports
from fitintel.workbench.errands import Desk, Errand
from fitintel.workbench.repairs import asked_again, only, take_again

if TYPE_CHECKING:
    from fitintel.workbench.door import Progress

CLOSE = 1e-9
"""relative difference up to which a figure is the same"""
Change = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One recording made again."""

    workout_id: str
    changed: Mapping[str, Change]
    """figure -> (before, after); empty where all stay, and then nothing was written"""
    problem: str = ""
    """why its file could not be read again; what is stored stays"""


def recompute(
    store: Store, blobs: Blobs, athlete_id: str, workout_id: str | None = None, *, today: int | None = None,
    progress: Progress | None = None,
) -> tuple[Recomputed, ...]:  # fmt: skip
    """Make the figures of one recording, or of all that came from files, again; in the order of workouts' ids.

    Repairs that a person turned off stay off. Raises NotFound where there is no recording of the workout.
    """
    kept = [one for one in store.recordings(athlete_id, None if workout_id is None else [workout_id])
            if one.kind in RECORDERS]  # fmt: skip
    if workout_id is not None and not kept:
        raise NotFound(f"There is no recording of {workout_id!r} that came from a file",
                       next="see the workouts with: fitintel workouts")  # fmt: skip
    desk = Desk(store, blobs, athlete_id, today)
    off = at.turned_off(store, athlete_id)
    records = {one.id: one for one in store.imports(athlete_id)}

    def jobs() -> Iterator[tuple[tuple[Recorded, Errand], bytes]]:
        for one in kept:
            errand, told = asked_again(desk, one, records[one.import_id], off)
            yield (one, errand), told

    found: list[Recomputed] = []
    reports = []
    parsing.ready()
    with Sandbox(parsing.read, workers=1) as children:
        for (one, errand), answer in children.each(jobs()):
            if progress:
                progress(len(found), len(kept), f"reading {one.workout_id} again")
            try:
                read = only(parsing.answered(answer), one.workout_id)
            except FitintelError as error:
                found.append(Recomputed(one.workout_id, {}, str(error)))
                continue
            changed = _changed(one, read[1])
            if changed:
                reports.append(take_again(desk, errand, read, off.get(one.workout_id, ())))
            found.append(Recomputed(one.workout_id, changed))
    desk.flush()
    match_reports(desk, reports)
    return tuple(sorted(found, key=lambda each: each.workout_id))


def _changed(before: Recorded, after: Recorded) -> dict[str, Change]:
    """Figures, and the quality, that differ."""
    old, new = ({**one.figures, "quality": one.quality} for one in (before, after))
    return {name: (old.get(name), new.get(name)) for name in sorted({*old, *new})
            if not _same(old.get(name), new.get(name))}  # fmt: skip


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= CLOSE * max(1.0, abs(one))
