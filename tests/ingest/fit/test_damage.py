"""Damaged and hostile files: what is readable is kept and the damage said, nothing but our own errors leaves."""

from __future__ import annotations

import random
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.fit import FitFile, framing, read_fit, salvage
from tests.ingest.fit import encoder
from tests.ingest.fit.encoder import BYTE, START, STRING, UINT8, UINT16, UINT32, Definition

RIDE = encoder.ride(200)
WHOLE = read_fit(RIDE).recordings[0]


def rules(made: FitFile) -> set[str]:
    return {rule for rule, _ in made.remarks}


@pytest.mark.parametrize("percent", range(5, 100, 5))
def test_a_cut_file_keeps_its_complete_records(percent: int) -> None:
    made = read_fit(RIDE[: len(RIDE) * percent // 100])
    assert "fit_truncated" in rules(made)
    for recording in made.recordings:
        count = len(recording.time)
        np.testing.assert_array_equal(recording.time, WHOLE.time[:count])
        for name, values in recording.stream.items():
            np.testing.assert_array_equal(values, WHOLE.stream[name][:count])
    expected = (len(RIDE) * percent // 100 - RIDE.index(encoder.record(0))) // len(encoder.record(0))
    assert made.records == max(0, min(200, expected))


def test_a_turned_byte_is_a_remark_and_the_rest_stays() -> None:
    made = read_fit(encoder.flipped(RIDE, RIDE.index(encoder.record(50)) + 20))
    assert "fit_crc_wrong" in rules(made)
    assert made.records == 200


def test_every_single_turned_byte_is_said_or_harmless() -> None:
    """A flip is noticed by the checksum, whatever it does to the messages."""
    for place in range(14, len(RIDE) - 2, 7):
        made = read_fit(encoder.flipped(RIDE, place, 0x5A))
        assert "fit_crc_wrong" in rules(made)


@pytest.mark.parametrize("size", [0, 255, 13])
def test_a_wrong_header_size_is_refused_by_name(size: int) -> None:
    with pytest.raises(UnreadableFile, match=f"header size is {size}"):
        read_fit(bytes((size,)) + RIDE[1:])


def test_empty_and_foreign_files_are_refused() -> None:
    with pytest.raises(UnreadableFile) as empty:
        read_fit(b"")
    assert empty.value.rule == "file_empty"
    with pytest.raises(UnreadableFile, match="no FIT file"):
        read_fit(b"<gpx>" + b" " * 100)
    with pytest.raises(UnreadableFile):
        read_fit(RIDE[:10])
    with pytest.raises(UnreadableFile, match="no complete message"):
        read_fit(RIDE[:18])


def test_a_declared_size_of_four_gigabytes_is_not_believed() -> None:
    tracemalloc.start()
    made = read_fit(RIDE[:4] + b"\xff\xff\xff\xff" + RIDE[8:])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert made.records == 200
    assert "fit_truncated" in rules(made)
    assert peak < 20e6


def test_a_header_that_was_never_finished_is_read_to_the_end() -> None:
    made = read_fit(RIDE[:4] + b"\0\0\0\0" + RIDE[8:-2])
    assert made.records == 200
    assert "fit_length_missing" in rules(made)


@pytest.mark.parametrize("lost", [1, 2, 5, 31, 100])
def test_after_missing_bytes_reading_goes_on(lost: int) -> None:
    place = RIDE.index(encoder.record(80)) + 11
    made = read_fit(RIDE[:place] + RIDE[place + lost :])
    assert "fit_bytes_skipped" in rules(made)
    size = len(encoder.record(0))
    gone = 1 + (11 + lost - 1) // size
    assert made.records == 200 - gone
    kept = np.isin(WHOLE.time, made.recordings[0].time)
    np.testing.assert_array_equal(made.recordings[0].stream["power"], WHOLE.stream["power"][kept])
    assert made.sessions == 1


def test_a_message_that_was_never_defined_is_said_with_its_place() -> None:
    place = RIDE.index(encoder.record(80))
    made = read_fit(encoder.flipped(RIDE, place, 0x02 ^ 0x0D))
    assert f"local message 13 before its definition at byte {place}" in dict(made.remarks)["fit_undefined_message"]
    assert made.records == 199


def test_bytes_behind_the_last_file_are_said() -> None:
    made = read_fit(RIDE + b"appended by a transfer tool")
    assert "fit_trailing_bytes" in rules(made)
    assert made.records == 200


def test_a_field_whose_size_does_not_fit_is_left_out_and_said() -> None:
    record = struct.pack("<BBBHB", 0x42, 0, 0, 20, 3) + bytes((253, 4, 0x86, 7, 3, 0x84, 3, 1, 2))
    rows = b"".join(struct.pack("<BI3sB", 2, START + second, b"abc", 120) for second in range(5))
    made = read_fit(encoder.with_messages(record + rows))
    assert list(made.recordings[0].stream) == ["hr"]
    assert dict(made.remarks)["fit_field_misaligned"].startswith("field 7 of message 20")


def test_the_widest_definition_there_can_be_is_read() -> None:
    wide = Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1), *((number, BYTE, 255) for number in range(100, 200))])
    body = wide.head() + b"".join(wide.row(START + second, 99, *([(7,) * 255] * 100)) for second in range(3))
    made = read_fit(encoder.with_messages(body))
    np.testing.assert_array_equal(made.recordings[0].stream["hr"], [99, 99, 99])


