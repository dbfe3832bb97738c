"""The layer as a whole: order, switches, idempotence, what must not change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import UnknownName
from fitintel.core.recording import Recording
from fitintel.ingest.repairs import NAMES, ORDER, repair
from tests.ingest.repairs.made import START, frozen, planted, recording, same

FAULTY = planted(
    recording(),
    power=[(100, 21_000.0), (101, -5.0)], hr=[(slice(500, 560), 0.0), (slice(1000, 1050), 72.0)],
    lat=[(2000, 47.9)], speed=[(2000, 111.0)], elevation=[(slice(3000, 3003), 3000.0)],
)  # fmt: skip


@pytest.mark.parametrize("sport", ["cycling", "running", "walking"])
@pytest.mark.parametrize("step", [1.0, 2.0, 5.0, 10.0])
def test_a_recording_without_faults_is_left_as_it_is(sport: str, step: float) -> None:
    clean = recording(sport, step=step)
    mended = repair(clean)
    assert mended.repairs == ()
    assert same(mended.recording, clean)
    assert mended.quality.score == 100.0
    assert mended.quality.widening == 1.0


def test_what_is_given_is_never_written_to() -> None:
    given_ = frozen(FAULTY)
    assert repair(given_).repairs
    assert same(given_, FAULTY)


def test_repairs_come_in_the_order_of_the_layer() -> None:
    names = [one.name for one in repair(FAULTY).repairs]
    assert names == sorted(names, key=NAMES.index)
    assert set(names) == {"gps_spike", "speed_spike", "elevation_spike", "power_spike", "hr_doubling", "hr_dropout"}


def test_repairing_twice_is_repairing_once() -> None:
    once = repair(FAULTY).recording
    again = repair(once)
    assert again.repairs == ()
    assert same(again.recording, once)


@pytest.mark.parametrize("name", ["gps_spike", "speed_spike", "elevation_spike", "power_spike", "hr_dropout"])
def test_a_repair_turned_off_changes_nothing_and_still_says_what_it_would_do(name: str) -> None:
    on, off = repair(FAULTY), repair(FAULTY, off={name})
    (found,) = [one for one in off.repairs if one.name == name]
    (done,) = [one for one in on.repairs if one.name == name]
    assert not found.enabled
    assert done.enabled
    assert found.count == done.count > 0
    assert found.effect.keys() == done.effect.keys()
    raw = FAULTY.stream[found.channels[0]]
    assert np.array_equal(off.recording.stream[found.channels[0]][found.at], raw[found.at])
    assert off.quality.score < on.quality.score


def test_all_repairs_turned_off_give_the_recording_itself() -> None:
    assert same(repair(FAULTY, off=set(NAMES)).recording, FAULTY)


def test_turned_off_and_on_again_is_the_same_layer() -> None:
    repair(FAULTY, off={"power_spike"})
    a, b = repair(FAULTY), repair(FAULTY)
    assert same(a.recording, b.recording)
    assert [one.changed() for one in a.repairs] == [one.changed() for one in b.repairs]


def test_an_unknown_repair_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="power_spike"):
        repair(FAULTY, off={"power_spikes"})


def test_every_repair_has_a_name_of_its_own_and_a_version() -> None:
    assert len(set(NAMES)) == len(ORDER)
    assert all(step.version.count(".") == 2 and step.says for step in ORDER)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_recordings_of_hardly_any_samples_pass_through(count: int) -> None:
    tiny = recording()
    tiny = replace(tiny, time=tiny.time[:count], stream={n: v[:count] for n, v in tiny.stream.items()})
    assert same(repair(tiny).recording, tiny)


def test_recordings_of_missing_values_pass_through() -> None:
    nothing = replace(recording(), stream={name: np.full(3601, np.nan) for name in FAULTY.stream})
    assert same(repair(nothing).recording, nothing)


def test_the_record_of_a_repair_is_plain_data_with_before_and_after() -> None:
    (spike,) = [one for one in repair(FAULTY).repairs if one.name == "power_spike"]
    assert spike.changed() == {
        "channels": ["power"], "samples": 2, "stretches": [[START + 100.0, START + 101.0]]
    }  # fmt: skip
    before, after = spike.effect["power_max"]
    assert before == 21_000.0
    assert after == np.nanmax(repair(FAULTY).recording.stream["power"])
    assert spike.effect["work"][0] > spike.effect["work"][1]


places = st.integers(min_value=0, max_value=599)
faults = st.tuples(
    st.sampled_from(["lat", "lon", "distance", "speed", "elevation", "hr", "power"]), places, st.integers(1, 90),
    st.sampled_from([0.0, 0.5, 2.0, 3.0, -1.0, 1.001]),
)  # fmt: skip


@given(st.lists(faults, max_size=6), st.sampled_from(["cycling", "running", "walking"]))
def test_whatever_is_planted_twice_is_once_and_missing_stays_missing(
    many: list[tuple[str, int, int, float]], sport: str
) -> None:
    faulty = recording(sport, seconds=599)
    for channel, first, length, factor in many:
        values = faulty.stream[channel]
        faulty = planted(faulty, **{channel: [(slice(first, first + length), values[first : first + length] * factor)]})
    once = repair(faulty)
    assert same(repair(once.recording).recording, once.recording)
    assert 0.0 <= once.quality.score <= 100.0
    for name, values in faulty.stream.items():
        assert np.isnan(once.recording.stream[name][np.isnan(values)]).all()


@given(st.integers(0, 10**6), st.floats(-100.0, 100.0), st.sampled_from([1.0, 10.0]))
def test_when_and_where_it_was_makes_no_difference(seconds: int, east: float, later: float) -> None:
    moved: Recording = replace(
        FAULTY, start=FAULTY.start + seconds, time=FAULTY.time + seconds,
        stream={**FAULTY.stream, "lon": FAULTY.stream["lon"] + east},
    )  # fmt: skip
    here, there = repair(FAULTY), repair(moved)
    assert [one.name for one in there.repairs] == [one.name for one in here.repairs]
    assert all(np.array_equal(a.at, b.at) for a, b in zip(here.repairs, there.repairs, strict=True))
    assert there.quality.score == pytest.approx(here.quality.score)
