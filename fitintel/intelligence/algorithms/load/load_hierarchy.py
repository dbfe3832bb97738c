"""Load of every workout on one scale, each by the best of what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.core.rules import Spoils, spoiled_rows
from fitintel.core.sports import ON_FOOT
from fitintel.core.workouts import Workouts
from fitintel.intelligence.dated import held
from fitintel.intelligence.heart_rate import impulse, reserve_share
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.stress import stress

METHODS = ("power", "grade-adjusted pace", "heart rate", "session RPE", "duration")
"""Best first."""
TRUST = (Validity.HIGH, Validity.USEFUL, Validity.USEFUL, Validity.USEFUL, Validity.ROUGH)
WORST = (Validity.UNRELIABLE, Validity.ROUGH, Validity.USEFUL, Validity.HIGH)
PAIRS = 20
"""Workouts with both a rating and a measured stress from which a person's own scale is made (science 1.7)."""
GUESS = 0.15
"""1/(CR-10 min). Stress per unit of rated load where there are fewer pairs: a guess, so such loads are only rough."""

Floats = NDArray[np.float64]


@algorithm(
    id="load_hierarchy", version="1.0.0", title="Load by the best method",
    inputs={"workouts": "workouts", "figures": "figures of recordings", "thresholds": "dated statements"},
    output=("load per workout", "hours at threshold x 100"),
    source="fitintel's order of methods; the formulas are those of stress_score, running_stress, hrss and session_rpe",
    validity=Validity.USEFUL,
    limits=(
        "a chart of these loads mixes methods: read the mix beside it",
        "each method is as good as the threshold that held on the day",
        "a rating is put on the scale of stress by the athlete's own pairs, or by a guess below 20 of them",
        "duration alone takes the athlete's own typical stress per hour of the sport",
    ),
)  # fmt: skip
def load_hierarchy(
    workouts: Workouts, figures: Mapping[str, Any], thresholds: Sequence[Mapping[str, Any]], *, sex: str = "unknown"
) -> dict[str, Any]:
    """Stress of each workout by the first method that its data allow.

    Power: `100 h (weighted power / threshold power)^2`; grade-adjusted pace on foot: `100 h (speed / threshold
    speed)^2`; heart rate: training impulse over that of an hour at threshold; session RPE: rating x minutes on the
    person's own scale; duration: typical stress per hour of the sport. Workouts no statistic may use are left out.

    Parameters: `figures` {id, weighted_power [W], graded_speed [m/s]} of recorded workouts; `thresholds` statements
    {kind, value, sport, valid_from} as known on the day of asking; `sex` of the heart rate curve.
    Returns, in canonical order, `id`, `day`, `load` (NaN where nothing is known), `method`, `trust` (validity of each),
    `missing` (what a better method lacked), all (n,); `mix`, the share of each method; `coverage`, the share that is
    measured or rated; and `validity`, the least trust that at least a tenth of the workouts has.

    >>> w = Workouts.from_rows([{"id": "a", "day": 5, "sport": "cycling", "duration": 3600.0, "flags": ""}])
    >>> ftp = [{"kind": "power", "value": 200.0, "sport": "", "valid_from": 0}]
    >>> found = load_hierarchy(w, {"id": ["a"], "weighted_power": [200.0], "graded_speed": [None]}, ftp)
    >>> found["load"].tolist(), found["method"].tolist()
    ([100.0], ['power'])
    """
    rows = workouts.ordered()
    rows = rows.take(~np.array(spoiled_rows(rows["flags"].tolist(), Spoils.EVERYTHING), dtype=bool))
    flags, sport, day = rows["flags"].tolist(), rows["sport"], rows["day"]
    duration = _sound(rows["duration"], flags, Spoils.DURATION)
    known = {kind: held(thresholds, kind, day, sport) for kind in ("power", "speed", "heart_rate", "hr_max", "hr_rest")}
    power, graded = (_figure(figures, name, rows["id"]) for name in ("weighted_power", "graded_speed"))
    on_foot = np.isin(sport.astype(str), ON_FOOT)
    speed = np.where(np.isfinite(graded), graded, _sound(rows["distance"], flags, Spoils.PACE) / duration)

    tried = [
        stress(duration, power, known["power"]),
        np.where(on_foot, stress(duration, speed, known["speed"]), np.nan),
        _heart(duration, rows["hr_mean"], known, sex),
    ]
    measured = _first(tried)
    rated = rows["rpe"] * duration / 60.0
    scale, own = _scale(rated, measured)
    tried.append(rated * scale)
    tried.append(_typical(_first(tried), duration, sport))
    load, chosen = _first(tried), _which(tried)
    trust = np.array([one.value for one in (*TRUST, Validity.UNRELIABLE)], dtype=object)[chosen]
    if not own:
        trust[chosen == METHODS.index("session RPE")] = Validity.ROUGH.value
    names = np.array([*METHODS, "none"], dtype=object)
    return {
        "id": rows["id"], "day": day, "load": load, "method": names[chosen],
        "trust": trust,
        "missing": _missing(chosen, power, known, rows, on_foot),
        "coverage": float(np.mean(chosen < METHODS.index("duration"))) if len(rows) else 0.0,
        "validity": next((one.value for one in WORST if np.sum(trust == one.value) > 0.1 * len(rows)), "rough"),
        "mix": {str(names[place]): float(np.mean(chosen == place)) for place in sorted(set(chosen.tolist()))},
    }  # fmt: skip


