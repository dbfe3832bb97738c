"""What telling MLflow costs of a night: a squad's briefs and pages of a day, and the one log of the fleet, in one run.

Run it with: python bench/tracking.py [ATHLETES]. Processor time of all processes; the night before has registered the
cards and made the first briefs, as nights do. MLflow is on SQLite in the workspace.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from measure import timed

from fitintel.views.files import brief_files
from fitintel.workbench.demo import make_demo
from fitintel.workbench.door import Workbench
from fitintel.workbench.nightly import night

ATHLETES, YEARS = 120, 2.0
LAST = 20366
NIGHTS = 2
AIM = 0.05


def here(work: Callable[[Any], Any], tasks: Sequence[Any], *_: object) -> Iterator[tuple[Any, Any]]:
    """One after the other in this process: the processor time of a pool's processes is not told to who asks them."""
    return ((task, work(task)) for task in tasks)


def main(athletes: int = ATHLETES) -> dict[str, float]:
    """CPU seconds of the parts of each night, and the share of logging in the last one."""
    rows = []
    night.spread = here  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder) / "home", surface="nightly") as bench:
        make_demo(bench.store, bench.blobs, athletes=athletes, years=YEARS, end_day=LAST)
        for number in range(NIGHTS + 1):
            made, _, report = timed(lambda day=LAST + number: bench.nightly(brief_files, day=day, track=False))
            if report.exit_code or not all(one.files for one in report.athletes):
                raise SystemExit("a brief was not made: nothing was measured")
            logged, wall, fine = timed(lambda: bench.track(night=True))
            if not fine or bench.store.untracked() or bench.store.points(sent=False):
                raise SystemExit("not everything was logged: nothing was measured")
            rows.append((made, logged, wall))
    made, logged, wall = rows[-1]
    return {
        "athletes": athletes, "first_night_s": round(rows[0][0], 1), "first_log_with_cards_s": round(rows[0][1], 1),
        "night_s": round(made, 1), "log_s": round(logged, 2), "log_wall_s": round(wall, 1),
        "share": round(logged / (made + logged), 4), "aim": AIM,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:])), indent=1))
