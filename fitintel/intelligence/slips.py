"""Slips of the pen: which usual mistake turns a workout that does not fit into one that does, and in which field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.past import Numbers, kth_gap

UNITS, DIGIT, TWICE, SIXTY = (float(x) for x in np.log([METRE_PER_MILE / 1000, 10.0, 11.0, 60.0]))
"""Log of the factors by which entries slip: miles for kilometres, a digit dropped, doubled, minutes for seconds."""
SLIPS = (
    *((sign * size, 0.0) for size in (UNITS, DIGIT, TWICE) for sign in (1, -1)),
    *((0.0, sign * size) for size in (UNITS, DIGIT, TWICE, SIXTY) for sign in (1, -1)),
)
"""(distance, duration) too large by these logs. A duration off by the units factor is a watch stopped late or early."""
SMALL = float(np.log(3.0))
"""A slip by less may turn one gait into another: then the workout may be real."""
CLOSE = 0.6
"""SDs to the third nearest usual speed within which a slip explains: about two SDs from the middle of the usual."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual for each workout: earlier log speeds with their SD, median and SD of log distance and duration."""

    speeds: Numbers
    scale: Numbers
    distance: tuple[Numbers, Numbers]
    duration: tuple[Numbers, Numbers]

    def misfit(self, distance: Numbers, duration: Numbers) -> Numbers:
        """How far log sizes are from the usual ones, in SDs, both together."""
        (d, d_sd), (t, t_sd) = self.distance, self.duration
        apart: Numbers = np.abs(distance - d) / d_sd + np.abs(duration - t) / t_sd
        return apart


def mend(distance: Numbers, duration: Numbers, usual: Usual, k: int) -> tuple[NDArray[np.bool_], Numbers, Numbers]:
    """Undo the slip that leads back to a usual speed and, of several, to the most usual sizes.

    `distance`, `duration` [m] as logs. Returns whether a slip explains the workout, and both logs mended (where none
    does: as they were).

    >>> usual = Usual(np.log(np.full((2, 9), 3.0)), np.full(2, 0.1), (np.log([9000.0] * 2), np.full(2, 0.3)),
    ...               (np.log([3000.0] * 2), np.full(2, 0.3)))
    >>> explained, d, t = mend(np.log([900.0, 5000.0]), np.log([3000.0, 3000.0]), usual, 3)
    >>> explained, np.exp(d)
    (array([ True, False]), array([9000., 5000.]))
    """
    tries = [(distance - d, duration - t) for d, t in SLIPS] + [(duration, distance)]
    cost = np.stack(
        [np.where(kth_gap(usual.speeds, d - t, k) <= CLOSE * usual.scale, usual.misfit(d, t), np.inf) for d, t in tries]
    )
    best, row = cost.argmin(axis=0), np.arange(len(distance))
    explained = np.isfinite(cost[best, row])
    mended_d, mended_t = (np.stack([pair[i] for pair in tries])[best, row] for i in (0, 1))
    return explained, np.where(explained, mended_d, distance), np.where(explained, mended_t, duration)
