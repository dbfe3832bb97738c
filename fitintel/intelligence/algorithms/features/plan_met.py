"""What became of planned workouts: done, partly, more, replaced, missed, or still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="plan_met",
    version="1.0.0",
    inputs={"workouts": "workouts", "plans": "planned workouts", "day": "day number"},
    output=("what became of each planned workout", "word"),
    source="Definition; a plan counts as done within a fifth of its time or distance, as coaching platforms colour it",
    validity=Validity.USEFUL,
    limits=(
        "compares time, or distance where no time was planned; not effort",
        "a session moved to another day counts as missed on its day",
    ),
    title="Planned against done",
)
def plan_met(
    workouts: Workouts, plans: Sequence[Mapping[str, Any]], day: int, *, near: float = 0.2, partly: float = 0.3
) -> dict[str, Any]:  # fmt: skip
    """Planned against done.

    Each plan (`day`, `number`, `sport`, `duration` [s], `distance` [m]) up to `day` is met by the longest workout of
    its day and sport that no earlier plan took, else by one of another sport. Its share is time done over time
    planned, else the same of distance.

    Parameters: `near` [1] how far from the plan is still done; `partly` [1] least share that counts at all.
    Returns, one for each plan up to `day` in order of day and number, `day`, `number` int64[n], `share` float64[n] (NaN
    where it cannot be said), `verdict` (done, more, partly, replaced, missed, open) and `workout` (id or ''), text[n].

    >>> w = Workouts.from_rows([{"id": "a", "day": 4, "sport": "running", "duration": 1500.0}])
    >>> plan = {"number": 1, "sport": "running", "duration": 1800.0, "distance": None}
    >>> found = plan_met(w, [{**plan, "day": 4}, {**plan, "day": 5}, {**plan, "day": 6}], 6)
    >>> found["verdict"].tolist(), round(float(found["share"][0]), 2)
    (['done', 'missed', 'open'], 0.83)
    """
    due = sorted((plan for plan in plans if plan["day"] <= day), key=lambda plan: (plan["day"], plan["number"]))
    taken: set[str] = set()
    share = np.full(len(due), np.nan)
    verdict, met = [], []
    there: dict[int, list[Mapping[str, Any]]] = {}
    wanted = np.isin(workouts["day"], [plan["day"] for plan in due])
    for row in workouts.take(wanted).rows():
        there.setdefault(row["day"], []).append(row)
    for place, plan in enumerate(due):
        free = [row for row in there.get(plan["day"], ()) if row["id"] not in taken]
        same = [row for row in free if row["sport"] == plan["sport"]]
        best = max(same or free, key=lambda row: (row["duration"] or 0.0, row["distance"] or 0.0, row["id"]),
                   default=None)  # fmt: skip
        if best is None:
            verdict.append("open" if plan["day"] == day else "missed")
            met.append("")
            continue
        taken.add(best["id"])
        met.append(str(best["id"]))
        for name in ("duration", "distance"):
            if plan[name] and best[name]:
                share[place] = best[name] / plan[name]
                break
        if not same:
            verdict.append("replaced")
        elif np.isnan(share[place]) or 1 - near <= share[place] <= 1 + near:
            verdict.append("done")
        else:
            verdict.append("more" if share[place] > 1 else "partly" if share[place] >= partly else "missed")
    return {
        "day": np.array([plan["day"] for plan in due], dtype=np.int64),
        "number": np.array([plan["number"] for plan in due], dtype=np.int64),
        "share": share,
        "verdict": np.array(verdict, dtype=object),
        "workout": np.array(met, dtype=object),
    }
