"""The named rules that a row must keep, over whole columns. What a breach does is said in core/rules.py.

Required: a date, and at least one of duration and distance. An impossible required cell quarantines its row; an
impossible optional cell is set aside and the row is whole without it. A row that breaches several rules lists them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core import days, rules
from fitintel.core.rules import Severity
from fitintel.core.sports import ON_FOOT
from fitintel.core.units import JOULE_PER_KCAL
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.dates import NO_DAY
from fitintel.ingest.distinct import distinct
from fitintel.ingest.normalise import Breach, Draft
from fitintel.ingest.repair import set_aside

if TYPE_CHECKING:
    from numpy.typing import NDArray

FUTURE_DAYS = 1
"""days that a date may lie ahead: somewhere it is already tomorrow."""
NEEDED = ("date", "duration", "distance", "source_id")
"""columns that a row must not be cut before."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The rows of a draft after the rules.

    `quarantined` and `warned` are bool [rows]; `flags` is object [rows]: sorted rule names separated by blanks.
    """

    draft: Draft
    quarantined: NDArray[np.bool_]
    warned: NDArray[np.bool_]
    flags: NDArray[Any]


def check(draft: Draft, *, today: int | None = None) -> Checked:
    """Hold every row against every rule; `today` is a day number (default: the day it is here now)."""
    _short_rows(draft)
    _dates(draft, days.today() if today is None else today)
    _measures(draft)
    _speeds(draft)
    _optional(draft)
    return judge(draft)


def judge(draft: Draft) -> Checked:
    """Sum up the breaches of a draft."""
    quarantined = np.zeros(len(draft), dtype=bool)
    warned = np.zeros(len(draft), dtype=bool)
    names: dict[int, set[str]] = {}
    for breach in draft.breaches:
        severity = rules.rule(breach.rule).severity
        if severity is Severity.QUARANTINE:
            quarantined[breach.place] = True
        elif severity is Severity.WARNING:
            warned[breach.place] = True
            names.setdefault(breach.place, set()).add(breach.rule)
    flags = np.full(len(draft), "", dtype=object)
    for place, found in names.items():
        flags[place] = _join(found)
    return Checked(draft, quarantined, warned & ~quarantined, flags)


def _join(names: set[str]) -> str:
    kept = sorted(names, key=lambda name: (not rules.rule(name).spoils, name))
    while len(" ".join(kept)) > COLUMNS["flags"].size:
        kept.pop()  # a rule that spoils nothing; the problem itself is kept
    return " ".join(sorted(kept))


def _short_rows(draft: Draft) -> None:
    table = draft.table
    if not table.short:
        return
    needed = max((table.header.index(use.header) for use in draft.profile.columns if use.ours in NEEDED), default=0)
    for place, cells in table.short.items():
        detail = f"expected {len(table.header)} cells, found {cells}, line {table.lines[place]}"
        cut = table.last_row_cut and place == len(table) - 1
        rule = "too_few_cells" if cells <= needed or cut else "row_short"
        said = table.delimiter.join(column[place] for column in table.columns[:cells] if column)
        draft.breaches.append(Breach(place, "", rule, said, detail))
        if rule == "too_few_cells":
            draft.unreadable.setdefault("duration", set()).add(place)  # its cells are not missing, they are cut off


def _dates(draft: Draft, today: int) -> None:
    day = draft.columns["day"]
    known = day != NO_DAY
    latest, earliest = today + FUTURE_DAYS, days.number(days.EARLIEST)
    draft.breach(
        "date", (known & (day > latest)).nonzero()[0], "date_in_future", f"the latest possible is {days.iso(latest)}"
    )
    draft.breach("date", (known & (day < earliest)).nonzero()[0], "date_too_early")


def _measures(draft: Draft) -> None:
    columns = draft.columns
    duration, distance = columns["duration"], columns["distance"]
    for name in ("duration", "distance"):
        draft.breach(name, (columns[name] < 0).nonzero()[0], "negative")
    draft.breach("distance", (distance > rules.MAX_DISTANCE).nonzero()[0], "distance_absurd")
    said_something = np.zeros(len(draft), dtype=bool)
    for places in draft.unreadable.values():
        said_something[list(places)] = True
    nothing = np.isnan(duration) & np.isnan(distance)
    draft.breach("duration", (nothing & ~said_something).nonzero()[0], "nothing_measured")
    no_distance = np.isnan(distance) | (distance == 0)
    no_duration = np.isnan(duration) | (duration == 0)
    empty = no_distance & no_duration & ~nothing & ~said_something
    draft.breach("duration", empty.nonzero()[0], "nothing_recorded")
    draft.breach("duration", ((duration == 0) & (distance > 0)).nonzero()[0], "duration_zero")
    draft.breach("duration", (duration > rules.MAX_DURATION).nonzero()[0], "duration_over_24h")
    # a tracker that measured no distance writes 0; a gym hour has none, and no pace can be made of it
    columns["distance"] = set_aside(distance, (distance == 0).nonzero()[0])
    columns["duration"] = set_aside(duration, (duration == 0).nonzero()[0])


def _speeds(draft: Draft) -> None:
    columns = draft.columns
    duration, distance, sport = columns["duration"], columns["distance"], columns["sport"]
    usable = (duration > 0) & (distance <= rules.MAX_DISTANCE)
    speed = np.divide(distance, duration, out=np.full(len(draft), np.nan), where=usable)
    names, codes = distinct(sport.tolist())
    limits = np.array([rules.MAX_SPEED.get(str(name), rules.MAX_SPEED_ANY) for name in names])
    top_limits = np.array([rules.MAX_TOP_SPEED.get(str(name), rules.MAX_SPEED_ANY) for name in names])
    on_foot = np.array([name in ON_FOOT for name in names], dtype=bool)
    if not len(draft):
        return
    # beyond 24 h the row has its own rule: a timestamp in the wrong column is not a watch left running
    left = on_foot[codes] & (duration >= rules.LEFT_RUNNING_AFTER) & (duration <= rules.MAX_DURATION)
    draft.breach("duration", (left & (speed < rules.MIN_ON_FOOT_SPEED)).nonzero()[0], "watch_left_running")
    draft.breach("distance", (speed > limits[codes]).nonzero()[0], "speed_impossible")
    _set_aside(draft, "speed_max", columns["speed_max"] > top_limits[codes], "top_speed_impossible")


def _optional(draft: Draft) -> None:
    columns = draft.columns
    for name in ("hr_mean", "hr_max"):
        _outside(draft, name, rules.HR_RANGE, "heart_rate_impossible")
    _outside(draft, "cadence", rules.CADENCE_RANGE, "cadence_impossible")
    _outside(draft, "rpe", rules.RPE_RANGE, "rpe_impossible")
    duration, steps, energy = columns["duration"], columns["steps"], columns["energy"]
    # 12.345 steps are 12,345 written with a thousands sign that the file's other numbers do not have
    broken = (np.isfinite(steps) & (steps != np.floor(steps))).nonzero()[0]
    draft.breach("steps", broken, "optional_cell_unreadable", "steps are whole: the point may separate thousands")
    steps = set_aside(steps, broken)
    columns["steps"] = steps
    with np.errstate(invalid="ignore"):
        _set_aside(
            draft, "steps", (steps > rules.MAX_STEP_RATE * duration) | (steps > rules.MAX_STEPS), "steps_overflow"
        )
        saturated = np.isin(np.round(energy / JOULE_PER_KCAL, 6), rules.SATURATED_KCAL)
        limit = rules.MAX_ENERGY_RATE * rules.MAX_DURATION
        _set_aside(draft, "energy", (energy > rules.MAX_ENERGY_RATE * duration) | (energy > limit) | saturated,
                   "energy_overflow")  # fmt: skip
    _outside(draft, "elevation_gain", (0.0, rules.MAX_ELEVATION_GAIN), "optional_cell_impossible")
    for name in ("steps", "energy", "speed_max"):
        _set_aside(draft, name, columns[name] < 0, "optional_cell_impossible")


def _outside(draft: Draft, name: str, limits: tuple[float, float], rule: str) -> None:
    values = draft.columns[name]
    _set_aside(draft, name, (values < limits[0]) | (values > limits[1]), rule)


def _set_aside(draft: Draft, name: str, wrong: NDArray[np.bool_], rule: str) -> None:
    places = wrong.nonzero()[0]
    if places.size:
        draft.breach(name, places, rule)
        draft.columns[name] = set_aside(draft.columns[name], places)
