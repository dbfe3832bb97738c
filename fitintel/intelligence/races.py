"""predict_race(): which methods can say something of a race, run one after the other, and what they say together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.errors import DataError
from fitintel.core.rules import Spoils, spoiled
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import Journal, Result

Floats = NDArray[np.float64]

LONGEST = 43_000.0
"""m. Races up to the marathon: the index of a race is meant for those."""
YEAR = 365.0
"""d. An older race tells nothing of the next."""
WEEKS = 8
TANDA_PACE = (0.240, 0.510)
"""s/m of training for which Tanda's formula is meant"""
TANDA_WEEK = 20_000.0
"""m a week"""
HALVES = 1.5
"""Two races tell an endurance exponent if one is at least this many times as long as the other."""


def predict_race(
    journal: Journal,
    races: Mapping[str, Any],
    target: float,
    *,
    weekly_distance: float | None = None,
    training_pace: float | None = None,
) -> Result:
    """The run of `race_prediction` for a race over `target` [m]; every method's run is one of its parents.

    `races`: `distance` [m], `duration` [s] and `day` (day number) of races or clearly maximal efforts, (n,), of one
    season, known before the race. `weekly_distance` [m]: the typical week; `training_pace` [s/m]: mean of the last
    eight weeks. The race whose distance is nearest to the target (in proportion; the later one of equals) is carried
    over.
    Raises DataError for races whose columns differ in length.

    >>> races = {"distance": [5000, 10_000], "duration": [1200, 2520], "day": [20_000, 20_030]}
    >>> found = predict_race(Journal(), races, 21_097.5)
    >>> found["duration"], found["basis"]  # s
    (5577.413, 'median')
    """
    distance, duration, day = (np.asarray(races[name], dtype=np.float64) for name in ("distance", "duration", "day"))
    if not distance.shape == duration.shape == day.shape or distance.ndim != 1:
        raise DataError("the races' distances, durations and days differ in number", next="give one of each a race")
    known = np.isfinite(distance) & np.isfinite(duration)
    distance, duration, day = distance[known], duration[known], day[known]
    riegel = cameron = by_index = two = one = None
    if len(distance):
        far = np.abs(np.log(distance / target))
        near = int(np.lexsort((-day, far))[0])
        run, time = float(distance[near]), float(duration[near])
        exponent = journal.run("riegel_shrunk_exponent", duration, distance)
        riegel = journal.run("riegel", time, run, target, exponent=exponent["exponent"])
        cameron = journal.run("cameron", time, run, target)
        index = journal.run("daniels_gilbert", run, time)
        if index.value is not None:
            by_index = journal.run("daniels_gilbert_time", index, target)
        if weekly_distance is not None:
            one = journal.run("vickers_model1", time, run, weekly_distance)
            others = np.flatnonzero(np.maximum(distance / run, run / distance) >= HALVES)
            if len(others):
                other = others[np.lexsort((-day[others], far[others]))[0]]
                inputs = (float(duration[other]), float(distance[other]), time, run, weekly_distance)
                two = journal.run("vickers_model2", *inputs).part("duration")
    tanda = _tanda(journal, weekly_distance, training_pace)
    return journal.run("race_prediction", float(target), riegel, cameron, by_index, two, one, tanda)


def raced(workouts: Workouts, sessions: Result) -> list[dict[str, Any]]:
    """Rows of the running races, as classified or as a person said, whose distance and duration can be used."""
    races = {str(name) for name, label in zip(sessions["id"], sessions["label"], strict=True) if label == "race"}
    found = workouts.take(np.array([name in races for name in workouts["id"].tolist()], dtype=bool))
    return [row for row in found.rows()
            if row["sport"] == "running" and 0 < (row["distance"] or 0) <= LONGEST
            and row["duration"] and not spoiled(row["flags"], Spoils.PACE)]  # fmt: skip


def predict_in_turn(
    journal: Journal, races: Mapping[str, Any], target: float, day: int, weekly: Result | Mapping[str, Any]
) -> Result:  # fmt: skip
    """The run of `race_prediction` for every race from those of the year before it and, last, for `target` [m] from
    those of the year up to `day`; NaN where there was none.

    `races` as `predict_race` takes them, by day; `weekly` columns `week` and `distance` [m]. Each is carried over by
    the methods that need no second race.
    """
    distance, duration, on = (np.asarray(races[name], dtype=np.float64) for name in ("distance", "duration", "day"))
    targets, days = np.append(distance, target), np.append(on, float(day) + 1.0)
    nearest = [_nearest(distance, on, goal, until) for goal, until in zip(targets, days, strict=True)]
    run, time = (np.array([np.nan if at is None else column[at] for at in nearest]) for column in (distance, duration))
    riegel = journal.run("riegel", time, run, targets)
    cameron = journal.run("cameron", time, run, targets)
    by_index = journal.run("daniels_gilbert_time", journal.run("daniels_gilbert", run, time), targets)
    usual = np.array([_usual_week(weekly, until) for until in days])
    # the weeks are sums of daily totals: their run stays the parent
    weeks = Result(usual, weekly.run) if isinstance(weekly, Result) else usual
    one = journal.run("vickers_model1", time, run, weeks) if np.isfinite(usual).any() else None
    return journal.run("race_prediction", targets, riegel, cameron, by_index, None, one, None)


def _nearest(distance: Floats, on: Floats, target: float, until: float) -> int | None:
    """Place of the race of the year before a day whose distance is nearest in proportion, the later one of equals."""
    able = np.flatnonzero((on < until) & (on >= until - YEAR))
    if not len(able):
        return None
    return int(able[np.lexsort((-on[able], np.abs(np.log(distance[able] / target))))[0]])


def _usual_week(weekly: Result | Mapping[str, Any], until: float) -> float:
    """Median distance [m] of the last eight complete weeks before a day; NaN with fewer."""
    week = np.asarray(weekly["week"])
    values = np.asarray(weekly["distance"], dtype=np.float64)[week + 7 <= until][-WEEKS:]
    return float(np.median(values)) if len(values) == WEEKS and np.isfinite(values).all() else math.nan


def _tanda(journal: Journal, weekly_distance: float | None, training_pace: float | None) -> Result | None:
    if weekly_distance is None or training_pace is None or weekly_distance < TANDA_WEEK:
        return None
    if not TANDA_PACE[0] <= training_pace <= TANDA_PACE[1]:
        return None
    return journal.run("tanda_marathon", weekly_distance, training_pace).part("duration")
