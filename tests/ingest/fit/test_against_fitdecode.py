"""Every figure of every real file is the one that fitdecode reads; where we differ, the difference is said here."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from fitintel.ingest.fit import FitFile, read_fit
from tests.ingest.fit import oracle

pytest.importorskip("fitdecode", reason="fitdecode is the second opinion on FIT files (dev extra)")

STOPS_EARLY = {"strava-android-app-201.10-b1218918.fit"}
"""A text-mode copy lost 19 bytes. fitdecode stops at the first of 18 breaks after 473 records, the last of them
damaged; we step over the breaks. What both read is compared."""
NO_TIME = {"DeveloperData.fit"}
"""Its three records have no time, there is no session: nothing can be placed on a day."""


@lru_cache(maxsize=64)
def both(path: Path) -> tuple[FitFile, oracle.Told]:
    return read_fit(path.read_bytes()), oracle.told(path)


@pytest.fixture
def pair(real_fit: Path) -> tuple[str, FitFile, oracle.Told]:
    ours, theirs = both(real_fit)
    return real_fit.name, ours, theirs


def test_kind_and_counts_are_the_same(pair: tuple[str, FitFile, oracle.Told]) -> None:
    name, ours, theirs = pair
    kinds = [str(row.get("type")) for row in theirs.of("file_id")]
    assert ours.kind == ("activity" if "activity" in kinds else kinds[0].removesuffix("_a").removesuffix("_b"))
    if name in STOPS_EARLY:
        assert ours.records > len(theirs.of("record"))
        return
    assert ours.records == len(theirs.of("record"))
    assert ours.sessions == len(theirs.of("session"))


def test_only_files_without_a_placeable_workout_give_none(pair: tuple[str, FitFile, oracle.Told]) -> None:
    name, ours, _ = pair
    if ours.kind == "activity" and name not in NO_TIME:
        assert ours.recordings
    else:
        assert ours.recordings == ()


def test_times_and_channels_are_the_same(pair: tuple[str, FitFile, oracle.Told]) -> None:
    name, ours, theirs = pair
    if not ours.recordings:
        return
    records = theirs.of("record")
    if len(ours.recordings) > 1:  # the same activity twice in one file
        records = records[: len(records) // 2]
    if name in STOPS_EARLY:
        records = records[:-1]
    times, channels = oracle.streams(records)
    made = ours.recordings[0]
    count = len(times) if name in STOPS_EARLY else len(made.time)
    np.testing.assert_array_equal(made.time[:count], times)
    assert set(channels) <= set(made.stream)
    for channel, values in made.stream.items():
        if channel.startswith("dev:"):
            continue
        if channel not in channels:
            # not in the profile's field: taken from a developer field or from the strap's own store, and said so
            assert {rule for rule, _ in made.remarks} & {"fit_developer_channel", "fit_hr_buffered"}
            continue
        expected = np.array([math.nan if one is None else float(one) for one in channels[channel]])
        found = values[:count]
        if channel == "hr" and any(rule == "fit_hr_buffered" for rule, _ in made.remarks):
            found = np.where(np.isnan(expected), np.nan, found)  # gaps are filled, nothing is replaced
        if name in STOPS_EARLY:  # the second record of the last second lies behind the break
            found, expected = found[:-1], expected[:-1]
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=0, err_msg=channel)


def test_developer_fields_are_the_same(pair: tuple[str, FitFile, oracle.Told]) -> None:
    name, ours, theirs = pair
    if not ours.recordings or name in STOPS_EARLY or len(ours.recordings) > 1:
        return
    made = ours.recordings[0]
    for channel in [one for one in made.stream if one.startswith("dev:")]:
        rows: dict[float, float] = {}
        for record in theirs.of("record"):
            if isinstance(record.get(channel), int | float):
                rows[record["timestamp"] + oracle.EPOCH] = record[channel]
        expected = [rows.get(time, math.nan) for time in made.time.tolist()]
        np.testing.assert_allclose(made.stream[channel], expected, rtol=1e-12, err_msg=channel)


def test_sessions_laps_pauses_and_lengths_are_the_same(pair: tuple[str, FitFile, oracle.Told]) -> None:
    name, ours, theirs = pair
    if not ours.recordings:
        return
    legs = [leg for made in ours.recordings for leg in made.legs]
    sessions = theirs.of("session")
    assert len(legs) == len(sessions)
    names = {"total_timer_time": "duration", "total_elapsed_time": "elapsed", "total_distance": "distance",
             "avg_heart_rate": "hr_mean", "max_heart_rate": "hr_max", "avg_power": "power_mean",
             "normalized_power": "weighted_power", "training_stress_score": "stress_score",
             "threshold_power": "threshold_power", "total_ascent": "elevation_gain", "num_laps": "laps"}  # fmt: skip
    for leg, session in zip(legs, sessions, strict=True):
        assert leg.start == session["start_time"] + oracle.EPOCH
        assert leg.source_sport.split("/")[0] == str(session["sport"])
        for theirs_name, our_name in names.items():
            assert leg.device.get(our_name) == pytest.approx(session.get(theirs_name)), our_name
    laps = [lap for made in ours.recordings for lap in made.laps]
    timed = [row for row in theirs.of("lap") if "start_time" in row]  # nick.fit: a lap with an end and nothing else
    assert [lap["start"] for lap in laps] == [row["start_time"] + oracle.EPOCH for row in timed]
    for lap, row in zip(laps, timed, strict=True):
        assert lap.get("duration") == pytest.approx(row.get("total_timer_time"))
        assert lap.get("distance") == pytest.approx(row.get("total_distance"))
        assert lap.get("hr_mean") == pytest.approx(row.get("avg_heart_rate"))
    if name not in STOPS_EARLY:
        found = [pause for made in ours.recordings for pause in made.pauses]
        assert found == oracle.pauses(theirs.of("event"))
    lengths = [one for made in ours.recordings for one in made.lengths]
    assert [one["strokes"] for one in lengths] == [row.get("total_strokes") for row in theirs.of("length")]


def test_rr_intervals_are_the_same(pair: tuple[str, FitFile, oracle.Told]) -> None:
    _, ours, theirs = pair
    expected: list[float] = []
    for row in theirs.of("hrv"):
        values = row["time"] if isinstance(row["time"], tuple) else (row["time"],)
        expected += [one for one in values if one is not None]
    if expected:
        rr = ours.recordings[0].rr
        assert rr is not None
        np.testing.assert_allclose(rr, expected, rtol=1e-12)
