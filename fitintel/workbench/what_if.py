"""what_if(): plans side by side on the athlete's own load, kept as runs like everything that is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import UsageError
from fitintel.core.plans import MOST_WEEKS, Outlook, WeeklyPlan
from fitintel.core.stated import Threshold, known
from fitintel.intelligence.brief import best_loads
from fitintel.intelligence.findings import method_of
from fitintel.intelligence.registry import Journal, Result
from fitintel.storage.store import Store
from fitintel.workbench.briefs import recorded, recorded_figures, stated_thresholds, which_day, whom

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

MOST_PLANS = 3
TESTED = ("speed", "power", "critical_power")
"""kinds of threshold that are tests of performance"""


def what_if(
    bench: Door, plans: Sequence[WeeklyPlan], athlete_id: str | None = None, day: str | int | None = None,
    *, weeks: int = 8,
) -> Outlook:  # fmt: skip
    """What one to three plans come to in the `weeks` after a day. Raises UsageError for plans that cannot be."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise UsageError(f"{weeks} weeks cannot be looked ahead", why=f"from 1 to {MOST_WEEKS} can")
    if not 1 <= len(plans) <= MOST_PLANS:
        raise UsageError(f"{len(plans)} plans are given", why=f"1 to {MOST_PLANS} can be compared")
    athlete = whom(bench, athlete_id)
    bench.may(Action.READ, athlete.id, Kind.BRIEF)
    workouts = bench.store.workouts(athlete.id)
    if not len(workouts):
        raise UsageError("There are no workouts to look ahead from", next="import some with: fitintel import FILE")
    wanted = which_day(int(workouts["day"][-1]), day)
    workouts = workouts.take(workouts["day"] <= wanted).ordered()
    thresholds = stated_thresholds(bench.store.stated(athlete.id, Threshold))
    figures = recorded_figures(recorded(bench.store, athlete.id)) if thresholds else None
    journal = Journal()
    loads = best_loads(journal, workouts, figures, thresholds)
    daily = journal.run("daily_load", loads, wanted)
    chart = journal.run("pmc", daily)
    asked = [{"sessions": float(one.sessions), "ramp": float(one.ramp), "taper": int(one.taper), "miss": one.miss}
             for one in (plan.checked(weeks) for plan in plans)]  # fmt: skip
    found = journal.run("what_if", daily, chart, asked, weeks=weeks)
    performance, tests = _performance(journal, bench.store, athlete.id, daily, wanted)
    bench.blobs.put_many("snapshots", journal.snapshots)
    bench.store.save_runs(list(journal.runs.values()), athlete.id)
    return Outlook(athlete.id, wanted, weeks, tuple(plans), found.value, (found.run.id, chart.run.id), performance,
                   tests, method_of(loads))  # fmt: skip


def _performance(journal: Journal, store: Store, athlete_id: str, daily: Result, day: int) -> tuple[str, int]:
    """Whether the impulse-response model predicts the athlete's own tests better than the last test does."""
    stated = [one for one in known(store.stated(athlete_id, Threshold)) if one.kind in TESTED and one.value]
    first = int(daily["day"][0]) if len(daily["day"]) else day + 1
    by_kind: dict[str, list[Threshold]] = {kind: [] for kind in TESTED}
    for one in stated:
        if first <= one.valid_from <= day:
            by_kind[one.kind].append(one)
    most = max(TESTED, key=lambda kind: len(by_kind[kind]))
    tests = sorted(by_kind[most], key=lambda one: one.valid_from)
    if len(tests) < 4:
        return "insufficient", len(tests)
    load = np.nan_to_num(daily["load"])
    fitted = journal.run("banister_fit", load, [one.valid_from - first + 1 for one in tests],
                         [float(one.value or 0.0) for one in tests])  # fmt: skip
    return str(fitted["verdict"]), len(tests)
