"""fitintel backup | backup verify | backup drill | backup list | restore."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table

app = typer.Typer(help="Back the workspace up, encrypted, while it is used; see that the backup is good.")
Snapshot = Annotated[str, typer.Option(help="Which backup: an id of fitintel backup list, or the latest.")]


@app.callback(invoke_without_command=True)
def backup(context: typer.Context, json: Json = False) -> None:
    """Back the workspace up: databases, files, MLflow's store; keys apart.

    Where to, and the password, say FITINTEL_BACKUP_REPOSITORY and FITINTEL_BACKUP_PASSWORD_FILE.
    """
    if context.invoked_subcommand is not None:
        return
    from fitintel.core.settings import read
    from fitintel.workbench.backing_up.audited import audited
    from fitintel.workbench.backing_up.making import back_up

    with audited(settings := read(), "backup") as told:
        made = back_up(settings)
        told["backup"] = made.snapshot
    if json:
        emit(asdict(made))
    else:
        say(f"backup {made.snapshot}: {made.added:,} bytes new, {made.seconds:.1f} s; it holds what was written"
            f" until {made.at}")  # fmt: skip


@app.command("list")
def list_(json: Json = False) -> None:
    """The backups that are there, oldest first."""
    from fitintel.core.settings import read
    from fitintel.workbench.backing_up.contents import DATA
    from fitintel.workbench.backing_up.restic import Restic

    found = Restic(read()).snapshots(DATA)
    if json:
        emit([{"id": one.id, "at": one.at.isoformat()} for one in found])
    else:
        table(("backup", "time"), [(one.id, one.at.isoformat(" ", "seconds")) for one in found])


@app.command()
def verify(json: Json = False) -> None:
    """Read every byte of the repository; exit code 1 where one is damaged."""
    from fitintel.core.settings import read
    from fitintel.workbench.backing_up.audited import audited
    from fitintel.workbench.backing_up.verifying import verify as verify_

    with audited(settings := read(), "verify backup") as told:
        found = verify_(settings)
        told["backups"] = found.backups
    if json:
        emit(asdict(found))
    else:
        said = "1 backup" if found.backups == 1 else f"{found.backups} backups"
        say(f"{said}, every byte read in {found.seconds:.1f} s: nothing is damaged")


@app.command()
def drill(
    snapshot: Snapshot = "latest",
    database_url: Annotated[
        str | None, typer.Option(help="An empty database for the drill, where the workspace's is not SQLite.")
    ] = None,
    json: Json = False,
) -> None:
    """Restore to a folder of its own, read all of it, throw it away; say how old it is and how long that took."""
    from fitintel.core.settings import read
    from fitintel.workbench.backing_up.audited import audited
    from fitintel.workbench.backing_up.drill import drill as drill_

    with audited(settings := read(), "drill") as told:
        found = drill_(settings, snapshot, database_url=database_url)
        told["backup"] = found.snapshot
    if json:
        emit(asdict(found))
        return
    say(f"backup {found.snapshot} is good: {', '.join(f'{number:,} {name}' for name, number in found.found.items())}")
    say(f"RPO {found.rpo:,.0f} s  the work of so long is lost if this machine is lost now")
    say(f"RTO {found.rto:,.0f} s  after so long it was restored and looked through")


def restore(
    snapshot: Snapshot = "latest",
    force: Annotated[bool, typer.Option("--force", help="Replace the workspace that is there.")] = False,
    json: Json = False,
) -> None:
    """Put the workspace back as a backup holds it. Stop what uses it first.

    Keys are taken from the newest backup where they are not here. Whoever was erased is erased again.
    """
    from fitintel.core.settings import read
    from fitintel.workbench.backing_up.audited import audited
    from fitintel.workbench.backing_up.restoring import restore as restore_

    with audited(settings := read(), "restore") as told:
        done = restore_(settings, snapshot, force=force)
        told |= {"backup": done.snapshot, "state": done.at, "erased again": done.erased_again}
    if json:
        emit(asdict(done))
    else:
        what = ", ".join(done.databases)
        say(f"backup {done.snapshot}, state of {done.at}: {what} and all files, {done.seconds:.1f} s")
