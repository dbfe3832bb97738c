"""A well-formed table, found in the bytes of its file without a step per row: places of cells, not texts.

Whatever is not plainly well-formed is refused here and read by `table`, which looks at each row. What is taken is what
it would have taken: a test reads every table both ways.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.rules import MAX_CELL
from fitintel.ingest.cells import Cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 512 * 1024
"""bytes looked at once: few enough to stay in the processor's cache"""
LF, CR, SPACE, QUOTE = b'\n\r "'


def cells_of(
    data: bytes, begin: int, header: Sequence[str], delimiter: str, wanted: Collection[str] | None
) -> tuple[int, tuple[Cells | list[str], ...]] | None:
    """(number of rows, columns) after the first `begin` lines; a column that is not wanted is empty. None: it is not
    plainly well-formed.

    Well-formed means: each line is one row with a cell for each column; a quote stands only around a whole cell; no
    cell begins with a blank; no row is empty; all lines end alike.
    """
    at = 0
    for _ in range(begin):
        at = data.find(b"\n", at) + 1
        if not at:
            return None
    if at >= len(data):
        return None
    cr = data[at - 2 : at - 1] == b"\r"
    if not data.endswith(b"\n"):
        data += b"\r\n" if cr else b"\n"
    # as many as lines, and one at the end of each row: then there is none within a row
    if data.count(b"\r") != (data.count(b"\n") if cr else 0):
        return None
    found = _Even(data, header, delimiter, wanted, cr=cr)
    while at < len(data):
        stop = data.rfind(b"\n", at, at + BLOCK) + 1
        if not stop or not found.take(at, stop):
            return None
        at = stop
    return found.rows, found.columns()


class _Even:
    def __init__(
        self, data: bytes, header: Sequence[str], delimiter: str, wanted: Collection[str] | None, *, cr: bool
    ) -> None:
        self.data = np.frombuffer(data, np.uint8)
        self.delimiter, self.width, self.cr = ord(delimiter), len(header), cr
        self.kept = [index for index, name in enumerate(header) if wanted is None or name in wanted]
        self.rows = 0
        self.found: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []

    def take(self, begin: int, end: int) -> bool:
        """Take whole lines; False if one of them is not plainly well-formed."""
        block = self.data[begin:end]
        special = (block == self.delimiter) | (block == LF)
        quotes = block == QUOTE
        places = np.flatnonzero(special | quotes)
        quote = quotes[places]
        if quote.any():
            if not self._quotes_fit(block, places[quote]):
                return False
            inside = np.bitwise_xor.accumulate(quote)
            if (block[places[inside]] == LF).any():
                return False
            places = places[~(inside | quote)]
        if places.size % self.width:
            return False
        stops = places.reshape(-1, self.width)
        if (block[stops[:, -1]] != LF).any() or (block[stops[:, :-1]] != self.delimiter).any():
            return False
        if self.cr and (block[stops[:, -1] - 1] != CR).any():
            return False
        lines = np.diff(stops[:, -1], prepend=-1)
        if lines.max() > MAX_CELL or lines.min() <= self.width + self.cr:
            return False
        starts = np.empty_like(stops)
        starts.ravel()[0] = 0
        starts.ravel()[1:] = places[:-1] + 1
        start, stop = starts[:, self.kept].T.copy(), stops[:, self.kept].T.copy()
        if self.cr and self.kept and self.kept[-1] == self.width - 1:
            stop[-1] -= 1
        first = block[start]
        quoted = first == QUOTE
        if (first == SPACE).any():
            return False
        start += quoted
        stop -= quoted
        self.rows += len(stops)
        self.found.append(((start + begin).astype(np.int32), (stop + begin).astype(np.int32)))
        return True

    def _quotes_fit(self, block: NDArray[np.uint8], places: NDArray[np.intp]) -> bool:
        """Whether quotes open after a separator and close before one, on the same line."""
        if places.size % 2:
            return False
        before = block[np.maximum(places[0::2] - 1, 0)]
        after = block[np.minimum(places[1::2] + 1, len(block) - 1)]
        opens = (before == self.delimiter) | (before == LF) | (places[0::2] == 0)
        closes = (after == self.delimiter) | (after == LF) | (after == CR)
        return bool(opens.all() and closes.all())

    def columns(self) -> tuple[Cells | list[str], ...]:
        """The columns that were taken."""
        start = np.concatenate([each for each, _ in self.found], axis=1)
        stop = np.concatenate([each for _, each in self.found], axis=1)
        made: list[Cells | list[str]] = [[] for _ in range(self.width)]
        for place, index in enumerate(self.kept):
            made[index] = Cells(self.data, start[place], stop[place])
        return tuple(made)
