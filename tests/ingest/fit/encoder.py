"""A small FIT encoder: valid files for tests and benchmarks, and the ways to break them.

Figures are given raw, as they stand in the file (distance in cm, speed in mm/s ...).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

START = 1_000_000_000
"""A raw FIT time: 2021-09-08T01:46:40Z."""

_CODES = {
    0x00: "B", 0x01: "b", 0x02: "B", 0x83: "h", 0x84: "H", 0x85: "i", 0x86: "I", 0x88: "f", 0x89: "d", 0x0A: "B",
    0x8B: "H", 0x8C: "I", 0x0D: "B", 0x8E: "q", 0x8F: "Q",
}  # fmt: skip
_NIBBLES = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401, 0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01,
    0x8801, 0x4400,
)  # fmt: skip
ENUM, SINT8, UINT8, SINT16, UINT16, SINT32, UINT32, STRING, BYTE = 0, 1, 2, 0x83, 0x84, 0x85, 0x86, 7, 0x0D


def crc_by_nibble(data: bytes) -> int:
    """The protocol document's own way to the checksum, four bits at a time."""
    crc = 0
    for byte in data:
        for nibble in (byte & 15, byte >> 4):
            crc = (crc >> 4) ^ _NIBBLES[crc & 15] ^ _NIBBLES[nibble]
    return crc


@dataclass(frozen=True)
class Definition:
    """A kind of message: `fields` as (number, base type, elements), `developer` as (number, bytes, application)."""

    local: int
    message: int
    fields: Sequence[tuple[int, int, int]]
    developer: Sequence[tuple[int, int, int]] = ()
    big: bool = False

    def head(self) -> bytes:
        order = ">" if self.big else "<"
        out = struct.pack(f"{order}BBBHB", 0x40 | self.local | (0x20 if self.developer else 0), 0, self.big,
                          self.message, len(self.fields))  # fmt: skip
        out += b"".join(bytes((number, self._size(base, many), base)) for number, base, many in self.fields)
        if self.developer:
            out += bytes((len(self.developer),)) + b"".join(bytes(each) for each in self.developer)
        return out

    def row(self, *values: object, offset: int | None = None) -> bytes:
        """A data message; with `offset` under a compressed header that holds the low five bits of the time."""
        out = bytes((self.local if offset is None else 0x80 | self.local << 5 | offset & 31,))
        order = ">" if self.big else "<"
        for (_, base, many), value in zip(self.fields, values, strict=False):
            if base == STRING:
                out += str(value).encode()[: many - 1].ljust(many, b"\0")
            else:
                each = value if isinstance(value, Sequence) else [value]
                out += struct.pack(f"{order}{many}{_CODES[base]}", *each)
        for value in values[len(self.fields) :]:
            assert isinstance(value, bytes)
            out += value
        return out

    @staticmethod
    def _size(base: int, many: int) -> int:
        return many if base == STRING else many * struct.calcsize(_CODES[base])


def fit(body: bytes, *, header: int = 14, declared: int | None = None, crc: bool = True) -> bytes:
    """A FIT file around `body`."""
    head = struct.pack("<BBHI4s", header, 0x20, 2132, len(body) if declared is None else declared, b".FIT")
    if header == 14:
        head += struct.pack("<H", crc_by_nibble(head))
    whole = head + body
    return whole + (struct.pack("<H", crc_by_nibble(whole)) if crc else b"")


FILE_ID = Definition(0, 0, [(0, ENUM, 1), (1, UINT16, 1), (2, UINT16, 1), (3, 0x8C, 1), (4, UINT32, 1)])
EVENT = Definition(1, 21, [(253, UINT32, 1), (0, ENUM, 1), (1, ENUM, 1)])
RECORD = Definition(
    2, 20,
    [(253, UINT32, 1), (0, SINT32, 1), (1, SINT32, 1), (78, UINT32, 1), (5, UINT32, 1), (73, UINT32, 1),
     (3, UINT8, 1), (4, UINT8, 1), (7, UINT16, 1), (13, SINT8, 1)],
)  # fmt: skip
LAP = Definition(
    3, 19, [(253, UINT32, 1), (2, UINT32, 1), (7, UINT32, 1), (8, UINT32, 1), (9, UINT32, 1), (15, UINT8, 1)]
)
SESSION = Definition(
    4, 18,
    [(253, UINT32, 1), (2, UINT32, 1), (5, ENUM, 1), (6, ENUM, 1), (7, UINT32, 1), (8, UINT32, 1), (9, UINT32, 1),
     (16, UINT8, 1), (17, UINT8, 1), (28, ENUM, 1)],
)  # fmt: skip
ACTIVITY = Definition(5, 34, [(253, UINT32, 1), (5, UINT32, 1), (1, UINT16, 1), (2, ENUM, 1)])


