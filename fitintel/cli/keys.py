"""fitintel keys: what seals tokens, notes, files and tracks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, progress, say, workbench

app = typer.Typer(
    no_args_is_help=True,
    help="Each athlete has a data key that seals their tokens, notes, files and tracks; the workspace's key wraps it.",
)


@app.command()
def status(json: Json = False) -> None:
    """How many athletes have keys, and how much is not sealed with the newest."""
    with workbench() as bench:
        found = bench.key_status()
    if json:
        emit(asdict(found))
        return
    say(f"{found.keyed} of {found.athletes} athletes have a data key; "
        f"{found.data_keys} keys, {found.spare} of them spare.")  # fmt: skip
    say(f"{found.outdated} texts and files are not sealed with the newest key of their athlete; "
        f"{found.wrapped_by_older} keys are wrapped by an older key of the workspace.")  # fmt: skip
    if found.outdated or found.wrapped_by_older:
        say("Next: fitintel keys rotate")


@app.command()
def rotate(
    data: Annotated[bool, typer.Option("--data", help="New data keys as well: everything is sealed anew.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the workspace's key: only seal what is outdated.")] = False,
    json: Json = False,
) -> None:
    """A new key of the workspace wraps the data keys; what was never sealed is. Asked again, it goes on."""
    with workbench() as bench, progress() as tell:
        made = bench.rotate_keys(workspace=not keep, data=data, progress=tell)
    if json:
        emit(asdict(made))
    else:
        say("There is a new key of the workspace." if made.workspace_key else "The key of the workspace stays.")
        say(f"{made.wrapped} data keys wrapped anew, {made.texts} texts and {made.files} files sealed anew, "
            f"{made.destroyed} old data keys destroyed.")  # fmt: skip
