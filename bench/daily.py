"""The brief of a day, with the models of the days before: P1 beside the upstream dashboard, P2 growth.

Upstream's cold brief is loading from its database, classifying and analysing; ours is loading and composing. What ours
does besides (keeping every run, judging what was told, three files) is measured as the whole verb. Before anything is
timed the two are asserted to hold the same workouts, and a shuffled history to give the same brief.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from bench import upstream
from bench.figures import EXPONENT, Figure, missing, ratio_figure
from bench.histories import history, written
from bench.measure import compiled, cpu, cpu_of, exponent, ratio, timed
from fitintel.core import days

PAIRS = 7
COLD, WHOLE, CACHED = "in process, against upstream's cold brief", "whole process", "against upstream's cached brief"
STEEPEST = 1.05


class Mornings:
    """A workspace with a history, and one new morning after the other.

    On a Monday a week is over, and forecasts and change points are computed anew; the other mornings of the week find
    them stored.
    """

    def __init__(self, home: Path, file: Path) -> None:
        from fitintel import Workbench
        from fitintel.intelligence.brief import compose

        self.bench = Workbench.open(home)
        _ = self.bench.store, self.bench.blobs
        self.import_s, _, _ = timed(lambda: self.bench.import_files([file]))
        self.athlete = self.bench.athlete("me")
        self.rows = self.bench.store.workouts("me")
        self.days = count(int(self.rows["day"][-1]) + 1)
        self.stored: dict[str, Any] = {}
        monday = next(day for day in self.days if days.weekday(day) == 0)
        self._keep(compose(self.athlete, self.rows, monday))
        self._rest_of_week = cycle(range(monday + 1, monday + 7))

    def _keep(self, made: Any) -> None:
        self.stored |= {run.id: (run, made.journal.snapshots[run.output]) for run in made.journal.runs.values()}

    def _composed(self, day: int) -> Any:
        from fitintel.intelligence.brief import compose

        return compose(self.athlete, self.bench.store.workouts("me"), day, recall=self.stored.get)

    def compose(self) -> Any:
        """A morning's brief, with what Monday has stored: loaded and composed; what is new in it is not kept."""
        return self._composed(next(self._rest_of_week))

    def week(self) -> None:
        """The next seven mornings' briefs, each with what those before have stored, a Monday's among them."""
        for day in islice(self.days, 7):
            self._keep(self._composed(day))

    def refitted(self) -> Any:
        """The same with nothing stored."""
        from fitintel.intelligence.brief import compose

        return compose(self.athlete, self.bench.store.workouts("me"), next(self.days))

    def verb(self) -> None:
        """The next morning's brief as it is asked for: composed, kept with its runs, and drawn as files."""
        from fitintel.core.preferences import Preferences
        from fitintel.views.files import brief_files

        brief_files(self.bench.open_brief("me", next(self.days)), Preferences("me"))


@contextmanager
def mornings(folder: Path, rows: list[dict[str, str]], times: int = 1) -> Iterator[Mornings]:
    """A workspace of a history that is multiplied."""
    made = Mornings(folder / f"home{times}", written(rows, times, folder / f"x{times}.csv"))
    try:
        yield made
    finally:
        made.bench.close()


def brief(short: bool) -> list[Figure]:
    """P1."""
    _, rows = history()
    with tempfile.TemporaryDirectory() as name, mornings(Path(name), rows) as own:
        own.compose()
        refit = ratio(lambda: cpu_of(own.compose)[0], lambda: cpu_of(own.refitted)[0], PAIRS)
        figures = [ratio_figure("with stored models, against everything refitted", refit)]
        if short:
            return figures
        equal_when_shuffled(rows, Path(name))
        why = upstream.absent()
        if why:
            return [*figures, missing(COLD, why, 40), missing(CACHED, why), missing(WHOLE, why, 8)]
        return [*figures, *beside_upstream(own, Path(name))]


