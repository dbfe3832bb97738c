"""How fast, how long and with how many steps people run, walk, hike and mix, and what earlier workouts say of one.

The components are those of `workout_type` 1.0.0 (sources there), but an athlete's own running speed is unknown and is
learned from earlier workouts on foot, by Bayes' rule over a grid of speeds; mixed lies between walking and it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

GAITS = ("run", "walk", "hike", "mixed")
WEIGHT = (0.35, 0.40, 0.10, 0.15)
"""Share of each gait among workouts on foot, before anything is known of the athlete: assumed."""
RUN = (2.85, 0.17, 0.10)
"""Median running speed [m/s]; SD of its log between people; SD of the log from workout to workout of one person."""
WALK = (1.27, 0.13, 0.14)
"""The same of walking."""
HIKE = (0.95, 0.18)
"""Median speed [m/s] of hiking of one who walks at the usual speed; SD of its log from workout to workout."""
MIXED_SD = 0.11
DURATION = ((2400.0, 0.60), (2700.0, 0.60), (10_800.0, 0.45), (2700.0, 0.60))
CADENCE = ((163.0, 10.0), (114.0, 12.0), (105.0, 14.0), (140.0, 14.0))
SPORT = {"running": (0.90, 0.35, 0.20, 0.70), "walking": (0.07, 0.53, 0.30, 0.22), "hiking": (0.03, 0.12, 0.50, 0.08)}
"""How often a gait is recorded under a sport: assumed; weak, because apps start with `running`."""
RUNS, WALKS = np.log(np.geomspace(2.0, 5.2, 24)), np.log(np.geomspace(0.75, 1.9, 16))
"""Logs of the running and walking speeds that are thought possible [m/s]."""
MEMORY_WEEKS = 26.0
"""Half-life of what a workout says of the athlete's habit."""
PRIOR_WORKOUTS = 8.0
"""WEIGHT counts as much as this many workouts."""
SURE = 0.04
"""SD of the log of the own running speed is never taken to be below this: form changes."""
ODD = 0.02
"""Share of workouts that fit nothing: one of them must not decide what an athlete's running speed is."""


class Steps(NamedTuple):
    """What is measured of workouts on foot, one entry a workout; NaN where missing."""

    speed: Numbers
    """m/s"""
    duration: Numbers
    """s"""
    distance: Numbers
    """m"""
    cadence: Numbers
    """steps/min"""


class Own(NamedTuple):
    """Mean and SD of the log of an athlete's own running and walking speed [m/s], arrays of one shape."""

    run: Numbers
    run_sd: Numbers
    walk: Numbers
    walk_sd: Numbers


def densities(steps: Steps, own: Own) -> tuple[Numbers, Numbers]:
    """(log density, squared distance) [..., 4] of the gaits."""
    found = [_density(k, steps, own) for k in range(len(GAITS))]
    return np.stack([log for log, _ in found], axis=-1), np.stack([far for _, far in found], axis=-1)


def _density(k: int, steps: Steps, own: Own) -> tuple[Numbers, Numbers]:
    """The same of one gait."""
    log = [np.log(values) for values in (steps.speed, steps.duration, steps.distance)]
    centre, spread = _of_gait(k, own)
    (t, st), (c, sc) = DURATION[k], CADENCE[k]
    wide = np.sqrt(spread**2 + st**2)
    # speed and duration tell all that the three do; distance stands alone only where duration is missing
    alone = np.where(np.isfinite(log[0]), np.nan, (log[2] - centre - np.log(t)) / wide)
    parts = (((log[0] - centre) / spread, np.log(spread)), ((log[1] - np.log(t)) / st, np.log(st)),
             (alone, np.log(wide)), ((steps.cadence - c) / sc, np.log(sc)))  # fmt: skip
    square = sum(np.where(np.isfinite(z), z * z, 0.0) for z, _ in parts)
    width = sum(np.where(np.isfinite(z), size, 0.0) for z, size in parts)
    return np.asarray(-0.5 * square - width), np.asarray(square)


def _of_gait(k: int, own: Own) -> tuple[Numbers, Numbers]:
    """Mean and SD of the log of the speed in a gait."""
    if k == GAITS.index("run"):
        return own.run, np.sqrt(own.run_sd**2 + RUN[2] ** 2)
    if k == GAITS.index("walk"):
        return own.walk, np.sqrt(own.walk_sd**2 + WALK[2] ** 2)
    if k == GAITS.index("hike"):
        return own.walk + np.log(HIKE[0] / WALK[0]), np.sqrt(own.walk_sd**2 + HIKE[1] ** 2)
    # a mix lies halfway between the two; its spread is what theirs make of it, and its own
    run, walk = np.exp(own.run), np.exp(own.walk)
    lean = np.sqrt((own.run_sd * run) ** 2 + (own.walk_sd * walk) ** 2) / (run + walk)
    return np.log((run + walk) / 2), np.sqrt(lean**2 + MIXED_SD**2)


class Habit(NamedTuple):
    """What the workouts of earlier weeks say, one entry a workout."""

    own: Own
    share: Numbers
    """[n, 4] of the gaits among earlier workouts, drawn towards WEIGHT"""


