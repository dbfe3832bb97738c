"""Repairs of a recorded workout: what each changed, and turning one off or on again."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.quality import widening
from fitintel.core.recorded import KeptRepair, Recorded
from fitintel.core.records import ImportRecord
from fitintel.ingest.arrival import Arrival
from fitintel.ingest.format import Format, format_of
from fitintel.ingest.intake import Intake
from fitintel.ingest.options import Options
from fitintel.ingest.packed import gunzipped
from fitintel.ingest.repairs import NAMES, ORDER
from fitintel.ingest.report import ImportReport
from fitintel.ingest.sandbox import Sandbox
from fitintel.ingest.source import RECORDERS
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import desk as at
from fitintel.workbench import parsing
from fitintel.workbench.duplicates import match_reports
from fitintel.workbench.errands import Desk, Errand, errand

Again = tuple[Intake, Recorded, float]
"""a workout as its file gives it today, and the seconds that reading took"""
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
    desk = Desk(store, blobs, athlete_id, today)
    one, told = asked_again(desk, recorded, record, {**everywhere, workout_id: after})
    parsing.ready()
    with Sandbox(parsing.read, workers=1) as children:
        ((_, answer),) = list(children.each(iter([(None, told)])))
    report = take_again(desk, one, only(parsing.answered(answer), workout_id), after)
    desk.flush()
    match_reports(desk, [report])


def asked_again(
    desk: Desk, recorded: Recorded, record: ImportRecord, off: Mapping[str, Collection[str]]
) -> tuple[Errand, bytes]:
    """What it takes to read a workout's kept file again: the errand, and the job for the process that reads."""
    data = desk.blobs.get("raw", recorded.sha256)
    content = gunzipped(data, record.file_name) if format_of(data) is Format.GZIP else data
    arrival = Arrival(record.file_name, recorded.sha256, len(data), data, time.perf_counter())
    options = Options().over(record.profile.get("options") or {})
    one = replace(errand(desk, arrival, options), options=options, already=None, corrects=True)
    told = parsing.job(content, name=record.file_name, athlete_id=desk.athlete_id, import_id=one.import_id,
                       sha256=recorded.sha256, options=options, today=desk.today, off=off)  # fmt: skip
    return one, told


def take_again(desk: Desk, one: Errand, read: Again, off: Collection[str]) -> ImportReport:
    """Keep what was read of a workout again, in place of what is stored of it."""
    intake, again, seconds = read
    report = at.keep(desk, one, intake, [again], seconds)
    # last: as long as it is not said that a repair is on again, turning it on can be repeated
    desk.store.put_repairs(desk.athlete_id, [*again.repairs, *_silent(desk.store, desk.athlete_id, again, off)])
    return report


def _silent(store: Store, athlete_id: str, again: Recorded, off: Collection[str]) -> list[KeptRepair]:
    """Repairs that now find nothing, on or off: they found something before, or a person does not want them."""
    found = {each.repair for each in again.repairs}
    before = {each.repair for each in store.repairs(athlete_id, [again.workout_id])}
    return [KeptRepair(again.workout_id, step.name, step.version, step.name not in off, NOTHING, {}) for step in ORDER
            if step.name in before | set(off) and step.name not in found]  # fmt: skip


def only(read: parsing.Reading, workout_id: str) -> Again:
    """What was read of one workout of the file; raises UsageError where it is no longer in it."""
    here = read.intake.workouts["id"] == workout_id
    if not here.any():
        raise UsageError("The file no longer gives this workout, by today's rules",
                         next="see what waits with: fitintel quarantine")  # fmt: skip
    intake = replace(
        read.intake, workouts=read.intake.workouts.take(here), read=1, repeated=0, kept_aside=0,
        findings=tuple(each for each in read.intake.findings if each.workout_id == workout_id),
    )  # fmt: skip
    (again,) = (each for each in read.recordings if each.workout_id == workout_id)
    return intake, again, read.seconds


def _recorded(store: Store, athlete_id: str, workout_id: str) -> Recorded:
    found = store.recordings(athlete_id, [workout_id])
    if not found:
        raise NotFound(f"There is no recording of workout {workout_id!r}",
                       next="only workouts of FIT, TCX and GPX files have repairs")  # fmt: skip
    return found[0]
