"""The brief, part by part: import, analysis with everything refitted, analysis with stored models, notebook, page.

    python bench/brief.py [FILE] [--times 1 10 100] [--json OUT]

FILE is a MapMyRun history (default: the real one beside the project, else a simulated athlete of the same length).
Rows are multiplied on the same days, each copy with its own identity and a slightly other distance, so that nothing
is a duplicate. Before anything is timed, the figures of a shuffled copy are asserted to be equal.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import tempfile
from pathlib import Path

from measure import exponent, timed

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "mapmyrun" / "workout_history.csv"
SEED = 20261123


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def simulated_rows(count: int) -> list[dict[str, str]]:
    """A simulated athlete's workouts written as a MapMyRun export."""
    from fitintel.core import days
    from fitintel.intelligence.simulate import DEVELOPMENT_SEED, simulate_squad

    squad = simulate_squad(seed=DEVELOPMENT_SEED, years=12, athletes=8)
    workouts = max((one.workouts for one in squad), key=len).take(slice(0, count))
    return [
        {
            "Workout Date": days.iso(row["day"]), "Activity Type": "Run",
            "Distance (mi)": f"{(row['distance'] or 0) / 1609.344:.5f}",
            "Workout Time (seconds)": f"{row['duration'] or 0:.0f}", "Avg Pace (min/mi)": "", "Steps": "",
            "Link": f"http://www.mapmyfitness.com/workout/{number + 1}",
        }
        for number, row in enumerate(workouts.rows())
    ]  # fmt: skip


def written(rows: list[dict[str, str]], times: int, path: Path, *, shuffled: bool = False) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    lines = []
    for copy in range(times):
        for row in rows:
            identity = row["Link"].rsplit("/", 1)[-1]
            # copies differ by more than the tolerance of possible duplicates, in both quantities
            distance = float(row["Distance (mi)"] or 0) * (1 + copy * 1e-3) + copy * 0.01
            seconds = float(row["Workout Time (seconds)"] or 0) + 3 * copy
            link = f"http://www.mapmyfitness.com/workout/{copy + 1}{identity.zfill(12)}"
            if copy:
                row = {
                    **row,
                    "Link": link,
                    "Distance (mi)": f"{distance:.6f}",
                    "Workout Time (seconds)": f"{seconds:.0f}",
                }
            lines.append(row)
    if shuffled:
        random.Random(SEED).shuffle(lines)
    writer.writerows(lines)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def measure(rows: list[dict[str, str]], times: int, folder: Path, *, notebook: bool) -> dict[str, float]:
    from fitintel import Workbench
    from fitintel.intelligence.brief import compose

    file = written(rows, times, folder / f"x{times}.csv")
    bench = Workbench.open(folder / f"home{times}")
    _ = bench.store, bench.blobs  # migrations are not part of an import
    repeat = 5 if times == 1 else 1
    result: dict[str, float] = {"times": times, "rows": len(rows) * times}
    result["import"], _, _ = timed(lambda: bench.import_files([file]))
    athlete = bench.athlete("me")
    load, _, workouts = timed(lambda: bench.store.workouts("me"), repeat=repeat)
    day = int(workouts["day"][-1])
    compose(athlete, workouts, day)  # imports of the algorithms are not part of the analysis
    refit, _, made = timed(lambda: compose(athlete, workouts, day), repeat=repeat)
    stored = {run.id: (run, made.journal.snapshots[run.output]) for run in made.journal.runs.values()}
    # the next morning: the day is new, the complete weeks are not
    again, _, _ = timed(lambda: compose(athlete, workouts, day + 1, recall=stored.get), repeat=repeat)
    result |= {"load": load, "analysis refitted": load + refit, "analysis with stored models": load + again}
    if notebook:
        from fitintel.reporting.html import render

        bench.brief("me", day)
        result["notebook"], _, published = timed(lambda: bench.publish("me", day, out=folder / f"out{times}"))
        result["page"], _, _ = timed(lambda: render(published.notebook, folder / "again.html"))
        result["notebook"] -= result["page"]
    bench.close()
    return result


def equal_when_shuffled(rows: list[dict[str, str]], folder: Path) -> None:
    from fitintel import Workbench

    made = []
    for name, shuffled in (("a", False), ("b", True)):
        with Workbench.open(folder / f"equal-{name}") as bench:
            bench.import_files([written(rows, 1, folder / f"{name}.csv", shuffled=shuffled)])
            made.append(bench.brief("me", "latest"))
    assert made[0].id == made[1].id, "the order of rows changed a figure"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=REAL if REAL.is_file() else None)
    parser.add_argument("--times", nargs="+", type=int, default=[1, 10, 100])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--no-notebook", action="store_true")
    options = parser.parse_args()
    rows = rows_of(options.file) if options.file else simulated_rows(2774)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        equal_when_shuffled(rows, folder)
        results = [measure(rows, times, folder, notebook=not options.no_notebook) for times in options.times]
    parts = [part for part in results[0] if part not in ("times", "rows")]
    print("CPU seconds" + "".join(f"{result['rows']:>12,}" for result in results) + "    exponent")
    for part in parts:
        values = [result[part] for result in results]
        growth = f"{exponent([r['rows'] for r in results], values):12.2f}" if len(results) > 1 else ""
        print(f"{part:<28}" + "".join(f"{value:>12.3f}" for value in values) + growth)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"source": "real" if options.file else "simulated", "results": results}))


if __name__ == "__main__":
    main()
