"""Type of every workout on foot, from a mixture whose components are fixed: no workout depends on another."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm

TYPES = ("run", "walk", "hike", "mixed")
WEIGHT = (0.35, 0.40, 0.10, 0.15)
"""Share of each type among workouts on foot: assumed."""
SPEED = ((2.85, 0.20), (1.27, 0.19), (0.95, 0.22), (1.98, 0.13))
"""Median [m/s] and SD of the log of mean speed over the whole session. Run: 3.0 +- 0.3 m/s in experienced and 2.6 in
new recreational runners. Walk: 1.31 m/s outdoors at usual, 0.82 at slow pace, here 3 % less for stops. Hike: a slow
walk with breaks and slopes. Mixed: people who must average 1.9-3.0 m/s alternate gaits; here up to where running
prevails. SDs hold people and sessions together: assumed."""
DURATION = ((2400.0, 0.60), (2700.0, 0.60), (10_800.0, 0.45), (2700.0, 0.60))
"""Median [s] and SD of the log: assumed; a hike is set apart by its length."""
CADENCE = ((163.0, 10.0), (114.0, 12.0), (105.0, 14.0), (140.0, 14.0))
"""Mean and SD [steps/min]. Run 165 +- 8 (experienced), 158 (new runners); walk 117 at usual pace, less for stops;
mixed around the walk-run transition at 140."""
SPORT = {
    "running": (0.90, 0.35, 0.20, 0.70),
    "walking": (0.07, 0.53, 0.30, 0.22),
    "hiking": (0.03, 0.12, 0.50, 0.08),
}
"""How often a type is recorded under a sport: assumed; weak, because apps start with `running` and few people change
it."""
UNUSUAL = (np.inf, 10.828, 13.816, 16.266)
"""Squared distance that 0.1 % of a normal component exceed (chi-square), for 0 to 3 measured quantities."""
WALK_RATIO = {"cadence": 0.0035, "steps": 0.0046, "one foot": 0.013}
"""m min: step length over cadence. About 0.0065 in walking, 0.0044 in a slow jog, up to 0.0105 in a sprint. A cadence
or a count of steps below its bound is more steps than legs make: an app's guess, not used (the bound for counts is
closer, because apps fill them in). Above `one foot` it is half the steps, and doubled."""
MINUTE = 60.0
ROWS = 8192
"""rows computed at a time: they stay in the processor's cache, so that many cost no more each than few"""


@algorithm(
    id="workout_type",
    version="1.0.0",
    inputs={"workouts": "rows"},
    output=("type, probability and confidence per workout", "1"),
    source="Normal mixture with fixed components. Speed and cadence: Murtagh 2021, Sports Med 51:125 (walking); de "
    "Ruiter 2020, Eur J Sport Sci 20:182 and van Oeveren 2017, PLoS ONE 12:e0184273 (running); Wood 2023, PLoS ONE "
    "18:e0295848 (hiking); Baker 2025, arXiv:2501.00720 (mixtures of gaits). Walk ratio: Murakami 2017, J Phys Ther "
    "Sci 29:814",
    validity=Validity.USEFUL,
    limits=(
        "weights, durations, spreads and the weight of the recorded sport are assumptions, not estimates",
        "means over a whole session: intervals cannot be told from a steady jog of the same mean speed",
        "very fast runners, wheelchair users and children are outside its components",
        "steps that an app computes from speed pass for counted ones when they are plausible",
        "not measured against labels of people; a person's own label should win",
    ),
)
def workout_type(workouts: Workouts, *, unsure_below: float = 0.7) -> dict[str, Any]:
    """Workout type.

    Bayes' rule over four normal components in log speed, log duration and cadence (or steps per minute where they are
    plausible), and the recorded sport. What is missing is integrated out; zero counts as missing. `outlier`: unlike
    every component (each would give it in fewer than 1 in 1,000). `unsure`: no probability reaches `unsure_below`, or
    neither speed nor cadence is known. `other`: not a sport on foot.

    Parameters: `unsure_below` [1] probability that a label needs.
    Returns, in canonical order, `id`, `label` text[n], `probability` float64[n, 4] over run, walk, hike, mixed (zeros
    for other sports), `confidence` float64[n]: the highest probability, 0 for outlier and other.

    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 2700.0, "distance": 3600.0}])
    >>> workout_type(w)["label"].tolist(), workout_type(w)["confidence"]
    (['walk'], array([0.99...]))
    """
    rows = workouts.ordered()
    code = np.fromiter(map(CODES.__getitem__, rows["sport"].tolist()), dtype=np.intp, count=len(rows))
    starts = range(0, max(len(rows), 1), ROWS)
    parts = [_classified(rows.take(slice(at, at + ROWS)), code[at : at + ROWS], unsure_below) for at in starts]
    label, probability, confidence = (np.concatenate(each) for each in zip(*parts, strict=True))
    return {"id": rows["id"], "label": label, "probability": probability, "confidence": confidence}


