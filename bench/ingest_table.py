"""A workout history as CSV, from the file to the committed rows: rows per second of processor time, part by part.

    python bench/ingest_table.py [FILE] [--times 1 10 100] [--repeat 3] [--json OUT]

FILE is a MapMyRun history (default: the real one beside the project, else a simulated athlete of the same length),
multiplied as `bench/histories.py` does it. Each repeat is a process of its own; the least of the repeats is given,
because others use the machine, too. Beside the import, in the same run:

- floor: the same rows into the same schema with `sqlite3.executemany` alone, already in memory and in key order
- plain: the same file read row by row with the `csv` module, `float` and a cached date per distinct text

Before anything is timed, what was stored of the file is compared with the plain reading, value by value, and with an
import in which the file was read row by row by the package itself.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from histories import REAL, history, written
from measure import cpu, exponent

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
UPSTREAM = 27_000
"""rows/s that the pandas pipeline of an open-source dashboard was measured at, without its database"""
TARGET = 10 * UPSTREAM
TODAY = 20_500
"""day number at which the rules look at dates, so that a run can be repeated"""
MOST_MB = 512
METRE_PER_MILE, JOULE_PER_KCAL = 1609.344, 4184.0
Told = dict[str, Any]


def plain_rows(path: Path) -> dict[str, tuple[int, float, float, float, float]]:
    """Identity -> (day, duration, distance, steps, energy) of each row, NaN where it says nothing or 0."""
    from fitintel.ingest.dates import read_moment

    day = cache(lambda text: read_moment(text).day)  # type: ignore[union-attr]

    def number(text: str, factor: float = 1.0) -> float:
        value = float(text) * factor if text else math.nan
        return value if value else math.nan

    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["Link"].rsplit("/", 1)[-1]: (
                day(row["Workout Date"]), number(row["Workout Time (seconds)"]),
                number(row["Distance (mi)"], METRE_PER_MILE), number(row.get("Steps") or ""),
                number(row.get("Calories Burned (kcal)") or "", JOULE_PER_KCAL),
            )
            for row in csv.DictReader(file)
        }  # fmt: skip


def stored_digest(home: Path) -> tuple[str, Told]:
    """(digest of all stored workouts, problems and counts without the names of imports, rows by identity)."""
    (database,) = home.rglob("*.db")
    with sqlite3.connect(database) as base:
        base.row_factory = sqlite3.Row
        workouts = [dict(row) for row in base.execute("SELECT * FROM workouts ORDER BY athlete_id, day, id")]
        problems = [dict(row) for row in base.execute('SELECT * FROM problems ORDER BY "row", "column", rule, value')]
        counts = [tuple(row) for row in base.execute(
            "SELECT read, imported, warned, duplicate, quarantined FROM imports ORDER BY at")]  # fmt: skip
    for row in (*workouts, *problems):
        for name in ("import_id", *(["id"] if "rule" in row else [])):
            del row[name]
    told = hashlib.sha256(repr((workouts, problems, counts)).encode()).hexdigest()
    return told, {row["source_id"]: row for row in workouts}


def assert_equal(path: Path, folder: Path) -> str:
    """The digest of what is stored; raises AssertionError where the ways of reading the file differ."""
    once(path, folder / "fast", "import")
    once(path, folder / "slow", "row by row")
    digest, stored = stored_digest(folder / "fast")
    assert digest == stored_digest(folder / "slow")[0], "read by places and row by row, other rows are stored"
    plain = plain_rows(path)
    assert set(stored) <= set(plain)
    for identity, row in stored.items():
        day, *numbers = plain[identity]
        kept = [row[name] for name in ("duration", "distance", "steps", "energy")]
        assert row["day"] == day, identity
        for mine, theirs in zip(kept[:2], numbers[:2], strict=True):
            assert mine == theirs or (mine is None and math.isnan(theirs)), (identity, kept, numbers)
        for mine, theirs in zip(kept[2:], numbers[2:], strict=True):  # a rule may have set these aside
            assert mine is None or mine == theirs, (identity, kept, numbers)
    return digest


def once(path: Path, home: Path, what: str) -> Told:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--child", what, str(path), str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what} of {path.name} failed:\n{done.stderr}")
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


class Parts:
    """Processor seconds inside some functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, place: Any, name: str, part: str) -> None:
        inner: Callable[..., Any] = getattr(place, name)

        def outer(*given: Any, **named: Any) -> Any:
            before = cpu()
            try:
                return inner(*given, **named)
            finally:
                self.seconds[part] = self.seconds.get(part, 0.0) + cpu() - before

        setattr(place, name, outer)


def imported(path: Path, home: Path, *, row_by_row: bool = False) -> Told:
    """An import with its parts."""
    from sqlalchemy.engine.default import DefaultDialect

    from fitintel import Workbench
    from fitintel.ingest import intake, table
    from fitintel.storage.sql import SqlStore

    if row_by_row:
        table.cells_of = lambda *_: None  # type: ignore[assignment]
    parts = Parts()
    parts.time(intake, "decode", "parse")
    parts.time(intake, "read_table", "parse")
    parts.time(intake, "read", "read")
    parts.time(SqlStore, "save_import", "save")
    parts.time(DefaultDialect, "do_commit", "commit")
    with Workbench.open(home) as bench:
        _ = bench.store, bench.blobs  # migrations are not part of an import
        warm = home.parent / f"{home.name}-warm.csv"
        warm.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:1]) + b"\n")
        bench.import_files([warm], dry_run=True)  # nor are imports of modules
        parts.seconds.clear()
        before = cpu()
        (report,) = bench.import_files([path], today=TODAY)
        total = cpu() - before
    found = parts.seconds
    told = {
        "parse": found["parse"], "check": found["read"] - found["parse"], "store": found["save"] - found["commit"],
        "commit": found["commit"],
    }  # fmt: skip
    told["rest"] = total - sum(told.values())
    return {"rows": report.record.read, "cpu": total, "parts": told, "rss": peak()}


