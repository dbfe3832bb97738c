"""fitintel import FILE ..."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, progress, say, workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fitintel.ingest.report import ImportReport


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
    """
    with workbench() as bench, progress() as tell:
        reports = bench.import_files(
            files, athlete_id=athlete, source=source, profile=profile, save_profile=save_profile,
            date_order=date_order, units=units, sport=sport, zone=zone, person=person, salvage=salvage or None,
            dry_run=dry_run, progress=tell,
        )  # fmt: skip
    print_reports(reports, as_json=json)
    raise typer.Exit(exit_code(reports))


def exit_code(reports: Sequence[ImportReport]) -> int:
    """0 done, 3 done with quarantined items; if no file at all could be used, the code of what is wrong with it."""
    refused = [report.error for report in reports if report.error is not None]
    if refused and len(refused) == len(reports):
        return max(error.exit_code for error in refused)
    return 3 if refused or any(report.record.quarantined for report in reports) else 0


def print_reports(reports: Sequence[ImportReport], *, as_json: bool) -> None:
    """What became of each file."""
    if as_json:
        counts = ("read", "imported", "warned", "duplicate", "quarantined")
        emit({**{name: sum(getattr(report.record, name) for report in reports) for name in counts},
              "files": [report.as_dict() for report in reports]})  # fmt: skip
        return
    from fitintel.views.imports import import_text

    for report in reports:
        say(import_text(report))
