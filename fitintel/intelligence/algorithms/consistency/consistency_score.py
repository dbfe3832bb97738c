"""A 0-100 habit descriptor with its parts: how often, on the same weekdays, without long gaps, and true to plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.errors import UsageError
from fitintel.intelligence.registry import algorithm

GAP_SCALE = 14.0
"""d. Detraining is measurable after two to four weeks (Mujika & Padilla 2000)."""
EARLY_BELOW = 8
"""Fewer usable weeks than this are said to be early."""
SILENT_LOSS = 0.001
"""1/d. What one more day of silence takes at least from the score of an athlete who has stopped."""

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@algorithm(
    id="consistency_score", version="1.0.0",
    inputs={"day": "day number", "training": "0/1"},
    output=("consistency", "0-100"),
    source="fitintel's own definition; gap scale after Mujika & Padilla 2000, Sports Med 30:79",
    validity=Validity.USEFUL,
    limits=(
        "a habit descriptor: no study validates any single consistency score",
        "the weights are a design choice, not evidence; read the parts first",
        "a day without a record counts as a day without training unless its week is excused",
    ),
    title="Consistency",
)  # fmt: skip
def consistency_score(
    day: Any,
    training: Any,
    *,
    weeks: int = 8,
    goal: float | None = None,
    planned_minutes: Mapping[str, float] | None = None,
    actual_minutes: Mapping[str, float] | None = None,
    excused_weeks: Sequence[int] = (),
    weight_frequency: float = 0.45,
    weight_regularity: float = 0.20,
    weight_gaps: float = 0.20,
    weight_plan: float = 0.15,
    resamples: int = 400,
    nominal: float = 0.8,
    seed: int = 1,
) -> dict[str, Any]:
    """How steadily an athlete trains, 0-100, over `weeks` blocks of 7 days that end on the last day given.

    F is the mean over the weeks of min(1, training days / goal); R the share of slots kept on the `goal` most used
    weekdays; G = exp(-max(0, longest run without training - (7 - goal)) / 14 d); P the share of planned minutes done,
    only with a plan. The score is their weighted mean: 0 without a training day, None with fewer than 2 usable weeks.
    Once silence exceeds 14 days, each further silent day lowers the score (see `_History.reported`).

    Parameters
    ----------
    day: day numbers, consecutive, the last is the as-of day; shape (n,) [day number]
    training: 1 where the local day holds a session of at least 10 min, else 0; shape (n,)
    weeks: 7-day blocks in the window
    goal: training days a week aimed at, in (0, 7]; None: the median of the athlete's non-empty weeks, within 2..6
    planned_minutes, actual_minutes: minutes by day number (as text); without either there is no P
    excused_weeks: first day numbers of weeks that are left out (ill, injured, not synchronised)
    weight_frequency, weight_regularity, weight_gaps, weight_plan: weights of F, R, G and P
    resamples, nominal, seed: of the bootstrap over weeks that gives `low` and `high`

    Raises
    ------
    UsageError: days not consecutive, goal outside (0, 7], overlapping excused weeks.

    >>> days = np.arange(20000, 20056)
    >>> kept = consistency_score(days, np.isin(days % 7, (0, 2, 5)), goal=3)
    >>> kept["score"], kept["F"], kept["R"], kept["G"], kept["verdict"]
    (100.0, 1.0, 1.0, 1.0, 'ok')
    """
    days = np.asarray(day, dtype=np.int64)
    trained = np.asarray(training, dtype=np.float64) > 0
    if days.shape != trained.shape or (days.size > 1 and bool(np.any(np.diff(days) != 1))):
        raise UsageError("Consistency needs every calendar day once", next="give the days of daily_totals")
    if goal is not None and not 0 < goal <= 7:
        raise UsageError(f"A goal of {goal:g} training days a week", why="a week has 7 days", next="give 1 to 7")
    usable = _usable(days, excused_weeks)
    last = int(np.flatnonzero(trained)[-1]) if trained.any() else None
    aim = float(goal) if goal is not None else _habit(trained, usable, last)
    weights = np.array([weight_frequency, weight_regularity, weight_gaps, weight_plan])
    history = _History(trained, usable, _plan(days, planned_minutes, actual_minutes), 7 * weeks, aim, weights)

    blocks, minutes = history.weeks(days.size)
    n = len(blocks)
    result: dict[str, Any] = {
        "score": None, "F": None, "R": None, "G": None, "P": None, "goal": aim, "weeks": n, "early": n < EARLY_BELOW,
        "low": None, "high": None, "last_training_days": None if last is None else int(days.size - 1 - last),
        "verdict": "insufficient",
    }  # fmt: skip
    if n < 2:
        return result
    parts = _parts(blocks[None], minutes[None], aim)
    score = float(_weigh(parts, weights)[0])
    reported = history.reported(last)
    # drawn with replacement but left in the order of time, so that a long gap stays one gap
    draw = np.sort(np.random.default_rng(seed).integers(0, n, size=(resamples, n)), axis=1)
    spread = _weigh(_parts(blocks[draw], minutes[draw], aim), weights) * (reported / score if score else 1.0)
    low, high = np.quantile(spread, [(1 - nominal) / 2, (1 + nominal) / 2])
    f, r, g, p = parts[0].tolist()
    return result | {
        "score": reported, "F": f, "R": r, "G": g, "P": p if p == p else None, "verdict": "ok",
        "low": min(float(low), reported), "high": min(100.0, max(float(high), reported)),
    }  # fmt: skip


def _usable(days: Days, excused_weeks: Sequence[int]) -> Flags:
    """Which days count: those of an excused week are taken out of the calendar as though they had not been."""
    starts = sorted(int(start) for start in excused_weeks)
    if any(b - a < 7 for a, b in pairwise(starts)):
        raise UsageError("Excused weeks overlap", next="name each week once, by its first day")
    usable = np.ones(days.size, dtype=bool)
    for start in starts:
        usable &= (days < start) | (days >= start + 7)
    return usable


def _blocks(values: np.ndarray[Any, Any], keep: Flags) -> np.ndarray[Any, Any]:
    """The kept days in blocks of 7 that end on the last one, oldest first; (weeks, 7, ...). A part week is left out."""
    kept = values[keep]
    return kept[len(kept) % 7 :].reshape(-1, 7, *values.shape[1:])


def _plan(days: Days, planned: Mapping[str, float] | None, actual: Mapping[str, float] | None) -> Numbers:
    """Minutes done of those planned (no credit for more) and minutes planned, by day; shape (n, 2)."""
    if planned is None or actual is None:
        return np.zeros((days.size, 2))
    names = [str(d) for d in days.tolist()]
    wanted = np.array([planned.get(name, 0.0) for name in names], dtype=np.float64)
    done = np.array([actual.get(name, 0.0) for name in names], dtype=np.float64)
    return np.stack([np.minimum(done, wanted), wanted], axis=1)


def _habit(trained: Flags, usable: Flags, last: int | None) -> float:
    """Goal by the athlete's own habit: median training days of the past year's non-empty weeks, within 2..6; else 3.

    It is read no later than 14 days after the last training day: silence does not change what the habit was.
    """
    if last is None:
        return 3.0
    end = min(trained.size, last + 1 + int(GAP_SCALE))
    begin = max(0, end - 52 * 7)
    counts = _blocks(trained[begin:end], usable[begin:end]).sum(1)
    counts = counts[counts > 0]
    return float(np.clip(np.floor(np.median(counts) + 0.5), 2, 6)) if counts.size else 3.0


def _parts(blocks: Flags, plan: Numbers, goal: float) -> Numbers:
    """F, R, G, P of windows; blocks (windows, weeks, 7), plan (windows, weeks, 2: done, planned) -> (windows, 4)."""
    count, weeks = blocks.shape[:2]
    any_training = blocks.any(axis=(1, 2))
    frequency = np.minimum(1.0, blocks.sum(2) / goal).mean(1)
    by_weekday = np.sort(blocks.sum(1), axis=1)[:, ::-1]
    # a goal of 3.5 days counts the fourth weekday half
    slots = np.clip(goal - np.arange(7), 0.0, 1.0)
    regularity = (by_weekday * slots).sum(1) / (goal * weeks)
    flat = blocks.reshape(count, -1)
    at = np.arange(1, flat.shape[1] + 1)
    latest = np.maximum.accumulate(np.where(flat, at, 0), axis=1)
    gaps = np.exp(-np.maximum(0.0, (at - latest).max(1) - (7 - goal)) / GAP_SCALE)
    done, planned = plan.sum(1).T
    with np.errstate(invalid="ignore"):
        adherence = np.where(planned > 0, done / planned, np.nan)
    return np.stack([frequency, regularity, np.where(any_training, gaps, 0.0), adherence], axis=1)


def _weigh(parts: Numbers, weights: Numbers) -> Numbers:
    """Weighted mean of the parts that are present, times 100; 0 where there is no training day."""
    present = np.isfinite(parts)
    total = (np.where(present, parts, 0.0) * weights).sum(1)
    return np.where(parts[:, 0] > 0, 100.0 * total / (present * weights).sum(1), 0.0)


@dataclass(frozen=True, slots=True)
class _History:
    """What the score is computed from, on the as-of day and on earlier ones."""

    trained: Flags
    usable: Flags
    plan: Numbers
    window: int
    goal: float
    weights: Numbers

    def weeks(self, end: int) -> tuple[Flags, Numbers]:
        """Blocks and planned minutes of the window that ends before index `end`."""
        part = slice(max(0, end - self.window), end)
        keep = self.usable[part]
        return _blocks(self.trained[part], keep), _blocks(self.plan[part], keep).sum(1)

    def score(self, end: int) -> float:
        """The plain score of the window that ends before index `end`."""
        blocks, minutes = self.weeks(end)
        return float(_weigh(_parts(blocks[None], minutes[None], self.goal), self.weights)[0]) if len(blocks) else 0.0

    def reported(self, last: int | None) -> float:
        """The score that is shown: the plain one, held to what silence may do.

        As the as-of day moves, the 7-day blocks cut irregular training at other places and an old gap leaves the
        window, so the plain score can rise by silence alone. Therefore, after more than 14 usable days without
        training, no day's score exceeds what the silent days before it allow, and each takes at least SILENT_LOSS.
        In a history shorter than the window the part week at its beginning would come and go: there the week under
        way may be counted as though it ended in silence, if that is the higher score.
        """
        size, plain = self.trained.size, self.score(self.trained.size)
        if last is None or size - last > self.window:
            return plain
        silent = int(self.usable[last + 1 :].sum())
        if size < self.window:
            early = self._by_whole_weeks()
            return early if silent > GAP_SCALE else max(plain, early)
        lowest, age = plain, 0
        for end in range(size - 1, self.window - 1, -1):
            age += int(self.usable[end])
            if silent - age <= GAP_SCALE:
                break
            lowest = min(lowest, self.score(end) * float(np.exp(-SILENT_LOSS * age)))
        return lowest

    def _by_whole_weeks(self) -> float:
        """The best score that silence would leave at the end of this or a later whole week, until the window is full.

        A day earlier counts SILENT_LOSS more, of the score or of what it lacks of 100, whichever is less.
        """
        size, more = self.trained.size, self.window - self.trained.size
        trained = np.append(self.trained, np.zeros(more, dtype=bool))
        usable = np.append(self.usable, np.ones(more, dtype=bool))
        ahead = replace(self, trained=trained, usable=usable, plan=np.append(self.plan, np.zeros((more, 2)), axis=0))
        best = 0.0
        for end in range(size, self.window + 1):
            if int(usable[:end].sum()) % 7 == 0:
                later, gain = ahead.score(end), float(np.exp(SILENT_LOSS * (end - size)))
                best = max(best, min(later * gain, 100.0 - (100.0 - later) / gain))
        return best
