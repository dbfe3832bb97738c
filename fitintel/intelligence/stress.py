"""Load on the scale on which one hour at threshold is 100."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.values import divided, not_negative, positive

Floats = NDArray[np.float64]


def stress(duration: Any, effort: Any, threshold: Any, *, exponent: float = 2.0) -> Floats:
    """`100 * hours * (effort / threshold)^exponent`; `duration` [s], the other two in one unit; shapes that broadcast.

    Raises DataError for a threshold that is not above zero, a negative effort or duration.

    >>> float(stress(1800, 250, 250))
    50.0
    """
    not_negative(duration=duration, effort=effort)
    positive(threshold=threshold)
    intensity = divided(effort, threshold)
    found: Floats = 100.0 * np.asarray(duration, dtype=np.float64) / 3600.0 * intensity**exponent
    return found
