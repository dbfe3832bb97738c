"""How much memory the processes take that this one has started, as their share of what they have in common."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.1
"""s between two looks"""


@contextmanager
def peak_of_children() -> Iterator[list[float]]:
    """A list with the largest proportional set size [KiB] that any one descendant had meanwhile; Linux only.

    Pages that a fork server's children share are divided among them: the sum over processes is what the machine gives.
    """
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(EVERY):
            peak[0] = max([peak[0], *map(_share, _descendants(os.getpid()))])

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield peak
    finally:
        done.set()
        watch.join()


def _descendants(of: int) -> list[int]:
    parents = {}
    for folder in PROC.iterdir():
        try:
            # the name of a program may hold blanks and brackets: what follows is behind the last one
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (ValueError, OSError):
            continue  # no process, or one that has ended
    found, asked = [], [of]
    while asked:
        one = asked.pop()
        children = [child for child, parent in parents.items() if parent == one]
        found += children
        asked += children
    return found


def _share(process: int) -> float:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return max((float(line.split()[1]) for line in lines if line.startswith("Pss:")), default=0.0)
