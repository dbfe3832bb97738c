"""fitintel audit: who did and read what, and whether that record is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, progress, say, table, workbench

app = typer.Typer(
    no_args_is_help=True,
    help="The audit chain: rows that are only ever added, each signed together with the one before.\n\n"
    "Its key is kept outside the database (audit.key in the workspace, or FITINTEL_AUDIT_KEY_FILE), and so are its "
    "anchors (FITINTEL_AUDIT_ANCHORS).",
)


@app.command()
def verify(
    anchors: Annotated[
        Path | None, typer.Option(help="Folder with a copy of anchors.jsonl. Default: the one that is written to.")
    ] = None,
    chain: Annotated[
        bool, typer.Option("--chain", help="Only the chain, not the stored briefs, runs and results it speaks of.")
    ] = False,
    json: Json = False,
) -> None:
    """Verify every row: names each edit, removal, insertion, swap and truncation with its row. Exit code 1 if any.

    Then the stored briefs, runs, inputs and results are held against it: a run that was edited is named.
    """
    from fitintel.views.audit import verdict_dict, verdict_text

    with workbench() as bench, progress() as tell:
        verdict = bench.verify_audit(anchors, stored=not chain, progress=tell)
    if json:
        emit(verdict_dict(verdict))
    else:
        say(verdict_text(verdict))
    raise typer.Exit(0 if verdict.whole else 1)


@app.command("list")
def list_(
    subject: Annotated[str | None, typer.Option(help="Only rows about this athlete, algorithm or policy.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only runs, access, export, promotion, consent or policy.")] = None,
    last: Annotated[int, typer.Option(help="Only the newest so many.")] = 50,
    json: Json = False,
) -> None:
    """List rows, oldest first: who, what, whose, when (UTC), through which surface and why."""
    from fitintel.views.audit import row_dict, row_lines

    with workbench() as bench:
        found = bench.audit_rows(subject=subject, kind=kind, last=last)
    if json:
        emit([row_dict(row) for row in found])
    elif not found:
        say("No such row. Rows are added by every brief, export and reading of an athlete's data.")
    else:
        table(*row_lines(found), right=(0,))


@app.command()
def anchor(json: Json = False) -> None:
    """Write the end of the chain to the anchor file now; it is written by itself every 5 minutes of use."""
    with workbench() as bench:
        made = bench.anchor_audit()
    if json:
        emit({"number": made.anchor.number, "mac": made.anchor.mac, "path": str(made.path)})
    else:
        say(f"Row {made.anchor.number:,} is anchored in {made.path}")


@app.command()
def rekey(why: Annotated[str, typer.Option(help="Reason; it stands in the record.")] = "", json: Json = False) -> None:
    """Sign the chain with a new key from now on.

    The old key signs a last row that names the new one; it is kept in audit-keys of the workspace, for what it signed
    has to be verified, and signs nothing any more.
    """
    with workbench() as bench:
        made = bench.rekey_audit(why)
    if json:
        emit({"before": made.before, "now": made.now, "closed": made.closed, "file": made.file and str(made.file)})
        return
    closed = f"row {made.closed:,} closed the chain of {made.before}" if made.closed else "an earlier call is completed"
    say(f"The key {made.now} signs the audit chain now; {closed}.")
    if made.file:
        say(f"FITINTEL_AUDIT_KEY gives the old key: give the new one instead, FITINTEL_AUDIT_KEY_FILE={made.file}")
