"""fitintel erase: an athlete's data, removed for good."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, workbench


def erase(
    athlete: Annotated[str, typer.Argument(help="Id of the athlete.")] = "",
    confirm: Annotated[str, typer.Option(help="The id once more, instead of being asked for it.")] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Finish erasures that were cut off.")] = False,
    json: Json = False,
) -> None:
    """Remove everything of an athlete for good: workouts, files, samples, statements, briefs, answers, pages, keys.

    Take the data along first with: fitintel export. Rows of the audit chain stay; they hold no figure.
    """
    from fitintel.views.erasing import certificate_dict, certificate_text

    if bool(athlete) == resume:
        raise typer.BadParameter("name one athlete, or say --resume")
    if athlete and not confirm and not json:
        confirm = str(typer.prompt(f"This cannot be undone. To confirm, type {athlete}"))
    with workbench() as bench:
        done = bench.resume_erasures() if resume else [bench.erase(athlete, confirm)]
    if json:
        emit([certificate_dict(one) for one in done] if resume else certificate_dict(done[0]))
        return
    for one in done:
        say(certificate_text(one))
    if not done:
        say("No erasure was cut off.")
