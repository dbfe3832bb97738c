"""Taking workouts in: files and folders of them, archives, a typed workout, and what waits in quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from fitintel.core.errors import UnknownName
from fitintel.core.records import ImportRecord, Outcome
from fitintel.core.sports import SPORTS, known_sport
from fitintel.ingest import arrival as coming
from fitintel.ingest.arrival import Arrival
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile
from fitintel.ingest.report import ImportReport
from fitintel.ingest.source import RECORDERS, get
from fitintel.ingest.sources import manual
from fitintel.ingest.wellness import source as wellness
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import desk as at
from fitintel.workbench.bulk import STAGES, Progress, looked_up, take_all
from fitintel.workbench.duplicates import match_reports
from fitintel.workbench.errands import Desk, Errand, errand
from fitintel.workbench.mending import retry_mended


def import_files(
    store: Store, blobs: Blobs, athlete_id: str, paths: Sequence[str | Path], *, source: str | None = None,
    profile: Profile | str | Path | None = None, save_profile: str | None = None, dry_run: bool = False,
    today: int | None = None, progress: Progress | None = None, workers: int = 0, **said: Any,
) -> tuple[ImportReport, ...]:  # fmt: skip
    """Import files, folders and archives: one report for each file, and for each member before its archive.

    A file that cannot be used is kept, reported, and does not stop the others.

    `profile` is a profile, a JSON file, or the name under which `save_profile` kept one; `today` a day number;
    `workers` the number of child processes (0: one for each core). Whatever else is `said` are fields of
    `ingest.options.Options`: `date_order`, `units`, `sport`, `zone`, `salvage`, `person`.

    Raises:
        UsageError: a file is missing or no file, or an option names what does not exist; then nothing was imported.
        NotFound: there is no such athlete.
    """
    store.athlete(athlete_id)
    files = coming.found([Path(path) for path in paths])
    options = Options(source=source, profile=_profile(store, athlete_id, profile), **said)
    _check(options)
    desk = Desk(store, blobs, athlete_id, today, dry_run, save_profile)

    arrived = coming.arrivals(files, lambda sha256: _taken_before(desk, sha256, options))
    reports = tuple(take_all(desk, looked_up(desk, arrived, options), progress, len(files), workers))
    match_reports(desk, reports)
    if progress:
        progress(STAGES * len(files), STAGES * len(files), "imported")
    return reports


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
    desk = Desk(store, blobs, athlete_id, today, dry_run)
    report = at.take_in(desk, errand(desk, coming.arrival("typed workout", manual.to_bytes(fields)), options))
    match_reports(desk, [report])
    return report


def retry_quarantined(
    store: Store, blobs: Blobs, athlete_id: str | None = None, *, import_id: str | None = None,
    source: str | None = None, profile: Profile | str | Path | None = None, dry_run: bool = False,
    today: int | None = None, progress: Progress | None = None, workers: int = 0,
    mended: Sequence[str | Path] = (), **said: Any,
) -> tuple[ImportReport, ...]:  # fmt: skip
    """Read again, from the kept bytes, every file with open quarantined rows, by the options given and today's rules.

    What now passes is imported and its problems are resolved; what does not stays as it was. A retry that changes
    nothing leaves no ledger row. With `mended` files only those are read, instead of the files of their names that
    wait; they need an athlete.

    Raises:
        UsageError: a mended file is not there, or none or several of its name wait.
    """
    if mended:
        options = Options(source=source, profile=_profile(store, athlete_id or "", profile), **said)
        _check(options)
        return retry_mended(store, blobs, store.athlete(athlete_id or "").id, mended, options, dry_run=dry_run,
                            today=today, workers=workers)  # fmt: skip
    open_ = store.problems(athlete_id=athlete_id, import_id=import_id, outcome=Outcome.QUARANTINED.value)
    waiting = {problem.import_id for problem in open_ if problem.rule != "file_too_large"}
    files: dict[tuple[str, str], ImportRecord] = {}
    for record in store.imports(athlete_id):
        if record.id in waiting and record.sha256:
            files.setdefault((record.athlete_id, record.sha256), record)
    reports: list[ImportReport] = []
    for owner in dict.fromkeys(record.athlete_id for record in files.values()):
        desk = Desk(store, blobs, owner, today, dry_run)
        given = Options(source=source, profile=_profile(store, owner, profile), **said)
        own = [record for record in files.values() if record.athlete_id == owner]
        read = tuple(take_all(desk, _again(desk, own, given), progress, len(own), workers))
        match_reports(desk, read)
        reports += read
    return tuple(reports)


def _again(desk: Desk, records: Iterable[ImportRecord], given: Options) -> Iterator[Errand]:
    for record in records:
        options = given.over(record.profile.get("options") or {})
        _check(options)
        data = desk.blobs.get("raw", record.sha256)
        for arrival in coming.arrivals_of(record.file_name, data, lambda _: False):
            yield errand(desk, arrival, options, retry_of=record.id)


def _taken_before(desk: Desk, sha256: str, options: Options) -> bool:
    arrival = Arrival("", sha256, 0, b"", 0.0)
    return errand(desk, arrival, options).already is not None


def _check(options: Options) -> None:
    others = (manual.SOURCE.name, *RECORDERS, *wellness.ORDER, wellness.LAST)
    if options.source is not None and options.source not in others:
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
