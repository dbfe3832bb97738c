"""Questions to a whole fleet: from the column cache and from the store, in turns, after their answers were equal.

    python bench/fleet_columns.py [ATHLETES] [--years Y]

Two questions: all figures of everybody's workouts, and the distance of each athlete in all their years.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from bench.measure import cpu, ratio
from fitintel.storage.fleet_columns import FleetColumns
from fitintel.storage.sql import SqlStore
from tests.fleet.people import fleet, keep

SEED, LAST, PAIRS = 7, 20_690, 7
FIGURES = ("day", "duration", "distance", "hr_mean", "start", "elevation_gain", "cadence", "rpe")
RESULT = Path(__file__).parent / "results" / "fleet_columns.json"


def main(athletes: int, years: float) -> dict[str, Any]:
    """CPU ratios of both questions."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{folder}/fleet.db")  # without the cache of this process
        for athlete, workouts in fleet(SEED, athletes, first=LAST - round(365.25 * years) + 1, last=LAST):
            keep(store, athlete, workouts)
        columns, ids = FleetColumns(store, Path(folder) / "columns"), [one.id for one in store.athletes()]
        before = cpu()
        list(columns.parts(FIGURES))
        found: dict[str, Any] = {"athletes": athletes, "years": years, "load": os.getloadavg()[0],
                                 "made_s": cpu() - before}  # fmt: skip

        def read_store() -> dict[str, dict[str, Any]]:
            return {one: {name: rows[name] for name in FIGURES}
                    for one in ids for rows in (store.workouts(one, columns=FIGURES),)}  # fmt: skip

        def read_columns() -> list[Any]:
            return list(columns.parts(FIGURES))

        def sums_store() -> dict[str, float]:
            return {one: float(np.nansum(store.workouts(one, columns=["distance"])["distance"])) for one in ids}

        def sums_columns() -> dict[str, float]:
            made = {}
            for part in columns.parts(["distance"]):
                sums = np.add.reduceat(np.append(np.nan_to_num(part.columns["distance"]), 0.0), part.start[:-1])
                made |= dict(zip(part.athletes, sums.tolist(), strict=True))
            return made

        rows = read_store()
        for part in read_columns():
            for one in part.athletes:
                if not all(np.array_equal(part.of(one)[name], rows[one][name], equal_nan=True) for name in FIGURES):
                    raise SystemExit("the columns are not the store's: nothing was measured")
        found["rows"] = sum(len(one["day"]) for one in rows.values())
        if any(abs(sums_columns()[one] - value) > 1e-6 * max(1.0, value) for one, value in sums_store().items()):
            raise SystemExit("the sums differ: nothing was measured")
        for name, ours, theirs in (("read", read_columns, read_store), ("aggregate", sums_columns, sums_store)):
            found[name] = ratio(lambda work=ours: _spent(work), lambda work=theirs: _spent(work), PAIRS)
        store.close()
    return found


def _spent(work: Any) -> float:
    before = cpu()
    work()
    return cpu() - before


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("athletes", nargs="?", type=int, default=200)
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--out", type=Path, default=RESULT)
    asked = parser.parse_args()
    figures = main(asked.athletes, asked.years)
    print(json.dumps(figures, indent=1))
    asked.out.write_text(json.dumps(figures, indent=1) + "\n")
