"""fitintel doctor: what is here, and does it work."""

from __future__ import annotations

import typer

from fitintel.cli.console import Json, emit, say, table, workbench


def doctor(json: Json = False) -> None:
    """Check the workspace: settings, database, file store, cache, notebooks and MLflow; say what to do about each."""
    with workbench() as bench:
        checks = bench.doctor()
    if json:
        emit([check.as_dict() for check in checks])
    else:
        table(("check", "state", "detail"), [(check.name, check.state, check.detail) for check in checks])
        for check in checks:
            if check.todo:
                say(f"\n{check.name}: {check.todo}")
    if any(check.state == "failed" for check in checks):
        raise typer.Exit(1)
