"""fitintel import FILE ..."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, progress, reader, say, workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fitintel.core.units import UnitSystem
    from fitintel.ingest.report import ImportReport
    from fitintel.workbench.restoring import Restored


def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Files, folders or archives; what a file is is found by its content.")
    ],
    athlete: Athlete = None,
    source: Annotated[str | None, typer.Option(help="Name the source instead of having it detected.")] = None,
    profile: Annotated[str | None, typer.Option(help="Read columns as the saved profile of this name says.")] = None,
    save_profile: Annotated[str | None, typer.Option(help="Save how this file was read under this name.")] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd, where dates can be read two ways.")] = None,
    units: Annotated[
        str | None, typer.Option(help="metric or imperial, where a table does not say which units it is in.")
    ] = None,
    sport: Annotated[str | None, typer.Option(help="Sport of rows that do not name one.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Time zone of times that do not say theirs, for example Europe/Berlin.")
    ] = None,
    person: Annotated[str | None, typer.Option(help="Whose rows to take from a table of several people.")] = None,
    salvage: Annotated[
        bool, typer.Option("--salvage", help="Keep what can be read of damaged files, with a warning.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")] = False,
    json: Json = False,
) -> None:
    """Take workouts in from files.

    Each row ends imported, imported with a warning, duplicate or quarantined; nothing is dropped in silence, and a
    second import adds nothing. Look at the quarantine with: fitintel quarantine

    An archive that fitintel export wrote is taken in whole, with its decisions, for the athlete it is of.
    """
    with workbench() as bench, progress() as tell:
        exports = [file for file in files if bench.is_export(file)]
        restored = [bench.restore(file, athlete, dry_run=dry_run) for file in exports]
        if exports:
            print_restored(exports, restored, as_json=json and len(exports) == len(files))
            files = [file for file in files if file not in exports]
            if not files:
                return
        reports = bench.import_files(
            files, athlete_id=athlete, source=source, profile=profile, save_profile=save_profile,
            date_order=date_order, units=units, sport=sport, zone=zone, person=person, salvage=salvage or None,
            dry_run=dry_run, progress=tell,
        )  # fmt: skip
        waiting = 0 if json or dry_run else bench.doubtful(athlete)
        read_in, _language = reader(bench)
    print_reports(reports, read_in, as_json=json)
    if waiting:
        from fitintel.views.imports import doubtful_text

        say(doubtful_text(waiting))
    raise typer.Exit(exit_code(reports))


def exit_code(reports: Sequence[ImportReport]) -> int:
    """0 done, 3 done with quarantined items; if no file at all could be used, the code of what is wrong with it."""
    refused = [report.error for report in reports if report.error is not None]
    if refused and len(refused) == len(reports):
        return max(error.exit_code for error in refused)
    return 3 if refused or any(report.record.quarantined for report in reports) else 0


def print_restored(files: Sequence[Path], restored: Sequence[Restored], *, as_json: bool) -> None:
    """What each export held."""
    if as_json:
        emit([{"file": file.name, "athlete": one.athlete_id, "counts": one.counts} for file, one in
              zip(files, restored, strict=True)])  # fmt: skip
        return
    for file, one in zip(files, restored, strict=True):
        held = ", ".join(f"{number:,} {name}" for name, number in sorted(one.counts.items()) if number)
        say(f"{file.name}: an export of athlete {one.athlete_id}: {held}")


def print_reports(reports: Sequence[ImportReport], units: UnitSystem | None, *, as_json: bool) -> None:
    """What became of each file."""
    if as_json:
        counts = ("read", "imported", "warned", "duplicate", "quarantined")
        emit({**{name: sum(getattr(report.record, name) for report in reports) for name in counts},
              "files": [report.as_dict() for report in reports]})  # fmt: skip
        return
    from fitintel.views.imports import import_text

    for report in reports:
        say(import_text(report, units))
