"""Whether two workouts are one: what must be found, what must never be, and that the answer has no direction."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.ingest import shared_samples
from fitintel.ingest.matching import CLEAR, DOUBTFUL, Match, Side, match

START = 1_728_000_000.0
DAY = int(START // 86_400)
NAN = math.nan


def side(name: str = "a", **other: object) -> Side:
    plain = Side(name, DAY, START, 7200.0, "running", durations=(1800.0,), distances=(5000.0,), import_id=name)
    return replace(plain, **other)  # type: ignore[arg-type]


def clear(one: Side, two: Side, compare: object = None) -> bool:
    found = match(one, two, compare)  # type: ignore[arg-type]
    return found is not None and found.clear


sides = st.builds(
    Side,
    id=st.sampled_from(["a", "b", "c"]),
    day=st.integers(DAY - 1, DAY + 1),
    start=st.one_of(st.just(NAN), st.floats(START - 90_000, START + 90_000)),
    utc_offset=st.sampled_from([NAN, -18_000.0, 0.0, 3600.0, 20_700.0]),
    sport=st.sampled_from(["running", "walking", "cycling", "multisport", "other"]),
    import_id=st.sampled_from(["i", "j"]),
    recorded=st.booleans(),
    durations=st.lists(st.floats(1.0, 20_000.0), max_size=2).map(tuple),
    distances=st.lists(st.floats(1.0, 200_000.0), max_size=2).map(tuple),
    figures=st.dictionaries(st.sampled_from(["hr_mean", "hr_max", "energy"]), st.floats(1.0, 300.0)),
)


@given(sides, sides)
def test_the_score_has_no_direction(one: Side, two: Side) -> None:
    there, back = match(one, two), match(two, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert (there.score, there.clear, there.reasons) == (back.score, back.clear, back.reasons)
        assert there.shift == -back.shift


@given(sides, sides, st.floats(-1e7, 1e7).map(round))
def test_both_clocks_moved_alike_change_nothing(one: Side, two: Side, by: int) -> None:
    moved = match(*(replace(each, start=each.start + by * 900.0, day=each.day + 3) for each in (one, two)))
    plain = match(one, two)
    assert _said(moved) == _said(plain)


@given(st.integers(-12, 14), st.integers(-12, 14), st.floats(0, 120), st.floats(0.95, 1.05))
def test_the_zone_in_which_a_source_states_its_times_plays_no_part(
    one: int, two: int, late: float, share: float
) -> None:
    """Offsets known: the same instants in any zone, also where the local day differs, score the same."""
    here, there = side("a"), side("b", start=START + late, durations=(1800.0 * share,))
    moved = [
        replace(each, utc_offset=hours * 3600.0, day=int((each.start + hours * 3600.0) // 86_400))
        for each, hours in ((here, one), (there, two))
    ]
    assert _said(match(*moved)) == _said(match(here, there))
    assert clear(*moved)


def _said(found: Match | None) -> object:
    return None if found is None else (found.score, found.clear, found.reasons)


def test_a_copy_with_another_label_and_a_slightly_different_duration_is_the_same_workout() -> None:
    """As a scale or watch service hands on what another has recorded: within 2 min, 8 % shorter, no distance."""
    watch = side("a", sport="walking")
    for sport in ("other", "running", "machine", "cycling"):
        copy = side("b", start=START + 110, sport=sport, durations=(1650.0,), distances=())
        assert clear(watch, copy), sport


def test_copies_are_found_and_distinct_workouts_are_not_over_a_simulated_year() -> None:
    """The error rates of both kinds, on pairs whose truth is known."""
    random = np.random.default_rng(20_241_004)
    missed = asked = wrong = doubted = 0
    for number in range(400):
        length = float(random.lognormal(7.8, 0.5))
        one = side("a", start=START + 86_400 * number, day=DAY + number, durations=(length,),
                   distances=(length * random.uniform(2.0, 4.0),))  # fmt: skip
        copy = replace(one, id="b", import_id="j", start=one.start + random.uniform(-120, 120), sport="other",
                       durations=(length + random.normal(0, 0.02 * length),),
                       distances=(one.distances[0] * random.normal(1.0, 0.02),))  # fmt: skip
        found = match(one, copy)
        missed += not (found and found.clear)
        asked += bool(found and found.doubtful)
        gap = length + float(random.uniform(0, 6 * 3600))
        after = replace(copy, start=one.start + gap)
        other = match(one, after)
        wrong += bool(other and other.clear)
        doubted += bool(other and other.doubtful)
    assert (missed, asked, wrong, doubted) == (0, 0, 0, 0)


@pytest.mark.parametrize("hours", [1, 2, 5, 9.5])
def test_two_runs_of_one_distance_at_different_hours_are_two(hours: float) -> None:
    morning = side("a", durations=(1800.0,))
    evening = side("b", start=START + hours * 3600, durations=(1830.0,))
    assert match(morning, evening) is None
    on_the_wall = side("b", start=START + 7200 + hours * 3600, utc_offset=NAN, durations=(1860.0,))
    assert not clear(morning, on_the_wall)


def test_equal_treadmill_runs_in_the_morning_and_in_the_evening_are_never_merged() -> None:
    """Equal to the second, on clocks of which one has no zone: a person may be asked, no rule decides."""
    morning = side("a", start=START - START % 3600)
    evening = replace(morning, id="b", start=morning.start + 7200 + 10 * 3600, utc_offset=NAN)
    assert not clear(morning, evening)


def test_the_parts_of_an_interval_session_are_not_the_session_and_not_each_other() -> None:
    lengths = (900.0, 2400.0, 600.0)
    whole = side("a", durations=(sum(lengths),), distances=(11_000.0,))
    begin, parts = START, []
    for number, length in enumerate(lengths):
        parts.append(side(f"p{number}", start=begin, durations=(length,), distances=(length * 2.9,)))
        begin += length
    for part in parts:
        assert not clear(whole, part)
        assert all(not clear(part, other) for other in parts)


def test_the_legs_of_a_triathlon_are_not_the_triathlon() -> None:
    whole = side("a", sport="multisport", durations=(9491.0,), distances=(52_533.0,))
    swim = side("b", sport="swimming", durations=(1500.0,), distances=(1500.0,))
    ride = side("c", start=START + 1600, sport="cycling", durations=(5400.0,), distances=(41_000.0,))
    assert not any(clear(whole, leg) for leg in (swim, ride))
    assert match(swim, ride) is None


def test_a_false_start_is_not_the_run_that_follows() -> None:
    false = side("a", durations=(20.0,), distances=(50.0,))
    assert not clear(false, side("b", start=START + 45))


def test_a_pause_that_one_source_counts_and_the_other_does_not_keeps_them_one() -> None:
    recording = side("a", durations=(3000.0, 4500.0), recorded=True)
    assert clear(recording, side("b", durations=(4500.0,)))


def test_a_table_without_times_of_day_is_one_with_a_recording_of_equal_length_and_distance() -> None:
    recording = side("a", recorded=True)
    row = side("b", start=NAN, utc_offset=NAN, durations=(1800.0,), distances=(5002.0,))
    assert clear(recording, row)
    assert match(recording, replace(row, day=DAY + 1)) is None
    near = match(recording, replace(row, durations=(1815.0,), distances=(5060.0,)))
    assert near is not None
    assert near.doubtful
    assert match(recording, replace(row, durations=(), distances=())) is None


def _ride(start: float, seconds: int = 600, *, north: float = 0.0) -> dict[str, np.ndarray]:
    random = np.random.default_rng(7)
    time = np.arange(float(seconds))
    lat = 47.0 + north + 5e-5 * time
    return {"time": start + time, "lat": lat, "lon": 8.0 + 2e-5 * time,
            "hr": 140 + 20 * np.sin(time / 40) + random.normal(0, 1, seconds)}  # fmt: skip


def test_positions_settle_a_clock_that_wrote_local_time_as_utc() -> None:
    right, wrong = side("a", recorded=True, utc_offset=NAN), side("b", recorded=True, start=START + 7200,
                                                                  utc_offset=NAN)  # fmt: skip
    one, two = _ride(START), _ride(START + 7200)
    assert not clear(right, wrong)
    assert clear(right, wrong, lambda shift: shared_samples.agreement(one, two, shift))


def test_two_recordings_of_one_time_in_two_places_are_not_merged_without_being_asked() -> None:
    one, two = _ride(START), _ride(START, north=0.05)
    assert clear(side("a"), side("b"))
    assert not clear(side("a"), side("b"), lambda shift: shared_samples.agreement(one, two, shift))


def test_the_same_way_at_another_hour_is_another_workout() -> None:
    first, second = side("a", recorded=True, utc_offset=NAN), side("b", recorded=True, utc_offset=NAN)
    one = _ride(START)
    two = {**_ride(START + 36_000), "lat": 47.0 + 5.6e-5 * np.arange(600.0)}  # 12 % faster
    later = replace(second, start=START + 36_000, durations=(1600.0,))
    assert match(first, later, lambda shift: shared_samples.agreement(one, two, shift)) is None


@given(st.integers(0, 400), st.integers(0, 20))
def test_agreement_of_samples_has_no_direction(late: int, holes: int) -> None:
    one, two = _ride(START), _ride(START + late)
    two["hr"][: holes * 10] = np.nan
    there, back = shared_samples.agreement(one, two), shared_samples.agreement(two, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert [part for part, _, _ in there.reasons()] == [part for part, _, _ in back.reasons()]


def test_thresholds_leave_room_for_doubt() -> None:
    assert DOUBTFUL < CLEAR