def file_id(kind: int = 4, *, maker: int = 1, serial: int = 4242, created: int = START) -> bytes:
    return FILE_ID.head() + FILE_ID.row(kind, maker, 1836, serial, created)


def record(second: int, *, start: int = START) -> bytes:
    """The record of one second of a made-up ride."""
    return RECORD.row(
        start + second, 500_000_000 + 40 * second, 100_000_000 + 60 * second, 2500 + 5 * (50 + second % 40),
        700 * second, 7000 + second % 300, 120 + second % 50, 80 + second % 15, 200 + (37 * second) % 120, 20,
    )  # fmt: skip


def session(start: int, seconds: int, *, sport: int = 2, sub: int = 0, trigger: int = 0, distance: int = 0) -> bytes:
    ms = 1000 * seconds
    return SESSION.row(start + seconds, start, sport, sub, ms, ms, distance, 140, 170, trigger)


def ride(seconds: int = 600, *, header: int = 14, start: int = START, offset: int = 7200, lap: int = 300) -> bytes:
    """A whole ride at one record a second, with laps, start and stop of the timer, session and activity."""
    body = [file_id(created=start), EVENT.head(), EVENT.row(start, 0, 0), RECORD.head()]
    body += [record(second, start=start) for second in range(seconds)]
    body.append(EVENT.row(start + seconds, 0, 4))
    body.append(LAP.head())
    for first in range(0, seconds, lap):
        length = min(lap, seconds - first)
        body.append(
            LAP.row(start + first + length, start + first, 1000 * length, 1000 * length, 700 * length, 140)
        )  # fmt: skip
    body += [SESSION.head(), session(start, seconds, distance=700 * seconds)]
    body += [ACTIVITY.head(), ACTIVITY.row(start + seconds, start + seconds + offset, 1, 0)]
    return fit(b"".join(body), header=header)


def mixed_ride(seconds: int) -> bytes:
    """A long ride as newer watches write it: each record followed by messages of the maker's own, now and then a
    battery or device message, and the definitions written anew every ten minutes."""
    own = Definition(6, 233, [(2, BYTE, 6)])
    device = Definition(7, 104, [(253, UINT32, 1), (0, UINT16, 1), (1, UINT8, 1)])
    body = [file_id(), EVENT.head(), EVENT.row(START, 0, 0)]
    for second in range(seconds):
        if second % 600 == 0:
            body += [RECORD.head(), own.head(), device.head()]
        body.append(record(second))
        if second % 3:
            body.append(own.row((1, 2, 3, 4, 5, second & 255)))
        if second % 300 == 299:
            body.append(device.row(START + second, 4000, 80))
    body += [SESSION.head(), session(START, seconds, distance=700 * seconds)]
    return fit(b"".join(body))


def with_messages(*messages: bytes, kind: int = 4, header: int = 14) -> bytes:
    """A file of the given messages behind a file_id."""
    return fit(file_id(kind) + b"".join(messages), header=header)


def chained(files: Iterable[bytes]) -> bytes:
    """Several FIT files as one."""
    return b"".join(files)


def flipped(data: bytes, place: int, mask: int = 0xFF) -> bytes:
    """`data` with the bits of `mask` turned at `place`."""
    return data[:place] + bytes((data[place] ^ mask,)) + data[place + 1 :]


def resealed(data: bytes) -> bytes:
    """The same bytes with a checksum that fits: damage that no checksum shows."""
    return data[:-2] + struct.pack("<H", crc_by_nibble(data[:-2]))
