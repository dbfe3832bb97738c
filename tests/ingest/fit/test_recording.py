"""What a recording says: sport, legs, laps, pauses, lengths, developer channels, R-R intervals, device figures."""

from __future__ import annotations

import numpy as np
import pytest

from fitintel.core.recording import CHANNELS, SUMMARY
from fitintel.ingest.fit import FitFile, read_fit
from fitintel.ingest.fit.protocol import EPOCH
from tests.ingest.fit import encoder
from tests.ingest.fit.encoder import BYTE, ENUM, EVENT, START, STRING, UINT8, UINT16, UINT32, Definition, session


def rules(made: FitFile) -> set[str]:
    return {rule for rule, _ in made.remarks}


def test_a_plain_ride_is_read_whole() -> None:
    made = read_fit(encoder.ride(600))
    (ride,) = made.recordings
    assert (ride.sport, ride.source_sport, ride.utc_offset) == ("cycling", "cycling", 7200.0)
    assert ride.start == START + EPOCH
    assert ride.device["duration"] == ride.device["elapsed"] == 600.0
    assert ride.device["distance"] == pytest.approx(4200.0)
    assert [lap["end"] - lap["start"] for lap in ride.laps] == [300.0, 300.0]
    assert ride.stream["lat"][0] == pytest.approx(500_000_000 * 180 / 2**31)
    assert ride.stream["elevation"][0] == pytest.approx((2750 / 5) - 500)
    assert ride.maker == made.device == "Garmin product 1836"
    assert ride.source_id == f"1-4242-{START}"
    assert set(ride.stream) <= set(CHANNELS)
    assert set(ride.device) <= set(SUMMARY)
    assert ride.remarks == ()


def test_pauses_run_from_stop_to_start_and_the_last_stop_is_the_end() -> None:
    rows = [(0, 0, 0), (60, 0, 4), (90, 0, 0), (120, 0, 1), (121, 0, 4), (180, 0, 0), (200, 5, 4), (300, 0, 9)]
    events = EVENT.head() + b"".join(EVENT.row(START + at, event, kind) for at, event, kind in rows)
    made = read_fit(encoder.with_messages(events + encoder.SESSION.head() + session(START, 300)))
    zero = START + EPOCH
    assert made.recordings[0].pauses == ((zero + 60, zero + 90), (zero + 120, zero + 180))


def test_sessions_that_follow_each_other_are_legs_of_one_recording() -> None:
    body = encoder.RECORD.head() + b"".join(encoder.record(second) for second in range(0, 1000, 5))
    body += encoder.SESSION.head() + session(START, 400, sport=5, sub=18, distance=40_000)
    body += session(START + 400, 50, sport=3) + session(START + 450, 550, sport=2, distance=300_000)
    (made,) = read_fit(encoder.with_messages(body)).recordings
    assert made.sport == "multisport"
    assert [leg.sport for leg in made.legs] == ["swimming", "other", "cycling"]
    assert [leg.source_sport for leg in made.legs] == ["swimming/open_water", "transition", "cycling"]
    assert [leg.end - leg.start for leg in made.legs] == [400, 50, 550]
    assert made.device["distance"] == 3400.0
    assert made.device["duration"] == made.device["elapsed"] == 1000.0
    assert made.device["hr_max"] == 170
    assert made.device["hr_mean"] == pytest.approx(140)
    assert len(made.time) == 200


def test_sessions_far_apart_are_recordings_of_their_own() -> None:
    later = START + 4 * 3600
    body = encoder.RECORD.head() + encoder.record(0) + encoder.record(1)
    body += encoder.record(0, start=later) + encoder.record(1, start=later) + encoder.record(2, start=later)
    body += encoder.SESSION.head() + session(START, 60, sport=1) + session(later, 60, sport=2)
    made = read_fit(encoder.with_messages(body)).recordings
    assert [one.sport for one in made] == ["running", "cycling"]
    assert [len(one.time) for one in made] == [2, 3]
    assert made[0].source_id != made[1].source_id


def test_sessions_far_apart_stay_together_where_the_device_changed_sport_itself() -> None:
    body = encoder.SESSION.head() + session(START, 60, sport=5, trigger=2)
    body += session(START + 4 * 3600, 60, sport=2, trigger=2)
    assert len(read_fit(encoder.with_messages(body)).recordings) == 1


def test_a_session_with_a_start_and_nothing_else_ends_where_it_starts() -> None:
    kind = Definition(0, 18, [(253, UINT32, 1), (2, UINT32, 1), (5, ENUM, 1), (8, UINT32, 1)])
    body = kind.head() + kind.row(0xFFFF_FFFF, START, 1, 0xFFFF_FFFF) + kind.row(START + 90, START + 60, 2, 30_000)
    (made,) = read_fit(encoder.with_messages(body)).recordings
    zero = START + EPOCH
    assert [(leg.start, leg.end) for leg in made.legs] == [(zero, zero), (zero + 60, zero + 90)]
    assert made.device["elapsed"] == 90