def floor(path: Path, home: Path) -> Told:
    """The stored rows of an import, put into an empty database of the same schema without anything around it."""
    imported(path, home)
    (database,) = home.rglob("*.db")
    with sqlite3.connect(database) as base:
        made = "SELECT sql FROM sqlite_master WHERE tbl_name IN ('athletes', 'workouts') AND sql IS NOT NULL"
        schema = [row[0] for row in base.execute(made)]
        athlete = base.execute("SELECT * FROM athletes").fetchone()
        cursor = base.execute("SELECT * FROM workouts ORDER BY athlete_id, day, id")
        names = [each[0] for each in cursor.description]
        rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True))
    filled = [place for place, column in enumerate(columns) if any(value is not None for value in column)]
    rows = list(zip(*(columns[place] for place in filled), strict=True))
    new = sqlite3.connect(home / "floor.sqlite", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -65536"):
        new.execute(f"PRAGMA {pragma}")
    for statement in schema:
        new.execute(statement)
    new.execute(f"INSERT INTO athletes VALUES ({', '.join('?' * len(athlete))})", athlete)
    listed = ", ".join(f'"{names[place]}"' for place in filled)
    statement = f"INSERT INTO workouts ({listed}) VALUES ({', '.join('?' * len(filled))}) ON CONFLICT DO NOTHING"
    before = cpu()
    new.execute("BEGIN IMMEDIATE")
    new.executemany(statement, rows)
    new.execute("COMMIT")
    return {"rows": len(rows), "cpu": cpu() - before, "rss": peak()}


def plain(path: Path, _: Path) -> Told:
    """The file read row by row without rules, ids or a database."""
    plain_rows(REAL if REAL.is_file() else path)
    before = cpu()
    rows = plain_rows(path)
    return {"rows": len(rows), "cpu": cpu() - before, "rss": peak()}


def peak() -> float:
    """Largest memory of this process so far, MB; `ru_maxrss` would begin with that of the process that started it."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


CHILDREN: dict[str, Callable[[Path, Path], Told]] = {
    "import": imported, "row by row": lambda path, home: imported(path, home, row_by_row=True), "floor": floor,
    "plain": plain,
}  # fmt: skip


def measured(path: Path, folder: Path, repeat: int) -> Told:
    """The least of some repeats of each kind, taken in turn."""
    runs: dict[str, list[Told]] = {what: [] for what in CHILDREN}
    for number in range(repeat):
        for what, found in runs.items():
            home = folder / f"{path.stem}-{what.replace(' ', '-')}-{number}"
            home.mkdir()
            found.append(once(path, home, what))
    return {what: min(found, key=lambda one: one["cpu"]) for what, found in runs.items()}


def shown(told: Told) -> None:
    rate = {what: one["rows"] / one["cpu"] for what, one in told.items()}
    own = told["import"]
    print(f"\n{own['rows']:,} rows: {rate['import']:,.0f} rows/s per core with commit, peak {own['rss']:.0f} MB")
    print("  " + ", ".join(f"{part} {seconds:.3f} s" for part, seconds in own["parts"].items()))
    print(f"  {rate['import'] / UPSTREAM:.1f} x {UPSTREAM:,}; target {TARGET:,}")
    print(f"  read row by row {rate['row by row']:,.0f} rows/s; floor: bare insert and commit {rate['floor']:,.0f}; "
          f"plain reading without rules or database {rate['plain']:,.0f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, default=REAL if REAL.is_file() else None)
    parser.add_argument("--times", nargs="+", type=int, default=[1, 10, 100])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        what, path, home = options.child
        print(json.dumps(CHILDREN[what](Path(path), Path(home))))
        return
    _, rows = history(options.file)
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {times: written(rows, times, folder / f"x{times}.csv") for times in options.times}
        middle = sorted(files)[len(files) // 2]
        (folder / "equal").mkdir()
        digest = assert_equal(files[middle], folder / "equal")
        print(f"x{middle}: equal, {digest[:16]}")
        for times, path in files.items():
            results.append({"times": times, **measured(path, folder, options.repeat)})
            shown({what: one for what, one in results[-1].items() if what != "times"})
    last = results[-1]["import"]
    if len(results) > 1:
        sizes, seconds = ([one["import"][key] for one in results] for key in ("rows", "cpu"))
        print(f"\ngrowth of processor time with rows: exponent {exponent(sizes, seconds):.2f}")
    print(f"memory {'within' if last['rss'] < MOST_MB else 'BEYOND'} {MOST_MB} MB; "
          f"speed {'reached' if last['rows'] / last['cpu'] >= TARGET else 'below the target'}")  # fmt: skip
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps({"digest": digest, "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()