class _Codes(dict[Any, int]):
    """Sport -> its place in SAID; the last for every other one."""

    def __missing__(self, sport: Any) -> int:
        return len(SPORT)


CODES = _Codes({sport: place for place, sport in enumerate(SPORT)})
SAID = np.array([*SPORT.values(), (0.0,) * len(TYPES)])
"""SPORT as rows, and one of zeros for sports that are not on foot"""


def _classified(
    rows: Workouts, code: NDArray[np.intp], unsure_below: float
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.float64]]:
    """Label, probability and confidence of some rows; `code` is the place of each one's sport in SAID."""
    duration, distance = _positive(rows["duration"]), _positive(rows["distance"])
    speed = distance / duration
    cadence = _cadence(rows["cadence"], rows["steps"] / duration * MINUTE, speed)
    measured = [np.isfinite(values) for values in (speed, np.fmax(duration, distance), cadence)]
    log = np.log(np.stack([speed, duration, distance]))
    said = SAID[code]
    foot = said[:, 0] > 0
    # speed and duration tell all that the three do; distance stands alone only where duration is missing
    alone = np.isfinite(log[2]) & ~measured[0]
    there = (np.isfinite(log[0]), np.isfinite(log[1]), alone, measured[2])
    score, far = [], []
    for k in range(len(TYPES)):
        (v, sv), (t, st), (c, sc) = SPEED[k], DURATION[k], CADENCE[k]
        mean, sd = (np.log(v), np.log(t), np.log(v * t)), (sv, st, float(np.hypot(sv, st)))
        parts = [*((log[i] - mean[i]) / sd[i] for i in range(3)), (cadence - c) / sc]
        square = [np.where(known, part * part, 0.0) for known, part in zip(there, parts, strict=True)]
        width = [np.where(known, np.log(size), 0.0) for known, size in zip(there, (*sd, sc), strict=True)]
        distance_from = square[0] + square[1] + square[2] + square[3]
        far.append(distance_from)
        weight = np.log(WEIGHT[k] * np.where(foot, said[:, k], 1.0))
        score.append(weight - 0.5 * distance_from - (width[0] + width[1] + width[2] + width[3]))
    top = np.maximum(np.maximum(score[0], score[1]), np.maximum(score[2], score[3]))
    raw = [np.exp(value - top) for value in score]
    total = raw[0] + raw[1] + raw[2] + raw[3]
    probability = np.stack([np.where(foot, value / total, 0.0) for value in raw], axis=1)
    nearest = np.minimum(np.minimum(far[0], far[1]), np.minimum(far[2], far[3]))
    outlier = nearest > np.array(UNUSUAL)[measured[0].astype(int) + measured[1] + measured[2]]
    best = probability.max(axis=1, initial=0.0)
    label = np.array(TYPES, dtype=object)[probability.argmax(axis=1)]
    label[(best < unsure_below) | ~(measured[0] | measured[2])] = "unsure"
    label[outlier] = "outlier"
    label[~foot] = "other"
    return label, probability, np.where(foot & ~outlier, best, 0.0)


def _positive(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(values > 0, values, np.nan)


def _cadence(
    cadence: NDArray[np.float64], steps: NDArray[np.float64], speed: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Steps per minute that legs can have made at that speed, measured or else from the count; NaN without either."""
    rate = _possible(cadence, speed, WALK_RATIO["cadence"])
    return np.where(np.isnan(rate), _possible(steps, speed, WALK_RATIO["steps"]), rate)


def _possible(rate: NDArray[np.float64], speed: NDArray[np.float64], least: float) -> NDArray[np.float64]:
    rate = np.where((rate > 20) & (rate < 250), rate, np.nan)
    ratio = speed * MINUTE / (rate * rate)
    rate = np.where(ratio > WALK_RATIO["one foot"], 2 * rate, rate)
    return np.where(ratio < least, np.nan, rate)