def test_values_that_mean_not_measured_are_missing() -> None:
    body = encoder.RECORD.head() + encoder.RECORD.row(
        START, 0x7FFF_FFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 255, 255, 0xFFFF, 127
    )
    body += encoder.record(1)
    for name, values in read_fit(encoder.with_messages(body)).recordings[0].stream.items():
        assert np.isnan(values[0]), name
        assert np.isfinite(values[1]), name


def test_developer_fields_that_nobody_described_are_said() -> None:
    record = Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1)], developer=[(5, 2, 1)])
    made = read_fit(encoder.with_messages(record.head() + record.row(START, 100, b"\x01\x02")))
    assert list(made.recordings[0].stream) == ["hr"]
    assert dict(made.remarks)["fit_developer_field_undefined"] == "developer field 5 of application 1"


def test_a_developer_field_with_a_name_that_is_no_text_is_kept() -> None:
    described = Definition(1, 206, [(0, UINT8, 1), (1, UINT8, 1), (2, UINT8, 1), (3, BYTE, 255)])
    record = Definition(0, 20, [(253, UINT32, 1)], developer=[(5, 2, 1)])
    body = described.head() + described.row(1, 5, UINT16, tuple([0xF3] * 255))
    body += record.head() + record.row(START, b"\x01\x02")
    (channel,) = read_fit(encoder.with_messages(body)).recordings[0].stream
    assert channel.startswith("dev:")


def test_two_million_records_are_the_limit() -> None:
    tiny = Definition(0, 20, [(3, UINT8, 1)])
    rows = tiny.row(100) * 2_000_001
    with pytest.raises(UnreadableFile, match="2,000,000 records"):
        read_fit(encoder.fit(encoder.file_id() + tiny.head() + rows, crc=False))


def test_definitions_without_end_are_cut_off_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "MAX_KINDS", 20)
    kinds = [Definition(0, 20, [(253, UINT32, 1), (number, UINT8, 1)]) for number in range(100, 150)]
    made = read_fit(
        encoder.with_messages(b"".join(kind.head() + kind.row(START + n, 1) for n, kind in enumerate(kinds)))
    )
    assert "fit_too_many_messages" in rules(made)
    assert made.records < 50


def test_a_damaged_file_of_endless_messages_is_given_up_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salvage, "MAX_MESSAGES", 1000)
    empty = Definition(0, 65_280, [])
    made = read_fit(encoder.fit(encoder.file_id() + empty.head() + bytes(50_000), crc=False))
    assert "fit_bytes_skipped" in rules(made)


