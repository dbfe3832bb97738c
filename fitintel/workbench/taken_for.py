"""What a workout is taken for: activity and kind of session, as the runs of the athlete's brief have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fitintel.core.records import OpenBrief
from fitintel.core.taken import Taken

if TYPE_CHECKING:
    from fitintel.workbench.door import BriefDoor

LEVELS = {"activity": "activity_type", "session": "session_kind"}
"""level of a label -> the algorithm that says it"""


def taken_for(bench: BriefDoor, opened: OpenBrief, workout_id: str) -> Mapping[str, Taken]:
    """Level -> what the brief takes the workout for; a level that it says nothing of is left out."""
    found: dict[str, Taken] = {}
    for level, algorithm in LEVELS.items():
        # the first: a later run of the same brief leaves out labels, to ask questions by
        run = next((opened.runs[name] for name in opened.brief.run_ids
                    if name in opened.runs and opened.runs[name].algorithm == algorithm), None)  # fmt: skip
        if run is None:
            continue
        value: Mapping[str, Any] = bench.value(run.output, run.id)
        place = {str(name): at for at, name in enumerate(value["id"])}.get(workout_id)
        if place is not None and value["label"][place]:
            found[level] = Taken(str(value["label"][place]), float(value["confidence"][place]),
                                 bool(value["said"][place]), run, opened.cards[algorithm])  # fmt: skip
    return found
