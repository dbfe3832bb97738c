"""One import in a process of its own, so that its peak memory is its own: ours, or another reader's pipeline.

`ingest.py` starts it as `main()` with: ours|fitparse|gpxpy|tcxreader FOLDER WORK [--files N]. Prints one line of JSON:
wall and CPU seconds, peak memory of the process and of its largest child; of ours also the seconds of the same import
a second time.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ingest_peers import READERS, pipeline
from measure import cpu

ATHLETE = "bench"


def measured(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds, those of children that have ended included."""
    before, began = cpu(), time.perf_counter()
    work()
    return time.perf_counter() - began, cpu() - before


def _peak() -> float:
    """MB of this program at most; what rusage tells begins with the size of the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("who", choices=["ours", *READERS])
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--files", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    paths = sorted(options.folder.iterdir())
    paths = paths[: options.files or len(paths)]
    options.work.mkdir(parents=True)
    told: dict[str, float] = {"files": len(paths)}
    if options.who == "ours":
        from fitintel import Athlete
        from fitintel.storage import open_blobs, open_store
        from fitintel.workbench.importing import import_files

        store, blobs = open_store(f"sqlite:///{options.work}/ours.sqlite"), open_blobs(str(options.work / "files"))
        store.put_athlete(Athlete(id=ATHLETE, name="Benchmark"))
        reports: list[Any] = []

        def take() -> None:
            reports[:] = import_files(store, blobs, ATHLETE, paths, workers=options.workers)

        told["wall"], told["cpu"] = measured(take)
        assert len(reports) == len(paths), (len(reports), len(paths))
        assert all(one.record.imported + one.record.warned for one in reports), "each file is a new workout"
        told["again_wall"], told["again_cpu"] = measured(take)
        assert all(one.already and not one.totals.workouts for one in reports), "a second import adds nothing"
        store.close()
    else:
        told["wall"], told["cpu"] = measured(lambda: pipeline(options.who, paths, options.work, options.workers))
    told["peak_mb"] = _peak()
    told["worker_mb"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps(told))
