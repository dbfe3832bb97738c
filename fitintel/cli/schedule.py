"""fitintel schedule: everybody's brief at their own morning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fitintel.cli.console import Json, emit, say, table, workbench

if TYPE_CHECKING:
    from fitintel.core.errors import FitintelError
    from fitintel.workbench.scheduling.looking import Batch

app = typer.Typer(
    help="Everybody's brief at their own morning: time zone and hour are those of fitintel prefer.\n\n"
    "Each local day has one brief, over changes of clocks and zones, and however many schedulers run.",
    invoke_without_command=True,
)
Notebooks = Annotated[str, typer.Option(help="Execute the notebook of none, of the changed, or of all.")]
Workers = Annotated[int | None, typer.Option(help="Processes. Default: one for each core.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the files. Default: briefs/ in the workspace.")]
CatchUp = Annotated[int, typer.Option(help="Mornings of each athlete that are made up after a downtime.")]


@app.callback()
def schedule(
    context: typer.Context, notebooks: Notebooks = "none", workers: Workers = None, out: Out = None,
    catch_up: CatchUp = 1, every: Annotated[int, typer.Option(help="Seconds from one look to the next.")] = 60,
    at_once: Annotated[int, typer.Option(help="Athletes whose briefs are begun together; a stop waits for all.")] = 500,
) -> None:  # fmt: skip
    """Run until Ctrl-C or SIGTERM, which finish what is under way."""
    if context.invoked_subcommand is not None:
        return
    from fitintel.views.files import brief_files
    from fitintel.workbench.monitoring import logs
    from fitintel.workbench.scheduling.keeping import told_to_stop

    logs.install()
    with workbench() as bench, told_to_stop() as stop:
        say("Briefs are made at everybody's morning. Ctrl-C stops it.")
        bench.keep_schedule(brief_files, tell=_tell, trouble=_trouble, stop=stop, every=every,
                            at_once=at_once, **_wishes(notebooks, workers, out, catch_up))  # fmt: skip
    say("Stopped.")


@app.command("once")
def once(
    notebooks: Notebooks = "none", workers: Workers = None, out: Out = None, catch_up: CatchUp = 1
) -> None:  # fmt: skip
    """Look once: make the briefs of all mornings that have come. For cron and other schedulers."""
    from fitintel.views.files import brief_files

    with workbench() as bench:
        batches = bench.look(brief_files, **_wishes(notebooks, workers, out, catch_up))
    for batch in batches:
        _tell(batch)
    if not batches:
        say("Nobody's morning has come since the last look.")
    raise typer.Exit(max((batch.exit_code for batch in batches), default=0))


@app.command("show")
def show(json: Json = False) -> None:
    """When each athlete's next brief is due, and what has become of the newest."""
    from fitintel.core import days

    with workbench() as bench:
        found = bench.schedule()
    names = ("athlete", "next (UTC)", "morning", "time zone", "newest", "state")
    rows = [
        (one.athlete_id, f"{one.next:%Y-%m-%d %H:%M}", one.reads.morning, one.reads.time_zone or "as this machine",
         days.iso(one.last.day) if one.last else "", one.last.state.value if one.last else "")
        for one in found
    ]  # fmt: skip
    if json:
        emit([dict(zip(names, row, strict=True)) for row in rows])
    else:
        table(names, rows)


@app.command("print")
def print_(
    cron: Annotated[bool, typer.Option("--cron", help="A line for crontab -e.")] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help="A unit, for /etc/systemd/system.")] = False,
) -> None:
    """Print what starts the schedule with this workspace, without a process of our own."""
    import shutil
    import sys

    from fitintel.core import settings
    from fitintel.core.errors import UsageError
    from fitintel.workbench.scheduling import units

    if cron is systemd:
        raise UsageError("Say what to print: one of --cron and --systemd")
    found = shutil.which("fitintel")
    command = [found] if found else [sys.executable, "-m", "fitintel"]
    say((units.cron if cron else units.systemd)(command, settings.read().home, Path.cwd()))


def _wishes(notebooks: str, workers: int | None, out: Path | None, catch_up: int) -> dict[str, Any]:
    return {"notebooks": notebooks, "workers": workers, "out": out, "catch_up": catch_up}


def _trouble(error: FitintelError) -> None:
    say(f"This look stopped, the next one comes all the same. {error}")


def _tell(batch: Batch) -> None:
    from fitintel.core import days
    from fitintel.views.nights import night_view

    if batch.report is None:
        say(f"{days.iso(batch.day)}: no brief of {len(batch.athletes)}. {batch.error}")
        return
    view = night_view(batch.report)
    say(view.said)
    for line in view.failures:
        say(line.text())
