"""The desk at which one file after the other is taken in: compared with what is stored, written, and reported.

Order of writing: raw bytes and samples, then flags of stored workouts, then one transaction with workouts, recordings,
problems and ledger row, then the settling of old problems. A crash between two of them leaves nothing half-imported,
and importing again completes it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from fitintel.core.counted import count
from fitintel.core.errors import DataError
from fitintel.core.recorded import Recorded
from fitintel.core.records import ImportRecord, Outcome, ProblemStatus
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts
from fitintel.ingest import against_store as said_of
from fitintel.ingest import intake, ledger
from fitintel.ingest.archive import Contents
from fitintel.ingest.intake import Finding, Intake
from fitintel.ingest.profile import Profile
from fitintel.ingest.report import ImportReport, totals
from fitintel.ingest.source import readers
from fitintel.ingest.wellness.against_store import compare
from fitintel.storage.store import Store
from fitintel.workbench.errands import ARCHIVE, ARCHIVE_VERSION, Desk, Errand, good_before, refused_before

COMPARED = ("id", "day", "sport", "source_sport", "duration", "distance", "flags")
SHOWN_MEMBERS = 5


def settled(desk: Desk, one: Errand) -> ImportReport | None:
    """The report of a file that needs no reading; None for any other."""
    if one.arrival.refused is not None:
        return refuse(desk, one, one.arrival.refused)
    if one.already is not None and good_before(desk, one):
        return _nothing_new(desk, one, one.already)
    again = refused_before(desk, one)
    if again is None:
        return None
    words = dict(again.profile["words"])
    return refuse(desk, one, DataError(words.pop("what"), rule=again.profile["refused"], **words))


def take_in(desk: Desk, one: Errand) -> ImportReport:
    """Read a table or a typed workout, and keep what is good of it."""
    found = settled(desk, one)
    if found is None:
        if not desk.dry_run:
            desk.blobs.of(desk.athlete_id).put("raw", one.arrival.data)
        found = read_table(desk, one, one.arrival.data)
    desk.flush()
    return found


def read_table(desk: Desk, one: Errand, content: bytes, findings: Sequence[Finding] = ()) -> ImportReport:
    """Read the table in `content`, whose raw bytes are kept already; `findings` are said beside those of its rows."""
    desk.tell(0, f"reading {one.arrival.name}")
    try:
        taken = intake.read(content, name=one.arrival.name, athlete_id=desk.athlete_id, import_id=one.import_id,
                            options=one.options, today=desk.today)  # fmt: skip
    except DataError as error:
        return refuse(desk, one, error)
    return keep(desk, one, replace(taken, findings=(*findings, *taken.findings)))


def keep(
    desk: Desk, one: Errand, taken: Intake, recordings: Sequence[Recorded] = (), seconds: float | None = None
) -> ImportReport:
    """Compare what was read with what is stored, and write what is new or corrected."""
    store, athlete_id, name = desk.store, desk.athlete_id, one.arrival.name
    desk.tell(1, f"comparing {taken.read:,} rows of {name}")
    known = store.known_ids(athlete_id, taken.workouts["id"].tolist())
    is_known = np.zeros(len(taken.workouts), bool)
    if known:
        is_known[:] = [each in known for each in taken.workouts["id"].tolist()]
    new = taken.workouts.take(~is_known) if known else taken.workouts
    stored = _stored_beside(store, athlete_id, taken.workouts)
    changes = said_of.changes(taken, taken.workouts.take(is_known), stored) if known else []
    replaced = sorted(known if one.corrects else {str(change.workout_id) for change in changes})
    if replaced:
        # the whole file is asked again, so that corrected rows stand in file order among the new ones
        corrected = np.isin(taken.workouts["id"].astype(str), replaced)
        new = taken.workouts.take(~is_known | corrected)
        stored = stored.take(~np.isin(stored["id"].astype(str), replaced))
    new, flags, likenesses = said_of.likenesses(taken, new, stored)
    fresh = set(new["id"].tolist())
    health = compare(taken, _wellness_beside(store, athlete_id, taken))
    brings = bool(fresh or health.new) or not taken.read
    findings = [f for f in taken.findings if f.row in health.rows or said_of.still_said(f, fresh, anything=brings)]
    findings += [*likenesses, *changes, *health.findings]
    findings.sort(key=lambda f: (f.row, f.column, f.rule))
    problems = ledger.problems_of(findings, one.import_id, athlete_id)
    said, write, settled = ledger.against_earlier(problems, one.earlier)
    told = set(replaced)
    flagged = new["flags"].astype(bool)
    if told:
        flagged |= np.fromiter((each in told for each in new["id"].tolist()), bool, len(new))
    warned = int(np.count_nonzero(flagged))
    repeated = taken.repeated + len(taken.workouts) - len(new) + health.duplicate
    imported = len(new) - warned + health.imported
    record = _record(
        desk, one, source=taken.source.name, version=taken.source.version,
        counts=(taken.read, imported, warned + health.warned, repeated, taken.kept_aside),
        profile=taken.profile.as_dict(), seconds=seconds,
    )  # fmt: skip
    changes_something = len(new) or write or settled or flags or health.new
    if not desk.dry_run and (one.retry_of is None or changes_something):
        desk.tell(2, f"storing {len(new):,} workouts of {name}")
        store.update_flags(athlete_id, flags)
        store.save_import(record, new, write, replaced=[*replaced, *health.replaced], wellness=health.new,
                          recordings=[each for each in recordings if each.workout_id in fresh])  # fmt: skip
        store.settle_problems(settled, ProblemStatus.RESOLVED)
    span = (int(new["day"].min()), int(new["day"].max())) if len(new) else ()
    days = [*span, *(each.day for each in health.new)]
    return ImportReport(
        record=record, problems=said, totals=totals(new), profile=taken.profile, first_day=min(days, default=None),
        last_day=max(days, default=None), units=taken.units, already=None if days else one.already,
        dry_run=desk.dry_run, values=len(health.new),
    )  # fmt: skip


def turned_off(store: Store, athlete_id: str) -> dict[str, set[str]]:
    """Workout id -> repairs that a person turned off: a choice outlives a corrected file and a better reader."""
    found: dict[str, set[str]] = {}
    for one in store.repairs(athlete_id):
        if not one.enabled:
            found.setdefault(one.workout_id, set()).add(one.repair)
    return found


def _stored_beside(store: Store, athlete_id: str, workouts: Workouts) -> Workouts:
    if not len(workouts):
        return Workouts.empty(COMPARED)
    day = workouts["day"]
    return store.workouts(athlete_id, columns=COMPARED, since=int(day.min()), until=int(day.max()), twins=True)


def _wellness_beside(store: Store, athlete_id: str, taken: Intake) -> tuple[Wellness, ...]:
    if not taken.wellness:
        return ()
    days = [each.day for each in taken.wellness]
    return store.wellness(athlete_id, since=min(days), until=max(days))


def keep_archive(desk: Desk, one: Errand, held: Contents) -> ImportReport:
    """The ledger row of an archive whose members have been taken in."""
    found = []
    if held.skipped:
        more = f", and {len(held.skipped) - SHOWN_MEMBERS} more" if len(held.skipped) > SHOWN_MEMBERS else ""
        detail = f"{len(held.skipped)}: {', '.join(held.skipped[:SHOWN_MEMBERS])}{more}"
        found.append(Finding(0, 0, "", "archive_skipped", str(len(held.skipped)), detail[: intake.MAX_DETAIL],
                             Outcome.IMPORTED))  # fmt: skip
    problems = ledger.problems_of(found, one.import_id, desk.athlete_id)
    said, write, settled = ledger.against_earlier(problems, one.earlier)
    profile = {"members": len(held.read) + len(held.refused), "skipped": len(held.skipped), "layout": held.layout}
    record = _record(desk, one, source=ARCHIVE, version=ARCHIVE_VERSION, counts=(0, 0, 0, 0, 0), profile=profile)
    if not desk.dry_run:
        desk.store.save_import(record, Workouts.empty(), write)
        desk.store.settle_problems(settled, ProblemStatus.RESOLVED)
    return ImportReport(record=record, problems=said, dry_run=desk.dry_run)


def _nothing_new(desk: Desk, one: Errand, first: ImportRecord) -> ImportReport:
    dismissed = len(
        {problem.row for problem in one.earlier if problem.row and problem.status is ProblemStatus.DISMISSED}
    )
    record = _record(
        desk, one, source=first.source, version=first.source_version,
        counts=(first.read, 0, 0, first.read - dismissed, dismissed), profile=first.profile,
    )  # fmt: skip
    if not desk.dry_run:
        desk.later.append(record)
    profile = Profile.from_dict(first.profile) if "columns" in first.profile else None
    return ImportReport(record=record, profile=profile, already=first, dry_run=desk.dry_run)


def refuse(desk: Desk, one: Errand, error: DataError) -> ImportReport:
    """The file as a whole is kept aside: one ledger row, one problem of row 0."""
    name = one.arrival.name
    error = _named(error, name)
    finding = Finding(0, 1, "", error.rule, name, str(error)[: intake.MAX_DETAIL], Outcome.QUARANTINED)
    problems = ledger.problems_of([finding], one.import_id, desk.athlete_id)
    # a whole-file refusal says nothing about rows that an earlier reading kept aside: those stay open
    earlier = [problem for problem in one.earlier if problem.row == 0]
    said, write, settled = ledger.against_earlier(problems, earlier)
    words = {key: value for key in ("what", "where", "why", "next") if (value := getattr(error, key))}
    record = _record(
        desk, one, source=one.options.source or "", version="", counts=(0, 0, 0, 0, 0),
        profile={"refused": error.rule, "readers": readers(), "words": words},
    )  # fmt: skip
    if not desk.dry_run and not (write or settled) and one.retry_of is None:
        desk.later.append(record)
    elif not desk.dry_run and (write or settled):
        desk.store.save_import(record, Workouts.empty(), write)
        desk.store.settle_problems(settled, ProblemStatus.RESOLVED)
    return ImportReport(record=record, problems=said, error=error, dry_run=desk.dry_run)


def _named(error: DataError, name: str) -> DataError:
    """The error with the name of the file in it: readers of bytes don't know it."""
    if name in str(error):
        return error
    where = f"{name}, {error.where}" if error.where else name
    return type(error)(error.what, where=where, why=error.why, next=error.next, rule=error.rule)


def _record(
    desk: Desk, one: Errand, *, source: str, version: str, counts: tuple[int, int, int, int, int],
    profile: Mapping[str, Any], seconds: float | None = None,
) -> ImportRecord:  # fmt: skip
    read, imported, warned, duplicate, quarantined = counts
    kept = {**profile, "options": one.options.as_dict()}
    kept.pop("saved_as", None)
    if desk.saved_as:
        kept["saved_as"] = desk.saved_as
    arrival = one.arrival
    record = ImportRecord(
        id=one.import_id, athlete_id=desk.athlete_id, file_name=arrival.name, sha256=arrival.sha256,
        size=arrival.size, source=source, source_version=version, at=datetime.now(UTC),
        seconds=time.perf_counter() - arrival.began if seconds is None else seconds,
        read=read, imported=imported, warned=warned, duplicate=duplicate, quarantined=quarantined, profile=kept,
        retry_of=one.retry_of,
    )  # fmt: skip
    if not desk.dry_run and one.retry_of is None and record.outcome is Outcome.QUARANTINED:
        count("quarantined")
    return record