def _sound(values: Floats, flags: list[str | None], what: Spoils) -> Floats:
    return np.where((values > 0) & ~np.array(spoiled_rows(flags, what), dtype=bool), values, np.nan)


def _figure(figures: Mapping[str, Any], name: str, ids: NDArray[Any]) -> Floats:
    place = {str(one): index for index, one in enumerate(figures["id"])}
    values = np.array([*np.asarray(figures[name], dtype=np.float64).tolist(), np.nan])
    return values[[place.get(str(one), len(values) - 1) for one in ids]]


def _heart(duration: Floats, hr: Floats, known: Mapping[str, Floats], sex: str) -> Floats:
    rest, top = known["hr_rest"], known["hr_max"]
    possible = np.isfinite(hr) & (top > rest)
    rest, top = np.where(possible, rest, 60.0), np.where(possible, top, 190.0)
    share = reserve_share(hr, rest, top)
    at_threshold = reserve_share(known["heart_rate"], rest, top)
    hour = impulse(np.where(np.isfinite(at_threshold) & (at_threshold > 0), at_threshold, 0.85), sex)
    return np.where(possible, 100.0 * duration / 3600.0 * impulse(share, sex) / hour, np.nan)


def _scale(rated: Floats, measured: Floats) -> tuple[float, bool]:
    """Stress per unit of rated load: the median of the person's own pairs, or the guess."""
    ratio = (measured / np.where(rated > 0, rated, np.nan))[np.isfinite(measured) & (rated > 0)]
    return (float(np.median(ratio)), True) if len(ratio) >= PAIRS else (GUESS, False)


def _typical(load: Floats, duration: Floats, sport: NDArray[Any]) -> Floats:
    """Typical stress per hour of the sport, times the hours; NaN for a sport without any measured workout."""
    per_hour = load / duration
    found = np.full(len(load), np.nan)
    for name in set(sport.tolist()):
        own = sport == name
        seen = per_hour[own & np.isfinite(per_hour)]
        if len(seen):
            found[own] = float(np.median(seen)) * duration[own]
    return found


def _first(tried: Sequence[Floats]) -> Floats:
    found = tried[0]
    for values in tried[1:]:
        found = np.where(np.isfinite(found), found, values)
    return found


def _which(tried: Sequence[Floats]) -> NDArray[np.int64]:
    there = np.array([*(np.isfinite(values) for values in tried), np.ones(len(tried[0]), dtype=bool)])
    first: NDArray[np.int64] = np.argmax(there, axis=0)
    return first


def _missing(
    chosen: NDArray[np.int64], power: Floats, known: Mapping[str, Floats], rows: Workouts, on_foot: NDArray[np.bool_]
) -> NDArray[Any]:
    """What the next better method lacked, in words; '' for power."""
    lacks = np.full(len(chosen), "", dtype=object)
    no_threshold = "a threshold that held on the day"
    lacks[chosen > 0] = np.where(np.isfinite(power), f"power has no {no_threshold}", "power")[chosen > 0]
    after = chosen > 1
    lacks[after & on_foot] = f"grade-adjusted pace has no {no_threshold}"
    after = chosen > 2
    heart = np.where(
        np.isfinite(rows["hr_mean"]), "heart rate has no resting and highest value that held", "heart rate"
    )
    lacks[after] = heart[after]
    lacks[chosen > 3] = "a rating"
    return lacks