def test_sessions_that_overlap_are_cut_and_said() -> None:
    body = encoder.SESSION.head() + session(START, 500, sport=1) + session(START + 300, 100, sport=2)
    made = read_fit(encoder.with_messages(body))
    legs = made.recordings[0].legs
    assert legs[0].end == legs[1].start
    assert "fit_sessions_overlap" in rules(made)


def test_records_without_a_session_are_a_recording_with_a_remark() -> None:
    made = read_fit(encoder.with_messages(encoder.RECORD.head() + b"".join(map(encoder.record, range(20)))))
    assert len(made.recordings[0].time) == 20
    assert made.recordings[0].device == {}
    assert "fit_no_session" in rules(made)


def test_a_session_without_records_is_a_recording_of_totals() -> None:
    made = read_fit(encoder.with_messages(encoder.SESSION.head() + session(START, 1800, sport=10, sub=20)))
    (recording,) = made.recordings
    assert recording.sport == "strength"
    assert len(recording.time) == 0
    assert recording.device["duration"] == 1800
    assert "fit_no_records" in rules(made)


def test_nothing_that_could_be_a_workout_gives_none_and_says_so() -> None:
    made = read_fit(encoder.fit(encoder.file_id()))
    assert made.recordings == ()
    assert "fit_nothing_placed" in rules(made)


def test_codes_of_new_devices_are_kept_as_numbers() -> None:
    body = encoder.file_id(maker=60_000) + encoder.SESSION.head() + session(START, 60, sport=201)
    made = read_fit(encoder.fit(body))
    assert made.recordings[0].source_sport == "sport 201"
    assert made.recordings[0].sport == "other"
    assert made.device == "manufacturer 60000 product 1836"
    assert {detail for rule, detail in made.remarks if rule == "fit_unknown_code"} == {
        "sport 201",
        "manufacturer 60000",
    }


def test_steps_are_two_for_each_stride() -> None:
    kind = Definition(0, 18, [(253, UINT32, 1), (2, UINT32, 1), (5, ENUM, 1), (8, UINT32, 1), (10, UINT32, 1)])
    made = read_fit(encoder.with_messages(kind.head() + kind.row(START + 60, START, 1, 60_000, 80)))
    assert made.recordings[0].device["steps"] == 160


def test_pool_lengths_hold_strokes_and_rests() -> None:
    kind = Definition(
        0, 101, [(253, UINT32, 1), (2, UINT32, 1), (3, UINT32, 1), (4, UINT32, 1), (5, UINT16, 1), (12, ENUM, 1)]
    )
    body = kind.head() + kind.row(START + 30, START, 30_000, 29_500, 18, 1)
    body += kind.row(START + 45, START + 30, 15_000, 15_000, 0xFFFF, 0)
    body += encoder.SESSION.head() + session(START, 45, sport=5, sub=17)
    (made,) = read_fit(encoder.with_messages(body)).recordings
    zero = START + EPOCH
    assert made.lengths == (
        {"start": zero, "duration": 29.5, "strokes": 18, "active": True},
        {"start": zero + 30, "duration": 15.0, "strokes": None, "active": False},
    )


def described(number: int, base: int, name: str, native: int = 0xFF) -> bytes:
    kind = Definition(
        8, 206, [(0, UINT8, 1), (1, UINT8, 1), (2, UINT8, 1), (3, STRING, 20), (8, STRING, 8), (15, UINT8, 1)]
    )
    return kind.head() + kind.row(0, number, base, name, "u", native)


def test_developer_fields_are_channels_and_stand_in_for_what_the_device_lacks() -> None:
    record = Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1)], developer=[(1, 2, 0), (2, 1, 0)])
    body = described(1, UINT16, "Power", native=7) + described(2, UINT8, "Strap HR", native=3) + record.head()
    body += record.row(START, 100, b"\x2c\x01", b"\x65") + record.row(START + 1, 101, b"\xff\xff", b"\x66")
    made = read_fit(encoder.with_messages(body))
    stream = made.recordings[0].stream
    np.testing.assert_array_equal(stream["dev:Power"], [300, np.nan])
    np.testing.assert_array_equal(stream["power"], [300, np.nan])
    np.testing.assert_array_equal(stream["hr"], [100, 101])
    np.testing.assert_array_equal(stream["dev:Strap HR"], [101, 102])
    assert [detail for rule, detail in made.remarks if rule == "fit_developer_channel"] == [
        "power is the developer field 'Power'"
    ]