def test_hostile_repetition_is_read_to_its_end() -> None:
    """Zeros that look like messages, definitions without end, and alternating messages: none may hang the reader."""
    empty = Definition(0, 65_280, [])
    one, two = Definition(1, 20, [(3, UINT8, 1)]), Definition(2, 18, [(5, UINT8, 1)])
    hostile = {
        "empty messages": empty.head() + bytes(400_000),
        "definitions": empty.head() * 40_000,
        "alternating": one.head() + two.head() + (one.row(1) + two.row(2)) * 60_000,
        "damaged": one.head() + (one.row(1) * 5 + b"\x0e") * 20_000,
    }
    for name, body in hostile.items():
        made = read_fit(encoder.fit(encoder.file_id() + body, crc=False))
        assert made.kind == "activity", name


MUTANTS = 400


def mutants(seed: int) -> list[bytes]:
    """Flips, cuts, insertions, deletions and splices, most of them with a checksum that fits again."""
    chance = random.Random(seed)
    strings = Definition(6, 12, [(3, STRING, 16), (0, UINT8, 1)])
    bases = [encoder.ride(30), encoder.ride(10, header=12), RIDE, encoder.chained([encoder.ride(5), encoder.ride(8)]),
             encoder.with_messages(strings.head() + strings.row("Morning", 1) + encoder.RECORD.head()
                                   + encoder.record(1))]  # fmt: skip
    out = []
    for _ in range(MUTANTS):
        data = bytearray(chance.choice(bases))
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            match chance.randrange(5):
                case 0:
                    data[place] ^= chance.randint(1, 255)
                case 1:
                    del data[place:]
                case 2:
                    data[place:place] = chance.randbytes(chance.randint(1, 20))
                case 3:
                    del data[place : place + chance.randint(1, 20)]
                case 4:
                    other = chance.choice(bases)
                    start = chance.randrange(len(other))
                    data[place:place] = other[start : start + 60]
            if not data:
                break
        made = bytes(data)
        out.append(encoder.resealed(made) if chance.random() < 0.7 and len(made) > 2 else made)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mutants_give_a_file_or_our_own_error(seed: int) -> None:
    answers = [answer(mutant) for mutant in mutants(seed)]
    read = [made for made in answers if isinstance(made, FitFile)]
    for made in read:
        sound(made)
    assert all(len(str(error)) <= 500 for error in answers if isinstance(error, UnreadableFile))
    assert len(read) > MUTANTS // 3


def answer(data: bytes) -> FitFile | UnreadableFile:
    """What the reader gives; any other exception is a failure of the test."""
    try:
        return read_fit(data)
    except UnreadableFile as error:
        return error


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_a_header_give_a_file_or_our_own_error(body: bytes) -> None:
    made = answer(encoder.fit(body))
    if isinstance(made, FitFile):
        sound(made)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(RIDE) - 1), st.binary(max_size=12), st.integers(0, 12))
def test_bytes_put_in_or_taken_out_are_never_silent(place: int, put: bytes, taken: int) -> None:
    changed = RIDE[:place] + put + RIDE[place + taken :]
    if changed == RIDE:
        return
    made = answer(changed)
    if isinstance(made, FitFile):
        sound(made)
        assert made.remarks


def sound(made: FitFile) -> None:
    """What every answer must hold, whatever the bytes."""
    for recording in made.recordings:
        assert np.all(np.isfinite(recording.time))
        assert np.all(np.diff(recording.time) > 0)
        assert recording.start == recording.start
        for name, values in recording.stream.items():
            assert values.shape == recording.time.shape, name
            assert values.dtype == np.float64
        assert all(stop > start for start, stop in recording.pauses)
        for leg in recording.legs:
            assert leg.end >= leg.start
    assert all(isinstance(rule, str) and len(detail) <= 300 for rule, detail in made.remarks)
