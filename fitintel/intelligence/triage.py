"""Which brief needs a look first, and the two reasons: each is a sentence of the brief, weighed against itself alone.

Nobody is compared with anybody: every reason is a departure of an athlete from their own past, plan or data.
"""

from __future__ import annotations

from fitintel.core.records import Brief, Insight, Level

READINESS = {"rest": 5, "recover": 4, "go easy": 2, "go": 0}
ALERT = 4
WEIGHTS = {
    "alert_gap": 5, "readiness_conflict": 2, "focus_ease": 3, "missing_recent": 3, "missing_no_workouts": 3,
    "missing_sync": 1, "missing_nights": 1,
    "trend_declining": 1, "missing_possible_duplicates": 1, "label_question": 0,
}  # fmt: skip
"""code -> weight: what may concern the person before what concerns their data, both before a slow trend"""
UNLIKELY = 0.2
"""A weekly goal with less than this chance is a reason."""
REASONS = 2


def needs_a_look(brief: Brief) -> tuple[int, tuple[Insight, ...]]:
    """(score, at most two insights that are the reason), the weightiest first."""
    weighed = [(_weight(one), -place, one) for place, one in enumerate(brief.insights)]
    found = sorted((each for each in weighed if each[0] > 0), key=lambda each: each[:2], reverse=True)
    # a gap is told as an alert, as focus and as missing data: one reason is enough of it
    kept: list[tuple[int, int, Insight]] = []
    for each in found:
        if not any(_alike(each[2], other[2]) for other in kept):
            kept.append(each)
    top = kept[:REASONS]
    return sum(each[0] for each in top), tuple(each[2] for each in top)


def _weight(one: Insight) -> int:
    if one.code == "readiness_verdict":
        return READINESS[str(one.values["verdict"])]
    if one.code == "week_plan":
        return min(3, int(one.values["missed"]))
    if one.code == "goal_week":
        chance = one.values["p"]
        return 1 if chance is not None and chance < UNLIKELY else 0
    if one.level is Level.ALERT:
        return max(ALERT, WEIGHTS.get(one.code, 0))
    return WEIGHTS.get(one.code, 0)


def _alike(one: Insight, other: Insight) -> bool:
    gaps = ("alert_gap", "missing_recent", "focus_restart")
    return one.code == other.code or (one.code in gaps and other.code in gaps)
