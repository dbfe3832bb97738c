"""fitintel export --out FILE.zip"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, workbench


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="The archive to write.")],
    athlete: Athlete = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    json: Json = False,
) -> None:
    """Write everything an athlete owns as one archive: workouts, samples, decisions, the ledger and the raw files.

    Its layout is open (docs/export.md). Take it in elsewhere with: fitintel import FILE.zip
    """
    with workbench() as bench:
        made = bench.export(out, athlete, force=force)
    if json:
        emit({"path": str(made.path), "athlete": made.athlete_id, "size": made.size, "counts": made.counts,
              "absent": list(made.absent)})  # fmt: skip
        return
    held = ", ".join(f"{number:,} {name}" for name, number in sorted(made.counts.items()) if number)
    say(f"{made.path}: {made.size:,} bytes, athlete {made.athlete_id}: {held}")
    if made.absent:
        say(f"  {len(made.absent)} files that the ledger names were never kept, or were removed; they are not in it.")
