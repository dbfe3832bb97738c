"""Folders of recorded files for benchmarks: real ones copied, each copy on a day of its own and of a device of its own.

A copy differs from its original in all of its times (moved by whole days) and in the serial number of the device, so
that content and identity differ; sizes, samples and oddities stay. Nothing is written but where it is told.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fitintel.ingest.fit.checksum import crc16

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")
DAY = 86_400
FIRST_DAY = 15_340
"""2012-01-01, in days since 1970: the first copy's day"""
FIT_EPOCH = 631_065_600
LEAST_TIME = 0x10000000
"""FIT times below count from the start of the device"""
FILE_ID, LENGTH, SESSION, LAP, ACTIVITY, TIMESTAMP = 0, 101, 18, 19, 34, 253
TIMES = {FILE_ID: (4,), SESSION: (2,), LAP: (2,), LENGTH: (2,), ACTIVITY: (5,)}
"""message -> fields that hold a time, beside 253"""
SERIAL = (FILE_ID, 3)
NOT_COMPARED = {
    "antfs-dump.63.fit": "no clock", "compressed-speed-distance.fit": "no clock",
    "coros-pace-2-cycling-misaligned-fields.fit": "fitparse refuses it", "nick.fit": "fitparse refuses it",
    "strava-android-app-201.10-b1218918.fit": "fitparse refuses it", "activity-activity-filecrc.fit": "damaged",
    "activity-filecrc.fit": "damaged", "activity-unexpected-eof.fit": "damaged",
    "activity-settings-corruptheader.fit": "damaged", "activity-settings-nodata.fit": "damaged",
}  # fmt: skip
"""shared files that no copies are made of, and why"""


@dataclass(frozen=True, slots=True)
class FitMould:
    """A FIT file and the places of what a copy changes: (place, byte order)."""

    data: bytes
    times: tuple[tuple[int, str], ...]
    serials: tuple[tuple[int, str], ...]
    parts: tuple[tuple[int, int], ...]
    """(start of a part, place of its checksum)"""
    day: int

    def copy(self, number: int) -> bytes:
        """The copy that lies on day `number`."""
        shift = (FIRST_DAY + number - self.day) * DAY  # whole days keep the five bits of compressed headers
        made = bytearray(self.data)
        for at, order in self.times:
            (value,) = struct.unpack_from(order + "I", made, at)
            if LEAST_TIME <= value < 0xFFFFFFFF:
                struct.pack_into(order + "I", made, at, value + shift)
        for at, order in self.serials:
            struct.pack_into(order + "I", made, at, 1_000_000 + number)
        for start, end in self.parts:
            struct.pack_into("<H", made, end, crc16(bytes(made[start:end])))
        return bytes(made)


def fit_mould(data: bytes, day: int) -> FitMould:
    """Where the times and serial numbers of an undamaged FIT file stand; `day` is that of its workout."""
    times: list[tuple[int, str]] = []
    serials: list[tuple[int, str]] = []
    parts = []
    at = 0
    while at < len(data):
        head, size = data[at], struct.unpack_from("<I", data, at + 4)[0]
        end = at + head + size
        for place, order, message, number in _fields(data, at + head, end):
            if number == TIMESTAMP or number in TIMES.get(message, ()):
                times.append((place, order))
            elif (message, number) == SERIAL:
                serials.append((place, order))
        parts.append((at, end))
        at = end + 2
    return FitMould(data, tuple(times), tuple(serials), tuple(parts), day)


def _fields(data: bytes, at: int, end: int) -> Iterator[tuple[int, str, int, int]]:
    """(place, byte order, message, field) of every field of four bytes."""
    known: dict[int, tuple[int, list[tuple[int, str, int, int]]]] = {}
    while at < end:
        head = data[at]
        at += 1
        if not head & 0x80 and head & 0x40:
            order = ">" if data[at + 1] else "<"
            (message,) = struct.unpack_from(order + "H", data, at + 2)
            size, found = 0, []
            many, at = data[at + 4], at + 5
            for _ in range(many):
                number, width = data[at], data[at + 1]
                if width == 4:
                    found.append((size, order, message, number))
                size, at = size + width, at + 3
            if head & 0x20:
                size, at = size + sum(data[at + 2 : at + 1 + 3 * data[at] : 3]), at + 1 + 3 * data[at]
            known[head & 15] = (size, found)
        else:
            size, found = known[head >> 5 & 3 if head & 0x80 else head & 15]
            for place, order, message, number in found:
                yield at + place, order, message, number
            at += size


def xml_copy(data: bytes, number: int) -> bytes:
    """A GPX or TCX file whose first day becomes day `number`."""
    stamp = re.compile(rb"\d{4}-\d\d-\d\d(?=T\d\d:\d\d:\d\d)")
    days = {text: datetime.strptime(text.decode(), "%Y-%m-%d").replace(tzinfo=UTC) for text in set(stamp.findall(data))}
    shift = timedelta(FIRST_DAY + number) - (min(days.values()) - datetime(1970, 1, 1, tzinfo=UTC))
    made = {text: f"{day + shift:%Y-%m-%d}".encode() for text, day in days.items()}
    return stamp.sub(lambda found: made[found.group()], data)


def fit_mix() -> list[bytes]:
    """Shared FIT files that hold one workout and that fitparse reads to the end; empty where there are none."""
    from fitintel.ingest.fit import read_fit

    found = {
        path.name: path.read_bytes()
        for path in sorted(SHARED.rglob("*"))
        if path.suffix.lower() == ".fit" and "invalid" not in path.parts and path.name not in NOT_COMPARED
    }
    return [data for data in found.values() if len(read_fit(data).recordings) == 1]


def fit_moulds(files: Sequence[bytes]) -> list[FitMould]:
    """Moulds of files with one workout each that begins at a believable time."""
    from fitintel.ingest.fit import read_fit

    return [fit_mould(data, int(read_fit(data).recordings[0].start // DAY)) for data in files]


def write_fit(folder: Path, moulds: Sequence[FitMould], files: int, *, first: int = 0) -> list[Path]:
    """Write copies one after the other of each mould in turn; every round has each mould once."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(first, first + files):
        made.append(folder / f"{number:05d}.fit")
        made[-1].write_bytes(moulds[number % len(moulds)].copy(number))
    return made
