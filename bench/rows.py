"""P14: inserting rows into SQLite, and reading one athlete's ten years out of millions of rows.

Inserting is measured into the schema that the store has, beside SQLAlchemy Core's executemany of dictionaries; both
tables hold the same rows afterwards. Reading is measured beside a table with row ids, rows in the order in which they
came in and an index on the athlete: what a first design would be.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from bench.figures import Figure, ratio_figure
from bench.measure import cpu, ratio

ROWS, YEARS_ROWS, ATHLETES = 50_000, 2_700, 740
"""rows inserted; rows of ten years; athletes of the table that is read, 2 million rows"""
READS, PAIRS, SEED = 60, 5, 20261123
INDEXED = 'CREATE TABLE rows (athlete TEXT, day INTEGER, id TEXT, duration REAL, distance REAL, "load" REAL)'
CLUSTERED = INDEXED.replace(")", ", PRIMARY KEY (athlete, day, id)) WITHOUT ROWID")


def figures(short: bool) -> list[Figure]:
    """P14."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("FITINTEL_BENCH_DISK")) as name:
        found = [inserting(Path(name), ROWS // 10 if short else ROWS, 3 if short else PAIRS)]
        return found if short else [*found, *reading(Path(name), ATHLETES)]


def inserting(folder: Path, count: int, pairs: int) -> Figure:
    """Our way of inserting workouts into the store's own table, and Core's."""
    from sqlalchemy import delete, insert, select

    from fitintel.core.workouts import COLUMNS, Workouts
    from fitintel.storage.sql import SqlStore
    from fitintel.storage.sql_workouts import keep_workouts
    from fitintel.storage.tables import workouts as table
    from tests.storage.examples import ANNA

    store = SqlStore(f"sqlite:///{folder / 'insert.db'}")
    store.put_athlete(ANNA)
    base = store._database
    rng = np.random.default_rng(SEED)
    days = np.sort(rng.integers(15_000, 20_000, count)).tolist()
    seconds, metres = rng.gamma(4, 900, count).tolist(), rng.gamma(4, 2500, count).tolist()
    plain = [{"athlete_id": ANNA.id, "id": f"w-{place:08}", "day": days[place], "sport": "running",
              "duration": seconds[place], "distance": metres[place]} for place in range(count)]  # fmt: skip
    names = [name for name in COLUMNS if name in plain[0]]
    rows = Workouts.from_rows(plain)

    def spent(work: Any) -> float:
        base.write(lambda connection: connection.execute(delete(table)))
        before = cpu()
        base.write(work)
        return cpu() - before

    def held() -> list[Any]:
        chosen = select(*(table.c[name] for name in names)).order_by(table.c.day, table.c.id)
        return list(base.read(lambda connection: connection.execute(chosen).all()))

    arms = (lambda: spent(lambda connection: keep_workouts(connection, ANNA.id, rows)),
            lambda: spent(lambda connection: connection.execute(insert(table), plain)))  # fmt: skip
    after = []
    for arm in arms:
        arm()
        after.append(held())
    assert after[0] == after[1]
    found = ratio(*arms, pairs)
    store.close()
    return ratio_figure("inserting, SQLAlchemy Core executemany on SQLite", found, 5,
                        f"{count:,} rows; ours {count / found['ours_s']:,.0f} rows/s of processor time")  # fmt: skip


def reading(folder: Path, athletes: int) -> list[Figure]:
    """One athlete's ten years: clustered and indexed, warm and with the file out of the page cache."""
    rng = np.random.default_rng(SEED)
    files = {"clustered": folder / "clustered.db", "indexed": folder / "indexed.db"}
    for name, path in files.items():
        with sqlite3.connect(path) as base:
            base.execute(CLUSTERED if name == "clustered" else INDEXED)
            # rows come in day by day, everybody's
            for day in range(YEARS_ROWS):
                kept = rng.random((athletes, 3)).tolist()
                base.executemany(
                    "INSERT INTO rows VALUES (?,?,?,?,?,?)",
                    ((f"a-{one:06}", day, f"w-{day}-{one}", *kept[one]) for one in range(athletes)),
                )
            if name == "indexed":
                base.execute("CREATE INDEX of_athlete ON rows (athlete, day)")
    chosen = random.Random(SEED).sample(range(athletes), READS)
    took = {(name, state): _read(path, chosen, cold=state == "cold")
            for name, path in files.items() for state in ("cold", "warm")}  # fmt: skip
    warm, cold = took["clustered", "warm"], took["clustered", "cold"]
    rows = athletes * YEARS_ROWS
    note = (
        f"{rows:,} rows instead of 10 million; {READS} athletes; the file is put out of the page cache by posix_fadvise"
    )
    return [
        Figure("one athlete's ten years, warm, 95 %", float(np.quantile(warm, 0.95)) * 1e3, 5, "ms", note=note),
        Figure("cold over warm, clustered", statistics.median(cold) / statistics.median(warm), 3, "times slower"),
        Figure("cold over warm, indexed", statistics.median(took["indexed", "cold"])
               / statistics.median(took["indexed", "warm"]), None, "times slower"),
        ratio_figure("cold, an indexed table with row ids", _spread(took["indexed", "cold"], cold)),
    ]  # fmt: skip


def _read(path: Path, chosen: list[int], *, cold: bool) -> list[float]:
    took = []
    for one in chosen:
        if cold:
            with path.open("rb") as file, suppress(AttributeError):
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        base = sqlite3.connect(path)
        ask = 'SELECT day, duration, distance, "load" FROM rows WHERE athlete = ? ORDER BY day'
        if not cold:
            base.execute(ask, (f"a-{one:06}",)).fetchall()
        began = time.perf_counter()
        found = base.execute(ask, (f"a-{one:06}",)).fetchall()
        took.append(time.perf_counter() - began)
        base.close()
        assert [row[0] for row in found] == list(range(YEARS_ROWS))
    return took


def _spread(theirs: list[float], ours: list[float]) -> dict[str, float]:
    each = sorted(other / own for other, own in zip(theirs, ours, strict=True))
    return {"ratio": statistics.median(each), "lowest": each[len(each) // 20], "highest": each[-1 - len(each) // 20]}
