"""Messages are found where they are: runs, chains, redefinitions, both byte orders; the checksum is the protocol's."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.ingest.fit import read_fit
from fitintel.ingest.fit.checksum import PERIOD, crc16
from fitintel.ingest.fit.framing import Framed, frame, parts
from fitintel.ingest.fit.salvage import salvage
from tests.ingest.fit import encoder
from tests.ingest.fit.encoder import ENUM, START, UINT8, UINT16, UINT32, Definition


@pytest.mark.parametrize("size", [0, 1, 2, 3, 100, 999, PERIOD - 1, PERIOD, PERIOD + 1, 2 * PERIOD + 1, 3 * PERIOD + 7])
def test_checksum_is_the_one_of_the_protocol(size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert crc16(data) == encoder.crc_by_nibble(data)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_checksum_of_a_file_with_its_own_checksum_is_zero(head: bytes, body: bytes) -> None:
    whole = head + body
    assert crc16(whole + encoder.crc_by_nibble(whole).to_bytes(2, "little")) == 0


def merged(framed: Framed, data: bytes) -> dict[tuple[bytes, bool], bytes]:
    return {
        (key.definition, key.compressed): b"".join(data[a:b] for a, b in zip(spans[0::2], spans[1::2], strict=True))
        for key, spans in framed.spans.items()
    }


def test_the_careful_way_finds_what_the_fast_way_finds(real_fit: Path) -> None:
    data = real_fit.read_bytes()
    for part in parts(data)[0]:
        fast = frame(data, part.start, part.end, every=True)
        if fast.undefined is None and fast.stop == part.end:
            careful, gaps = salvage(data, part.start, part.end)
            assert gaps == []
            assert merged(careful, data) == merged(fast, data)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 200)), min_size=1, max_size=12))
def test_any_order_of_runs_is_read_back_as_written(runs: list[tuple[int, int]]) -> None:
    kinds = [
        Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1)]),
        Definition(7, 20, [(3, UINT8, 1), (253, UINT32, 1), (7, UINT16, 1)], big=True),
        Definition(1, 20, [(253, UINT32, 1), (4, UINT8, 1), (13, UINT8, 3)]),
    ]
    body, hr, second = b"".join(kind.head() for kind in kinds), [], 0
    for which, length in runs:
        for _ in range(length):
            value = second % 200
            row = {0: (START + second, value), 1: (value, START + second, 250), 2: (START + second, 80, (1, 2, 3))}
            body += kinds[which].row(*row[which])
            hr.append(np.nan if which == 2 else float(value))
            second += 1
    made = read_fit(encoder.with_messages(body))
    assert made.records == second
    np.testing.assert_array_equal(made.recordings[0].time - made.recordings[0].time[0], np.arange(second))
    if not np.isnan(hr).all():
        np.testing.assert_array_equal(made.recordings[0].stream["hr"], hr)


def test_a_header_of_twelve_bytes_and_one_of_fourteen_give_the_same() -> None:
    short, long = read_fit(encoder.ride(header=12)), read_fit(encoder.ride(header=14))
    assert short.remarks == long.remarks == ()
    np.testing.assert_array_equal(short.recordings[0].stream["power"], long.recordings[0].stream["power"])


def test_a_local_message_may_get_another_meaning() -> None:
    first = Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1)])
    second = Definition(0, 20, [(253, UINT32, 1), (7, UINT16, 1)])
    body = first.head() + first.row(START, 120) + second.head() + second.row(START + 1, 300)
    body += first.head() + first.row(START + 2, 122)
    stream = read_fit(encoder.with_messages(body)).recordings[0].stream
    np.testing.assert_array_equal(stream["hr"], [120, np.nan, 122])
    np.testing.assert_array_equal(stream["power"], [np.nan, 300, np.nan])


def test_big_and_little_endian_twins_give_the_same() -> None:
    made = []
    for big in (False, True):
        kind = Definition(2, 20, encoder.RECORD.fields, big=big)
        body = kind.head() + b"".join(
            kind.row(START + second, -500_000_000, 7 * second, 2500, 900 * second, 5000, 130, 85, 240, -5)
            for second in range(50)
        )
        made.append(read_fit(encoder.with_messages(body)).recordings[0])
    assert made[0].stream.keys() == made[1].stream.keys()
    for name, values in made[0].stream.items():
        np.testing.assert_array_equal(values, made[1].stream[name])
    np.testing.assert_array_equal(made[0].time, made[1].time)


def test_chained_activities_are_two_recordings_and_settings_are_said() -> None:
    one, two = encoder.ride(60), encoder.ride(90, start=START + 86_400)
    settings_file = encoder.fit(encoder.file_id(2))
    made = read_fit(encoder.chained([one, two, settings_file]))
    assert [len(each.time) for each in made.recordings] == [60, 90]
    assert made.recordings[0].source_id != made.recordings[1].source_id
    assert made.parts == 3
    assert made.remarks == (("fit_not_activity", "a settings file"),)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(2, "settings"), (5, "workout"), (6, "course"), (9, "weight"), (32, "monitoring"), (99, "type 99")],
)
def test_other_kinds_of_file_are_recognised_and_give_no_workout(code: int, kind: str) -> None:
    record = Definition(0, 20, [(253, UINT32, 1)])
    made = read_fit(encoder.with_messages(record.head() + record.row(START), kind=code))
    assert made.kind == kind
    assert made.recordings == ()
    assert [rule for rule, _ in made.remarks] == ["fit_not_activity"]


def test_unknown_messages_are_stepped_over() -> None:
    strange = Definition(9, 65_280, [(1, UINT32, 5), (7, ENUM, 3)])
    heads = encoder.RECORD.head() + strange.head()
    rows = b"".join(encoder.record(second) + strange.row((1, 2, 3, 4, 5), (2, 2, 2)) for second in range(40))
    made = read_fit(encoder.with_messages(heads + rows))
    plain = read_fit(encoder.with_messages(encoder.RECORD.head() + b"".join(map(encoder.record, range(40)))))
    np.testing.assert_array_equal(made.recordings[0].stream["power"], plain.recordings[0].stream["power"])