def test_a_developer_field_described_twice_differently_is_not_believed() -> None:
    record = Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1)], developer=[(1, 2, 0)])
    body = described(1, UINT16, "Power") + described(1, UINT8, "Load") + record.head()
    made = read_fit(encoder.with_messages(body + record.row(START, 100, b"\x2c\x01")))
    assert list(made.recordings[0].stream) == ["hr"]
    assert "fit_developer_field_undefined" in rules(made)


def test_compressed_speed_and_distance_count_on_over_the_end_of_twelve_bits() -> None:
    kind = Definition(0, 20, [(253, UINT32, 1), (8, BYTE, 3)])
    speeds, distances = [350, 360, 370, 0], [100, 4000, 50, 60]  # 1/100 m/s; 1/16 m modulo 4096
    body = kind.head()
    for second, (speed, distance) in enumerate(zip(speeds, distances, strict=True)):
        body += kind.row(START + second, (speed & 255, speed >> 8 | (distance & 15) << 4, distance >> 4))
    body += kind.row(START + 4, (255, 255, 255))
    stream = read_fit(encoder.with_messages(body)).recordings[0].stream
    np.testing.assert_allclose(stream["speed"], [3.5, 3.6, 3.7, 0.0, np.nan])
    np.testing.assert_allclose(stream["distance"] * 16, [100, 4000, 4146, 4156, np.nan])


def test_the_enhanced_field_is_preferred_and_the_plain_one_fills_its_gaps() -> None:
    kind = Definition(0, 20, [(253, UINT32, 1), (6, UINT16, 1), (73, UINT32, 1)])
    body = kind.head() + kind.row(START, 3000, 3500) + kind.row(START + 1, 3100, 0xFFFF_FFFF)
    np.testing.assert_allclose(read_fit(encoder.with_messages(body)).recordings[0].stream["speed"], [3.5, 3.1])


def test_hrv_messages_are_r_r_intervals() -> None:
    kind = Definition(0, 78, [(0, UINT16, 5)])
    body = kind.head() + kind.row((800, 810, 0xFFFF, 0xFFFF, 0xFFFF)) + kind.row((790, 805, 795, 800, 0xFFFF))
    body += encoder.SESSION.head() + session(START, 60)
    np.testing.assert_allclose(
        read_fit(encoder.with_messages(body)).recordings[0].rr, [0.8, 0.81, 0.79, 0.805, 0.795, 0.8]
    )


def test_beats_that_the_strap_stored_fill_the_heart_rate_and_give_r_r_intervals() -> None:
    anchor = Definition(0, 132, [(253, UINT32, 1), (9, UINT32, 1), (6, UINT8, 1)])
    stored = Definition(1, 132, [(6, UINT8, 8), (10, BYTE, 12)])
    ticks = [1_000_000 + 820 * beat for beat in range(41)]
    body = anchor.head() + anchor.row(START, ticks[0], 75) + stored.head()
    for first in range(1, 41, 8):
        low = [tick & 4095 for tick in ticks[first : first + 8]]
        packed = []
        for a, b in zip(low[0::2], low[1::2], strict=True):
            packed += [a & 255, a >> 8 | (b & 15) << 4, b >> 4]
        body += stored.row((75,) * 8, tuple(packed))
    record = Definition(2, 20, [(253, UINT32, 1), (5, UINT32, 1)])
    head = record.head() + b"".join(record.row(START + second, 100 * second) for second in range(30))
    whole = encoder.with_messages(head + encoder.SESSION.head() + session(START, 32)) + encoder.fit(body)
    made = read_fit(whole)
    assert made.parts == 2
    recording = made.recordings[0]
    np.testing.assert_allclose(recording.rr, [820 / 1024] * 39)
    np.testing.assert_array_equal(recording.stream["hr"][1:], [75.0] * 29)
    assert "fit_hr_buffered" in rules(made)


@pytest.mark.parametrize(
    ("name", "count", "rule"),
    [
        ("fitparse-tests/strava-android-app-201.10-b1218918.fit", 5329, "fit_bytes_skipped"),
        ("fitparse-tests/nick.fit", 14391, "fit_crc_wrong"),
        ("fitparse-tests/coros-pace-2-cycling-misaligned-fields.fit", 11272, "fit_field_misaligned"),
        ("fitdecode-tests/invalid/activity-unexpected-eof.fit", 14, "fit_truncated"),
        ("fitdecode-tests/invalid/activity-settings-corruptheader.fit", 14, "fit_trailing_bytes"),
        ("fitparse-tests/antfs-dump.63.fit", 686, "fit_no_clock"),
    ],
)
def test_real_damaged_files_keep_their_records_and_say_what_is_wrong(  # type: ignore[no-untyped-def]
    shared_fit, name: str, count: int, rule: str
) -> None:
    made = read_fit(shared_fit(name))
    assert made.records == count
    assert made.recordings
    assert rule in rules(made)
