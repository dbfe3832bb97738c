"""FIT-01 to FIT-22: a short ride, damaged or odd in one way each."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator

from tests.badinputs.case import Case, imported, quarantined, warned
from tests.ingest.fit import encoder as fit

SECONDS = 120
GOOD = fit.ride(SECONDS)
ZONE = {"zone": "Europe/Berlin"}
"""said where neither zone nor position is in the file"""


def body(*, start: int = fit.START, records: bytes | None = None, distance: int | None = None) -> bytes:
    """The messages of a whole ride, with other records or another distance."""
    made = b"".join(fit.record(second, start=start) for second in range(SECONDS)) if records is None else records
    total = 700 * SECONDS if distance is None else distance
    return (
        fit.file_id(created=start) + fit.RECORD.head() + made + fit.SESSION.head()
        + fit.session(start, SECONDS, distance=total)
    )  # fmt: skip


def row(second: int, **other: int) -> bytes:
    """The record of a second, some of its raw values replaced by their names."""
    names = ("time", "lat", "lon", "height", "distance", "speed", "hr", "cadence", "power", "temperature")
    values = (fit.START + second, 500_000_000 + 40 * second, 100_000_000 + 60 * second, 2750, 700 * second, 7000,
              110 + second % 61, 85, 200, 20)  # fmt: skip
    return fit.RECORD.row(*({**dict(zip(names, values, strict=True)), **other}[name] for name in names))


def rows(odd: dict[int, dict[str, int]]) -> bytes:
    """Records of which those of some seconds are odd."""
    return b"".join(row(second, **odd.get(second, {})) for second in range(SECONDS))


def fit_01() -> Iterator[Case]:
    for part in range(5, 100, 5):
        cut = GOOD[: len(GOOD) * part // 100]
        yield quarantined("ride.fit", cut, "E_TRUNCATED", variant=f"{part}%", slow=part % 25 != 0,
                          says=(f"{len(cut) - 14} of {len(GOOD) - 16} bytes",))  # fmt: skip
    half = GOOD[: len(GOOD) // 2]
    yield warned("ride.fit", half, "W_SALVAGED W_NO_SESSION", variant="salvage", options={"salvage": True})


def fit_02() -> Iterator[Case]:
    bad = fit.flipped(GOOD, len(GOOD) // 2, 0x01)
    yield quarantined("ride.fit", bad, "E_CHECKSUM", variant="as-is")
    yield warned("ride.fit", bad, "W_SALVAGED", variant="salvage", options={"salvage": True})


def fit_03() -> Iterator[Case]:
    yield imported("ride.fit", fit.ride(SECONDS, header=12), variant="12")
    for size in (0, 255):
        bad = bytes((size,)) + GOOD[1:]
        yield quarantined("ride.fit", bad, "E_SYNTAX", variant=str(size), says=("header",))


def fit_04() -> Iterator[Case]:
    data = GOOD[:4] + struct.pack("<I", 0xFFFFFFFF) + GOOD[8:12] + b"\0\0" + GOOD[14:]
    yield quarantined("ride.fit", data, "E_TRUNCATED")


def fit_05() -> Iterator[Case]:
    wide = struct.pack("<BBBHB", 0x46, 0, 0, 20, 255) + bytes(x for n in range(255) for x in (n, 255, 0x0D))
    yield imported("ride.fit", fit.fit(body() + wide), variant="255x255-unused")
    wide += b"\x06" + b"\1" * 255 * 255
    yield warned("ride.fit", fit.fit(body() + wide), "W_TIME", variant="255x255", says=("1 records",))
    odd = struct.pack("<BBBHB", 0x46, 0, 0, 20, 1) + bytes((5, 227, fit.SINT32)) + b"\x06" + b"\1" * 227
    yield warned("ride.fit", fit.fit(body() + odd), "W_TIME W_FIELD", variant="227", says=("field 5",))


def fit_06() -> Iterator[Case]:
    data = fit.fit(fit.file_id() + b"\x05" + b"\1" * 30 + body())
    yield quarantined("ride.fit", data, "E_SYNTAX", says=("5",))


def fit_08() -> Iterator[Case]:
    with_dev = fit.Definition(6, 20, [(253, fit.UINT32, 1), (3, fit.UINT8, 1)], developer=[(0, 2, 9)])
    extra = with_dev.head() + with_dev.row(fit.START + SECONDS, 130, b"\1\2")
    name = fit.Definition(7, 206, [(0, fit.UINT8, 1), (1, fit.UINT8, 1), (2, fit.UINT8, 1), (3, fit.BYTE, 255)])
    named = name.head() + name.row(0, 0, 2, [0xC3, 0x28] * 127 + [0xFF])
    yield imported("ride.fit", fit.fit(body() + extra), variant="undefined")
    yield imported("ride.fit", fit.fit(body() + named), variant="name")


def fit_09() -> Iterator[Case]:
    odd = {40: {"time": 0xFFFFFFFF}, 41: {"time": 0}}
    yield warned("ride.fit", fit.fit(body(records=rows(odd))), "W_TIME", variant="invalid")
    since = 0x0FFFFFFF - 10_000
    system = fit.fit(fit.file_id(created=0xFFFFFFFF) + fit.RECORD.head()
                     + b"".join(fit.record(second, start=since) for second in range(SECONDS)))  # fmt: skip
    yield quarantined("ride.fit", system, "E_TIME W_NO_SESSION", variant="system-time")


def fit_10() -> Iterator[Case]:
    def jumped(by: int) -> bytes:
        return fit.fit(body(records=rows({s: {"time": fit.START + s + by} for s in range(60, SECONDS)})))

    yield warned("ride.fit", jumped(-3 * 3600), "W_CLOCK_JUMP", variant="back-3h")
    yield warned("ride.fit", jumped(24 * 3600), "W_CLOCK_JUMP", variant="forward-24h")


def fit_11() -> Iterator[Case]:
    twice = fit.fit(body(records=rows({50: {"time": fit.START + 49}})))
    yield imported("ride.fit", twice, notes="W_DUP_SAMPLE", variant="twice", says=("at 1 times",))
    ten = b"".join(row(n // 10, hr=110 + n % 61) for n in range(10 * SECONDS))
    yield imported("ride.fit", fit.fit(body(records=ten)), notes="W_DUP_SAMPLE", variant="10Hz")


def fit_12() -> Iterator[Case]:
    none = {"lat": 0x7FFFFFFF, "lon": 0x7FFFFFFF, "height": 0xFFFFFFFF, "hr": 255, "power": 65535, "cadence": 255}
    yield imported("ride.fit", fit.fit(body(records=rows(dict.fromkeys(range(40, 50), none)))))


def fit_13() -> Iterator[Case]:
    for name, odd in {"range": {"lat": 0x7FFFFFF0}, "null-island": {"lat": 0, "lon": 0},
                      "teleport": {"lat": 560_000_000}}.items():  # fmt: skip
        yield imported("ride.fit", fit.fit(body(records=rows({60: odd}))), notes="W_GPS", variant=name,
                       says=("1 of 120",), holds={"distance": [840.0]})  # fmt: skip


def fit_14() -> Iterator[Case]:
    yield imported("ride.fit", fit.chained([GOOD, fit.ride(SECONDS, start=fit.START + 90_000)]), 2)


def fit_15() -> Iterator[Case]:
    for kind, name in ((2, "settings"), (6, "course"), (32, "monitoring")):
        yield quarantined("ride.fit", fit.with_messages(kind=kind), "E_TYPE", variant=name, says=(name[:6],))


def fit_16() -> Iterator[Case]:
    data = fit.fit(fit.file_id() + fit.RECORD.head() + rows({}))
    yield warned("ride.fit", data, "W_NO_SESSION")


def fit_17() -> Iterator[Case]:
    yield warned("ride.fit", fit.fit(body(distance=10_000_000)), "W_TOTALS_MISMATCH", variant="distance")


def fit_18() -> Iterator[Case]:
    summary = fit.file_id() + fit.SESSION.head() + fit.session(fit.START, SECONDS, distance=700 * SECONDS)
    yield imported("ride.fit", fit.fit(summary), variant="summary", options=ZONE)
    yield quarantined("ride.fit", fit.fit(fit.file_id()), "E_EMPTY", variant="nothing")


def fit_19() -> Iterator[Case]:
    big = fit.Definition(2, 20, fit.RECORD.fields, big=True)
    made = big.head() + b"".join(
        big.row(fit.START + s, 500_000_000, 100_000_000, 2750, 700 * s, 7000, 110 + s % 61, 85, 200, 20)
        for s in range(SECONDS)
    )
    yield imported("ride.fit", fit.fit(body(records=made)), variant="big-endian")
    short = fit.Definition(1, 20, [(3, fit.UINT8, 1), (7, fit.UINT16, 1)])
    made = row(0) + short.head() + b"".join(
        short.row(110 + s % 61, 200, offset=(fit.START + s) & 31) for s in range(1, SECONDS)
    )  # fmt: skip
    yield imported("ride.fit", fit.fit(body(records=made, distance=0)), variant="rollover")


def fit_21() -> Iterator[Case]:
    new = fit.file_id(maker=60_000) + fit.RECORD.head() + rows({}) + fit.SESSION.head()
    new += fit.session(fit.START, SECONDS, sport=200, sub=250, distance=700 * SECONDS)
    yield imported("ride.fit", fit.fit(new), notes="W_UNKNOWN_ENUM", says=("60000", "sport 200"))


def fit_22() -> Iterator[Case]:
    bare = fit.Definition(2, 20, [(253, fit.UINT32, 1), (3, fit.UINT8, 1)])
    for name, sport, sub in (("pool", 5, 17), ("indoor", 2, 6), ("strength", 10, 20)):
        made = fit.file_id() + bare.head() + b"".join(bare.row(fit.START + s, 255) for s in range(SECONDS))
        made += fit.SESSION.head() + fit.session(fit.START, SECONDS, sport=sport, sub=sub, distance=20_000)
        yield imported("ride.fit", fit.fit(made), variant=name, options=ZONE)


def mutants(number: int, seed: int = 7) -> Iterator[bytes]:
    """FIT-07: random damage, seven of ten with a checksum that fits."""
    chance = random.Random(seed)
    for _ in range(number):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            kind = chance.choice(("flip", "cut", "insert", "delete", "splice"))
            if kind == "flip":
                data[place] ^= 1 << chance.randrange(8)
            elif kind == "cut":
                del data[max(place, 20) :]
            elif kind == "insert":
                data[place:place] = chance.randbytes(chance.randint(1, 9))
            elif kind == "delete":
                del data[place : place + chance.randint(1, 9)]
            else:
                other = chance.randrange(len(GOOD))
                data[place : place + 40] = GOOD[other : other + 40]
        yield fit.resealed(bytes(data)) if chance.random() < 0.7 else bytes(data)
