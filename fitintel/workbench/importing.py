"""Taking workouts in: files, a typed workout, and what waits in quarantine.

Order of writing: raw bytes, then flags of stored workouts, then one transaction with workouts, problems and ledger
row, then the settling of old problems. A crash between two of them leaves nothing half-imported, and importing again
completes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from fitintel.core.errors import DataError, UnknownName
from fitintel.core.records import ImportRecord, Outcome, Problem, ProblemStatus
from fitintel.core.sports import SPORTS, known_sport
from fitintel.core.workouts import Workouts
from fitintel.ingest import against_store as said_of
from fitintel.ingest import intake, ledger
from fitintel.ingest.arrival import Arrival, from_file, regular
from fitintel.ingest.arrival import arrival as arrival_of
from fitintel.ingest.intake import Finding, Intake
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.report import ImportReport, totals
from fitintel.ingest.source import get, sources
from fitintel.ingest.sources import manual
from fitintel.storage.store import Blobs, Store

Progress = Callable[[int, int, str], None]
STAGES = 3
"""steps per file that progress counts: reading, comparing, storing"""
COMPARED = ("id", "day", "sport", "source_sport", "duration", "distance", "flags")


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where an import writes."""

    store: Store
    blobs: Blobs
    athlete_id: str
    today: int | None = None
    dry_run: bool = False
    saved_as: str | None = None
    tell: Callable[[int, str], None] = lambda stage, text: None


def import_files(
    store: Store, blobs: Blobs, athlete_id: str, paths: Sequence[str | Path], *, source: str | None = None,
    profile: Profile | str | Path | None = None, save_profile: str | None = None, date_order: str | None = None,
    units: str | None = None, sport: str | None = None, dry_run: bool = False, today: int | None = None,
    progress: Progress | None = None,
) -> tuple[ImportReport, ...]:  # fmt: skip
    """Import files, one report each. A file that cannot be used is kept, reported, and does not stop the others.

    `profile` is a profile, a JSON file, or the name under which `save_profile` kept one; `units` is metric, imperial or
    names like `mi,min`; `today` a day number.

    Raises:
        UsageError: a file is missing or no file, or an option names what does not exist; then nothing was imported.
        NotFound: there is no such athlete.
    """
    store.athlete(athlete_id)
    files = [regular(Path(path)) for path in paths]
    options = Options(source, _profile(store, athlete_id, profile), date_order, units, sport)
    _check(options)
    desk = _Desk(store, blobs, athlete_id, today, dry_run, save_profile)
    reports = []
    for done, path in enumerate(files):
        reports.append(_take_in(_telling(desk, progress, done, len(files)), from_file(path), options))
    if progress:
        progress(STAGES * len(files), STAGES * len(files), "imported")
    return tuple(reports)


def add_workout(
    store: Store, blobs: Blobs, athlete_id: str, *, date_order: str | None = None, dry_run: bool = False,
    today: int | None = None, **fields: Any,
) -> ImportReport:  # fmt: skip
    """Take in one typed workout, through the same checks as a file. Fields are those of `sources.manual.FIELDS`.

    Raises:
        UsageError: a field does not exist, or a duration or distance could mean two things.
    """
    store.athlete(athlete_id)
    if fields.get("sport") and known_sport(str(fields["sport"])) is None:
        raise UnknownName("sport", str(fields["sport"]), SPORTS)
    options = Options(source=manual.SOURCE.name, date_order=date_order)
    _check(options)
    data = manual.to_bytes(fields)
    return _take_in(_Desk(store, blobs, athlete_id, today, dry_run), arrival_of("typed workout", data), options)


def retry_quarantined(
    store: Store, blobs: Blobs, athlete_id: str | None = None, *, import_id: str | None = None,
    source: str | None = None, profile: Profile | str | Path | None = None, date_order: str | None = None,
    units: str | None = None, sport: str | None = None, dry_run: bool = False, today: int | None = None,
    progress: Progress | None = None,
) -> tuple[ImportReport, ...]:  # fmt: skip
    """Read again, from the kept bytes, every file with open quarantined rows, by the options given and today's rules.

    What now passes is imported and its problems are resolved; what does not stays as it was. A retry that changes
    nothing leaves no ledger row.
    """
    open_ = store.problems(athlete_id=athlete_id, import_id=import_id, outcome=Outcome.QUARANTINED.value)
    waiting = {problem.import_id for problem in open_ if problem.rule != "file_too_large"}
    records = [record for record in store.imports(athlete_id) if record.id in waiting]
    files: dict[tuple[str, str], ImportRecord] = {}
    for record in records:
        files.setdefault((record.athlete_id, record.sha256), record)
    reports = []
    for done, record in enumerate(files.values()):
        said = Options(source, _profile(store, record.athlete_id, profile), date_order, units, sport)
        options = said.over(record.profile.get("options") or {})
        _check(options)
        desk = _telling(_Desk(store, blobs, record.athlete_id, today, dry_run), progress, done, len(files))
        kept = arrival_of(record.file_name, blobs.get("raw", record.sha256))
        reports.append(_take_in(desk, kept, options, retry_of=record.id))
    return tuple(reports)


