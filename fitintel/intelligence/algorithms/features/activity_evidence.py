"""What a workout's figures say of whether it was a run, a walk, a hike or a mix, given the workouts before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.workouts import Workouts
from fitintel.intelligence.gaits import GAITS, SPORT, Steps, densities, habit, positive, steps_per_minute
from fitintel.intelligence.registry import algorithm

UNUSUAL = (np.inf, 10.828, 13.816, 16.266)
"""Squared distance that 0.1 % of a normal component exceed (chi-square), for 0 to 3 measured quantities."""


@algorithm(
    id="activity_evidence",
    version="1.0.0",
    inputs={"workouts": "rows", "labels": "workout id -> activity, as people said"},
    output=("log score of each gait, features and own running speed per workout", "1, m/s"),
    source="Components and their sources as in workout_type 1.0.0; running speed of the athlete by Bayes' rule over a "
    "grid (Gelman et al. 2013, Bayesian Data Analysis, ch. 2), from earlier weeks only",
    validity=Validity.USEFUL,
    limits=(
        "weights, durations, spreads and the fading of a habit are assumptions, not estimates",
        "means over a whole session: intervals cannot be told from a steady jog of the same mean speed",
        "an athlete who has never run on record is taken for an average one",
    ),
)
def activity_evidence(workouts: Workouts, labels: Mapping[str, str]) -> dict[str, Any]:
    """Evidence for the activity.

    Log densities of four normal components in log speed, log duration and cadence, with the recorded sport and the
    athlete's share of each gait as prior. The athlete's own running speed and shares are learned from the workouts of
    earlier weeks; those that a person has named count as what they were named. A workout's entry never depends on later
    workouts, nor on those of its own week.

    Returns, in canonical order: `id`, `sport` text[n]; `score` float64[n, 4] over run, walk, hike, mixed (zeros for
    sports not on foot); `phi` float64[n, 6]: 1, log speed, log duration, cadence (each centred and scaled, 0 where
    missing), recorded as walking, as hiking; `known` bool[n]: speed or cadence is known; `odd` bool[n]: unlike every
    component, or flagged so that nothing of it counts; `run_speed` [m/s] and `run_sd` [of its log]: the own running
    speed as known at the beginning of that week.

    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 2700.0, "distance": 3600.0}])
    >>> found = activity_evidence(w, {})
    >>> GAITS[found["score"][0].argmax()], found["run_speed"].round(2)
    ('walk', array([2.87]))
    """
    rows = workouts.ordered()
    duration, distance = positive(rows["duration"]), positive(rows["distance"])
    speed = distance / duration
    cadence = steps_per_minute(rows["cadence"], rows["steps"], duration, speed)
    steps = Steps(speed, duration, distance, cadence)
    said = np.array([SPORT.get(name, (0.0,) * 4) for name in rows["sport"].tolist()]).reshape(-1, 4)
    foot = said[:, 0] > 0
    spoilt = np.array(spoiled_rows(rows["flags"].tolist(), Spoils.PACE), dtype=bool)
    ids = rows["id"].tolist()
    known = np.array([GAITS.index(labels[name]) if labels.get(name) in GAITS else -1 for name in ids], dtype=np.int64)
    doubted = spoilt | np.array([labels.get(name, "") not in ("", *GAITS) for name in ids], dtype=bool)
    past = habit(Steps(np.where(doubted, np.nan, speed), duration, distance, cadence), rows["day"], said, known)
    log, far = densities(steps, past.own)
    score = np.where(foot[:, None], log + np.log(past.share) + np.log(np.where(foot[:, None], said, 1.0)), 0.0)
    measured = [np.isfinite(values) for values in (speed, np.fmax(duration, distance), cadence)]
    near = far[:, 0]
    for k in range(1, len(GAITS)):
        near = np.minimum(near, far[:, k])
    lost = np.array(spoiled_rows(rows["flags"].tolist(), Spoils.EVERYTHING), dtype=bool)
    scaled = (np.log(speed / 2.0) / 0.4, np.log(duration / 2700.0) / 0.6, (cadence - 140.0) / 25.0)
    walking, hiking = (np.array([name == sport for name in rows["sport"].tolist()], dtype=np.float64)
                       for sport in ("walking", "hiking"))  # fmt: skip
    phi = [np.ones(len(rows)), *(np.where(np.isfinite(values), values, 0.0) for values in scaled), walking, hiking]
    return {
        "id": rows["id"], "sport": rows["sport"], "score": score, "phi": np.stack(phi, axis=1),
        "known": measured[0] | measured[2],
        "odd": lost | (foot & (near > np.array(UNUSUAL)[measured[0].astype(int) + measured[1] + measured[2]])),
        "run_speed": np.exp(past.own.run), "run_sd": past.own.run_sd, "walk_speed": np.exp(past.own.walk),
    }  # fmt: skip
