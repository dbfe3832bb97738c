"""Histories that versions are compared on, with the group that each athlete belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.answers import LEVELS
from fitintel.core.details import Details
from fitintel.core.errors import NotFound
from fitintel.core.stated import Goal, PlannedWorkout, Threshold, known
from fitintel.core.workouts import Workouts
from fitintel.workbench.outcomes import Case
from fitintel.workbench.policy import Policy, Squad

if TYPE_CHECKING:
    from fitintel.workbench.door import AthleteDoor, Progress

YEAR = 365.25
LENGTHS = ((1.0, "under 1 year"), (3.0, "1 to 3 years"))
"""years of history -> history length; longer ones are `3 years or more`"""

Table = Mapping[str, Mapping[str, str]]
"""athlete id -> name of a group (sex, age_band ...) -> the athlete's"""


def chosen(
    bench: AthleteDoor, policy: Policy, *, squad: bool, athletes: Sequence[str] = (), groups: Table | None = None,
    size: int | None = None, seed: int | None = None, progress: Progress | None = None,
) -> list[Case]:  # fmt: skip
    """What versions are compared on: a simulated squad, or what is stored here of all athletes or of these."""
    if not squad:
        return stored(bench, athletes, groups=groups, progress=progress)
    asked = replace(policy.squad, athletes=size or policy.squad.athletes,
                    seed=policy.squad.seed if seed is None else seed)  # fmt: skip
    return simulated(asked, groups=groups, progress=progress)


def stored(
    bench: AthleteDoor, athletes: Sequence[str] = (), *, groups: Table | None = None, progress: Progress | None = None
) -> list[Case]:
    """The histories stored here, of all athletes or of these, with the labels that hold.

    Athletes are grouped by what they said of themselves and what their history tells; `groups` says otherwise for this
    one report, and is forgotten again.
    """
    from fitintel.workbench.briefs import recorded, stated_thresholds
    from fitintel.workbench.kept_laps import laps_of, names_of
    from fitintel.workbench.labels import holding
    from fitintel.workbench.planned_kinds import planned_kinds

    people = [bench.athlete(name) for name in athletes] or list(bench.athletes())
    made = []
    for done, athlete in enumerate(people):
        if progress:
            progress(done, len(people), f"reading {athlete.id}")
        workouts = bench.workouts(athlete.id)
        if not len(workouts):
            continue
        labels: dict[str, dict[str, str]] = {level: {} for level in LEVELS}
        for one in holding(bench.store, athlete.id):
            labels[one.level][one.workout_id] = str(one.value)
        kept = recorded(bench.store, athlete.id)
        makers = Counter(one.maker for one in kept if one.maker)
        given = {
            "laps": laps_of(kept), "thresholds": stated_thresholds(bench.store.stated(athlete.id, Threshold)),
            "events": [one.valid_from for one in known(bench.store.stated(athlete.id, Goal)) if one.kind == "event"],
            "names": names_of(kept), "plans": planned_kinds(known(bench.store.stated(athlete.id, PlannedWorkout))),
        }  # fmt: skip
        made.append(Case(athlete.id, workouts, given, labels,
                         groups={**grouped(workouts, makers), **said(bench.store.details(athlete.id), workouts),
                                 **(groups or {}).get(athlete.id, {})}))  # fmt: skip
    if not made:
        raise NotFound("There is no history to compare on", next="fitintel import FILE, or ask for --squad")
    return made


def simulated(squad: Squad, *, groups: Table | None = None, progress: Progress | None = None) -> list[Case]:
    """A squad made for this purpose, after the ordinary checks, with true labels and planted faults."""
    from fitintel.intelligence.simulate import simulate_squad
    from fitintel.workbench.classified_squad import labelled
    from fitintel.workbench.details import details_of

    made = []
    people = simulate_squad(seed=squad.seed, athletes=squad.athletes, years=squad.years, end_day=squad.end_day)
    for done, one in enumerate(people):
        if progress:
            progress(done, squad.athletes, f"reading {one.athlete.id}")
        own = labelled(one)
        made.append(Case(own.athlete_id, own.workouts, own.given, own.truth, one.truth,
                         {**grouped(own.workouts, Counter()), **said(details_of(one), own.workouts),
                          **(groups or {}).get(own.athlete_id, {})}))  # fmt: skip
    return made


def said(details: Details | None, workouts: Workouts) -> dict[str, str]:
    """The groups that an athlete told: sex, and age band on the day of the latest workout."""
    return {} if details is None else details.groups(int(workouts["day"].max()))


def grouped(workouts: Workouts, makers: Mapping[str, int]) -> dict[str, str]:
    """The groups that a history itself tells: main sport, device class, history length.

    >>> from fitintel.core.workouts import ANALYSIS
    >>> rows = [{"id": "a", "day": 1, "sport": "running"}, {"id": "b", "day": 500, "sport": "running"}]
    >>> grouped(Workouts.from_rows(rows).select(ANALYSIS), {})
    {'sport': 'running', 'device_class': 'typed or unknown', 'history_length': '1 to 3 years'}
    """
    sports = Counter(map(str, workouts["sport"]))
    years = (int(workouts["day"].max()) - int(workouts["day"].min())) / YEAR
    return {
        "sport": max(sorted(sports), key=lambda name: sports[name]),
        "device_class": _device(workouts, makers),
        "history_length": next((name for most, name in LENGTHS if years < most), "3 years or more"),
    }


def _device(workouts: Workouts, makers: Mapping[str, Any]) -> str:
    """What recorded the history: a maker's devices, else what the rows show of it."""
    if makers and sum(makers.values()) * 2 >= len(workouts):
        return max(sorted(makers), key=lambda name: makers[name])
    if np.isfinite(workouts["hr_mean"]).mean() >= 0.5:
        return "with heart rate"
    return "without heart rate" if np.isfinite(workouts["distance"]).mean() >= 0.5 else "typed or unknown"