def _telling(desk: _Desk, progress: Progress | None, done: int, files: int) -> _Desk:
    if progress is None:
        return desk
    return replace(desk, tell=lambda stage, text: progress(STAGES * done + stage, STAGES * files, text))


def _check(options: Options) -> None:
    if options.source is not None and options.source != manual.SOURCE.name:
        get(options.source)
    options.check()


def _profile(store: Store, athlete_id: str, wanted: Profile | str | Path | None) -> Profile | None:
    if wanted is None or isinstance(wanted, Profile):
        return wanted
    if Path(wanted).is_file():
        return Profile.load(Path(wanted))
    saved = {name: record for record in store.imports(athlete_id) if (name := record.profile.get("saved_as"))}
    if str(wanted) not in saved:
        raise UnknownName(
            "saved profile", str(wanted), saved, next="save one with: fitintel import --save-profile NAME"
        )
    return Profile.from_dict(saved[str(wanted)].profile)


def _take_in(desk: _Desk, arrival: Arrival, options: Options, *, retry_of: str | None = None) -> ImportReport:
    before = desk.store.imports(desk.athlete_id, sha256=arrival.sha256)
    earlier = _earlier(desk, before)
    if arrival.refused is not None:
        return _refused(desk, arrival, options, arrival.refused, earlier=earlier)
    already = None
    if retry_of is None and desk.saved_as is None:
        versions = {name: found.version for name, found in sources().items()}
        versions[manual.SOURCE.name] = manual.SOURCE.version
        already = next((record for record in before if ledger.same_reading(record, options, versions)), None)
        # with rows still waiting it is read again: a crash may have kept one from being marked as resolved
        if already is not None and not any(problem.status is ProblemStatus.OPEN for problem in earlier):
            return _nothing_new(desk, arrival, options, already, earlier)
    if not desk.dry_run:
        desk.blobs.put("raw", arrival.data)
    import_id = ledger.new_import_id()
    desk.tell(0, f"reading {arrival.name}")
    if already is not None:
        options = options.over(already.profile.get("options") or {})
    try:
        taken = intake.read(arrival.data, name=arrival.name, athlete_id=desk.athlete_id, import_id=import_id,
                            options=options, today=desk.today)  # fmt: skip
    except DataError as error:
        return _refused(desk, arrival, options, error, retry_of=retry_of, earlier=earlier)
    report = _keep(desk, arrival, options, taken, import_id, earlier, retry_of)
    return report if report.totals.workouts else replace(report, already=already)


def _earlier(desk: _Desk, before: Sequence[ImportRecord]) -> list[Problem]:
    found: list[Problem] = []
    for record in before:
        found += desk.store.problems(import_id=record.id, outcome=Outcome.QUARANTINED.value, status=None)
    return found


