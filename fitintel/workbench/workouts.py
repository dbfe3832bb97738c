"""One workout with everything that is known of it: row, recording, problems, its import, what it is linked to."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import NotFound
from fitintel.core.records import Athlete, ImportRecord, Problem
from fitintel.core.workouts import COLUMNS
from fitintel.workbench.briefs import recorded, whom
from fitintel.workbench.quality import load_of, trusted

if TYPE_CHECKING:
    from fitintel.core.quality import Trust
    from fitintel.core.recorded import Link, Recorded
    from fitintel.workbench.door import Door


@dataclass(frozen=True, slots=True)
class OpenWorkout:
    """One workout, opened."""

    athlete: Athlete
    row: Mapping[str, Any]
    """its columns; missing is None"""
    recorded: Recorded | None
    record: ImportRecord | None
    """the import that brought it"""
    problems: tuple[Problem, ...]
    links: tuple[Link, ...]
    trust: Mapping[str, Trust] = field(default_factory=dict)
    """figure -> its interval and quality; of load too"""
    load: Mapping[str, Any] = field(default_factory=dict)
    """`method` of the load, and the ids and versions of the algorithms that made it"""


def opened(bench: Door, workout_id: str, athlete_id: str | None = None) -> OpenWorkout:
    """The workout of that id; raises NotFound, naming ids that look like it."""
    athlete = whom(bench, athlete_id)
    workouts = bench.store.workouts(athlete.id, columns=tuple(COLUMNS), twins=True)
    ids = workouts["id"].tolist()
    if workout_id not in ids:
        near = difflib.get_close_matches(workout_id, ids, n=3)
        raise NotFound(f"There is no workout {workout_id!r} of {athlete.id}",
                       why=f"near it: {', '.join(near)}" if near else None,
                       next="see them with: fitintel workouts")  # fmt: skip
    row = next(iter(workouts.take([ids.index(workout_id)]).rows()))  # type: ignore[arg-type]
    kept = recorded(bench.store, athlete.id)
    # a workout behind another has its own recording: only the one that leads has channels of all its sources
    own = next((one for one in kept if one.workout_id == workout_id), None)
    own = own or next(iter(bench.store.recordings(athlete.id, [workout_id])), None)
    trust, load = trusted(row, own), load_of(bench, athlete, workout_id, kept)
    record = next((each for each in bench.store.imports(athlete.id) if each.id == row["import_id"]), None)
    problems = bench.store.problems(import_id=row["import_id"], status=None) if record is not None else ()
    return OpenWorkout(
        athlete, row, own, record,
        tuple(problem for problem in problems if problem.workout_id == workout_id),
        tuple(link for link in bench.store.links(athlete.id) if workout_id in (link.workout_id, link.other_id)),
        trust | load.pop("trust"), load,
    )  # fmt: skip
