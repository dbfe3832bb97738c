"""Load of every workout when there is neither power nor heart rate: rated exertion, or energy cost from speed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.sports import ON_FOOT
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import algorithm

MET = {
    "running": 7.0, "walking": 3.5, "hiking": 5.3, "cycling": 7.5, "swimming": 5.8, "rowing": 4.8, "skiing": 7.0,
    "strength": 3.5, "mobility": 2.5, "machine": 5.0, "multisport": 7.0, "other": 4.0,
}  # fmt: skip
"""Metabolic equivalents by sport (Ainsworth 2011, general entries); `multisport` and `other` are our choice."""
REST = 3.5
"""ml/kg/min of oxygen at rest: one MET."""
WALKING_TO, RUNNING_FROM = 100 / 60, 134 / 60
"""m/s. The ACSM equations hold for walking up to 100 m/min and for running from 134 m/min."""
FASTEST = 7.0
"""m/s. Faster means over a whole session are errors: world records over 5 km lie below."""
MINUTE = 60.0


@algorithm(
    id="session_load",
    version="1.0.0",
    inputs={"workouts": "rows"},
    output=("load per workout", "a.u. (CR-10 min) or MET min"),
    source="Foster 2001, J Strength Cond Res 15:109 (session RPE); ACSM's Guidelines for Exercise Testing and "
    "Prescription, 10th ed., table 6.3 (walking, running); Ainsworth 2011, Med Sci Sports Exerc 43:1575 (MET)",
    validity=Validity.ROUGH,
    limits=(
        "MET minutes know speed and time only: not wind, heat, fitness or how hard it felt",
        "the two methods have different units; one is used for the whole history and named in `method`",
        "slopes are not counted: a round trip climbs and descends",
        "a workout without a usable figure takes the median of its sport (or of all) and is marked `estimated`",
        "between walking and running speeds (1.67-2.23 m/s) the energy cost is interpolated",
    ),
)
def session_load(workouts: Workouts, *, rpe_share: float = 0.9, rpe_days: int = 365) -> dict[str, Any]:
    """Session load.

    Rating x minutes when at least `rpe_share` of the workouts of the last `rpe_days` days are rated, else MET x
    minutes. On foot MET comes from mean speed, `(3.5 + c v) / 3.5` with v in m/min and c = 0.1 walking, 0.2 running;
    other sports use a table.

    Parameters: `rpe_share` [1] needed share of rated workouts; `rpe_days` [d] before the last workout.
    Workouts that no statistic may use are left out. Returns, for the others in canonical order, `id`, `day`, `load`
    float64[n], `estimated` (0 or 1) float64[n], `method` text[n], and `coverage` (share of loads that are not
    estimated) and `validity` of the method.

    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 3600.0, "distance": 10_000.0}])
    >>> session_load(w)["load"], session_load(w)["method"].tolist()
    (array([631.428...]), ['MET minutes'])
    """
    rows = workouts.ordered()
    # "kept out of every statistic" holds here too: not even a typical load is assumed for them
    rows = rows.take(~np.array(spoiled_rows(rows["flags"].tolist(), Spoils.EVERYTHING), dtype=bool))
    flags = rows["flags"].tolist()
    place = {name: i for i, name in enumerate(MET)}
    sport = np.array([place.get(name, place["other"]) for name in rows["sport"].tolist()], dtype=np.int64)
    duration = _usable(rows["duration"], flags, Spoils.DURATION)
    distance = _usable(rows["distance"], flags, Spoils.DISTANCE)
    with np.errstate(over="ignore"):
        speed = np.where(spoiled_rows(flags, Spoils.PACE), np.nan, np.minimum(distance / duration, FASTEST))
    # a session whose time is spoiled has still taken about as long as its distance usually takes
    minutes = np.where(np.isnan(duration), distance / _typical(speed, sport), duration) / MINUTE
    rpe, day = rows["rpe"], rows["day"]
    recent = day > day.max(initial=0) - rpe_days
    rated = bool(recent.any()) and float(np.isfinite(rpe[recent]).mean()) >= rpe_share
    if rated:
        known = np.isfinite(rpe) & np.isfinite(duration)
        load = minutes * np.where(np.isnan(rpe), _median(rpe[recent]), rpe)
    else:
        table = np.array(list(MET.values()))[sport]
        foot = np.isin(sport, [place[name] for name in ON_FOOT])
        met = np.where(foot, _met_on_foot(speed), table)
        known = np.isfinite(met * minutes) & np.isfinite(duration)
        typical = np.where(foot, _typical(met, sport), table)
        load = minutes * np.where(np.isnan(met), np.where(np.isnan(typical), table, typical), met)
    load = np.where(np.isnan(load), _typical(load, sport), load)
    load = np.where(np.isnan(load), _median(load), load)
    method = np.full(len(rows), "session RPE" if rated else "MET minutes", dtype=object)
    return {
        "id": rows["id"],
        "day": day,
        "load": np.nan_to_num(load),
        "estimated": (~known).astype(np.float64),
        "method": method,
        "coverage": float(known.mean()) if len(rows) else 0.0,
        "validity": (Validity.USEFUL if rated else Validity.ROUGH).value,
    }


def _usable(values: NDArray[np.float64], flags: list[str | None], what: Spoils) -> NDArray[np.float64]:
    """Positive, unspoiled values; the rest NaN."""
    return np.where((values > 0) & ~np.array(spoiled_rows(flags, what), dtype=bool), values, np.nan)


def _met_on_foot(speed: NDArray[np.float64]) -> NDArray[np.float64]:
    cost = np.interp(speed, (WALKING_TO, RUNNING_FROM), (0.1, 0.2))
    return (REST + cost * speed * MINUTE) / REST


def _median(values: NDArray[np.float64]) -> float:
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if len(finite) else np.nan


def _typical(values: NDArray[np.float64], sport: NDArray[np.int64]) -> NDArray[np.float64]:
    """The median over the workouts of the same sport, for each workout."""
    medians = np.array([_median(values[sport == i]) for i in range(len(MET))])
    return medians[sport]
