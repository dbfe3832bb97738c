"""Workouts beside the athlete's latest ones: further columns by which kinds of session are told apart.

Where session_features compares with the last 60 workouts of the activity alike, these follow how long and how fast the
athlete is just now, over all activities; see the shape of laps; and know the habits of the athlete's week and device.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.workouts import Workouts
from fitintel.intelligence.gaits import positive
from fitintel.intelligence.lap_shape import SHAPE, shapes
from fitintel.intelligence.past import PastWindows
from fitintel.intelligence.recent_level import recent
from fitintel.intelligence.session_days import days_before, number_of_day, weekdays

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Truths = NDArray[np.bool_]

LEAST = 5
"""Earlier values that a comparison needs."""
SECOND, WEEKEND = -0.3, 0.1
"""Log size of the second workout of a day, and of the first of a day of the weekend, beside others: assumed."""
RIEGEL = 0.06
"""Pace slows as distance to this power (Riegel 1981, American Scientist 69:285)."""
LONG, ABOUT = 0.4, 0.08
"""Log size over the usual that is half long, half not, and how sharp the bound is."""
IRREGULAR = 0.02
"""Difference of laps' lengths (log) above which they were not taken by distance."""
MISSING = ("size", "pace off", "heart off", "top share", "sprint", "lap regular", "lap longest", "climb")
"""Columns that have another beside them which says whether they are known (1) or not (0)."""
SCALES = {"regular": 0.125, "head": 0.08, "tail": 0.08, "inner": 0.1, "spread": 0.06, "rough": 0.06, "even": 0.25,
          "longest": 1.0, "quick": 1.0, "fastest": 0.1}  # fmt: skip
BESIDE = (
    "size", "size mid", "level", "weight", "pace off", "pace slow", "heart off", "top share", "peak share", "sprint",
    "sprint spread", "speed", "climb", "number", *(f"lap {name}" for name in SHAPE), "lapper", "laps usual", "namer",
    "weekday lead", "weekday share", "weekday size", "hard one", "hard two", "hard today", "since long", "share hard",
    *(f"{name}?" for name in MISSING),
)  # fmt: skip
LIMIT = 5.0
"""No column goes beyond this: one odd figure must not decide."""


def columns(
    rows: Workouts, group: Codes, odd: Truths, able: Truths, laps: Mapping[str, Any], named: Truths, said: Numbers
) -> Numbers:
    """float64[n, len(BESIDE)] of workouts in canonical order, each scaled to about 1; what is missing is 0.

    `group` is the place of each workout's activity in ACTIVITIES; `odd` workouts are never compared with; `able` those
    that have a kind; `named` those whose name says a kind; `said` [n, 6]: what words say of each (session_said).
    """
    # the canonical order of a day's workouts says nothing of their time
    start = rows["start"] if "start" in rows else np.full(len(rows), np.nan)
    order = np.lexsort((np.arange(len(rows)), start, rows["day"]))
    found = np.empty((len(rows), len(BESIDE)))
    found[order] = _in_time(rows.take(order), group[order], odd[order], able[order], laps, named[order], said[order])
    return found


