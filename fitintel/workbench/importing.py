"""Taking workouts in: files, a typed workout, and what waits in quarantine.

Order of writing: raw bytes, then flags of stored workouts, then one transaction with workouts, problems and ledger
row, then the settling of old problems. A crash between two of them leaves nothing half-imported, and importing again
completes it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from fitintel.core.errors import DataError, UnknownName, UnreadableFile, UsageError
from fitintel.core.records import ImportRecord, Outcome, Problem, ProblemStatus
from fitintel.core.sports import SPORTS, known_sport
from fitintel.core.workouts import Workouts
from fitintel.ingest import against_store as said_of
from fitintel.ingest import intake, ledger
from fitintel.ingest.intake import Finding, Intake
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.report import ImportReport, totals
from fitintel.ingest.source import get, sources
from fitintel.ingest.sources import manual
from fitintel.ingest.text import MAX_FILE
from fitintel.storage.store import Blobs, Store

Progress = Callable[[int, int, str], None]
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


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The bytes that came in."""

    name: str
    sha256: str
    size: int
    data: bytes
    began: float


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
    files = [_regular(Path(path)) for path in paths]
    options = Options(source, _profile(store, athlete_id, profile), date_order, units, sport)
    _check(options)
    desk = _Desk(store, blobs, athlete_id, today, dry_run, save_profile)
    reports = []
    for done, path in enumerate(files):
        if progress:
            progress(done, len(files), f"importing {intake.shown(path.name)}")
        reports.append(_file(desk, path, options))
    if progress:
        progress(len(files), len(files), "imported")
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
    return _take_in(_Desk(store, blobs, athlete_id, today, dry_run), _arrival("typed workout", data), options)


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
        if progress:
            progress(done, len(files), f"trying {record.file_name} again")
        said = Options(source, _profile(store, record.athlete_id, profile), date_order, units, sport)
        options = said.over(record.profile.get("options") or {})
        _check(options)
        desk = _Desk(store, blobs, record.athlete_id, today, dry_run)
        arrival = _arrival(record.file_name, blobs.get("raw", record.sha256))
        reports.append(_take_in(desk, arrival, options, retry_of=record.id))
    return tuple(reports)


def _regular(path: Path) -> Path:
    if not path.exists():
        raise UsageError("There is no such file", where=path.name, next="check its name and folder")
    if path.is_dir():
        raise UsageError("This is a folder, not a file", where=path.name, next="name the files in it")
    if not path.is_file():
        raise UsageError("This is a device or pipe, not a file", where=path.name, next="name a regular file")
    if not os.access(path, os.R_OK):
        raise UsageError("The file may not be read", where=path.name, next="change its permissions")
    return path


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


def _arrival(name: str, data: bytes) -> _Arrival:
    return _Arrival(intake.shown(name), hashlib.sha256(data).hexdigest(), len(data), data, time.perf_counter())


def _file(desk: _Desk, path: Path, options: Options) -> ImportReport:
    size = path.stat().st_size
    if size > MAX_FILE:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        error = UnreadableFile("The file is too large", where=intake.shown(path.name),
                               why=f"it has {size:,} bytes, the limit is {MAX_FILE:,}; it was not kept",
                               next="split it and import the parts", rule="file_too_large")  # fmt: skip
        return _refused(desk, _Arrival(intake.shown(path.name), sha256, size, b"", time.perf_counter()), options, error)
    return _take_in(desk, _arrival(path.name, path.read_bytes()), options)


def _take_in(desk: _Desk, arrival: _Arrival, options: Options, *, retry_of: str | None = None) -> ImportReport:
    before = desk.store.imports(desk.athlete_id, sha256=arrival.sha256)
    if retry_of is None and desk.saved_as is None:
        versions = {name: found.version for name, found in sources().items()}
        versions[manual.SOURCE.name] = manual.SOURCE.version
        same = [record for record in before if ledger.same_reading(record, options, versions)]
        if same:
            return _already(desk, arrival, options, same[0], before)
    if not desk.dry_run:
        desk.blobs.put("raw", arrival.data)
    import_id = ledger.new_import_id()
    try:
        taken = intake.read(arrival.data, name=arrival.name, athlete_id=desk.athlete_id, import_id=import_id,
                            options=options, today=desk.today)  # fmt: skip
    except DataError as error:
        return _refused(desk, arrival, options, error, retry_of=retry_of, before=before)
    return _keep(desk, arrival, options, taken, import_id, before, retry_of)


