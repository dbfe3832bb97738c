"""Cells of a column as places in the bytes of their file: text is only made of the cells that are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANE = 8
WIDE = 64
"""bytes; longer cells are told apart as text"""
AT_ONCE = 16_384
"""rows worked on at once: few enough to stay in the processor's cache"""
_FIRST = np.array([(1 << 8 * count) - 1 for count in range(LANE + 1)], np.uint64)
"""number of bytes -> what keeps that many of eight, the first of them in the lowest place"""
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Cells(Sequence[str]):
    """A column: `data[start:stop]` of each row, UTF-8 without quotes. Never changed in place.

    `data` is uint8 [bytes of the file] without NUL, `start` and `stop` are int32 [rows].

    >>> data = np.frombuffer(b"Run,Walk,Run", np.uint8)
    >>> column = Cells(data, np.array([0, 4, 9]), np.array([3, 8, 12]))
    >>> column[1], list(column), column.distinct()
    ('Walk', ['Run', 'Walk', 'Run'], (['Run', 'Walk'], array([0, 1, 0])))
    """

    __slots__ = ("data", "start", "stop")

    def __init__(self, data: NDArray[np.uint8], start: NDArray[np.integer], stop: NDArray[np.integer]) -> None:
        self.data, self.start, self.stop = data, start, stop

    def __len__(self) -> int:
        return len(self.start)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return Cells(self.data, self.start[index], self.stop[index]).texts()
        return self.data[self.start[index] : self.stop[index]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts())

    def sizes(self) -> NDArray[np.integer]:
        """Bytes of each cell: int [rows]."""
        return self.stop - self.start

    def texts(self) -> list[str]:
        """The cells as text."""
        found: list[str] = []
        for begin in range(0, len(self), AT_ONCE):
            found += self._some(slice(begin, begin + AT_ONCE))
        return found

    def _some(self, rows: slice) -> list[str]:
        start, stop = self.start[rows], self.stop[rows]
        size = stop - start
        widest = int(size.max(initial=0))
        if widest == 0:
            return [""] * len(start)
        if widest > WIDE:
            data = self.data
            return [data[a:b].tobytes().decode() for a, b in zip(start.tolist(), stop.tolist(), strict=True)]
        # a NUL after each cell, which none holds: one text is made, and cut
        places = np.arange(widest + 1)
        block = self.data[np.minimum(start[:, None] + places, len(self.data) - 1)]
        block[places == size[:, None]] = 0
        joined: str = block[places <= size[:, None]].tobytes().decode()
        return joined.split("\0")[:-1]

    def after_last(self, mark: str) -> Cells:
        """What stands behind the last `mark` (one ASCII character) of each cell; the whole cell where there is none."""
        start = self.start.copy()
        open_ = np.flatnonzero(self.sizes())
        at = self.stop[open_]
        while open_.size:
            at = at - 1
            found = self.data[at] == ord(mark)
            start[open_[found]] = at[found] + 1
            still = ~found & (at > self.start[open_])
            open_, at = open_[still], at[still]
        return Cells(self.data, start, self.stop)

    def padded(self, rows: NDArray[np.intp], lanes: int) -> NDArray[np.uint64]:
        """Some cells as numbers of 8 bytes, filled up with NUL: uint64 [lanes, rows]."""
        made = np.empty((lanes, len(rows)), np.uint64)
        data = self.data if len(self.data) >= LANE else np.pad(self.data, (0, LANE))
        last = len(data) - LANE
        # 8 bytes from every place on, as one number: gathered at once instead of one by one
        eights = np.ndarray((last + 1,), "<u8", data, strides=(1,))
        start, size = self.start[rows].astype(np.int64), self.sizes()[rows]
        for lane in range(lanes):
            at = start + lane * LANE
            beyond = np.clip(at - last, 0, LANE - 1).astype(np.uint64)
            kept = _FIRST[np.clip(size - lane * LANE, 0, LANE)]
            made[lane] = (eights[np.minimum(at, last)] >> (beyond * np.uint64(8))) & kept
        return made

    def distinct(self) -> tuple[list[str], NDArray[np.intp]]:
        """(distinct cells in order of appearance, index into them for every cell [rows])."""
        size = self.sizes()
        filled = np.flatnonzero(size)
        codes = np.zeros(len(self), np.intp)
        if not filled.size:
            return ([""] if len(self) else []), codes
        widest = int(size.max())
        found = self._by_number(filled, -(-widest // LANE)) if widest <= WIDE else None
        if found is None:
            found = _by_text(Cells(self.data, self.start[filled], self.stop[filled]).texts())
        first, codes[filled] = found
        first = filled[first]
        if filled.size < len(self):
            empty = int(np.argmin(size != 0))
            codes[filled] += 1
            codes[size == 0] = 0
            first = np.concatenate(([empty], first))
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        return [self[int(at)] for at in first[order]], place[codes]

    def _by_number(self, rows: NDArray[np.intp], lanes: int) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
        """(first place of each distinct cell, index into them); None in the rare case that two mix to one number."""
        values = self.padded(rows, lanes)
        mixed = values[0].copy()
        for lane in values[1:]:
            mixed ^= mixed >> np.uint64(29)
            mixed *= _MIX
            mixed += lane
        order = np.argsort(mixed)
        ordered = mixed[order]
        new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        codes = np.empty(len(rows), np.intp)
        codes[order] = np.cumsum(new) - 1
        first = np.minimum.reduceat(order, np.flatnonzero(new))
        known = first[codes]
        same = all(np.array_equal(lane, lane[known]) for lane in values) if lanes > 1 else True
        return (first, codes) if same else None


def _by_text(texts: list[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    place: dict[str, int] = {}
    first: list[int] = []
    codes = np.empty(len(texts), np.intp)
    for at, text in enumerate(texts):
        code = place.setdefault(text, len(place))
        if code == len(first):
            first.append(at)
        codes[at] = code
    return np.array(first, np.intp), codes