def habit(steps: Steps, day: NDArray[np.int64], said: Numbers, known: NDArray[np.int64]) -> Habit:
    """The habit as it was known at the beginning of each workout's week; workouts in order of time.

    `said` [n, 4]: how often each gait is recorded as this sport, all 0 for other sports. `known`: gait of workouts that
    a person has named, -1 else.
    """
    n = len(day)
    usual = Own(*(np.full(n, value) for value in (np.log(RUN[0]), RUN[1], np.log(WALK[0]), WALK[1])))
    if not n:
        return Habit(usual, np.empty((0, 4)))
    weeks = (day + 3) // 7  # weeks begin on Monday
    weight = np.log(WEIGHT) + np.log(np.where(said > 0, said, 1.0))
    named = (known[:, None] < 0) | (known[:, None] == np.arange(4))
    weight = np.where(named, weight, -np.inf)
    usable = (said[:, 0] > 0) & np.isfinite(steps.speed)
    walk, walk_sd = _speed(1, WALKS, WALK, steps, usual, weight, usable, weeks)
    own = usual._replace(walk=walk, walk_sd=walk_sd)
    run, run_sd = _speed(0, RUNS, RUN, steps, own, weight, usable, weeks)
    own = own._replace(run=run, run_sd=run_sd)
    log, _ = densities(steps, own)
    score = log + weight
    fit = np.exp(score - score.max(axis=1, keepdims=True))
    fit = np.where(usable[:, None], fit / fit.sum(axis=1, keepdims=True), 0.0)
    count = _carried(fit, weeks) + PRIOR_WORKOUTS * np.array(WEIGHT)
    return Habit(own, count / count.sum(axis=1, keepdims=True))


def _speed(
    gait: int, grid: Numbers, usual: tuple[float, float, float], steps: Steps, own: Own, weight: Numbers,
    usable: NDArray[np.bool_], weeks: NDArray[np.int64],
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Mean and SD of the log of the own speed in a gait, by Bayes' rule over the grid, from earlier weeks."""
    wide = Steps(*(values[:, None] for values in steps))
    others = Own(*(values[:, None] for values in own))
    moved = _replaced(others, gait, grid[None, :])
    # only a walk tells of walking; a mix tells of running too, once walking is known
    telling = (1,) if gait else (0, 3)
    score = [_density(k, wide, moved if k in telling else others)[0] + weight[:, k : k + 1] for k in range(len(GAITS))]
    top = _one_by_one(np.maximum, score)
    each = np.log(_one_by_one(np.add, [np.exp(one - top) for one in score])) + top
    each = np.exp(each - each.max(axis=1, keepdims=True))
    each = np.where(usable[:, None], np.log((1 - ODD) * each + ODD), 0.0)
    past = _carried(each, weeks) - 0.5 * ((grid - np.log(usual[0])) / usual[1]) ** 2
    past = np.exp(past - past.max(axis=1, keepdims=True))
    past /= past.sum(axis=1, keepdims=True)
    mean = (past * grid).sum(axis=1)
    sd = np.sqrt((past * (grid - mean[:, None]) ** 2).sum(axis=1))
    return mean, np.maximum(sd, SURE)


def _replaced(own: Own, gait: int, mean: Numbers) -> Own:
    """With this speed in the gait, for certain."""
    still = np.zeros_like(mean)
    return own._replace(run=mean, run_sd=still) if gait == 0 else own._replace(walk=mean, walk_sd=still)


def _one_by_one(join: np.ufunc, parts: list[Numbers]) -> Numbers:
    """The parts joined in their order: of four it is far quicker than along an axis of four."""
    first, *others = parts
    for one in others:
        first = join(first, one)
    return first


def _carried(values: Numbers, weeks: NDArray[np.int64]) -> Numbers:
    """For each row the sum over rows of earlier weeks, fading with MEMORY_WEEKS."""
    first = np.flatnonzero(np.concatenate(([True], weeks[1:] != weeks[:-1])))
    sums = np.add.reduceat(values, first, axis=0)
    total, found = np.zeros(values.shape[1]), np.empty_like(sums)
    before = int(weeks[first[0]])
    for place, week in enumerate(weeks[first].tolist()):
        total = total * 0.5 ** ((week - before) / MEMORY_WEEKS)
        found[place], before = total, week
        total = total + sums[place]
    return np.repeat(found, np.diff(np.append(first, len(weeks))), axis=0)


def steps_per_minute(cadence: Numbers, steps: Numbers, duration: Numbers, speed: Numbers) -> Numbers:
    """Steps per minute that legs can have made at that speed, measured or else from the count; NaN without either."""
    rate = _possible(cadence, speed, WALK_RATIO["cadence"])
    return np.where(np.isnan(rate), _possible(steps / duration * 60.0, speed, WALK_RATIO["steps"]), rate)


WALK_RATIO = {"cadence": 0.0035, "steps": 0.0046, "one foot": 0.013}
"""m min: step length over cadence, as in `workout_type`. Below its bound an app's guess; above `one foot` half."""


def _possible(rate: Numbers, speed: Numbers, least: float) -> Numbers:
    rate = np.where((rate > 20) & (rate < 250), rate, np.nan)
    ratio = speed * 60.0 / (rate * rate)
    rate = np.where(ratio > WALK_RATIO["one foot"], 2 * rate, rate)
    return np.where(ratio < least, np.nan, rate)


def positive(values: Any) -> Numbers:
    """The values above zero; NaN for others."""
    values = np.asarray(values, dtype=np.float64)
    return np.where(values > 0, values, np.nan)
