"""Weighted modelled power of a recorded run."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.core.rolling import fourth_power_mean, window_means
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.running_power import running_power
from fitintel.intelligence.values import answer


@algorithm(
    id="govss_weighted_power",
    version="1.0.0",
    inputs={"speed": "m/s", "slope": "1", "mass": "kg", "height": "m"},
    output=("weighted modelled power", "W"),
    source="Skiba 2006, lactate-normalised power; as in GoldenCheetah GOVSS.cpp, full windows only",
    validity=Validity.ROUGH,
    limits=(
        "the limits of the modelled power hold; a slope from satellite heights is mostly noise",
        "programs that start their windows with zeros give lower figures for short runs",
        "needs two and a half minutes without a long pause",
    ),
)
def govss_weighted_power(
    speed: Any, slope: Any, mass: Any, height: Any, *, smoothing: int = 120, window: int = 30
) -> Any:
    """Weighted modelled running power.

    Speed and slope are averaged over 120 s, power is modelled from them and from the change of speed, averaged over
    30 s, and its fourth powers are averaged. `speed` [m/s] and `slope` [1] (n,) or (runs, n), one value a second as
    `one_hertz` gives them, NaN where windows start anew; `mass` [kg], `height` [m]. Power below 0 (braking) counts as
    0. Undefined without one full window. Raises DataError for a negative speed.

    Parameters: `smoothing`, `window` [s].

    >>> govss_weighted_power([4.0] * 600, [0.0] * 600, 70, 1.75)  # W, equal to the steady power
    373.94
    """
    v, incline = window_means(speed, smoothing), window_means(slope, smoothing)
    change = np.zeros_like(v)
    change[..., 1:] = (v[..., 1:] ** 2 - v[..., :-1] ** 2) / 2
    # kinetic energy per metre; a second covers v metres
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(v > 0, change / v, 0.0)
    mass, height = (np.expand_dims(np.asarray(x, dtype=np.float64), -1) for x in (mass, height))
    power = np.where(np.isnan(v), np.nan, running_power(np.maximum(v, 0.0), incline, mass, height, change))
    return answer(fourth_power_mean(window_means(np.maximum(power, 0.0), window)))
