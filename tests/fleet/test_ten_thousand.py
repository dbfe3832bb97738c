"""Ten thousand simulated athletes with three years each, by local processes and by a Dask cluster of two workers.

Takes about an hour of two idle cores and some gigabytes of disk. FITINTEL_TEST_FLEET sets another number of athletes.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fitintel.core.nights import Done
from fitintel.workbench.door import Workbench
from tests.fleet.conftest import LAST, SEED, files
from tests.fleet.digests import digests
from tests.fleet.people import fleet, keep

ATHLETES = int(os.environ.get("FITINTEL_TEST_FLEET", "10000"))
LIMIT = 160 * 1024
"""KiB that a worker may hold (performance.md, P10)"""


@contextmanager
def watched() -> Iterator[dict[int, int]]:
    """The most memory [KiB] of each process of a pool that descends from this one, looked up twice a second."""
    most: dict[int, int] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            for place in Path("/proc").glob("[0-9]*"):
                try:
                    # the fork server's children, not the server's first parent or what watches resources
                    if b"forkserver" in (place / "cmdline").read_bytes() and _descends(int(place.name)):
                        lines = (place / "status").read_text().splitlines()
                        most[int(place.name)] = int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
                except (OSError, StopIteration):
                    continue  # it has ended

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def _descends(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return False


@pytest.mark.slow
def test_both_engines_give_the_same_bytes_without_a_failure_and_in_bounded_memory(tmp_path: Path) -> None:
    home, twin = tmp_path / "home", tmp_path / "twin"
    with Workbench.open(home) as bench:
        for athlete, workouts in fleet(SEED, ATHLETES, first=LAST - 1095, last=LAST):
            keep(bench.vault, athlete, workouts)
    shutil.copytree(home, twin)
    with Workbench.open(home) as bench, watched() as most:
        local = bench.nightly(digests, day=LAST, workers=2, track=False)
        assert local.count(Done.MADE) == ATHLETES
        expected = files(bench.settings.briefs)
    assert most
    assert max(most.values()) <= LIMIT, most
    with Workbench.open(twin) as bench:
        cluster = bench.nightly(digests, day=LAST, workers=2, track=False, engine="dask")
        assert cluster.count(Done.MADE) == ATHLETES
        assert files(bench.settings.briefs) == expected
        again = bench.nightly(digests, day=LAST, workers=2, track=False)
        assert again.count(Done.UNCHANGED) == ATHLETES
