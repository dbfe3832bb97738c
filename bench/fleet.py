"""A fleet's nights: time for each athlete against a kernel per brief, growth with the fleet, nights with little new.

    python bench/fleet.py [SIZES] [--years Y] [--engines]

SIZES is like 100,300,1000, none below 8. Each size is a workspace of simulated athletes of whom two thirds have a new
workout on the day of the night that is measured; for the night in which little is new 1 % get another one. Equality
comes first: a night made by increments has the bytes of a whole one, and with --engines processes of this machine and
a two-worker Dask cluster have the bytes of this process.

The other arm of P10 is what one would do without any of this: the daily brief's notebook executed by papermill in a
kernel of its own and rendered. Both arms are told in processor seconds, ours made in this one process: a busy machine
slows both alike, and each athlete is independent of the others, so that cores divide both.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.measure import cpu, exponent
from bench.memory import peak_of_children
from fitintel.core import days
from fitintel.core.workouts import as_column
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly import night
from tests.fleet.people import fleet, history, keep

SEED, LAST, WORKERS = 7, 20_690, 2
KERNELS = 4
"""briefs of the other arm, before and after ours"""
RESULT = Path(__file__).parent / "results" / "fleet.json"


def main(sizes: Sequence[int], years: float, *, engines: bool) -> dict[str, Any]:
    """Figures of all sizes."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="fleet") as folder:
            rows.append(_measured(Path(folder), size, years, least=min(sizes), engines=engines))
        print(json.dumps(rows[-1]), flush=True)
    found: dict[str, Any] = {"years": years, "workers": WORKERS, "sizes": rows, "load": os.getloadavg()[0]}
    if len(rows) > 1:
        for name in ("first_s", "night_s"):
            found[f"{name[:-2]}_exponent"] = exponent(list(sizes), [row[name] for row in rows])
    return found


def here(work: Callable[[Any], Any], tasks: Sequence[Any], *_: object) -> Iterator[tuple[Any, Any]]:
    """One after the other in this process: the processor time of a pool's processes is not told to who asks them."""
    return ((task, work(task)) for task in tasks)


def _measured(folder: Path, size: int, years: float, *, least: int, engines: bool) -> dict[str, Any]:
    home, one, other = folder / "home", folder / "one", folder / "other"
    first = LAST - round(365.25 * years) + 1
    with Workbench.open(home) as bench:
        for athlete, workouts in fleet(SEED, size, first=first, last=LAST):
            keep(bench.vault, athlete, workouts)
    row: dict[str, Any] = {"athletes": size, "load": os.getloadavg()[0]}
    row["first_s"] = _night(home, LAST, one)
    _new_workouts(home, size, first)
    twin = folder / "twin"
    shutil.copytree(home, twin)
    kernels = [_kernels(twin, folder / "kernels", 0)]
    row["night_s"] = _night(home, LAST + 1, one)
    row["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kernels.append(_kernels(twin, folder / "kernels", KERNELS))
    _one_more(home, max(1, size // 100))
    row["increment_s"] = _night(home, LAST + 1, one)
    row["whole_s"] = _night(home, LAST + 1, other)
    if _files(one) != _files(other):
        raise SystemExit("a night by increments has other bytes than a whole one: nothing was measured")
    for engine in ("local", "dask") if engines else ():
        if _files(_pooled(home, folder / engine, engine)) != _files(other):
            raise SystemExit(f"the engine {engine} has other bytes than this process: nothing was measured")
    if size == least:
        with peak_of_children() as peak:
            _pooled(home, folder / "pool", "local")
        row["worker_mb"] = peak[0] / 1024
    row["kernel_s"] = statistics.mean(kernels)
    row["kernel_ratio"] = row["kernel_s"] / (row["night_s"] / size)
    row["increment_ratio"] = row["whole_s"] / row["increment_s"]
    return row


def _night(home: Path, day: int, out: Path) -> float:
    """CPU s of a night in this process."""
    pool, night.spread = night.spread, here  # type: ignore[assignment]
    try:
        before = cpu()
        with Workbench.open(home) as bench:
            report = bench.nightly(brief_files, day=day, workers=WORKERS, out=out, track=False)
        spent = cpu() - before
    finally:
        night.spread = pool
    if report.failed:
        raise SystemExit(f"{len(report.failed)} briefs failed, the first: {report.failed[0]}")
    return spent


def _pooled(home: Path, out: Path, engine: str) -> Path:
    with Workbench.open(home) as bench:
        bench.nightly(brief_files, day=LAST + 1, workers=WORKERS, out=out, track=False, engine=engine)
    return out


def _new_workouts(home: Path, size: int, first: int) -> None:
    """What the athletes did on the day after the first night."""
    with Workbench.open(home) as bench:
        for index, athlete in enumerate(bench.athletes()[:size]):
            rows = history(SEED, index, first=first, last=LAST + 1)
            new = rows.take(rows["day"] > LAST)
            if len(new):
                keep(bench.vault, athlete, new, number=1)


def _one_more(home: Path, count: int) -> None:
    """A second workout of the day of the night, for the first `count` athletes."""
    with Workbench.open(home) as bench:
        for index, athlete in enumerate(bench.athletes()[:count]):
            last = history(SEED, index, first=LAST - 60, last=LAST).take(slice(-1, None))
            late = (LAST + 1) * 86_400.0 + 20 * 3600.0
            more = last.replace(id=as_column("id", [f"w-more-{index}"]), day=as_column("day", [LAST + 1]),
                                start=as_column("start", [late]))  # fmt: skip
            keep(bench.vault, athlete, more, number=2)


def _kernels(home: Path, out: Path, since: int) -> float:
    """CPU s a brief: its notebook in a kernel of its own, and its page."""
    from fitintel.reporting.html import render
    from fitintel.reporting.notebooks import execute
    from fitintel.workbench.publishing import environment, notebook_source

    out.mkdir(exist_ok=True)
    with Workbench.open(home) as bench:
        who, given = [one.id for one in bench.athletes()][since : since + KERNELS], environment(bench.settings)
    before = cpu()
    for athlete in who:
        made = execute(notebook_source("briefs/daily_brief.ipynb"),
                       {"athlete": athlete, "day": days.iso(LAST + 1), "units": "metric", "language": ""},
                       out / f"{athlete}.ipynb", environment=given)  # fmt: skip
        render(made, out / f"{athlete}.html")
    return (cpu() - before) / len(who)


def _files(folder: Path) -> dict[str, bytes]:
    name = days.iso(LAST + 1)
    return {path.name: path.read_bytes() for path in sorted(folder.rglob(f"*{name}*")) if path.is_file()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", nargs="?", default="100,300,1000")
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--engines", action="store_true")
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    figures = main([int(size) for size in asked.sizes.split(",")], asked.years, engines=asked.engines)
    asked.out.parent.mkdir(exist_ok=True)
    asked.out.write_text(json.dumps(figures, indent=1) + "\n")
