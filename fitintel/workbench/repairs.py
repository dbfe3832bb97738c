"""Repairs of a recorded workout: what each changed, and turning one off or on again."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.quality import widening
from fitintel.core.recorded import KeptRepair, Recorded
from fitintel.ingest.arrival import Arrival
from fitintel.ingest.format import Format, format_of
from fitintel.ingest.intake import Intake
from fitintel.ingest.options import Options
from fitintel.ingest.packed import gunzipped
from fitintel.ingest.repairs import NAMES, ORDER
from fitintel.ingest.sandbox import Sandbox
from fitintel.ingest.source import RECORDERS
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import desk as at
from fitintel.workbench import parsing
from fitintel.workbench.duplicates import match_reports
from fitintel.workbench.errands import Desk, errand

NOTHING = {"channels": [], "samples": 0, "stretches": []}
"""what a repair that finds nothing has changed"""


@dataclass(frozen=True, slots=True)
class Layer:
    """The repairs of a workout as they stand."""

    recorded: Recorded
    repairs: tuple[KeptRepair, ...]
    """those that found something, and those that are turned off, in the order of the layer"""
    says: dict[str, str]
    """repair -> what it does"""
    widening: float | None
    """by how much intervals of figures from this workout are wider; None as long as its quality was not judged"""


def layer(store: Store, athlete_id: str, workout_id: str) -> Layer:
    """The repairs of a workout. Raises NotFound where there is no recording of it."""
    recorded = _recorded(store, athlete_id, workout_id)
    found = [one for one in store.repairs(athlete_id, [workout_id]) if one.changed["samples"] or not one.enabled]
    place = {name: number for number, name in enumerate(NAMES)}
    made = sorted(found, key=lambda one: place.get(one.repair, len(place)))
    wider = None if recorded.quality is None else widening(recorded.quality)
    return Layer(recorded, tuple(made), {step.name: step.says for step in ORDER}, wider)


def toggle(
    store: Store, blobs: Blobs, athlete_id: str, workout_id: str, *, off: Collection[str] = (),
    on: Collection[str] = (), today: int | None = None,
) -> None:  # fmt: skip
    """Turn repairs of a workout off, or on again.

    Its file is read again from the kept bytes, so figures, flags and quality are those of an import with this choice;
    they take the place of the stored ones under a ledger row of their own. The recorded samples stay as they are.

    Raises:
        NotFound: there is no recording of the workout.
        UsageError: an unknown repair, one that is to be off and on, or a workout that is of no file.
    """
    for name in (*off, *on):
        if name not in NAMES:
            raise UnknownName("repair", name, NAMES)
    if both := set(off) & set(on):
        raise UsageError(f"The repair {min(both)!r} cannot be off and on", next="name it once")
    recorded = _recorded(store, athlete_id, workout_id)
    if recorded.kind not in RECORDERS:
        raise UsageError(f"The workout came from {recorded.kind}, not from a file that can be read again",
                         next="import its FIT, TCX or GPX file")  # fmt: skip
    everywhere = at.turned_off(store, athlete_id)
    before = everywhere.get(workout_id, set())
    after = (before | set(off)) - set(on)
    if after == before:
        return
    (record,) = [each for each in store.imports(athlete_id) if each.id == recorded.import_id]
    data = blobs.get("raw", recorded.sha256)
    content = gunzipped(data, record.file_name) if format_of(data) is Format.GZIP else data
    desk = Desk(store, blobs, athlete_id, today)
    arrival = Arrival(record.file_name, recorded.sha256, len(data), data, time.perf_counter())
    options = Options().over(record.profile.get("options") or {})
    one = replace(errand(desk, arrival, options), options=options, already=None, corrects=True)
    told = parsing.job(content, name=record.file_name, athlete_id=athlete_id, import_id=one.import_id,
                       sha256=recorded.sha256, options=options, today=today,
                       off={**everywhere, workout_id: after})  # fmt: skip
    parsing.ready()
    with Sandbox(parsing.read, workers=1) as children:
        ((_, answer),) = list(children.each(iter([(None, told)])))
    intake, (again,), seconds = _only(parsing.answered(answer), workout_id)
    report = at.keep(desk, one, intake, [again], seconds)
    # last: as long as it is not said that a repair is on again, turning it on can be repeated
    store.put_repairs(athlete_id, [*again.repairs, *_silent(store, athlete_id, again, after)])
    desk.flush()
    match_reports(desk, [report])


def _silent(store: Store, athlete_id: str, again: Recorded, off: Collection[str]) -> list[KeptRepair]:
    """Repairs that now find nothing, on or off: they found something before, or a person does not want them."""
    found = {each.repair for each in again.repairs}
    before = {each.repair for each in store.repairs(athlete_id, [again.workout_id])}
    return [KeptRepair(again.workout_id, step.name, step.version, step.name not in off, NOTHING, {}) for step in ORDER
            if step.name in before | set(off) and step.name not in found]  # fmt: skip


def _only(read: parsing.Reading, workout_id: str) -> tuple[Intake, Sequence[Recorded], float]:
    """What was read of one workout of the file."""
    here = read.intake.workouts["id"] == workout_id
    if not here.any():
        raise UsageError("The file no longer gives this workout, by today's rules",
                         next="see what waits with: fitintel quarantine")  # fmt: skip
    intake = replace(
        read.intake, workouts=read.intake.workouts.take(here), read=1, repeated=0, kept_aside=0,
        findings=tuple(each for each in read.intake.findings if each.workout_id == workout_id),
    )  # fmt: skip
    return intake, [each for each in read.recordings if each.workout_id == workout_id], read.seconds


def _recorded(store: Store, athlete_id: str, workout_id: str) -> Recorded:
    found = store.recordings(athlete_id, [workout_id])
    if not found:
        raise NotFound(f"There is no recording of workout {workout_id!r}",
                       next="only workouts of FIT, TCX and GPX files have repairs")  # fmt: skip
    return found[0]
