"""P11: the daily brief's notebook executed and rendered, by the warm engine and by a kernel of its own each.

The same notebook, parameters and page; what the cells print is compared first. By the clock, in turns: the processor
time of a fork's children is told to nobody before the fork server ends.
"""

from __future__ import annotations

import tempfile
import time
from itertools import count
from pathlib import Path

import nbformat

from bench.figures import Figure, ratio_figure
from bench.measure import ratio
from fitintel.core import days
from fitintel.reporting.html import render
from fitintel.reporting.notebooks import Engine, execute
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly.athlete import PRELOAD
from fitintel.workbench.publishing import environment, notebook_source

PAIRS, AIM, LAST = 5, 25, 20_366


def figures(short: bool) -> list[Figure]:
    """P11."""
    with tempfile.TemporaryDirectory() as name, Workbench.open(Path(name, "home")) as bench:
        bench.ensure_demo(athletes=1, years=2.0, end_day=LAST)
        (one,) = bench.athletes()
        bench.open_brief(one.id, LAST)
        number, around = count(), environment(bench.settings)
        asked = {"athlete": one.id, "day": days.iso(LAST), "units": "metric", "language": "en"}

        def made(engine: Engine) -> Path:
            out = Path(name, f"{engine.value}-{next(number)}.ipynb")
            given = {"preload": PRELOAD} if engine is Engine.WARM else {}
            execute(notebook_source("briefs/daily_brief.ipynb"), asked, out, engine=engine, environment=around, **given)
            render(out, out.with_suffix(".html"))
            return out

        def seconds(engine: Engine) -> float:
            began = time.perf_counter()
            made(engine)
            return time.perf_counter() - began

        assert told(made(Engine.WARM)) == told(made(Engine.KERNEL)), "the engines' notebooks differ"
        found = ratio(lambda: seconds(Engine.WARM), lambda: seconds(Engine.KERNEL), PAIRS)
        said = f"ours {found['ours_s'] * 1e3:.0f} ms, a kernel each {found['peer_s']:.2f} s, by the clock"
        return [ratio_figure("executed notebook and page, a kernel each", found, AIM, said)]


def told(notebook: Path) -> list[list[str]]:
    """What each cell has put out, as text and HTML."""
    document = nbformat.read(notebook, as_version=4)
    return [[str(output.get("data", output.get("text", ""))) for output in cell.get("outputs", ())]
            for cell in document.cells if cell.cell_type == "code"]  # fmt: skip
