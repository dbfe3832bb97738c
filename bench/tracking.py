"""What telling MLflow costs of a night: briefs and pages of a fleet, and the one log of all of them, in one run.

Run it with: python bench/tracking.py [ATHLETES]. Processor time; the night before has registered the cards and made
the first briefs, as nights do. Starting MLflow costs the same for any fleet: that part and the part of each athlete are
told apart by a night of a quarter of the fleet. MLflow is on SQLite in the workspace; no notebook is executed, which
makes the share larger than it is for those who have them executed.
"""

from __future__ import annotations

import json
import math
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
AIM = 0.05


def here(work: Callable[[Any], Any], tasks: Sequence[Any], *_: object) -> Iterator[tuple[Any, Any]]:
    """One after the other in this process: the processor time of a pool's processes is not told to who asks them."""
    return ((task, work(task)) for task in tasks)


def main(athletes: int = ATHLETES) -> dict[str, float]:
    """CPU seconds of a night of a part of the fleet and of a night of all, and what logging takes of them."""
    rows = []
    night.spread = here  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder) / "home", surface="nightly") as bench:
        make_demo(bench.store, bench.blobs, athletes=athletes, years=YEARS, end_day=LAST)
        everybody = [one.id for one in bench.athletes()]
        # the first registers the cards, and fits what later nights take up again
        for number, some in enumerate((everybody, everybody[: athletes // 4], everybody)):
            day = LAST + number
            made, _, report = timed(
                lambda day=day, some=some: bench.nightly(brief_files, day=day, athletes=some, track=False)
            )
            if report.exit_code or not all(one.files for one in report.athletes):
                raise SystemExit("a brief was not made: nothing was measured")
            logged, _, fine = timed(lambda: bench.track(night=True))
            if not fine or bench.store.untracked() or bench.store.points(sent=False):
                raise SystemExit("not everything was logged: nothing was measured")
            rows.append((len(some), made, logged))
    (few, _, little), (many, made, logged) = rows[1:]
    each = (logged - little) / (many - few)
    fixed = logged - each * many
    of_night = made / many
    # fixed + each n <= AIM (fixed + each n + of_night n)
    left = AIM * of_night - (1 - AIM) * each
    return {
        "athletes": many, "night_s": round(made, 1), "log_s": round(logged, 2),
        "share": round(logged / (made + logged), 4),
        "once_s": round(fixed, 2), "each_ms": round(1e3 * each, 1), "night_each_ms": round(1e3 * of_night, 1),
        "share_of_each": round(each / (of_night + each), 4), "aim": AIM,
        "aim_from_athletes": math.ceil((1 - AIM) * fixed / left) if left > 0 else math.inf,
        "first_log_with_cards_s": round(rows[0][2], 1),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:])), indent=1))
