"""A figure that was explained, computed again: as the code of a cell, and as a notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fitintel.core.errors import UsageError
from fitintel.core.explained import Explained


def cell(explained: Explained) -> str:
    """Code of a notebook cell that computes the figure again and shows what it was made from."""
    if not explained.steps:
        raise UsageError("There is nothing to compute again", why="no run is behind this line")
    run = explained.steps[0].run
    return "\n".join((
        "from fitintel import Workbench", "", f'RUN = "{run.id}"  # {run.algorithm} {run.version}',
        "with Workbench.open(why=\"explaining a figure\") as bench:", "    run = bench.run(RUN)",
        "    inputs = {name: bench.value(digest) for name, digest in run.inputs.items()}",
        "    value = bench.replay(RUN)  # fails unless it is the same, bit for bit", "",
        "for name, given in inputs.items():", '    print(name, "=", given)', "value",
    ))  # fmt: skip


def notebook(explained: Explained, out: Path) -> Path:
    """Write a notebook of that cell; raises UsageError where the folder is not there."""
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}", next="make it, or choose another --notebook")
    title = f"# {explained.asked}\n\nComputes the figure again and shows what it was made from."
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "question", "metadata": {}, "source": title},
        {"cell_type": "code", "id": "again", "metadata": {}, "source": cell(explained), "outputs": [],
         "execution_count": None},
    ]  # fmt: skip
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return out
