"""Walk a damaged FIT file message by message, believe only what is plausible, and find the way back after a break.

A byte that is missing makes everything behind it mean something else. The fast walk notices at best when a local
message is used that was never defined; here each definition and each time is checked, what fails is stepped over
byte by byte, and reading goes on where a chain of plausible messages starts.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from fitintel.ingest.fit.framing import COMPRESSED, DEFINITION, SLOT, Framed, Key, Spans, definition_at, message_size
from fitintel.ingest.fit.protocol import TIMESTAMP

BACKWARDS, FORWARDS = 86_400, 2 * 86_400
"""s. A message further from the one before it is not believed."""
CHAIN = 4
"""messages in a row that must be plausible before reading goes on"""
MAX_MESSAGES = 4_000_000
"""messages after which the rest of a damaged file is given up; twice the records that any file may hold"""
MAX_TRIES = 2_000_000
"""bytes that are tried as the start of a message before the rest is given up"""


@dataclass(frozen=True, slots=True)
class _Kind:
    key: Key
    message: int
    size: int
    stamp: int
    """first byte of the time after the header byte, 0 without one"""
    order: str


Kinds = tuple[_Kind | None, ...]
Times = Mapping[int, int]
"""message number -> the last time that a message of that number told; devices let them differ by years"""


@dataclass(frozen=True, slots=True)
class _Step:
    stop: int
    times: Times
    kinds: Kinds
    kind: _Kind | None


def salvage(data: bytes, start: int, end: int) -> tuple[Framed, list[tuple[int, int]]]:
    """The plausible messages of `data[start:end]`, and the stretches (first byte, number of bytes) left out.

    After a break the search starts inside the message before it: if bytes of that one are missing, the next message
    begins before its supposed end, and it is left out.
    """
    framed = Framed(stop=start)
    gaps: list[tuple[int, int]] = []
    kinds: Kinds = (None,) * 32
    times: Times = {}
    before: tuple[int, Times] | None = None  # the last data message: where it starts, the times before it
    last: Spans = array("q")
    at, tries, messages = start, 0, 0
    while at < end:
        messages += 1
        if messages > MAX_MESSAGES:
            gaps.append((at, end - at))
            break
        step = _step(data, at, end, kinds, times) or _new_clock(data, at, end, kinds)
        if step is None:
            broken, earlier = before if before is not None else (at, times)
            found = _resume(data, broken + 1, end, kinds, earlier, MAX_TRIES - tries)
            tries += found - broken
            if before is not None and found < at:
                last[-1] = broken
                if last[-2] == broken:
                    del last[-2:]
                times = earlier
            else:
                broken = at
            gaps.append((broken, found - broken))
            at, before = found, None
            continue
        before = None
        if step.kind is not None:
            compressed = data[at] >= 0x80
            framed.compressed |= compressed
            key = Key(step.kind.key.definition, True) if compressed else step.kind.key
            kept = framed.sink(key)
            last = array("q") if kept is None else kept
            if last and last[-1] == at:
                last[-1] = step.stop
            else:
                last.extend((at, step.stop))
            before = at, times
        at, times, kinds = step.stop, step.times, step.kinds
    framed.stop = at
    framed.spans = {key: spans for key, spans in framed.spans.items() if spans}
    return framed, gaps


def _new_clock(data: bytes, at: int, end: int, kinds: Kinds) -> _Step | None:
    """The message at `at` where only its time is odd and the messages behind it agree with it: the clock was set."""
    step = _step(data, at, end, kinds, {})
    if step is None or not step.times or not _chain(data, step.stop, end, kinds, step.times):
        return None
    return step


def _resume(data: bytes, at: int, end: int, kinds: Kinds, times: Times, tries: int) -> int:
    """The first byte from `at` where a chain of plausible messages starts; `end` without one."""
    for place in range(at, min(end, at + tries)):
        slot = SLOT[data[place]]
        if (slot == DEFINITION or kinds[slot] is not None) and _chain(data, place, end, kinds, times):
            return place
    return end


def _chain(data: bytes, at: int, end: int, kinds: Kinds, times: Times) -> bool:
    """Whether plausible messages follow from `at`, at least one of them with a time."""
    timed = False
    for _ in range(CHAIN):
        if at == end:
            break
        step = _step(data, at, end, kinds, times)
        if step is None:
            return False
        timed |= step.kind is not None and step.kind.stamp > 0
        at, times, kinds = step.stop, step.times, step.kinds
    return timed


def _step(data: bytes, at: int, end: int, kinds: Kinds, times: Times) -> _Step | None:
    """What follows the message at `at`; None where it is not plausible."""
    head = data[at]
    slot = SLOT[head]
    if slot == DEFINITION:
        definition = definition_at(data, at, end)
        if definition is None or head & 0x10 or not _sound(definition):
            return None
        kind = _kind(definition)
        local = head & 0x0F
        made = list(kinds)
        made[local] = kind
        if local < 4:
            made[COMPRESSED + local] = kind
        return _Step(at + len(definition), times, tuple(made), None)
    found = kinds[slot]
    if found is None or (slot < COMPRESSED and head & 0x30) or at + found.size > end:
        return None
    if slot >= COMPRESSED:  # the header holds the time: a second one in the message makes no sense
        return None if found.stamp else _Step(at + found.size, times, kinds, found)
    if found.stamp:
        first = at + found.stamp
        stamp = int.from_bytes(data[first : first + 4], "big" if found.order == ">" else "little")
        if stamp != 0xFFFF_FFFF:
            message = found.message
            if message in times and not -BACKWARDS <= stamp - times[message] <= FORWARDS:
                return None
            times = {**times, message: stamp}
    return _Step(at + found.size, times, kinds, found)


def _sound(definition: bytes) -> bool:
    stop = 6 + 3 * definition[5]
    bases = definition[8:stop:3]
    return (
        definition[1] == 0
        and definition[2] in (0, 1)
        and definition[3:5] != b"\xff\xff"
        and all(base & 0x60 == 0 and base & 0x1F <= 16 for base in bases)
        and all(definition[7:stop:3])
    )


def _kind(definition: bytes) -> _Kind:
    at, stamp = 1, 0
    for place in range(6, 6 + 3 * definition[5], 3):
        if definition[place] == TIMESTAMP and definition[place + 1] == 4:
            stamp = at
        at += definition[place + 1]
    key = Key(definition)
    return _Kind(key, key.message, message_size(definition), stamp, ">" if definition[2] else "<")
