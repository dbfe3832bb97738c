"""What an export holds beside what can be taken in again: to be read by the athlete, and complete by its making.

Every table is either a member that restores, a table of `rows/`, or named in LEFT_OUT with the reason; a new table
comes into `rows/` by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fitintel.core import days
from fitintel.core.audit import Row
from fitintel.storage.store import Store
from fitintel.workbench import portable

RESTORED = frozenset({
    "athletes", "workouts", "imports", "recordings", "legs", "laps", "pauses", "repairs", "links", "wellness",
    "thresholds", "goals", "planned_workouts", "excused_days", "tombstones", "payloads", "labels", "told", "answers",
    "comments", "consents", "preferences", "athlete_details",
})  # fmt: skip
"""tables whose rows are members that restore, as records"""
LEFT_OUT = {
    "models": "fitted models are made again from the data",
    "run_owners": "it only says which rows of runs are the athlete's",
    "session_tokens": "digests of what opens a log-in; the log-ins are here",
    "untracked": "which briefs MLflow has still to be told of",
    "repeats": "answers to requests, kept for a day, of records that are here",
}
"""table -> why it is not in an export"""
SCORES, WHO_SAW, ROWS = "scores.json", "who_saw.json", "rows/"


def to_read(store: Store, athlete_id: str, seen: Sequence[Row]) -> dict[str, list[Any]]:
    """Member -> its records."""
    found = {f"{ROWS}{name}.json": list(rows)
             for name, rows in store.rows_of(athlete_id, but=RESTORED | LEFT_OUT.keys()).items()}  # fmt: skip
    return {SCORES: _scores(store, athlete_id), WHO_SAW: [_seen(row) for row in seen], **found}


def _scores(store: Store, athlete_id: str) -> list[dict[str, Any]]:
    """What every brief said, with the runs behind each figure, and what is known of their algorithms."""
    from fitintel.intelligence.registry import catalogue

    cards = {name: one.card for name, one in catalogue().items()}
    found: list[dict[str, Any]] = []
    for brief_id, day, at in store.briefs(athlete_id):
        made = store.brief(brief_id)
        said = [portable.plain(one) for one in made.insights]
        used = sorted({run.algorithm for run in store.runs(made.run_ids)} & cards.keys())
        logic = {name: {"source": cards[name].source, "limits": list(cards[name].limits)} for name in used}
        found.append({"brief": brief_id, "day": day, "date": days.iso(day), "at": at, "said": said, "logic": logic})
    return found


def _seen(row: Row) -> dict[str, Any]:
    said = row.said
    shown = ("kind", "actor", "surface", "what", "why", "outcome", "detail")
    return {"number": row.number, "at": row.moment, **{name: said[name] for name in shown}}