def _keep(
    desk: _Desk, arrival: Arrival, options: Options, taken: Intake, import_id: str, earlier: Sequence[Problem],
    retry_of: str | None,
) -> ImportReport:  # fmt: skip
    store, athlete_id = desk.store, desk.athlete_id
    desk.tell(1, f"comparing {taken.read:,} rows of {arrival.name}")
    known = store.known_ids(athlete_id, taken.workouts["id"].tolist())
    is_known = np.fromiter((each in known for each in taken.workouts["id"].tolist()), bool, len(taken.workouts))
    new = taken.workouts.take(~is_known) if known else taken.workouts
    stored = _stored_beside(store, athlete_id, taken.workouts)
    changes = said_of.changes(taken, taken.workouts.take(is_known), stored) if known else []
    replaced = sorted({str(change.workout_id) for change in changes})
    if replaced:
        # the whole file is asked again, so that corrected rows stand in file order among the new ones
        corrected = np.isin(taken.workouts["id"].astype(str), replaced)
        new = taken.workouts.take(~is_known | corrected)
        stored = stored.take(~np.isin(stored["id"].astype(str), replaced))
    new, flags, likenesses = said_of.likenesses(taken, new, stored)
    fresh = set(new["id"].tolist())
    findings = [f for f in taken.findings if said_of.still_said(f, fresh, anything=bool(fresh) or not taken.read)]
    findings += likenesses + changes
    findings.sort(key=lambda f: (f.row, f.column, f.rule))
    problems = ledger.problems_of(findings, import_id, athlete_id)
    said, write, settled = ledger.against_earlier(problems, earlier)
    told = set(replaced)
    warned = sum(bool(flag) or name in told for name, flag in zip(new["id"], new["flags"], strict=True))
    repeated = taken.repeated + len(taken.workouts) - len(new)
    record = _record(
        desk, arrival, options, import_id, retry_of, source=taken.source.name, version=taken.source.version,
        counts=(taken.read, len(new) - warned, warned, repeated, taken.kept_aside),
        profile=taken.profile.as_dict(),
    )  # fmt: skip
    changes_something = len(new) or write or settled or flags
    if not desk.dry_run and (retry_of is None or changes_something):
        desk.tell(2, f"storing {len(new):,} workouts of {arrival.name}")
        store.update_flags(athlete_id, flags)
        store.save_import(record, new, write, replaced=replaced)
        store.settle_problems(settled, ProblemStatus.RESOLVED)
    days = new["day"]
    return ImportReport(
        record=record, problems=said, totals=totals(new), profile=taken.profile,
        first_day=int(days.min()) if len(new) else None, last_day=int(days.max()) if len(new) else None,
        units=taken.units, dry_run=desk.dry_run,
    )  # fmt: skip


def _stored_beside(store: Store, athlete_id: str, workouts: Workouts) -> Workouts:
    if not len(workouts):
        return Workouts.empty(COMPARED)
    day = workouts["day"]
    return store.workouts(athlete_id, columns=COMPARED, since=int(day.min()), until=int(day.max()))


def _nothing_new(
    desk: _Desk, arrival: Arrival, options: Options, first: ImportRecord, earlier: Sequence[Problem]
) -> ImportReport:
    dismissed = len({problem.row for problem in earlier if problem.row and problem.status is ProblemStatus.DISMISSED})
    record = _record(
        desk, arrival, options, ledger.new_import_id(), None, source=first.source, version=first.source_version,
        counts=(first.read, 0, 0, first.read - dismissed, dismissed), profile=first.profile,
    )  # fmt: skip
    if not desk.dry_run:
        desk.store.save_import(record, Workouts.empty(), ())
    return ImportReport(record=record, profile=Profile.from_dict(first.profile), already=first, dry_run=desk.dry_run)


def _refused(
    desk: _Desk, arrival: Arrival, options: Options, error: DataError, *, retry_of: str | None = None,
    earlier: Sequence[Problem] = (),
) -> ImportReport:  # fmt: skip
    """The file as a whole is kept aside: one ledger row, one problem of row 0."""
    import_id = ledger.new_import_id()
    finding = Finding(0, 1, "", error.rule, arrival.name, str(error)[: intake.MAX_DETAIL], Outcome.QUARANTINED)
    problems = ledger.problems_of([finding], import_id, desk.athlete_id)
    # a whole-file refusal says nothing about rows that an earlier reading kept aside: those stay open
    said, write, settled = ledger.against_earlier(problems, [problem for problem in earlier if problem.row == 0])
    record = _record(
        desk, arrival, options, import_id, retry_of, source=options.source or "", version="", counts=(0, 0, 0, 0, 0),
        profile={"refused": error.rule},
    )  # fmt: skip
    if not desk.dry_run and (retry_of is None or write or settled):
        desk.store.save_import(record, Workouts.empty(), write)
        desk.store.settle_problems(settled, ProblemStatus.RESOLVED)
    return ImportReport(record=record, problems=said, error=error, dry_run=desk.dry_run)


def _record(
    desk: _Desk, arrival: Arrival, options: Options, import_id: str, retry_of: str | None, *, source: str,
    version: str, counts: tuple[int, int, int, int, int], profile: Mapping[str, Any],
) -> ImportRecord:  # fmt: skip
    read, imported, warned, duplicate, quarantined = counts
    kept = {**profile, "options": options.as_dict()}
    kept.pop("saved_as", None)
    if desk.saved_as:
        kept["saved_as"] = desk.saved_as
    return ImportRecord(
        id=import_id, athlete_id=desk.athlete_id, file_name=arrival.name, sha256=arrival.sha256, size=arrival.size,
        source=source, source_version=version, at=datetime.now(UTC), seconds=time.perf_counter() - arrival.began,
        read=read, imported=imported, warned=warned, duplicate=duplicate, quarantined=quarantined, profile=kept,
        retry_of=retry_of,
    )  # fmt: skip
