"""Figures of one workout that exclude each other, and those that nobody has: no past is needed to see them.

A device measures the highest speed from moment to moment, and the rate of steps as it counts them. A distance or a
duration that was typed, lost or went on afterwards leaves both as they were.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from fitintel.core.sports import ON_FOOT
from fitintel.intelligence.past import Numbers

Mask = NDArray[np.bool_]

POSSIBLE = {**dict.fromkeys(ON_FOOT, (0.35, 7.0)), "cycling": (0.7, 17.0), "swimming": (0.15, 2.2)}
"""m/s: mean speeds that somebody may have, by sport: from a stroll with rests to above the world records of an hour
(running 5.9, cycling 15.8, swimming 1.6), since one of minutes is faster."""
ROUNDED = 1.02
"""A mean speed above the highest by less than this is rounding."""
BURST = 1.5
"""Highest speed over mean speed where nothing is known of the athlete: 1.2 to 2.4 in three quarters of 2,568 recorded
workouts."""
COUNTED = (1 / 3, 3.0)
"""Steps over their rate and the duration: beyond these no pause, and no counting of one foot, explains it."""


def faster_than_highest(speed: Numbers, top: Numbers) -> Mask:
    """Whether a mean speed is beyond the highest speed: then distance or duration is wrong. Both in m/s.

    >>> faster_than_highest(np.array([3.0, 4.5, 3.0]), np.array([3.9, 3.9, np.nan]))
    array([False,  True, False])
    """
    with np.errstate(invalid="ignore"):
        return np.asarray((top > 0) & (speed > ROUNDED * top), dtype=bool)


def nobodys(speed: Numbers, sports: Iterable[str]) -> Mask:
    """Whether nobody has such a mean speed [m/s] in that sport.

    >>> nobodys(np.array([0.2, 3.0, 3.0]), ["running", "running", "swimming"])
    array([ True, False,  True])
    """
    low, high = np.array([POSSIBLE.get(sport, (0.0, np.inf)) for sport in sports]).reshape(-1, 2).T
    with np.errstate(invalid="ignore"):
        return np.asarray((speed < low) | (speed > high), dtype=bool)


def time_of_steps(steps: Numbers, cadence: Numbers, duration: Numbers) -> Numbers:
    """Duration [s] in which the steps were made at their rate [1/min], where that excludes the duration; else NaN.

    >>> time_of_steps(np.array([6600.0, 6600.0]), np.array([165.0, 165.0]), np.array([2400.0, 24000.0]))
    array([  nan, 2400.])
    """
    known = (steps > 0) & (cadence > 0) & (duration > 0)
    meant = 60.0 * np.divide(steps, cadence, out=np.full(len(steps), np.nan), where=known)
    with np.errstate(invalid="ignore"):
        excluded = (meant < COUNTED[0] * duration) | (meant > COUNTED[1] * duration)
    return np.where(excluded, meant, np.nan)
