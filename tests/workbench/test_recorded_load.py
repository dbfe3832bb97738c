"""Load of recorded rides and runs comes from power and pace once their thresholds are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel import Workbench
from fitintel.core.records import Section

SHARED = ("sweatpy/4078723797.fit", "sweatpy/activity_5039744860.gpx")


@pytest.fixture
def files(real_history: Path) -> list[Path]:
    return [real_history.parents[1] / name for name in SHARED]


def test_a_ride_with_power_counts_by_power(files: list[Path], tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from fitintel.core.stated import Threshold

    with Workbench.open(tmp_path) as bench:
        bench.import_files(files[:1])
        workouts = bench.workouts("me")
        assert len(workouts) == 1
        day = int(workouts["day"][0])
        bench.store.state([Threshold("t", "me", "power", 280.0, day - 30, datetime(2025, 1, 1, tzinfo=UTC))])
        brief = bench.brief("me", day)
        state = next(one.values for one in brief.of(Section.LOAD) if one.code == "load_state")
        assert state["mix"] == {"power": 1.0}
        run = next(bench.run(name) for name in brief.run_ids if bench.run(name).algorithm == "load_hierarchy")
        value = bench.value(run.output)
        weighted = bench.store.recordings("me")[0].figures["weighted_power"]
        assert weighted == pytest.approx(267, abs=1)  # what the device says too
        assert value["load"][0] == pytest.approx(100 * workouts["duration"][0] / 3600 * (weighted / 280) ** 2)
        bench.replay(run.id)


def test_a_recording_with_elevation_has_a_grade_adjusted_speed(files: list[Path], tmp_path: Path) -> None:
    with Workbench.open(tmp_path) as bench:
        bench.import_files(files[1:])
        (kept,) = bench.store.recordings("me")
        assert kept.figures["graded_speed"] > 0
