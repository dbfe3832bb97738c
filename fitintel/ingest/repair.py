"""Named, visible repairs. There are few: each is a rule of core/rules.py, listed as a problem and kept as a flag.

Nothing else changes a value between the file and the store, apart from the conversion of units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REPAIRS: dict[str, str] = {
    "heart_rate_impossible": "the heart rate is set to missing",
    "cadence_impossible": "the cadence is set to missing",
    "rpe_impossible": "the rating is set to missing",
    "steps_overflow": "the step count is set to missing",
    "energy_overflow": "the energy is set to missing",
    "top_speed_impossible": "the highest speed is set to missing",
    "optional_cell_impossible": "the cell is set to missing",
    "optional_cell_unreadable": "the cell is set to missing",
    "duration_zero": "the duration is set to missing",
    "nothing_recorded": "duration and distance are set to missing",
    "time_normalised": "24:00 becomes 00:00 of the next day, second 60 becomes second 0",
}
"""rule -> what is done."""


def set_aside(values: NDArray[np.float64], places: NDArray[np.intp]) -> NDArray[np.float64]:
    """A copy of a column with the cells at `places` missing; the file's own value stays in the raw bytes.

    >>> set_aside(np.array([1.0, 32767.0]), np.array([1]))
    array([ 1., nan])
    """
    repaired = values.copy()
    repaired[places] = np.nan
    return repaired