def _in_time(
    rows: Workouts, group: Codes, odd: Truths, able: Truths, laps: Mapping[str, Any], named: Truths, said: Numbers
) -> Numbers:
    n, day = len(rows), rows["day"].astype(np.int64)
    duration, distance = positive(rows["duration"]), positive(rows["distance"])
    spoilt = np.array(spoiled_rows(rows["flags"].tolist(), Spoils.PACE), dtype=bool)
    speed = np.log(np.where(spoilt, np.nan, distance / duration))
    number, all_of = number_of_day(day), np.zeros(n, dtype=np.int64)

    def kept(values: Numbers) -> Numbers:
        return np.where(odd, np.nan, values)

    def given(name: str) -> Numbers:
        return rows[name] if name in rows else np.full(n, np.nan)

    size, mid, level, weight = _sizes(kept, np.log(distance), day, group, number, all_of)
    even = speed + RIEGEL * np.clip(np.nan_to_num(mid), -1.0, 1.0)
    paced, slow = recent(kept(even), day, group, fades=(25.0, 120.0), clip=0.08)
    enough = paced.count >= LEAST
    heart, peak = positive(rows["hr_mean"]), positive(given("hr_max"))
    (beats,) = recent(kept(heart), day, group, fades=(40.0,), clip=8.0)
    highest = PastWindows(kept(peak), all_of, width=120).past()
    top = np.where(highest.count >= LEAST, highest.high, np.nan)
    sprint = np.log(positive(given("speed_max"))) - speed
    # some devices' highest speeds are mostly error: they are read in their own spread
    sprints = PastWindows(kept(sprint), group).past()
    spread = np.where(sprints.count >= LEAST, np.maximum(sprints.scale, 0.08), np.nan)
    shape = shapes(rows["id"].tolist(), laps, paced.level)
    found = {
        "size": size / 0.25, "size mid": mid / 0.25, "level": level / 0.25, "weight": np.log1p(weight),
        "pace off": np.where(enough, even - paced.level, np.nan) / 0.05,
        "pace slow": np.where(enough, even - slow.level, np.nan) / 0.05,
        "heart off": np.where(beats.count >= LEAST, heart - beats.level, np.nan) / 6.0,
        "top share": (heart / top - 0.85) / 0.06, "peak share": (peak / top - 0.95) / 0.05,
        "sprint": np.clip((sprint - sprints.median) / spread, -3.0, 3.0), "sprint spread": spread / 0.1,
        "speed": (speed - 1.0) / 0.3,
        "climb": 60.0 * given("elevation_gain") / distance, "number": np.minimum(number, 2),
        **{f"lap {name}": np.minimum(shape[name], 0.5 if name == "regular" else np.inf) / SCALES[name]
           for name in SHAPE},
        **_devices(shape["regular"], named, said),
    }  # fmt: skip
    longish = _sigmoid((np.nan_to_num(size, nan=-1.0) - LONG) / ABOUT)
    hard = np.where(able & ~odd, 1.0 - (1.0 - _quick(found, rows, kept, group, said)) * (1.0 - longish), 0.0)
    of_week = weekdays(day, size, longish, (number == 0) & np.isfinite(size) & ~odd)
    before = days_before(day, hard, longish)
    found |= {
        "weekday lead": 5 * of_week["lead"], "weekday share": 4 * of_week["share"], "weekday size": 5 * of_week["size"],
        "hard one": 2 * before["one"], "hard two": 2 * before["two"], "hard today": 2 * before["today"],
        "since long": before["since"], "share hard": 8 * (before["share"] - 0.25),
    }  # fmt: skip
    found |= {f"{name}?": np.isfinite(found[name]).astype(np.float64) for name in MISSING}
    made = np.stack([np.asarray(found[name], dtype=np.float64) for name in BESIDE], axis=1)
    return np.asarray(np.clip(np.where(np.isfinite(made), made, 0.0), -LIMIT, LIMIT))


def _sizes(
    kept: Any, length: Numbers, day: Codes, group: Codes, number: Codes, all_of: Codes
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Log distance over the usual of the activity and of late (twice: of the last weeks, and of the last months); what
    is usual of late over what is usual; and how much is known of it."""
    usual = SECOND * (number > 0) + WEEKEND * ((number == 0) & ((day + 3) % 7 >= 5))
    past = PastWindows(kept(length - usual), group).past()
    over = np.where(past.count >= 3, length - past.median, np.nan)
    weeks, months = recent(kept(over - usual), day, all_of, fades=(9.0, 28.0), clip=0.6, width=40)
    # with little to go by, what is usual of late is what is usual
    near, far = (np.nan_to_num(of_late.level) * of_late.weight / (of_late.weight + 0.8)
                 for of_late in (weeks, months))  # fmt: skip
    return over - near, over - far, near, weeks.weight


def _devices(regular: Numbers, named: Truths, said: Numbers) -> dict[str, Numbers]:
    """Whether the device takes laps, takes them by structure, and names sessions: then silence tells something too."""

    def earlier(each: Truths) -> Numbers:
        return np.asarray(np.cumsum(each) - each, dtype=np.float64)

    lapped = np.isfinite(regular)
    laps = earlier(lapped)
    return {
        "lapper": 4 * earlier(lapped & (regular > IRREGULAR)) / np.maximum(laps, 1.0),
        "laps usual": np.minimum(laps, 5.0) / 5,
        "namer": np.where(said.any(axis=1), 0.0, np.minimum(earlier(named), 5.0) / 5),
    }


def _quick(found: Mapping[str, Numbers], rows: Workouts, kept: Any, group: Codes, said: Numbers) -> Numbers:
    """A rough chance that a workout held hard work: only to tell what came before another one. Assumed."""
    rpe = positive(rows["rpe"])
    felt = np.nan_to_num(rpe - PastWindows(kept(rpe), group).past().median)
    laps = (np.nan_to_num(found["lap longest"]) > 1.2) & (np.nan_to_num(found["lap fastest"]) > 0.8)
    score = 1.1 * (np.nan_to_num(found["pace off"]) + np.nan_to_num(found["heart off"])) + felt + 2.5 * laps - 2.2
    # words go first: tempo, interval and race are hard
    return np.where(said.any(axis=1), said[:, 2:5].max(axis=1, initial=0.0) > 0, _sigmoid(score))


def _sigmoid(values: Numbers) -> Numbers:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -50.0, 50.0))))
