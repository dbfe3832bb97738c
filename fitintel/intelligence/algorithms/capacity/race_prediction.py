"""Race prediction: what several methods say of one race, and how far they are apart."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer, positive

SHORT = (3_000.0, 25_000.0)
"""m; where the median of the general methods is used: 5 km to the half marathon with some room"""
MARATHON = 42_195.0
FLOORS = ((10_000.0, 0.02), (MARATHON, 0.04))
"""least half-width: 2 % up to 10 km, 4 % at the marathon, between them on a line over the log of the distance"""
Z90 = 1.6448536269514722
SHARES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
SCORES = (-Z90, -1.2815515655446004, -0.6744897501960817, 0.0, 0.6744897501960817, 1.2815515655446004, Z90)


@algorithm(
    id="race_prediction",
    version="1.0.0",
    inputs={
        "target": "m", "riegel": "s", "cameron": "s", "daniels_gilbert": "s",
        "vickers_model2": "s", "vickers_model1": "s", "tanda": "s",
    },
    output=("race time as a distribution", "s"),
    source="The methods' own cards; to the half marathon their median, for the marathon the first known of Vickers 2, "
    "Vickers 1 and Tanda (mean squared errors of 208 and 228 against 381 of Riegel: Vickers & Vertosick 2016)",
    validity=Validity.USEFUL,
    limits=(
        "the inputs must come from races or clearly maximal efforts; weather, course and pacing are not in it",
        "the width is the spread of the methods with a floor, a choice: its coverage is known only from races scored "
        "after they were run (race_prediction_score)",
        "methods that share one race share its error: all of them can be wrong together",
        "undefined outside 3 to 25 km and the marathon, and for a marathon without a known weekly distance",
    ),
)  # fmt: skip
def race_prediction(
    target: Any, riegel: Any, cameron: Any, daniels_gilbert: Any, vickers_model2: Any, vickers_model1: Any, tanda: Any
) -> dict[str, Any]:
    """Race prediction.

    `target` [m] and the times [s] of the methods, None or NaN where a method has none; scalars or arrays (n,).
    From 3 to 25 km the median of Riegel (with the shrunk personal exponent), Cameron and Daniels-Gilbert; for the
    marathon Vickers 2, else Vickers 1, else Tanda. The distribution is normal in log time; its central 90 % reach to
    the farthest method, and at least 2 % (to 10 km) to 4 % (marathon) either way. Raises DataError unless times and
    target are above zero.

    Returns `duration` [s] (median), `low`, `high` [s] (5 and 95 %), `sd` [1] of log time, `quantile` (..., 7) [s] at
    the shares `share`, `methods`, how many there are, and `basis`: median, vickers_model2, vickers_model1, tanda or
    none.

    >>> found = race_prediction(10_000, 2500, 2510, 2490, None, None, None)  # m, s ... -> s
    >>> found["duration"], found["low"], found["basis"]
    (2500.0, 2450.98, 'median')
    """
    times = {"riegel": riegel, "cameron": cameron, "daniels_gilbert": daniels_gilbert,
             "vickers_model2": vickers_model2, "vickers_model1": vickers_model1, "tanda": tanda}  # fmt: skip
    positive(target=target, **times)
    distance, *given = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (target, *times.values())))
    known = np.stack(given, axis=-1)
    known[..., :3] = np.where(_general(distance)[..., None], known[..., :3], np.nan)
    known[..., 3:] = np.where(_marathon(distance)[..., None], known[..., 3:], np.nan)
    there = np.isfinite(known)
    middle = _median(known[..., :3])
    first = np.argmax(there[..., 3:], axis=-1)
    chosen = np.take_along_axis(known[..., 3:], first[..., None], axis=-1)[..., 0]
    time = np.where(np.isfinite(middle), middle, chosen)
    apart = np.where(there, np.abs(np.log(known / time[..., None])), 0.0).max(axis=-1)
    half = np.maximum(apart, np.log1p(_floor(distance)))
    quantile = time[..., None] * np.exp(half[..., None] / Z90 * np.array(SCORES))
    names = np.array(["none", "median", *list(times)[3:]], dtype=object)
    basis = names[np.where(np.isfinite(middle), 1, np.where(np.isfinite(chosen), 2 + first, 0))]
    return {
        "duration": answer(time),
        "low": answer(quantile[..., 0]),
        "high": answer(quantile[..., -1]),
        "sd": answer(np.where(np.isfinite(time), half / Z90, np.nan)),
        "quantile": answer(quantile),
        "share": list(SHARES),
        "methods": answer(there.sum(axis=-1)),
        "basis": basis,
    }


def _general(distance: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (distance >= SHORT[0]) & (distance <= SHORT[1])


def _marathon(distance: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(distance / MARATHON - 1.0) <= 0.01


def _median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the known ones along the last axis, NaN without any (np.nanmedian warns there)."""
    ordered = np.sort(values, axis=-1)  # NaN last
    count = np.isfinite(values).sum(axis=-1)[..., None]
    places = np.concatenate([np.maximum(count - 1, 0) // 2, count // 2], axis=-1)
    pair = np.take_along_axis(ordered, places, axis=-1)
    return np.where(count[..., 0] > 0, pair.mean(axis=-1), np.nan)


def _floor(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    (near, least), (far, most) = FLOORS
    way = np.log(np.clip(distance, near, far) / near) / math.log(far / near)
    return np.asarray(least + (most - least) * way)