def _earlier(desk: _Desk, before: Sequence[ImportRecord]) -> list[Problem]:
    found: list[Problem] = []
    for record in before:
        found += desk.store.problems(import_id=record.id, outcome=Outcome.QUARANTINED.value, status=None)
    return found


def _keep(
    desk: _Desk, arrival: _Arrival, options: Options, taken: Intake, import_id: str, before: Sequence[ImportRecord],
    retry_of: str | None,
) -> ImportReport:  # fmt: skip
    store, athlete_id = desk.store, desk.athlete_id
    known = store.known_ids(athlete_id, taken.workouts["id"].tolist())
    is_known = np.fromiter((each in known for each in taken.workouts["id"].tolist()), bool, len(taken.workouts))
    new = taken.workouts.take(~is_known) if known else taken.workouts
    stored = _stored_beside(store, athlete_id, taken.workouts)
    new, flags, likenesses = said_of.likenesses(taken, new, stored)
    fresh = set(new["id"].tolist())
    findings = [f for f in taken.findings if said_of.still_said(f, fresh, anything=bool(fresh) or not taken.read)]
    findings += likenesses + (said_of.changes(taken, taken.workouts.take(is_known), stored) if known else [])
    findings.sort(key=lambda f: (f.row, f.column, f.rule))
    said, write, settled = ledger.against_earlier(
        ledger.problems_of(findings, import_id, athlete_id), _earlier(desk, before) if before else ()
    )
    warned = sum(map(bool, new["flags"].tolist()))
    repeated = taken.repeated + len(taken.workouts) - len(new)
    record = _record(
        desk, arrival, options, import_id, retry_of, source=taken.source.name, version=taken.source.version,
        counts=(taken.read, len(new) - warned, warned, repeated, taken.kept_aside),
        profile=taken.profile.as_dict(),
    )  # fmt: skip
    changes_something = len(new) or write or settled or flags
    if not desk.dry_run and (retry_of is None or changes_something):
        store.update_flags(athlete_id, flags)
        store.save_import(record, new, write)
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


def _already(
    desk: _Desk, arrival: _Arrival, options: Options, first: ImportRecord, before: Sequence[ImportRecord]
) -> ImportReport:
    open_ = [problem for problem in _earlier(desk, before) if problem.status is ProblemStatus.OPEN]
    waiting = len({problem.row for problem in open_ if problem.row})
    record = _record(
        desk, arrival, options, ledger.new_import_id(), None, source=first.source, version=first.source_version,
        counts=(first.read, 0, 0, first.read - waiting, waiting), profile=first.profile,
    )  # fmt: skip
    if not desk.dry_run:
        desk.store.save_import(record, Workouts.empty(), ())
    profile = Profile.from_dict(first.profile)
    return ImportReport(record=record, problems=tuple(open_), profile=profile, already=first, dry_run=desk.dry_run)


def _refused(
    desk: _Desk, arrival: _Arrival, options: Options, error: DataError, *, retry_of: str | None = None,
    before: Sequence[ImportRecord] = (),
) -> ImportReport:  # fmt: skip
    """The file as a whole is kept aside: one ledger row, one problem of row 0."""
    import_id = ledger.new_import_id()
    finding = Finding(0, 1, "", error.rule, arrival.name, str(error)[: intake.MAX_DETAIL], Outcome.QUARANTINED)
    problems = ledger.problems_of([finding], import_id, desk.athlete_id)
    # a whole-file refusal says nothing about rows that an earlier reading kept aside: those stay open
    earlier = [problem for problem in _earlier(desk, before) if problem.row == 0]
    said, write, settled = ledger.against_earlier(problems, earlier)
    record = _record(
        desk, arrival, options, import_id, retry_of, source=options.source or "", version="", counts=(0, 0, 0, 0, 0),
        profile={"refused": error.rule},
    )  # fmt: skip
    if not desk.dry_run and (retry_of is None or write or settled):
        desk.store.save_import(record, Workouts.empty(), write)
        desk.store.settle_problems(settled, ProblemStatus.RESOLVED)
    return ImportReport(record=record, problems=said, error=error, dry_run=desk.dry_run)


def _record(
    desk: _Desk, arrival: _Arrival, options: Options, import_id: str, retry_of: str | None, *, source: str,
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
