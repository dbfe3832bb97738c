"""fitintel replay: the same number again."""

from __future__ import annotations

from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, workbench


def replay(
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="Run id, as printed beside a number (r-...).")],
    json: Json = False,
) -> None:
    """Compute a stored run again from its stored inputs; fails unless the answer is the same, bit for bit."""
    from fitintel.views.runs import run_text, value_lines

    with workbench() as bench:
        run = bench.run(run_id)
        value = bench.replay(run_id)
    if json:
        emit({"run": run.id, "algorithm": run.algorithm, "version": run.version, "parameters": dict(run.parameters),
              "inputs": dict(run.inputs), "parents": list(run.parents), "output": run.output, "same": True,
              "value": value_lines(value)})  # fmt: skip
    else:
        say(run_text(run, value))
