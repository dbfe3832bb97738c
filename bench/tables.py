"""P6: a CSV history from the file to the committed rows, beside the upstream dashboard, and the second import."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from bench import upstream
from bench.daily import assert_same_rows
from bench.figures import Figure, missing, ratio_figure
from bench.histories import history, written
from bench.measure import cpu, cpu_of, ratio
from fitintel import Workbench

TARGETS = {1: 10, 100: 20}
PAIRS = 5


def figures(short: bool) -> list[Figure]:
    """P6."""
    _, rows = history()
    why = upstream.absent()
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for times in (1,) if short else (1, 100):
            file = written(rows, times, folder / f"x{times}.csv")
            what = f"{len(rows) * times:,} rows, upstream's reading, cleaning and inserting"
            if not short:
                found.append(missing(what, why, TARGETS[times]) if why else _beside(file, folder, what, times))
        found.append(_again(folder / "x1.csv", folder, 3 if short else PAIRS))
    return found


def _beside(file: Path, folder: Path, what: str, times: int) -> Figure:
    number = count()

    def ours() -> float:
        with Workbench.open(folder / f"{file.stem}-{next(number)}") as bench:
            return once(bench, file)

    with upstream.server() as url, upstream.running(url) as peer:
        _, held = peer.ask("load", str(file))
        with Workbench.open(folder / f"{file.stem}-equal") as bench:
            bench.import_files([file])
            if times == 1:
                assert_same_rows(bench.store.workouts("me", columns=("duration", "distance")), held)
        found = ratio(ours, lambda: peer.ask("load", str(file))[0], PAIRS if times == 1 else 1)
    said = f"ours {found['ours_s']:.2f} s, upstream {found['peer_s']:.2f} s of its processor time, its server's apart"
    return ratio_figure(what, found, TARGETS[times], said)


def _again(file: Path, folder: Path, pairs: int) -> Figure:
    number = count()
    with Workbench.open(folder / "again") as bench:
        bench.import_files([file])
        before = len(bench.store.workouts("me"))

        def first() -> float:
            with Workbench.open(folder / f"first-{next(number)}") as new:
                return once(new, file)

        found = ratio(lambda: cpu_of(lambda: bench.import_files([file]))[0], first, pairs)
        assert len(bench.store.workouts("me")) == before, "a second import added a row"
    return ratio_figure("the second import of a file, against the first", found, 5)


def once(bench: Workbench, file: Path) -> float:
    """CPU s of one import; migrations are no part of it."""
    _ = bench.store, bench.blobs
    before = cpu()
    bench.import_files([file])
    return cpu() - before
