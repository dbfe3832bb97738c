"""Columns of a FIT file's messages as float64, NaN for invalid, gathered run by run without a loop over messages."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.fit.framing import Framed, Key, Spans, message_size
from fitintel.ingest.fit.protocol import BASES, BYTE, STRING, Field

Floats = NDArray[np.float64]
OPAQUE = -1
"""Bytes that are no whole number of their base type, or of a type that we do not know."""
FEW = 16
"""messages that are read one by one: an array operation takes as long as this many of them"""
_CODES = {"u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q", "f4": "f", "f8": "d"}
_ONE = {order + code: struct.Struct(order + each).unpack_from for code, each in _CODES.items() for order in "<>"}


class Cell(NamedTuple):
    """A field of a data message: its first byte after the header byte, its bytes, its base type number or OPAQUE."""

    at: int
    size: int
    base: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a definition puts its fields."""

    order: str
    fields: dict[int, Cell]
    developer: dict[tuple[int, int], Cell]
    """(developer data index, field number) -> cell; the base type stands in the field's description"""
    misaligned: tuple[int, ...]


def cell(at: int, size: int, base: int) -> Cell:
    """A cell whose base type fits its size, else an opaque one."""
    number = base & 0x1F
    known = BASES.get(number)
    fits = number == STRING or (known is not None and size > 0 and size % known.size == 0)
    return Cell(at, size, number if fits else OPAQUE)


@lru_cache(maxsize=256)
def layout(definition: bytes) -> Layout:
    """The layout of a definition; cached, because the files of one device repeat theirs."""
    fields: dict[int, Cell] = {}
    developer: dict[tuple[int, int], Cell] = {}
    misaligned = []
    at = 1
    stop = 6 + 3 * definition[5]
    for place in range(6, stop, 3):
        number, size, base = definition[place : place + 3]
        made = cell(at, size, base)
        if made.base == OPAQUE and (base & 0x1F) in BASES:
            misaligned.append(number)
        fields.setdefault(number, made)
        at += size
    for place in range(stop + 1, len(definition), 3):
        number, size, index = definition[place : place + 3]
        developer.setdefault((index, number), Cell(at, size, OPAQUE))
        at += size
    return Layout(">" if definition[2] else "<", fields, developer, tuple(misaligned))


@dataclass(frozen=True, slots=True)
class Block:
    """All messages of one kind, one after the other in `data` from `offset` on."""

    layout: Layout
    data: bytes
    offset: int
    size: int
    count: int
    starts: NDArray[np.int64]
    """where in the file each message stands, shape (count,)"""

    def numbers(self, where: Cell, element: int = 0) -> Floats:
        """One number per message: element `element` of the field; NaN where invalid, shape (count,)."""
        base = BASES.get(where.base)
        if base is None or (element + 1) * base.size > where.size:
            return np.full(self.count, np.nan)
        code, first = self.layout.order + base.code, self.offset + where.at + element * base.size
        if self.count <= FEW:
            one = _ONE[code]
            each = [one(self.data, at)[0] for at in range(first, first + self.count * self.size, self.size)]
            return np.array([np.nan if value == base.invalid else value for value in each], np.float64)
        raw = np.ndarray((self.count,), code, self.data, first, (self.size,))
        values = raw.astype(np.float64)
        if base.invalid is not None:
            bad = raw == base.invalid
            if bad.any():
                values[bad] = np.nan
        return values

    def bytes(self, where: Cell) -> NDArray[np.uint8]:
        """The field's bytes, shape (count, size)."""
        return np.ndarray(
            (self.count, where.size), np.uint8, self.data, self.offset + where.at, (self.size, 1)
        )  # fmt: skip

    def texts(self, where: Cell) -> list[str]:
        """The field as text, '' where empty; bytes that are not UTF-8 are replaced."""
        if where.base not in (STRING, BYTE):
            return [""] * self.count
        places = range(self.offset + where.at, self.offset + where.at + self.count * self.size, self.size)
        return [self.data[at : at + where.size].split(b"\0", 1)[0].decode("utf-8", "replace").strip() for at in places]


def block(data: bytes, key: Key, spans: Spans) -> Block:
    """Bring the runs of one kind together; a single run is used where it stands."""
    size = message_size(key.definition)
    if len(spans) == 2:
        count = (spans[1] - spans[0]) // size
        starts = spans[0] + size * np.arange(count, dtype=np.int64)
        return Block(layout(key.definition), data, spans[0], size, count, starts)
    first, stop = np.frombuffer(spans, np.int64).reshape(-1, 2).T
    counts = (stop - first) // size
    before = np.cumsum(counts) - counts
    starts = np.repeat(first - size * before, counts) + size * np.arange(int(counts.sum()), dtype=np.int64)
    # one message at every byte, as overlapping items: gathering them copies each in one piece
    messages = np.ndarray((len(data) - size + 1,), np.dtype((np.void, size)), data, 0, (1,))
    return Block(layout(key.definition), messages[starts].tobytes(), 0, size, len(starts), starts)


