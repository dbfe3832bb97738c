"""Simulated athletes as the classification sees them: checked workouts, laps, statements, and the labels that a person
who remembers everything would give."""  # fmt: skip

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.core.stated import Goal, PlannedWorkout, Threshold, known
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.session_features import FEATURES
from fitintel.intelligence.simulate import SimulatedAthlete, simulate_squad
from fitintel.intelligence.softmax import fit
from fitintel.workbench.planned_kinds import planned_kinds
from fitintel.workbench.simulated import checked


@dataclass(frozen=True, slots=True)
class Labelled:
    """A history with true labels of all its workouts, and what the classification is given beside it."""

    athlete_id: str
    workouts: Workouts
    given: dict[str, Any]
    """keyword arguments of `classify`"""
    truth: dict[str, dict[str, str]]
    """level -> workout id -> label"""
    lapped: frozenset[str]
    """workouts with laps"""


def labelled(one: SimulatedAthlete) -> Labelled:
    """The athlete's history after the ordinary checks, in columns of ANALYSIS."""
    workouts = checked(one).workouts.select(ANALYSIS)
    there = set(workouts["id"].tolist())
    flat = [(name, lap.duration, lap.distance) for name, laps in sorted(one.laps.items()) for lap in laps]
    columns = {"id": [row[0] for row in flat], "duration": [row[1] for row in flat],
               "distance": [row[2] for row in flat]}  # fmt: skip
    thresholds = [
        {"kind": each.kind, "value": each.value, "sport": each.sport, "valid_from": each.valid_from}
        for each in known(tuple(each for each in one.stated if isinstance(each, Threshold)))
    ]
    goals = known(tuple(each for each in one.stated if isinstance(each, Goal)))
    events = [each.valid_from for each in goals if each.kind == "event"]
    truth = {"activity": one.truth.types, "session": one.truth.sessions}
    plans = planned_kinds(known(tuple(each for each in one.stated if isinstance(each, PlannedWorkout))))
    given = {"laps": columns, "thresholds": thresholds, "events": events, "names": dict(one.names), "plans": plans}
    return Labelled(
        one.athlete.id, workouts, given,
        {level: {name: said for name, said in of.items() if name in there} for level, of in truth.items()},
        frozenset(one.laps),
    )  # fmt: skip


def labelled_squad(seed: int, *, athletes: int, years: float, end_day: int = 20366) -> list[Labelled]:
    """A simulated squad with its true labels, to experiment on; take a development seed."""
    return [labelled(one) for one in simulate_squad(seed=seed, athletes=athletes, years=years, end_day=end_day)]


def fitted_weights(
    seeds: Iterable[int],
    *,
    end_day: int,
    athletes: int = 24,
    years: float = 3.0,
    spread: float = 1.0,
) -> Any:
    """The fixed weights of kinds of session [6, n features]: highest posterior density on squads of these seeds.

    `spread` is the SD of the prior. Records that an entry error has made useless are left out.
    """
    rows, kinds = [], []
    for seed in seeds:
        for one in simulate_squad(seed=seed, athletes=athletes, years=years, end_day=end_day):
            made = labelled(one)
            evidence = classify(plainly, made.workouts, {}, **made.given).session_evidence
            for place, name in enumerate(evidence["id"].tolist()):
                said = made.truth["session"].get(name)
                if evidence["able"][place] and said and made.truth["activity"][name] != "outlier":
                    rows.append(evidence["phi"][place])
                    kinds.append(SESSIONS.index(said))
    phi = np.stack(rows)
    return fit(np.zeros((len(phi), len(SESSIONS))), phi, np.array(kinds), np.full(len(FEATURES), spread))
