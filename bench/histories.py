"""Workout histories for benchmarks: the real one beside the project, else a simulated one, and copies of it.

Rows are multiplied on the same days, each copy with its own identity and a slightly other distance, so that nothing is
a duplicate.
"""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

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


def history(path: Path | None = None) -> tuple[str, list[dict[str, str]]]:
    """(where it is from, rows) of a MapMyRun history: `path`, else the real one, else a simulated one."""
    path = path or (REAL if REAL.is_file() else None)
    return ("simulated", simulated_rows(2774)) if path is None else (path.name, rows_of(path))
