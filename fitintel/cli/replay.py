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
    from fitintel.views.runs import headline, run_text, since, value_lines

    with workbench() as bench:
        found = bench.replay_run(run_id)
    run = found.run
    if json:
        emit({"run": run.id, "algorithm": run.algorithm, "version": run.version, "parameters": dict(run.parameters),
              "inputs": dict(run.inputs), "parents": list(run.parents), "output": run.output, "same": True,
              "value": value_lines(found.value), "in_use": found.current, "changed": dict(found.changed),
              "newer": {one.version: None if one.value is None else headline(one.value) for one in found.newer},
              "since": since(found)})  # fmt: skip
    else:
        say(run_text(found))
