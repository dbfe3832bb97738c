"""Lasting changes that are told against those that were planted in a simulated history."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.intelligence.brief import main_subject
from fitintel.intelligence.registry import get
from fitintel.intelligence.simulate import Truth
from fitintel.workbench.outcomes import Case, Judged
from fitintel.workbench.policy import Contest

NEAR = 28
"""d. A change whose best guess comes this close to a planted one of its direction has found it: by its date, not by its
interval, so that wide intervals find no more."""
SAME = 60
"""d. Changes of two series this close to each other and of one direction are told as one."""
MONTH = 30.4375


def judge(case: Case, algorithm: str, versions: tuple[str, str], contest: Contest) -> tuple[Judged, Judged] | None:
    """Both versions on the whole history's main quantity and sessions; None without a known truth.

    An event is a month in which a change may begin; athletes without a planted change show what is told falsely.
    """
    if case.truth is None or not len(case.workouts):
        return None
    day = int(case.workouts["day"][-1])
    weekly = get("weekly_totals")(get("daily_totals")(case.workouts, day))
    months = max(1, round((day - int(case.workouts["day"][0])) / MONTH))
    series = [weekly[name] for name in (main_subject(case.workouts, day), "sessions")]
    old, new = (
        _judged([get(algorithm, version)(weekly["week"], values) for values in series], case.truth, months)
        for version in versions
    )
    return old, new


def _judged(answers: list[Any], truth: Truth, months: int) -> Judged:
    told = _distinct(answers)
    left = list(told)
    missed = 0
    for change in truth.changes:
        near = [one for one in left if abs(one[0] - change.day) <= NEAR and one[1] == (change.factor > 1)]
        if near:
            left.remove(min(near, key=lambda one: abs(one[0] - change.day)))
        else:
            missed += 1
    hits = len(truth.changes) - missed
    return Judged(months, (float(hits), float(len(left)), float(missed)), error=(len(left) + missed) / months,
                  alert_rate=len(told) / months, abstain=np.nan)  # fmt: skip


def _distinct(answers: list[Any]) -> list[tuple[int, bool]]:
    """(day, upward) of the changes told, those of several series at one time as one."""
    found: list[tuple[int, bool]] = []
    for answer in answers:
        for week, relative in zip(answer["week"], answer["relative"], strict=True):
            if not any(abs(day - week) <= SAME and up == (relative > 0) for day, up in found):
                found.append((int(week), bool(relative > 0)))
    return found