def beside_upstream(own: Mornings, folder: Path) -> list[Figure]:
    """Ratios of alternating pairs, equal workouts first."""
    with upstream.server() as url:
        with upstream.running(url) as peer:
            _, held = peer.ask("load", str(folder / "x1.csv"))
            assert_same(own, held)
            peer.ask("train")
            cold = ratio(lambda: cpu_of(own.compose)[0], lambda: peer.ask("cold")[0], PAIRS)
            verb = ratio(lambda: cpu_of(own.verb)[0], lambda: peer.ask("cold")[0], PAIRS)
            cached = ratio(lambda: cpu_of(own.compose)[0], lambda: peer.ask("cached")[0], PAIRS)
            week = ratio(lambda: cpu_of(own.week)[0] / 7, lambda: peer.ask("cold")[0], 3)
        cache = folder / "bytecode"
        whole = ratio(lambda: of_process(_ours(own, folder), cache),
                      lambda: of_process(upstream.command(url), cache, _ASKED), PAIRS)  # fmt: skip
    said = f"ours {cold['ours_s'] * 1e3:.0f} ms, upstream {cold['peer_s'] * 1e3:.0f} ms of processor time"
    return [
        ratio_figure(COLD, cold, 40, said), ratio_figure(CACHED, cached),
        ratio_figure("mean of a week of mornings, Monday's new models in it, against upstream's cold brief", week),
        ratio_figure("the whole verb: kept with all runs, three files, against upstream's cold brief", verb),
        ratio_figure(WHOLE, whole, 8, f"ours {whole['ours_s']:.2f} s, upstream {whole['peer_s']:.2f} s"),
    ]  # fmt: skip


_ASKED = '["train"]\n["cold"]\n'
"""a process of upstream has no model before it has trained one; its time is measured without"""


def of_process(command: list[str], cache: Path, asked: str | None = None) -> float:
    """CPU s of a whole process; of upstream without the training that it is asked for first."""
    environment = compiled(cache) | ({"FITINTEL_HOME": command[-1]} if asked is None else {})
    given = command[:-1] if asked is None else command
    before = cpu()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(given, input=asked, env=environment, cwd=folder, capture_output=True, text=True,
                              check=False)  # fmt: skip
    spent = cpu() - before
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    if asked is None:
        return spent
    trained = json.loads(done.stdout.splitlines()[1])["seconds"]
    return spent - float(trained)


def _ours(own: Mornings, folder: Path) -> list[str]:
    return [sys.executable, "-m", "fitintel", "brief", "--day", days.iso(next(own.days)), "--no-notebook",
            "--json", str(folder / "home1")]  # fmt: skip


def assert_same(own: Mornings, held: dict[str, float]) -> None:
    """Both hold the same workouts: what only one of them holds has no duration, which upstream drops."""
    assert_same_rows(own.bench.store.workouts("me", columns=("duration", "distance")), held)


def assert_same_rows(rows: Any, held: dict[str, float]) -> None:
    """The rows that have a duration, and all miles, are those that upstream holds."""
    from fitintel.core.units import METRE_PER_MILE

    timed_rows = ~(rows["duration"] != rows["duration"])
    assert abs(int(timed_rows.sum()) - held["n"]) <= 5, (int(timed_rows.sum()), held)
    miles = float(sum(value for value in rows["distance"] if not math.isnan(value)) / METRE_PER_MILE)
    assert math.isclose(miles, held["miles"], rel_tol=1e-3), (miles, held)


def equal_when_shuffled(rows: list[dict[str, str]], folder: Path) -> None:
    """The order of rows changes no figure."""
    from fitintel import Workbench

    made = []
    for name, shuffled in (("a", False), ("b", True)):
        with Workbench.open(folder / f"equal-{name}") as bench:
            bench.import_files([written(rows, 1, folder / f"{name}.csv", shuffled=shuffled)])
            made.append(bench.brief("me", "latest"))
    assert made[0].id == made[1].id, "the order of rows changed a figure"


def growth(short: bool) -> list[Figure]:
    """P2: exponents over 1, 10 and 100 times the history."""
    _, rows = history()
    parts: dict[str, list[float]] = {"import": [], "load": [], "with stored models": [], "everything refitted": []}
    sizes = []
    with tempfile.TemporaryDirectory() as name:
        for times in (1, 4) if short else (1, 10, 100):
            with mornings(Path(name), rows, times) as own:
                repeat = 5 if times < 10 else 2
                own.compose()
                seconds = {
                    "import": own.import_s,
                    "load": timed(lambda own=own: own.bench.store.workouts("me"), repeat=repeat)[0],
                    "with stored models": timed(own.compose, repeat=repeat)[0],
                    "everything refitted": timed(own.refitted, repeat=1 if short else repeat)[0],
                }  # fmt: skip
            sizes.append(len(rows) * times)
            for part, spent in seconds.items():
                parts[part].append(spent)
    return [
        Figure(part, exponent(sizes, spent), STEEPEST, EXPONENT, note=f"{sizes[0]:,} to {sizes[-1]:,} rows",
               points=tuple(zip(sizes, spent, strict=True)))
        for part, spent in parts.items()
    ]  # fmt: skip
