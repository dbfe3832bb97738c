"""`read_fit`: bytes of a FIT file in, what can be used of it out, with a remark for whatever is wrong with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fitintel.core.errors import UnreadableFile
from fitintel.core.recording import Recording
from fitintel.ingest.fit import protocol
from fitintel.ingest.fit.clock import Remark, Stamps
from fitintel.ingest.fit.decode import Table, tables
from fitintel.ingest.fit.framing import HEADER_SIZES, MAX_KINDS, Framed, Part, frame, parts
from fitintel.ingest.fit.recording import Source, recordings
from fitintel.ingest.fit.salvage import salvage
from fitintel.ingest.fit.summary import MAX_ROWS

MAX_RECORDS = 2_000_000
"""records in one file; 23 days at one a second"""
CUT_MESSAGE = 256
"""bytes of an incomplete last message that need no remark of their own"""


@dataclass(frozen=True, slots=True)
class FitFile:
    """What a FIT file holds."""

    kind: str
    """of protocol.FILE_KINDS: activity, course, workout, monitoring, weight, settings ...; 'unknown' if not said"""
    recordings: tuple[Recording, ...]
    """workouts; empty for any kind but an activity"""
    remarks: tuple[Remark, ...]
    """(rule, detail) of what is odd in the file as a whole and in its recordings, each once"""
    records: int
    """record messages that were read, placed or not"""
    sessions: int
    device: str
    """maker and product"""
    parts: int
    """FIT files chained in this one"""


def read_fit(data: bytes) -> FitFile:
    """Read a FIT file.

    Wrong checksums, missing ends and breaks in the middle are remarks: what can be read is kept.

    Args:
        data: the whole file.

    Raises:
        UnreadableFile: it is empty, no FIT file, holds no complete message, or more than 2,000,000 records.

    Source: FIT protocol and profile as published by Garmin.
    """
    found, stop = parts(data)
    if not found:
        raise _not_fit(data)
    remarks: list[Remark] = []
    if stop < len(data):
        remarks.append(("fit_trailing_bytes", f"{len(data) - stop} bytes from byte {stop} on are no FIT file"))
    sources: list[tuple[int | None, Source]] = []
    records = sessions = 0
    for part in found:
        framed, said = _framed(data, part)
        if framed.crowded:
            said.append(("fit_too_many_messages", f"more than {MAX_KINDS} kinds of message; the first are kept"))
        made = tables(data, framed, protocol.WANTED)
        said += _misaligned(made)
        for number, name in ((protocol.SESSION, "sessions"), (protocol.LAP, "laps"), (protocol.LENGTH, "lengths")):
            if number in made and made[number].count > MAX_ROWS:
                said.append(("fit_too_many_messages", f"{made[number].count} {name}; {MAX_ROWS} are kept"))
        records += made[protocol.RECORD].count if protocol.RECORD in made else 0
        sessions += made[protocol.SESSION].count if protocol.SESSION in made else 0
        if records > MAX_RECORDS:
            raise UnreadableFile(
                f"The file holds more than {MAX_RECORDS:,} records",
                why="no workout lasts that long",
                next="split it and import the parts",
                rule="file_too_large",
            )
        stamps = Stamps(data, framed)
        file_id = made.get(protocol.FILE_ID)
        if file_id is None and sources:
            kind, before = sources[-1]
            more = (*before.more, (made, stamps))
            sources[-1] = (
                kind,
                Source(before.tables, before.stamps, more, before.maker, before.source_id, (*before.remarks, *said)),
            )
            continue
        maker, unknown = _maker(file_id, made.get(protocol.DEVICE_INFO))
        said += [("fit_unknown_code", unknown)] if unknown else []
        sources.append((_kind(file_id), Source(made, stamps, (), maker, _identity(file_id), tuple(said))))
    if not any(source.tables for _, source in sources):
        raise UnreadableFile(
            "The FIT file holds no complete message",
            where=f"{found[0].end - found[0].start} of {found[0].declared} bytes are there",
            next="copy it from the device again",
        )
    return _assembled(sources, remarks, records, sessions, len(found))


def _assembled(
    sources: list[tuple[int | None, Source]], remarks: list[Remark], records: int, sessions: int, chained: int
) -> FitFile:
    made: list[Recording] = []
    kinds = []
    for code, source in sources:
        name = "unknown" if code is None else protocol.FILE_KINDS.get(code, f"type {code}")
        # a file that lost its first message may still be a workout: its records say so
        workout = name == "activity" or (code is None and protocol.RECORD in source.tables)
        kinds.append("activity" if workout else name)
        own = recordings(source) if workout else []
        if not workout:
            remarks.append(("fit_not_activity", f"a {name.replace('_', ' ')} file"))
        elif not own:
            remarks.append(("fit_nothing_placed", "no session and no record with a time"))
        remarks += source.remarks
        remarks += [remark for one in own for remark in one.remarks]
        made += own
    kind = "activity" if "activity" in kinds else kinds[0]
    said = tuple(dict.fromkeys(remarks))
    return FitFile(kind, tuple(made), said, records, sessions, sources[0][1].maker, chained)


def _framed(data: bytes, part: Part) -> tuple[Framed, list[Remark]]:
    """Where the messages of a part stand: the fast way where the checksum vouches for them, else the careful one."""
    said: list[Remark] = []
    have = part.end - part.start
    if part.unfinished:
        said.append(("fit_length_missing", "the header says 0 bytes; all that follow were read"))
    elif part.truncated:
        said.append(("fit_truncated", f"{have} of {part.declared} bytes from byte {part.start} on are there"))
    elif not part.sealed:
        said.append(("fit_truncated", "the checksum at the end is missing"))
    if part.crc_wrong:
        said.append(("fit_crc_wrong", f"checksum of the {have} bytes from byte {part.start} on"))
    framed = frame(data, part.start, part.end)
    if framed.undefined is not None:
        said.append(
            ("fit_undefined_message", f"local message {framed.undefined} before its definition at byte {framed.stop}")
        )
    if part.sealed and not part.crc_wrong and framed.stop == part.end:
        return framed, said
    saved, gaps = salvage(data, part.start, part.end)
    if gaps and not part.sealed and sum(gaps[-1]) == part.end and gaps[-1][1] <= CUT_MESSAGE:
        gaps.pop()  # the last message is cut: said already
    if gaps:
        lost = sum(size for _, size in gaps)
        said.append(("fit_bytes_skipped", f"{lost} bytes in {len(gaps)} places, the first at byte {gaps[0][0]}"))
    return saved, said


def _misaligned(made: dict[int, Table]) -> list[Remark]:
    found = sorted(
        {(number, field) for number, table in made.items() for one in table.blocks for field in one.layout.misaligned}
    )
    shown = ", ".join(f"field {field} of message {number}" for number, field in found[:5])
    return [("fit_field_misaligned", f"{shown}: size does not fit its type, left out")] if found else []


def _kind(file_id: Table | None) -> int | None:
    return _code(file_id, 0)


def _code(table: Table | None, number: int) -> int | None:
    values = table.column(number) if table is not None else None
    return None if values is None or math.isnan(values[0]) else int(values[0])


def _maker(file_id: Table | None, devices: Table | None) -> tuple[str, str]:
    """Maker and product of the device that wrote the file, and a code that is not known."""
    code, product = _code(file_id, 1), _code(file_id, 2)
    name = file_id.texts(8)[0] if file_id is not None else ""
    if code is None and devices is not None:
        code, product = _code(devices, 2), _code(devices, 4)
    if not name and devices is not None:
        name = devices.texts(27)[0]
    maker = "" if code is None else protocol.MAKERS.get(code, f"manufacturer {code}")
    label = name or ("" if product is None else f"product {product}")
    return f"{maker} {label}".strip(), maker if code is not None and code not in protocol.MAKERS else ""


def _identity(file_id: Table | None) -> str:
    """Maker, serial number and time of creation: the same for every copy of one file, '' where not all are there."""
    codes = [_code(file_id, number) for number in (1, 3, 4)]
    return "" if None in codes else "-".join(str(code) for code in codes)


def _not_fit(data: bytes) -> UnreadableFile:
    if not data:
        return UnreadableFile("The FIT file is empty", where="0 bytes", rule="file_empty", next="export it again")
    if len(data) >= 12 and data[8:12] == b".FIT":
        if data[0] in HEADER_SIZES:
            return UnreadableFile("The FIT header is cut", where=f"{len(data)} bytes", next="copy the file again")
        return UnreadableFile(
            f"The FIT header size is {data[0]}, not 12 or 14", where="byte 0", next="export the file again"
        )
    return UnreadableFile(
        "This is no FIT file", where="bytes 8 to 11", why="they are not '.FIT'", next="export the file again"
    )
