"""The quality of recorded workouts as it travels with their figures: into load, and beside each figure of a workout."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fitintel.core.quality import FIGURES, LOADS, MADE_OF, Trust, concerning, left, told
from fitintel.core.recorded import Recorded
from fitintel.core.records import Athlete

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


def qualities(kept: Sequence[Recorded]) -> dict[str, Any]:
    """Quality of recordings in columns: `id`, the whole `score`, `why`, and one column for each key of core LOADS.

    Recordings whose quality was not judged are left out.
    """
    judged = sorted((one for one in kept if one.quality is not None), key=lambda one: one.workout_id)
    return {
        "id": [one.workout_id for one in judged],
        "score": [one.quality for one in judged],
        "why": ["; ".join(told(one.reasons)[:2]) for one in judged],
        **{name: [left(concerning(one.reasons, channels)) for one in judged] for name, channels in LOADS.items()},
    }


def trusted(row: Mapping[str, Any], recorded: Recorded | None) -> dict[str, Trust]:
    """The figures of a workout with their intervals; nothing where no quality is known."""
    from fitintel.intelligence.registry import get

    if recorded is None or recorded.quality is None:
        return {}
    found: dict[str, Trust] = {}
    for name, measure in FIGURES.items():
        value = row.get(name) if row.get(name) is not None else recorded.figures.get(name)
        if value is None:
            continue
        reasons = concerning(recorded.reasons, measure.channels)
        score = left(reasons)
        ends = get("figure_interval")(value, score, error=measure.error)
        found[name] = Trust(value, max(0.0, ends["low"]), ends["high"], score, told(reasons))
    return found


def load_of(bench: Door, athlete: Athlete, workout_id: str, kept: Sequence[Recorded]) -> dict[str, Any]:
    """Load of a workout as a brief of today counts it: `trust`, and `method` and `made_by` where it has one."""
    from fitintel.core.stated import Threshold
    from fitintel.intelligence.brief import best_loads
    from fitintel.intelligence.registry import Journal
    from fitintel.workbench.briefs import recorded_figures, stated_thresholds

    journal = Journal()
    workouts = bench.store.workouts(athlete.id).ordered()
    thresholds = stated_thresholds(bench.store.stated(athlete.id, Threshold))
    loads = best_loads(journal, workouts, recorded_figures(kept) if thresholds else None, thresholds)
    judged = qualities(kept)
    doubts = journal.run("load_interval", loads, {name: judged[name] for name in ("id", *LOADS)})
    ids = [str(one) for one in loads["id"]]
    if workout_id not in ids or not math.isfinite(loads["load"][ids.index(workout_id)]):
        return {"trust": {}}
    at = ids.index(workout_id)
    value, half, score = (float(column[at]) for column in (loads["load"], doubts["half"], doubts["quality"]))
    method = str(loads["method"][at])
    own = next((one.reasons for one in kept if one.workout_id == workout_id), ())
    why = told(concerning(own, LOADS[MADE_OF.get(method, "time")]))
    trust = Trust(value, max(0.0, value - half), value + half, None if math.isnan(score) else score, why)
    return {"trust": {"load": trust}, "method": method, "made_by": [loads.run.algorithm, doubts.run.algorithm]}
