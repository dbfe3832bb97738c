"""Flagged workouts against the faults that were planted in a simulated history."""

from __future__ import annotations

import numpy as np

from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.registry import get
from fitintel.intelligence.simulate import Truth
from fitintel.workbench.outcomes import Case, Judged
from fitintel.workbench.policy import Contest

FIRST, STEP = 120, 91
"""d. From then on, a detector is asked every STEP days about the workouts since it was asked last."""


def judge(case: Case, algorithm: str, versions: tuple[str, str], contest: Contest) -> tuple[Judged, Judged] | None:
    """Both versions, asked again and again with the history up to then; None without a known truth.

    Gross entry errors and sensor faults of two SDs and more are to be found; smaller ones are neither asked for nor
    counted as false.
    """
    if case.truth is None or not len(case.workouts):
        return None
    flagged: tuple[set[str], set[str]] = (set(), set())
    asked: set[str] = set()
    first, last = int(case.workouts["day"][0]) + FIRST, int(case.workouts["day"][-1])
    before = first
    for day in [*range(first + STEP, last, STEP), last]:
        past = case.workouts.take(case.workouts["day"] <= day).ordered()
        types = classify(plainly, past, {}).types
        since = set(past.take(past["day"] > before)["id"].tolist())
        asked |= since
        for found, version in zip(flagged, versions, strict=True):
            found |= since & {str(name) for name in get(algorithm, version)(past, types)["id"]}
        before = day
    if not asked:
        return None
    return _judged(flagged[0], asked, case.truth), _judged(flagged[1], asked, case.truth)


def _judged(flagged: set[str], asked: set[str], truth: Truth) -> Judged:
    planted = {one.workout_id for one in truth.errors} | {one.workout_id for one in truth.faults}
    plain = {one.workout_id for one in truth.errors if one.gross}
    plain |= {one.workout_id for one in truth.faults if one.size != "small"}
    hits, false, missed = len(flagged & plain & asked), len(flagged - planted), len((plain & asked) - flagged)
    return Judged(len(asked), (float(hits), float(false), float(missed)), error=(false + missed) / len(asked),
                  alert_rate=len(flagged) / len(asked), abstain=np.nan)  # fmt: skip
