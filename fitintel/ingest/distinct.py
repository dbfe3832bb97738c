"""Equal cells are worked on once: distinct cells and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from fitintel.ingest.cells import Cells

if TYPE_CHECKING:
    from numpy.typing import NDArray


def distinct(cells: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """(distinct cells in order of appearance, index into them for every cell [as many as cells]).

    >>> distinct(["Run", "Walk", "Run"])
    (['Run', 'Walk'], array([0, 1, 0]))
    """
    if isinstance(cells, Cells):
        return cells.distinct()
    known = list(dict.fromkeys(cells))
    place = {cell: index for index, cell in enumerate(known)}
    return known, np.fromiter(map(place.__getitem__, cells), np.intp, len(cells))
