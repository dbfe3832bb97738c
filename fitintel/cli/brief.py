"""fitintel brief: the daily brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from fitintel.cli.console import Athlete, Json, Language, emit, progress, reader, say, workbench
from fitintel.cli.import_ import exit_code, print_reports


class DiffOfYesterday(TyperCommand):
    """`--diff` alone is short for `--diff yesterday`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Fill in what stands for no day."""
        if "--diff" in args:
            place = args.index("--diff") + 1
            if place == len(args) or args[place].startswith("-"):
                args = [*args[:place], "yesterday", *args[place:]]
        return super().parse_args(ctx, args)


def brief(
    athlete: Athlete = None,
    day: Annotated[
        str | None,
        typer.Option(help="2025-10-07, today, or latest. Default: today, or the last day with data if that is old."),
    ] = None,
    units: Annotated[str | None, typer.Option(help="metric or imperial. Default: the athlete's own.")] = None,
    language: Language = None,
    data: Annotated[Path | None, typer.Option(help="Import this file for yourself first.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for notebook and page. Default: in the workspace.")] = None,
    notebook: Annotated[bool, typer.Option(help="Execute the notebook and render the page.")] = True,
    diff: Annotated[
        str | None,
        typer.Option(
            metavar="[DAY]",
            help="Say what changed, and why, since yesterday's brief, or since that of a day or a brief id.",
        ),
    ] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Review a week that is over instead.")] = False,
    json: Json = False,
) -> None:
    """Make one athlete's daily brief: an executed notebook, a self-contained page, and the text here.

    With nothing imported yet, a simulated squad is made first, and the brief is of one of its athletes.
    """
    from fitintel.views.opened import view_of

    if diff is not None:
        _diff(athlete, day, units, language, diff, json)
        return
    if weekly:
        _weekly(athlete, day, units, language, out, notebook, json)
        return
    code = 0
    with workbench() as bench, progress() as tell:
        read_in, language = reader(bench, units, language)
        if data is not None:
            reports = bench.import_files([data], athlete_id=athlete, progress=tell)
            code = exit_code(reports)
            if not json:
                print_reports(reports, read_in, as_json=False)
                say()
        elif not bench.athletes():
            made = bench.ensure_demo(progress=tell)
            if not json:
                say(f"Nothing is imported yet, so a simulated squad of {made} athletes was made.")
                say("Import your own file with: fitintel import FILE\n")
        paths = {}
        if notebook:
            from fitintel.views.algorithm import algorithm_file

            published = bench.publish(athlete, day, read_in, out=out, progress=tell, language=language,
                                      page=algorithm_file)  # fmt: skip
            opened = published.opened
            paths = {"notebook": str(published.notebook), "html": str(published.html)}
        else:
            opened = bench.open_brief(athlete, day)
        if bench.actor.is_owner:  # elsewhere a service tells it
            # the brief is here; MLflow is told meanwhile, and `fitintel doctor` says how that went
            bench.track(wait=False)
    view = view_of(opened, read_in, language)
    if json:
        emit({**view.as_dict(), **paths})
    else:
        view.show()
        for label, path in paths.items():
            say(f"{label:<9}{path}")
    raise typer.Exit(code)


def _diff(
    athlete: str | None, day: str | None, units: str | None, language: str | None, before: str, json: bool
) -> None:  # fmt: skip
    from fitintel.views.diff import diff_view

    with workbench() as bench:
        view = diff_view(bench.compare(athlete, day, before), *reader(bench, units, language))
    if json:
        emit(view.as_dict())
    else:
        say(view.text())


def _weekly(
    athlete: str | None, day: str | None, units: str | None, language: str | None, out: Path | None, notebook: bool,
    json: bool,
) -> None:  # fmt: skip
    from fitintel.views.weekly import weekly_view

    with workbench() as bench:
        read_in, language = reader(bench, units, language)
        view = weekly_view(bench.weekly_review(athlete, day), read_in, language)
        made = bench.publish_review(athlete, day, read_in, out=out, language=language) if notebook else None
    paths = {"notebook": str(made[0]), "html": str(made[1])} if made else {}
    if json:
        emit({**view.as_dict(), **paths})
        return
    view.show()
    for label, path in paths.items():
        say(f"{label:<9}{path}")
