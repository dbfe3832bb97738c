"""Equal cells are worked on once: distinct cells and where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def distinct(cells: list[str]) -> tuple[list[str], NDArray[np.intp]]:
    """(distinct cells in order of appearance, index into them for every cell [as many as cells]).

    >>> distinct(["Run", "Walk", "Run"])
    (['Run', 'Walk'], array([0, 1, 0]))
    """
    known = list(dict.fromkeys(cells))
    place = {cell: index for index, cell in enumerate(known)}
    return known, np.fromiter(map(place.__getitem__, cells), np.intp, len(cells))
