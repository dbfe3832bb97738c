"""Times: compressed headers, clocks that jump, stand still or were never set, local time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.ingest.fit import FitFile, read_fit
from fitintel.ingest.fit.protocol import EPOCH
from tests.ingest.fit import encoder
from tests.ingest.fit.encoder import START, UINT8, UINT16, UINT32, Definition

STAMPED = Definition(0, 20, [(253, UINT32, 1), (3, UINT8, 1)])


def of_times(times: list[int]) -> FitFile:
    rows = b"".join(STAMPED.row(time, number % 200) for number, time in enumerate(times))
    return read_fit(encoder.with_messages(STAMPED.head() + rows))


def rules(made: FitFile) -> list[str]:
    return [rule for rule, _ in made.remarks]


@given(st.lists(st.integers(1, 31), min_size=1, max_size=80), st.integers(0, 31))
def test_compressed_times_roll_over_and_give_what_full_times_give(steps: list[int], phase: int) -> None:
    short = Definition(1, 20, [(3, UINT8, 1)])
    times = (START + phase + np.cumsum([0, *steps])).tolist()
    body = STAMPED.head() + short.head() + STAMPED.row(times[0], 0)
    body += b"".join(short.row(number % 200, offset=time) for number, time in enumerate(times[1:], 1))
    made, twin = read_fit(encoder.with_messages(body)), of_times(times)
    np.testing.assert_array_equal(made.recordings[0].time, twin.recordings[0].time)
    np.testing.assert_array_equal(made.recordings[0].stream["hr"], twin.recordings[0].stream["hr"])


def test_a_compressed_time_counts_from_messages_that_are_not_read_too() -> None:
    other, short = Definition(2, 65_280, [(253, UINT32, 1)]), Definition(1, 20, [(3, UINT8, 1)])
    body = other.head() + short.head() + other.row(START) + short.row(100, offset=START + 5)
    body += other.row(START + 1000) + short.row(101, offset=START + 1001)
    made = read_fit(encoder.with_messages(body)).recordings[0]
    np.testing.assert_array_equal(made.time - START - EPOCH, [5, 1001])


def test_of_two_records_with_one_time_the_last_value_of_each_channel_counts() -> None:
    made = read_fit(
        encoder.with_messages(
            b"".join(
                kind.head() + kind.row(time, value)
                for kind, time, value in [
                    (STAMPED, START, 100),
                    (Definition(1, 20, [(253, UINT32, 1), (7, UINT16, 1)]), START, 250),
                    (STAMPED, START + 1, 101),
                    (STAMPED, START + 1, 102),
                ]
            )
        )
    )
    recording = made.recordings[0]
    np.testing.assert_array_equal(recording.time - START - EPOCH, [0, 1])
    np.testing.assert_array_equal(recording.stream["hr"], [100, 102])
    np.testing.assert_array_equal(recording.stream["power"], [250, np.nan])
    assert ("fit_same_time" in rules(made)) is True
    assert "at 1 times" in dict(made.remarks)["fit_same_time"]


def test_records_written_late_are_put_into_order() -> None:
    made = of_times([START, START + 2, START + 1, START + 3])
    np.testing.assert_array_equal(made.recordings[0].stream["hr"], [0, 2, 1, 3])
    assert "fit_time_backwards" in rules(made)


def test_a_clock_set_back_by_three_hours_loses_no_record() -> None:
    times = [START + second for second in range(100)] + [START + 100 - 10_800 + second for second in range(100)]
    made = of_times(times)
    time = made.recordings[0].time
    assert len(time) == 200
    assert np.diff(time).tolist() == [1.0] * 199
    assert rules(made) == ["fit_no_session", "fit_clock_jump"]


def test_a_jump_of_a_day_is_said_and_left() -> None:
    made = of_times([START, START + 1, START + 90_000, START + 90_001])
    assert "fit_clock_jump" in rules(made)
    assert made.recordings[0].time[-1] - made.recordings[0].time[0] == 90_001


def test_one_time_that_cannot_be_is_left_out() -> None:
    made = of_times([START, START + 1, START + 900_000_000, START + 3, START + 4])
    np.testing.assert_array_equal(made.recordings[0].time - START - EPOCH, [0, 1, 3, 4])
    assert "fit_time_impossible" in rules(made)


def test_a_record_without_time_is_counted_not_placed() -> None:
    made = of_times([START, 0xFFFF_FFFF, START + 2])
    assert made.records == 3
    np.testing.assert_array_equal(made.recordings[0].stream["hr"], [0, 2])
    assert dict(made.remarks)["fit_record_without_time"] == "1 of 3 records"


def test_a_clock_that_was_never_set_is_said() -> None:
    assert "fit_no_clock" in rules(of_times([1000, 1001, 1002]))


def test_records_without_a_clock_are_placed_by_the_session() -> None:
    rows = b"".join(STAMPED.row(1000 + second, 120) for second in range(10))
    made = read_fit(encoder.with_messages(STAMPED.head() + rows + encoder.SESSION.head() + encoder.session(START, 10)))
    assert made.recordings[0].time[0] == START + EPOCH
    assert "fit_clock_set_late" in rules(made)


def test_records_before_the_clock_was_set_are_placed_before_those_after() -> None:
    made = of_times([500, 501, 502, START, START + 1])
    np.testing.assert_array_equal(made.recordings[0].time - START - EPOCH, [-3, -2, -1, 0, 1])


@pytest.mark.parametrize(("offset", "expected"), [(7200, 7200), (-34_200, -34_200), (20_701, 20_700), (5000, None)])
def test_local_time_gives_the_offset_or_a_remark(offset: int, expected: float | None) -> None:
    made = read_fit(encoder.ride(30, offset=offset))
    assert made.recordings[0].utc_offset == expected
    assert (expected is None) == ("fit_local_time_odd" in rules(made))
