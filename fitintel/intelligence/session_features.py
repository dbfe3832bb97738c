"""Workouts beside the athlete's own earlier ones: the columns by which kinds of session are told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.answers import ACTIVITIES
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.workouts import Workouts
from fitintel.intelligence.dated import held
from fitintel.intelligence.gaits import positive
from fitintel.intelligence.lap_structure import structures
from fitintel.intelligence.past import Past, PastWindows

Numbers = NDArray[np.float64]

COURSES = (5_000.0, 10_000.0, 15_000.0, 16_093.4, 21_097.5, 42_195.0)
"""m. Usual lengths of races."""
NEAR = 0.015
"""A distance this close to a course (relative) may be one."""
LEAST = 5
"""Earlier workouts of the activity that a comparison needs."""
FAST = 0.06
"""Log speed above the usual from which a lap is fast, where no threshold is stated."""
STEADY, BROKEN = 0.06, 0.12
"""Contrast of laps below which a workout is even, and above which it is in parts: assumed."""
WEEK = 7
LIMIT = 4.0
"""No column goes beyond this: one odd figure must not decide."""
FEATURES = (
    "one", "pace", "pace2", "own pace", "long", "own long", "own long2", "beyond", "pace long", "hr", "hr known", "rpe",
    "rpe known", "peak", "top", "course", "event", "laps", "contrast", "swing", "share", "block", "best", "steady",
    "hours", "walk", "ride", "swim", "mixed", "weekend", "after", "since", "longest", "threshold", "new",
)  # fmt: skip
"""Columns of `phi`."""


def columns(
    rows: Workouts, group: NDArray[np.int64], odd: NDArray[np.bool_], laps: Mapping[str, Any],
    thresholds: Sequence[Mapping[str, Any]], events: Sequence[int],
) -> Numbers:  # fmt: skip
    """`phi` [n, len(FEATURES)] of workouts in canonical order; what is missing is 0.

    `group` is the place of each workout's activity in ACTIVITIES; `odd` workouts are never compared with.
    """
    n = len(rows)
    day, duration, distance = rows["day"], positive(rows["duration"]), positive(rows["distance"])
    spoilt = np.array(spoiled_rows(rows["flags"].tolist(), Spoils.PACE), dtype=bool)
    speed = np.where(spoilt, np.nan, distance / duration)
    hr = positive(rows["hr_mean"])
    laid = structures(rows["id"].tolist(), laps)

    def earlier(values: Numbers) -> Past:
        return PastWindows(np.where(odd, np.nan, values), group).past()

    def beside(values: Numbers, scale: float, floor: float, past: Past | None = None) -> tuple[Numbers, ...]:
        """Above the median of the earlier ones, in `scale` and in their own spread; above their highest."""
        past = past or earlier(values)
        above = np.where(past.count >= LEAST, values - past.median, np.nan)
        return above / scale, above / np.maximum(past.scale, floor), np.where(past.count >= LEAST, values - past.high,
                                                                              np.nan)  # fmt: skip

    speeds = earlier(np.log(speed))
    pace, own_pace, _ = beside(np.log(speed), 0.08, 0.04, speeds)
    long, own_long, beyond = beside(np.log(duration), 0.35, 0.10)
    heart, own_heart, _ = beside(hr, 8.0, 3.0)
    rpe = beside(positive(rows["rpe"]), 1.5, 1.0)[0]
    extra = {name: positive(rows[name]) if name in rows else np.full(n, np.nan) for name in ("hr_max", "speed_max")}
    stated = held(thresholds, "speed", day, rows["sport"])
    line = np.where(np.isfinite(stated), np.log(positive(stated)), speeds.median + FAST)
    known, contrast = np.isfinite(laid["contrast"]), np.nan_to_num(laid["contrast"])
    hard = np.fmax(np.fmax(own_pace, own_long), 0.0) + 3.0 * (contrast > BROKEN) + np.fmax(own_heart, 0.0)
    found = {
        "one": np.ones(n), "pace": pace, "pace2": pace**2 / 2, "own pace": own_pace, "long": long, "own long": own_long,
        "own long2": own_long**2 / 3, "beyond": 3 * beyond, "pace long": pace * long, "hr": heart,
        "hr known": np.isfinite(heart), "rpe": rpe, "rpe known": np.isfinite(rpe),
        "peak": beside(extra["hr_max"] - hr, 6.0, 3.0)[0],
        "top": beside(np.log(extra["speed_max"] / speed), 0.12, 0.05)[0],
        "course": np.any([np.abs(distance / length - 1.0) <= NEAR for length in COURSES], axis=0),
        "event": np.isin(day, np.array(list(events), dtype=np.int64)), "laps": known, "contrast": 5 * contrast,
        "swing": contrast * np.minimum(np.nan_to_num(laid["blocks"]), 8.0),
        "share": np.nan_to_num(laid["share"]) * (contrast > FAST), "block": np.log1p(laid["block"] / 60.0),
        "best": (np.log(laid["best"]) - line) / 0.08, "steady": known & (contrast < STEADY),
        "hours": np.log(duration / 3600.0),
        "walk": (group == ACTIVITIES.index("walk")) | (group == ACTIVITIES.index("hike")),
        **{name: group == ACTIVITIES.index(name) for name in ("ride", "swim", "mixed")},
        "weekend": (day + 3) % WEEK >= 5, "after": _after(day, hard), "since": _since(day, own_long > 1.0),
        "longest": 2 * _longest(day, np.log(duration), group), "threshold": (np.log(speed) - line) / 0.08,
        "new": ~np.isfinite(pace),
    }  # fmt: skip
    phi = np.stack([np.asarray(found[name], dtype=np.float64) for name in FEATURES], axis=1)
    return np.asarray(np.clip(np.where(np.isfinite(phi), phi, 0.0), -LIMIT, LIMIT))


def _after(day: NDArray[np.int64], hard: Numbers) -> Numbers:
    """How hard the day before was; 0 after a day without a workout."""
    most: dict[int, float] = {}
    for one, value in zip(day.tolist(), np.nan_to_num(hard).tolist(), strict=True):
        most[one] = max(most.get(one, 0.0), value)
    return np.array([most.get(one - 1, 0.0) for one in day.tolist()])


def _since(day: NDArray[np.int64], long: NDArray[np.bool_]) -> Numbers:
    """Weeks since the latest long workout of an earlier day, at most three; 0 before the first."""
    found, last = np.zeros(len(day)), None
    newest: int | None = None
    for place, (one, is_long) in enumerate(zip(day.tolist(), long.tolist(), strict=True)):
        if newest is not None and newest < one:
            last, newest = newest, None
        found[place] = 0.0 if last is None else min(one - last, 3 * WEEK) / WEEK
        if is_long:
            newest = one
    return found


def _longest(day: NDArray[np.int64], size: Numbers, group: NDArray[np.int64]) -> Numbers:
    """Log of the duration over the longest of the same activity in the seven days before; NaN without one."""
    found = np.full(len(day), np.nan)
    for of in np.unique(group).tolist():
        places = np.flatnonzero((group == of) & np.isfinite(size))
        on, sizes = day[places], size[places]
        begin, end = np.searchsorted(on, on - WEEK, side="left"), np.searchsorted(on, on, side="left")
        # a maximum for each pair of bounds, and one between pairs that is not asked for
        most = np.maximum.reduceat(np.append(sizes, -np.inf), np.column_stack((begin, end)).ravel())[::2]
        found[places] = np.where(begin < end, sizes - most, np.nan)
    return found
