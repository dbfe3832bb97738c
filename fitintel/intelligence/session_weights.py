"""Fixed weights of the kinds of session, before an athlete has said anything.

Highest posterior density (normal prior, SD 1) on the true kinds of three simulated squads of 24 athletes over three
years, made from the seeds 20131, 11 and 12: `workbench.classified_squad.fitted_weights`. The seed of the reported
figures is not among them. They hold for simulated athletes; what they are worth on a person, only labels tell.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from fitintel.core.answers import SESSIONS
from fitintel.intelligence.session_features import FEATURES

WEIGHTS: dict[str, tuple[float, ...]] = {
    "one": (3.444, -1.401, 1.159, 1.600, -3.117, -1.686),
    "pace": (-0.085, 0.324, 1.009, -0.081, 0.280, -1.447),
    "pace2": (0.086, -0.007, -0.526, -0.011, 0.731, -0.272),
    "own pace": (-0.156, -0.351, 0.606, 0.493, 0.234, -0.826),
    "long": (-0.286, 0.786, 0.253, -0.057, 0.185, -0.881),
    "own long": (-0.042, 0.449, 0.105, -0.058, -0.137, -0.315),
    "own long2": (0.183, 0.164, -0.311, -0.155, 0.083, 0.035),
    "beyond": (-0.044, -0.053, -0.162, 0.011, 0.756, -0.508),
    "pace long": (-0.126, -0.096, 0.105, 0.415, -0.135, -0.163),
    "hr": (-0.576, -1.110, 1.529, 1.232, 1.022, -2.096),
    "hr known": (1.212, 0.991, -0.344, -0.818, -1.120, 0.080),
    "rpe": (-1.487, -0.258, 1.061, 2.898, 1.280, -3.494),
    "rpe known": (1.717, 1.305, 0.288, -3.054, -0.555, 0.298),
    "peak": (-0.031, -0.065, -0.414, 2.210, -1.477, -0.222),
    "top": (-0.186, -0.154, -0.590, 1.349, -0.189, -0.229),
    "course": (-0.336, -0.450, -0.300, -0.405, 1.902, -0.410),
    "event": (-1.153, -0.879, -0.963, -0.449, 3.444, -0.001),
    "laps": (0.939, 1.361, -2.153, -1.041, 0.092, 0.801),
    "contrast": (-0.919, -2.236, 3.235, 1.272, -0.468, -0.885),
    "swing": (0.220, 0.832, -2.158, 1.964, -0.179, -0.680),
    "share": (-0.837, -0.488, 0.554, 0.909, -0.369, 0.231),
    "block": (-0.012, -0.072, 0.558, -0.128, -0.020, -0.327),
    "best": (0.143, 0.102, -0.079, 0.115, -0.225, -0.056),
    "steady": (0.754, 0.877, -2.955, -0.840, 0.795, 1.369),
    "hours": (-0.275, 0.512, 0.363, -0.239, -0.062, -0.299),
    "walk": (5.528, 3.700, -4.363, -3.013, -0.345, -1.507),
    "ride": (0.460, 0.051, -0.831, 0.246, -0.754, 0.828),
    "swim": (0.420, -1.120, -0.098, 0.561, -0.445, 0.683),
    "mixed": (2.650, 1.625, -2.506, -2.518, -0.024, 0.773),
    "weekend": (-0.566, 1.274, -0.752, -0.736, 1.046, -0.266),
    "after": (0.085, -0.015, -0.185, -0.172, -0.220, 0.507),
    "since": (-0.150, 0.388, 0.060, -0.005, -0.001, -0.292),
    "longest": (-0.120, 0.509, -0.090, -0.202, 0.406, -0.502),
    "threshold": (-0.344, -0.334, -0.076, -0.014, 0.732, 0.036),
    "new": (-0.847, 1.165, -0.189, -0.902, -0.648, 1.421),
}  # fmt: skip
"""feature -> weight of easy, long, tempo, interval, race, recovery"""


@cache
def matrix() -> NDArray[np.float64]:
    """The weights [6, 35]; read-only."""
    found = np.array([WEIGHTS.get(name, (0.0,) * len(SESSIONS)) for name in FEATURES]).T.copy()
    found.flags.writeable = False
    return found
