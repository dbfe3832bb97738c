"""Everything on one machine under steady use: does memory grow, does a kernel or file stay open, does a request fail?

20 requests a second through the gateway on all surfaces: REST, GraphQL, the gate's and the app's page, live events,
Streamlit's socket and a coach's page with its kernel. Every five seconds the memory (proportional set size, MB), the
open file descriptors and the kernels of each process are written down; growth is the slope of a straight line through
what follows the first third, in which caches fill. It is kept after each minute, also when it is interrupted.

    .venv/bin/python bench/soak.py --minutes 30
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from fitintel.workbench.scheduling.keeping import told_to_stop
from tests.production.load import Load, wishes
from tests.production.people import ATHLETE, COACH, settle
from tests.production.up import Up
from tests.production.visitors import Visitors
from tests.services import folder

RESULT = Path(__file__).parent / "results" / "soak.json"
RATE, SOCKETS = 15.0, {"live": 2.0, "app": 1.0, "coach": 2.0}
"""requests a second, together 20"""
EVERY = 5.0
"""s between two looks"""
RENEWED = 300.0
"""s after which people log in again: a log-in lasts for a quarter of an hour"""
WARM = 1 / 3
"""share of the time that is not measured"""
SLOPE, FILES = 1.0, 1.0
"""MB and open files a minute that all processes together may grow by"""
REAPED = 120.0
"""s after the last visit in which its kernel has to be gone"""
NAME = "gate.example"


class Looks:
    """What each process holds, again and again."""

    def __init__(self, up: Up) -> None:
        self._up, self.began = up, time.monotonic()
        self.rows: list[dict[str, Any]] = []

    def look(self) -> dict[str, Any]:
        held: dict[str, Any] = {"at": time.monotonic() - self.began, "mb": {}, "files": {}, "kernels": 0}
        for name, one in self._up.states().items():
            try:
                family = [psutil.Process(one.pid), *psutil.Process(one.pid).children(recursive=True)]
            except psutil.NoSuchProcess:
                continue
            held["mb"][name], held["files"][name] = 0.0, 0
            for process in family:
                try:
                    held["mb"][name] += process.memory_full_info().pss / 1e6
                    held["files"][name] += process.num_fds()
                except psutil.NoSuchProcess:
                    continue
            if name == "coach":
                held["kernels"] = len(family) - 1
        self.rows.append(held)
        return held

    def growth(self, what: str, name: str | None = None) -> float:
        """A minute, of one process or of all together; 0 before there is enough to tell."""
        rows = self.rows[int(len(self.rows) * WARM) :]
        if len(rows) < 3:
            return 0.0
        totals = [row[what].get(name, 0) if name else sum(row[what].values()) for row in rows]
        return statistics.linear_regression([row["at"] / 60 for row in rows], totals).slope


def figures(looks: Looks, load: Load, visitors: Visitors, kernels: Mapping[str, int], note: str) -> dict[str, Any]:
    names = sorted({name for row in looks.rows for name in row["mb"]})
    minutes = looks.rows[-1]["at"] / 60 if looks.rows else 0.0
    asked = load.sent + sum(visitors.asked.values())
    return {
        "note": note, "minutes": round(minutes, 2), "requests": asked,
        "requests_per_s": round(asked / max(minutes * 60, 1e-9), 1),
        "mb_a_minute": round(looks.growth("mb"), 3), "at_most_mb_a_minute": SLOPE,
        "files_a_minute": round(looks.growth("files"), 3), "at_most_files_a_minute": FILES,
        "of_each": {name: {"first_mb": round(looks.rows[0]["mb"].get(name, 0), 1),
                           "last_mb": round(looks.rows[-1]["mb"].get(name, 0), 1),
                           "mb_a_minute": round(looks.growth("mb", name), 3),
                           "files_a_minute": round(looks.growth("files", name), 3)} for name in names},
        "kernels": dict(kernels), "failures": {**load.failures, **visitors.failures},
        "asked": dict(visitors.asked), "answers": load.figures()["answers"], "load_average": os.getloadavg()[0],
    }  # fmt: skip


def soak(minutes: float, result: Path | None = RESULT) -> dict[str, Any]:
    """Use everything for so long; the figures, which are also printed and written to `result`."""
    with folder("soak") as home, told_to_stop() as over:
        home.chmod(0o711)
        up = Up(home / "w", "--without=lab", "--without=mlflow", "--apps=2", name=NAME)
        try:
            up.wait()
            with up.inside() as bench:
                settle(bench)
            return _used(up, minutes * 60, over, result)
        finally:
            up.stop()


def _used(up: Up, seconds: float, over: threading.Event, result: Path | None) -> dict[str, Any]:
    held = {name: up.cookies(name) for name in (ATHLETE, COACH)}
    load = Load(up.origin, up.tls(), wishes(held[ATHLETE], ATHLETE), RATE)
    visitors = Visitors(up, lambda name: held[name], ATHLETE, COACH)
    looks = Looks(up)
    kernels = {"before": looks.look()["kernels"]}
    threads = [threading.Thread(target=lambda: asyncio.run(load.run()), daemon=True), *visitors.begin(SOCKETS)]
    threads[0].start()
    looks.began, looks.rows = time.monotonic(), []
    renewed = kept = looks.began

    def keep(note: str) -> dict[str, Any]:
        found = figures(looks, load, visitors, kernels, note)
        if result is not None:
            result.write_text(json.dumps(found, indent=1) + "\n")
        return found

    try:
        while time.monotonic() < looks.began + seconds and not over.wait(EVERY):
            row, now = looks.look(), time.monotonic()
            if now - renewed > RENEWED:
                renewed, held = now, {name: up.cookies(name) for name in held}
                load.wishes = wishes(held[ATHLETE], ATHLETE)
            if now - kept > 60:
                kept = now
                keep("under way")
                total, files = sum(row["mb"].values()), sum(row["files"].values())
                print(f"{row['at'] / 60:6.1f} min {total:8.1f} MB {files:6d} files {row['kernels']:3d} kernels "
                      f"{load.sent:7d} requests {sum(load.failures.values()):4d} failed", flush=True)  # fmt: skip
    finally:
        kernels["at_most"] = max((row["kernels"] for row in looks.rows), default=0)
        load.stopped = True
        visitors.end()
        for one in threads:
            one.join(60)
        if looks.rows:
            end = time.monotonic() + REAPED
            while (left := below_pages(up)) > kernels["before"] and time.monotonic() < end:
                time.sleep(2)
            kernels["after"] = left
            found = keep("interrupted" if over.is_set() else "whole")
            print(json.dumps(found, indent=1), flush=True)
    return found


def below_pages(up: Up) -> int:
    """Processes below the coaches' pages."""
    return len(psutil.Process(up.pid("coach")).children(recursive=True))


def failed(found: Mapping[str, Any], *, grown: bool = True) -> list[str]:
    """What is not as it has to be; `grown`: also growth, which a short time cannot show."""
    wrong = [f"failed: {why}" for why in found["failures"]]
    if found["kernels"].get("after", 0) > found["kernels"]["before"]:
        wrong.append("a kernel was left")
    if grown and found["mb_a_minute"] > SLOPE:
        wrong.append("memory grows")
    if grown and found["files_a_minute"] > FILES:
        wrong.append("open files grow")
    return wrong


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--minutes", type=float, default=30.0)
    wrong = failed(soak(words.parse_args().minutes))
    print("; ".join(wrong) or "as it has to be")
    sys.exit(bool(wrong))
