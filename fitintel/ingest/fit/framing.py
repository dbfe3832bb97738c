"""Where each message of a FIT file stands: headers, definitions and runs of equal messages.

Messages of one kind mostly follow each other, so a run's length is found with one strided comparison. Nothing is
decoded here and no declared size is trusted beyond the bytes that are there.
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.fit.checksum import crc16
from fitintel.ingest.fit.protocol import WANTED

HEADER_SIZES = (12, 14)
DEFINITION = 0xFF
COMPRESSED = 16
SLOT = bytes(
    COMPRESSED + (head >> 5 & 3) if head & 0x80 else DEFINITION if head & 0x40 else head & 0x0F for head in range(256)
)
"""Header byte -> local message (0-15), 16 + local message with a compressed timestamp, or DEFINITION."""
_SLOTS = np.frombuffer(SLOT, np.uint8)
_FEW = 6
_BLOCK = 64
_WIDEST = 1 << 16
MAX_KINDS = 2000
"""kinds of message that are kept of one file; real files have some dozens, a hostile one any number"""

Spans: TypeAlias = "array[int]"
"""First byte and the byte after the last of each run: [start, stop, start, stop, ...]"""


@dataclass(frozen=True, slots=True)
class Part:
    """One FIT file of a chain: `start` of its messages and their `end`, as far as there are bytes."""

    offset: int
    start: int
    end: int
    declared: int
    """bytes of messages that the header announces"""
    crc_wrong: bool
    sealed: bool
    """all announced bytes and the checksum behind them are there"""
    unfinished: bool = False
    """the header announces none although there are: the device never closed the file"""

    @property
    def truncated(self) -> bool:
        """Whether bytes that the header announces are missing."""
        return self.end - self.start < self.declared


@dataclass(frozen=True, slots=True)
class Key:
    """A kind of message of one file: its definition without the local number, and how its time is written."""

    definition: bytes
    compressed: bool = False

    @property
    def message(self) -> int:
        """The global message number."""
        return int.from_bytes(self.definition[3:5], "big" if self.definition[2] else "little")


@dataclass(slots=True)
class Framed:
    """The messages of one part: where those of each kind stand, in file order."""

    spans: dict[Key, Spans] = field(default_factory=dict)
    stop: int = 0
    undefined: int | None = None
    """the local message that was used before its definition, at `stop`"""
    overrun: bool = False
    """the last message goes beyond the end"""
    compressed: bool = False
    crowded: bool = False
    """there are more than `MAX_KINDS` kinds; messages of the rest were left out"""

    def sink(self, key: Key) -> Spans | None:
        """Where the places of messages of `key` go; None where there are too many kinds."""
        found = self.spans.get(key)
        if found is None:
            if len(self.spans) >= 2 * MAX_KINDS:  # a kind has a key for plain and one for compressed times
                self.crowded = True
                return None
            found = self.spans[key] = array("q")
        return found


def parts(data: bytes) -> tuple[list[Part], int]:
    """The FIT files chained in `data`, and the first byte that belongs to none of them.

    A header that says 0 bytes although bytes follow is one that the device never finished: all of them are taken.
    """
    found: list[Part] = []
    at = 0
    while at + 12 <= len(data) and data[at] in HEADER_SIZES and data[at + 8 : at + 12] == b".FIT":
        size, (declared,) = data[at], struct.unpack_from("<I", data, at + 4)
        start = at + size
        if start > len(data):
            break
        unfinished = declared == 0 and len(data) - start > 2 and data[start + 10 : start + 14] != b".FIT"
        if unfinished:
            declared = len(data) - start
        end = min(start + declared, len(data))
        whole = end + 2 <= len(data) and end - start == declared
        wrong = whole and crc16(memoryview(data)[at : end + 2]) != 0
        if size == 14 and data[at + 12 : at + 14] != b"\0\0":
            wrong |= crc16(data[at : at + 14]) != 0
        found.append(Part(at, start, end, declared, wrong, whole, unfinished))
        at = end + 2 if whole else len(data)
    return found, min(at, len(data))


def definition_at(data: bytes, at: int, end: int) -> bytes | None:
    """The definition message at `at`, without its local number; None where it goes beyond `end`."""
    if at + 6 > end:
        return None
    stop = at + 6 + 3 * data[at + 5]
    if data[at] & 0x20:
        stop += 1 + 3 * data[stop] if stop < end else 1
    if stop > end:
        return None
    return bytes((data[at] & 0x20,)) + data[at + 1 : stop]


def message_size(definition: bytes) -> int:
    """Bytes of a data message under `definition`, with its header byte."""
    stop = 6 + 3 * definition[5]
    return 1 + sum(definition[7:stop:3]) + sum(definition[stop + 2 :: 3])


class _Open:
    """The definitions that hold at a place of the file: message size and list of places by slot."""

    def __init__(self, framed: Framed, every: bool) -> None:
        self.sizes = [0] * 32
        self.sinks: list[Spans | None] = [None] * 32
        self._framed, self._every = framed, every
        self._seen: dict[bytes, tuple[int, Spans | None, Spans | None]] = {}

    def define(self, definition: bytes, local: int) -> None:
        """From here on `local` means `definition`."""
        seen = self._seen.get(definition)
        if seen is None:
            plain = Key(definition)
            seen = (message_size(definition), None, None)
            if self._every or plain.message in WANTED:
                seen = (seen[0], self._framed.sink(plain), self._framed.sink(Key(definition, True)))
            if len(self._seen) < MAX_KINDS:
                self._seen[definition] = seen
        self.sizes[local], self.sinks[local] = seen[0], seen[1]
        if local < 4:
            self.sizes[COMPRESSED + local], self.sinks[COMPRESSED + local] = seen[0], seen[2]


def frame(data: bytes, start: int, end: int, *, every: bool = False) -> Framed:
    """Walk over the messages in `data[start:end]`.

    Args:
        data: the file.
        start: the first message's header byte.
        end: the first byte after the last message.
        every: keep the places of all messages, not of those we read only.
    """
    view = np.frombuffer(data, np.uint8)
    framed = Framed(stop=start)
    known = _Open(framed, every)
    sizes, sinks = known.sizes, known.sinks
    at = start
    while at < end:
        slot = SLOT[data[at]]
        if slot == DEFINITION:
            definition = definition_at(data, at, end)
            if definition is None:
                framed.overrun = True
                break
            known.define(definition, data[at] & 0x0F)
            at += len(definition)
            continue
        size = sizes[slot]
        if not size:
            framed.undefined = slot % COMPRESSED
            break
        first = at
        at += size
        if at < end and SLOT[data[at]] == slot:
            at = _run(data, view, at, end, size, slot)
        if at > end:
            at -= size
            framed.overrun = True
        sink = sinks[slot]
        if slot >= COMPRESSED:
            framed.compressed = True
        if sink is not None and at > first:
            sink.append(first)
            sink.append(at)
        if framed.overrun:
            break
    framed.stop = at
    if framed.compressed and not every:
        # the time of a compressed message follows from whichever message told the time before it
        return frame(data, start, end, every=True)
    framed.spans = {key: spans for key, spans in framed.spans.items() if spans}
    return framed


def _run(data: bytes, view: NDArray[np.uint8], at: int, end: int, size: int, slot: int) -> int:
    """The first place from `at` in steps of `size` that is beyond `end` or holds no message of `slot`."""
    for _ in range(_FEW):
        if at >= end or SLOT[data[at]] != slot:
            return at
        at += size
    block = _BLOCK
    while at < end:
        same = _SLOTS[view[at : min(end, at + block * size) : size]] == slot
        length = int(same.argmin())
        if not same[length]:
            return at + length * size
        at += len(same) * size
        block = min(4 * block, _WIDEST)
    return at
