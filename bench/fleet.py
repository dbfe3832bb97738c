"""A fleet's nights: time for each athlete against a kernel per brief, growth with the fleet, nights with little new.

    python bench/fleet.py [SIZES] [--years Y] [--dask]

SIZES is like 100,300,1000. Each size is a workspace of simulated athletes of whom two thirds have a new workout on the
day of the night that is measured. Equality comes first: a night made by increments has the bytes of a whole one, and
with --dask a two-worker cluster has the bytes of local processes. The other arm of P10 is what one would do without
any of this: the daily brief's notebook executed by papermill in a kernel of its own and rendered, two at a time.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.measure import exponent
from fitintel.core import days
from fitintel.core.nights import NightReport
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from tests.fleet.people import fleet, history, keep

SEED, LAST, WORKERS = 7, 20_690, 2
KERNELS = 8
"""briefs of the other arm, before and after ours"""
RESULT = Path(__file__).parent / "results" / "fleet.json"


def main(sizes: Sequence[int], years: float, *, dask: bool) -> dict[str, Any]:
    """Figures of all sizes."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="fleet") as folder:
            rows.append(_measured(Path(folder), size, years, dask=dask))
        print(json.dumps(rows[-1]), flush=True)
    found: dict[str, Any] = {"years": years, "workers": WORKERS, "sizes": rows, "load": os.getloadavg()[0]}
    if len(rows) > 1:
        for name in ("first_s", "night_s"):
            found[f"{name[:-2]}_exponent"] = exponent(list(sizes), [row[name] for row in rows])
    return found


def _measured(folder: Path, size: int, years: float, *, dask: bool) -> dict[str, Any]:
    home, one, other = folder / "home", folder / "one", folder / "other"
    first = LAST - round(365.25 * years) + 1
    began = time.perf_counter()
    with Workbench.open(home) as bench:
        for athlete, workouts in fleet(SEED, size, first=first, last=LAST):
            keep(bench.vault, athlete, workouts)
    row: dict[str, Any] = {"athletes": size, "load": os.getloadavg()[0], "stored_s": time.perf_counter() - began}
    with _peak() as peak:
        row["first_s"] = _night(home, LAST, one).seconds
        _new_workouts(home, size, first)
        twin = folder / "twin"
        shutil.copytree(home, twin)
        kernels = [_kernels(twin, folder / "kernels", 0)]
        row["night_s"] = _night(home, LAST + 1, one).seconds
        kernels.append(_kernels(twin, folder / "kernels", KERNELS % size))
        with Workbench.open(home) as bench:
            for athlete in bench.athletes()[: max(1, size // 100)]:
                bench.vault.put_athlete(replace(athlete, goal_days=4.0))
        row["increment_s"] = _night(home, LAST + 1, one).seconds
        row["whole_s"] = _night(home, LAST + 1, other).seconds
        if _files(one) != _files(other):
            raise SystemExit("a night by increments has other bytes than a whole one: nothing was measured")
        if dask:
            third = folder / "third"
            row["dask_s"] = _night(home, LAST + 1, third, engine="dask").seconds
            if _files(third) != _files(other):
                raise SystemExit("a Dask cluster has other bytes than local processes: nothing was measured")
    row["worker_mb"] = peak[0] / 1024
    row["kernel_s"] = statistics.mean(kernels)
    row["kernel_ratio"] = row["kernel_s"] / (row["night_s"] / size)
    row["increment_ratio"] = row["whole_s"] / row["increment_s"]
    return row


def _night(home: Path, day: int, out: Path, **how: Any) -> NightReport:
    with Workbench.open(home) as bench:
        report = bench.nightly(brief_files, day=day, workers=WORKERS, out=out, track=False, **how)
    if report.failed:
        raise SystemExit(f"{len(report.failed)} briefs failed, the first: {report.failed[0]}")
    return report


def _new_workouts(home: Path, size: int, first: int) -> None:
    """What the athletes did on the day after the first night."""
    with Workbench.open(home) as bench:
        for index, athlete in enumerate(bench.athletes()[:size]):
            rows = history(SEED, index, first=first, last=LAST + 1)
            new = rows.take(rows["day"] > LAST)
            if len(new):
                keep(bench.vault, athlete, new, number=1)


def _kernels(home: Path, out: Path, since: int) -> float:
    """Wall s a brief: its notebook in a kernel of its own and its page, WORKERS at a time."""
    from fitintel.reporting.html import render
    from fitintel.reporting.notebooks import execute
    from fitintel.workbench.publishing import environment, notebook_source

    out.mkdir(exist_ok=True)
    with Workbench.open(home) as bench:
        who, given = [one.id for one in bench.athletes()][since : since + KERNELS], environment(bench.settings)
    source = notebook_source("briefs/daily_brief.ipynb")

    def one(athlete: str) -> None:
        made = execute(source, {"athlete": athlete, "day": days.iso(LAST + 1), "units": "metric", "language": ""},
                       out / f"{athlete}.ipynb", environment=given)  # fmt: skip
        render(made, out / f"{athlete}.html")

    began = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, who))
    return (time.perf_counter() - began) / len(who)


def _files(folder: Path) -> dict[str, bytes]:
    name = days.iso(LAST + 1)
    return {path.name: path.read_bytes() for path in sorted(folder.rglob(f"*{name}*")) if path.is_file()}


@contextmanager
def _peak() -> Iterator[list[float]]:
    """The most memory [KiB] that any one process of a pool of this one has held, looked up every half second."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            for place in Path("/proc").glob("[0-9]*"):
                try:
                    said = (place / "status").read_text()
                    if b"multiprocessing.forkserver" in (place / "cmdline").read_bytes() and _ours(int(place.name)):
                        held = next(line for line in said.splitlines() if line.startswith("VmHWM"))
                        most[0] = max(most[0], float(held.split()[1]))
                except (OSError, StopIteration):
                    continue  # it has ended

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def _ours(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return False


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", nargs="?", default="100,300,1000")
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    figures = main([int(size) for size in asked.sizes.split(",")], asked.years, dask=asked.dask)
    asked.out.parent.mkdir(exist_ok=True)
    asked.out.write_text(json.dumps(figures, indent=1) + "\n")
