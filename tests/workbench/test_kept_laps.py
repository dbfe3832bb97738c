"""Laps of a recorded file reach the classification."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel.workbench.door import Workbench
from fitintel.workbench.kept_laps import laps_of

HEAD = """<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
<Activities><Activity Sport="Running"><Id>2024-05-04T06:00:00Z</Id>"""


def tcx(laps: list[tuple[int, float]]) -> str:
    """A run of these laps (s, m), with a sample every ten seconds."""
    body, clock, way = "", 0, 0.0
    for seconds, metres in laps:
        points = ""
        for at in range(0, seconds + 1, 10):
            when = clock + at
            points += (f"<Trackpoint><Time>2024-05-04T06:{when // 60:02d}:{when % 60:02d}Z</Time>"
                       f"<DistanceMeters>{way + metres * at / seconds:.1f}</DistanceMeters></Trackpoint>")  # fmt: skip
        start = f"2024-05-04T06:{clock // 60:02d}:{clock % 60:02d}Z"
        body += (f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
                 f"<DistanceMeters>{metres}</DistanceMeters><Track>{points}</Track></Lap>")  # fmt: skip
        clock, way = clock + seconds, way + metres
    return f"{HEAD}{body}</Activity></Activities></TrainingCenterDatabase>"


def test_laps_come_in_order_with_time_and_distance_and_swings_are_read_as_intervals(tmp_path: Path) -> None:
    laps = [(600, 1600.0), *[(120, 520.0), (120, 250.0)] * 5, (300, 800.0)]
    (tmp_path / "track.tcx").write_text(tcx(laps))
    easy = [f"2024-04-{1 + at:02d},run,{33 + at % 3},{5.5 + 0.1 * (at % 3)}" for at in range(29)]
    (tmp_path / "easy.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *easy]))
    with Workbench.open(tmp_path / "home") as bench:
        bench.import_files([tmp_path / "easy.csv", tmp_path / "track.tcx"], workers=1)
        found = laps_of(bench.store.recordings("me"))
        assert list(zip(found["duration"], found["distance"], strict=True)) == laps
        assert set(found["id"]) == {str(bench.workouts("me")["id"][-1])}
        last = next(each for each in bench.brief("me", "latest").insights if each.code == "recent_workout")
        assert last.values["session"] == "interval"


def test_a_recording_without_laps_is_cut_by_the_kilometre_and_a_device_with_laps_is_not(tmp_path: Path) -> None:
    (tmp_path / "one.tcx").write_text(tcx([(1500, 5200.0)]))
    with Workbench.open(tmp_path / "home") as bench:
        bench.import_files([tmp_path / "one.tcx"], workers=1)
        kept = bench.store.recordings("me")
        assert [lap.kind for one in kept for lap in one.laps] == ["lap", *["cut"] * 6]
        found = laps_of(kept)
        assert [round(each) for each in found["distance"]] == [1000] * 5 + [200]
        assert sum(found["duration"]) == pytest.approx(1500.0, abs=1.0)