class Table:
    """All messages of one number, in file order, over all their definitions."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(blocks)
        self.count = sum(each.count for each in self.blocks)
        self._fields = {number for each in self.blocks for number in each.layout.fields}
        self._rows: list[slice | NDArray[np.int64]] = [slice(None)]
        self.starts = self.blocks[0].starts if self.blocks else np.empty(0, np.int64)
        if len(self.blocks) > 1:
            starts = np.concatenate([each.starts for each in self.blocks])
            order = np.argsort(starts, kind="stable")
            rank = np.empty(self.count, np.int64)
            rank[order] = np.arange(self.count)
            ends = np.cumsum([each.count for each in self.blocks])[:-1]
            self.starts, self._rows = starts[order], list(np.split(rank, ends))

    def has(self, number: int) -> bool:
        """Whether any definition holds the field."""
        return number in self._fields

    def column(self, field: Field | int, element: int = 0) -> Floats | None:
        """Scaled values of a field, NaN where invalid or not defined, shape (count,); None without the field."""
        number, scale, offset = field if isinstance(field, Field) else Field(field)
        if number not in self._fields:
            return None
        cells = [each.layout.fields.get(number) for each in self.blocks]
        values = self._gathered(cells, element)
        if scale != 1.0:
            values /= scale
        if offset:
            values -= offset
        return values

    def best(self, fields: Sequence[Field]) -> Floats | None:
        """The first of `fields` that is valid, message by message."""
        values: Floats | None = None
        for field in fields:
            if field.number not in self._fields:
                continue
            if values is None:
                values = self.column(field)
            elif (missing := np.isnan(values)).any():
                other = self.column(field)
                values = values if other is None else np.where(missing, other, values)
        return values

    def developer(self, index: int, number: int, base: int) -> Floats | None:
        """A developer field's values as base type `base`, shape (count,); None where it holds no number."""
        cells = []
        for each in self.blocks:
            found = each.layout.developer.get((index, number))
            cells.append(cell(found.at, found.size, base) if found else None)
        if not any(one is not None and one.base in BASES for one in cells):
            return None
        return self._gathered(cells, 0)

    def matrix(self, field: Field) -> Floats:
        """An array field, shape (count, elements), NaN where invalid or short."""
        widest = 0
        for each in self.blocks:
            found = each.layout.fields.get(field.number)
            if found and found.base in BASES:
                widest = max(widest, found.size // BASES[found.base].size)
        columns = [self.column(field, element) for element in range(widest)]
        made = [column for column in columns if column is not None]
        return np.stack(made, axis=1) if made else np.empty((self.count, 0))

    def texts(self, number: int) -> list[str]:
        """A text field, '' where empty or not defined."""
        out = [""] * self.count
        for each, rows in zip(self.blocks, self._rows, strict=True):
            found = each.layout.fields.get(number)
            if found:
                places = range(each.count) if isinstance(rows, slice) else rows.tolist()
                for row, text in zip(places, each.texts(found), strict=True):
                    out[row] = text
        return out

    def bytes(self, number: int) -> list[tuple[slice | NDArray[np.int64], NDArray[np.uint8]]]:
        """The bytes of a field as (rows, bytes of shape (rows, size)) of each definition that holds it."""
        found = []
        for each, rows in zip(self.blocks, self._rows, strict=True):
            where = each.layout.fields.get(number)
            if where:
                found.append((rows, each.bytes(where)))
        return found

    def _gathered(self, cells: Sequence[Cell | None], element: int) -> Floats:
        if len(self.blocks) == 1 and cells[0] is not None:
            return self.blocks[0].numbers(cells[0], element)
        values = np.full(self.count, np.nan)
        for each, rows, where in zip(self.blocks, self._rows, cells, strict=True):
            if where is not None:
                values[rows] = each.numbers(where, element)
        return values


def tables(data: bytes, framed: Framed, wanted: frozenset[int]) -> dict[int, Table]:
    """The tables of the messages in `wanted`, by message number."""
    blocks: dict[int, list[Block]] = {}
    for key, spans in framed.spans.items():
        if key.message in wanted:
            blocks.setdefault(key.message, []).append(block(data, key, spans))
    return {number: Table(found) for number, found in blocks.items()}
