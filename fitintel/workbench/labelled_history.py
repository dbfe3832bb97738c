"""A stored history with the labels that hold, as the classification and its evaluation take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core.answers import LEVELS
from fitintel.core.errors import NotFound
from fitintel.core.stated import Goal, PlannedWorkout, Threshold, known
from fitintel.workbench.briefs import recorded, stated_thresholds
from fitintel.workbench.classified_squad import Labelled
from fitintel.workbench.kept_laps import laps_of, names_of
from fitintel.workbench.labels import holding
from fitintel.workbench.planned_kinds import planned_kinds

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


def labelled_history(bench: Door, athlete_id: str) -> Labelled:
    """The athlete's workouts with their labels, laps and statements; raises NotFound where no label holds."""
    bench.may(Action.READ, athlete_id, Kind.WORKOUT)
    held = holding(bench.store, athlete_id)
    if not held:
        raise NotFound(f"No label of {athlete_id} holds", next="give some with: fitintel label WORKOUT activity=walk")
    truth: dict[str, dict[str, str]] = {level: {} for level in LEVELS}
    for one in held:
        truth[one.level][one.workout_id] = str(one.value)
    kept = recorded(bench.store, athlete_id)
    laps = laps_of(kept)
    given: dict[str, Any] = {
        "laps": laps, "names": names_of(kept),
        "thresholds": stated_thresholds(bench.store.stated(athlete_id, Threshold)),
        "events": [one.valid_from for one in known(bench.store.stated(athlete_id, Goal)) if one.kind == "event"],
        "plans": planned_kinds(known(bench.store.stated(athlete_id, PlannedWorkout))),
    }  # fmt: skip
    return Labelled(athlete_id, bench.store.workouts(athlete_id), given, truth, frozenset(laps["id"]))
