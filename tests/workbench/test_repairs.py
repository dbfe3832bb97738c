"""Repairs from file to stored figures: raw samples stay, a person turns a repair off and on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.figures import figures
from fitintel.storage import streams
from fitintel.workbench.door import Workbench
from tests.ingest.xml.files import gpx, track

POINTS, SPIKE = 600, 300


def walk(*, fault: bool) -> bytes:
    """Ten minutes at 1.4 m/s with a heart rate; with a fix 5 km away and half a minute without contact."""
    lines = []
    for second in range(POINTS):
        lat = 47.0 + second * 1.4 / 111_195.08 + (0.045 if fault and second == SPIKE else 0.0)
        beats = 40 if fault and 400 <= second < 430 else 110 + second % 3
        minute, rest = divmod(second, 60)
        lines.append(
            f'<trkpt lat="{lat:.7f}" lon="8.0"><ele>500</ele><time>2024-03-05T10:{minute:02d}:{rest:02d}Z</time>'
            "<extensions><gpxtpx:TrackPointExtension>"
            f"<gpxtpx:hr>{beats}</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions></trkpt>"
        )
    return gpx(track(f"<trkseg>{''.join(lines)}</trkseg>", name="walk", kind="walking"))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home") as opened:
        yield opened


def imported(bench: Workbench, folder: Path, *, fault: bool = True) -> str:
    path = folder / "walk.gpx"
    path.write_bytes(walk(fault=fault))
    (report,) = bench.import_files([path], workers=1)
    assert report.record.imported + report.record.warned == 1
    (workout,) = stored(bench)
    return str(workout["id"])


def stored(bench: Workbench) -> list[dict[str, Any]]:
    (athlete,) = bench.athletes()
    return [
        dict(row)
        for row in bench.workouts(athlete.id, columns=("id", "distance", "speed_max", "hr_mean", "flags")).rows()
    ]


def samples(bench: Workbench, workout: str) -> dict[str, Any]:
    (athlete,) = bench.athletes()
    (one,) = bench.store.recordings(athlete.id, [workout])
    assert one.stream is not None
    with bench.blobs.open(streams.KIND, one.stream) as file:
        return streams.decode(file)


def test_figures_are_of_the_repaired_samples_and_the_recorded_ones_stay(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    (row,) = stored(bench)
    assert row["distance"] == pytest.approx(1.4 * (POINTS - 1), abs=1.0)
    assert row["speed_max"] < 2.0
    assert row["hr_mean"] == pytest.approx(111.0, abs=0.1)
    raw = samples(bench, workout)
    assert raw["lat"][SPIKE] > 47.04
    assert (raw["hr"][400:430] == 40).all()


def test_what_each_repair_changed_is_kept_with_before_and_after(bench: Workbench, tmp_path: Path) -> None:
    found = bench.repairs(imported(bench, tmp_path))
    by_name = {one.repair: one for one in found.repairs}
    spike = by_name["gps_spike"]
    assert spike.enabled
    assert spike.changed["samples"] == 1
    before, after = spike.effect["distance"]
    assert before > 10_000
    assert after == pytest.approx(1.4 * (POINTS - 1), abs=1.0)
    assert found.recorded.quality is not None
    assert 0 < found.recorded.quality < 100
    assert {"lat", "distance"} <= {reason["name"] for reason in found.recorded.reasons}
    assert found.widening is not None
    assert found.widening > 1.0


def test_a_workout_without_faults_has_no_repairs_and_full_quality(bench: Workbench, tmp_path: Path) -> None:
    found = bench.repairs(imported(bench, tmp_path, fault=False))
    assert found.repairs == ()
    assert (found.recorded.quality, found.widening) == (100.0, 1.0)


def test_a_repair_turned_off_gives_the_recorded_figures_and_on_again_the_repaired(
    bench: Workbench, tmp_path: Path
) -> None:
    workout = imported(bench, tmp_path)
    repaired, raw = stored(bench), samples(bench, workout)
    good = bench.repairs(workout).recorded.quality
    off = bench.repairs(workout, off=["gps_spike", "distance_jump"])
    (row,) = stored(bench)
    assert row["id"] == workout
    assert row["distance"] > 10_000
    assert [one.enabled for one in off.repairs if one.repair == "gps_spike"] == [False]
    assert off.recorded.quality is not None
    assert good is not None
    assert off.recorded.quality < good
    assert off.recorded.figures["distance"] > 10_000
    bench.repairs(workout, on=["gps_spike", "distance_jump"])
    assert stored(bench) == repaired
    assert bench.repairs(workout).recorded.quality == good
    now = samples(bench, workout)
    assert all(np.array_equal(now[name], raw[name], equal_nan=True) for name in raw)


def test_each_choice_has_a_ledger_row_and_the_same_choice_again_has_none(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    (athlete,) = bench.athletes()
    rows = len(bench.store.imports(athlete.id))
    bench.repairs(workout, off=["gps_spike"])
    assert len(bench.store.imports(athlete.id)) == rows + 1
    bench.repairs(workout, off=["gps_spike"])
    assert len(bench.store.imports(athlete.id)) == rows + 1


def test_importing_the_file_again_leaves_a_choice_as_it_is(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    bench.repairs(workout, off=["gps_spike", "distance_jump"])
    before = stored(bench)
    (report,) = bench.import_files([tmp_path / "walk.gpx"], workers=1)
    assert report.record.imported == 0
    assert stored(bench) == before
    assert not next(one for one in bench.repairs(workout).repairs if one.repair == "gps_spike").enabled


def test_a_choice_about_one_repair_leaves_the_others(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    beats = stored(bench)[0]["hr_mean"]
    bench.repairs(workout, off=["gps_spike"])
    assert stored(bench)[0]["hr_mean"] == beats


def test_what_does_not_exist_is_said_and_changes_nothing(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    before = stored(bench)
    with pytest.raises(UnknownName, match="gps_spike"):
        bench.repairs(workout, off=["gps_spikes"])
    with pytest.raises(NotFound):
        bench.repairs("w-nowhere", off=["gps_spike"])
    with pytest.raises(UsageError):
        bench.repairs(workout, off=["gps_spike"], on=["gps_spike"])
    assert stored(bench) == before


def test_a_repair_that_finds_nothing_can_be_turned_off_and_on(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    before = stored(bench)
    (off,) = [one for one in bench.repairs(workout, off=["power_spike"]).repairs if one.repair == "power_spike"]
    assert (off.enabled, off.changed["samples"]) == (False, 0)
    assert stored(bench) == before
    assert "power_spike" not in {one.repair for one in bench.repairs(workout, on=["power_spike"]).repairs}


def test_the_command_shows_and_turns_repairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    with Workbench.open() as bench:
        workout = imported(bench, tmp_path)

    def said(*arguments: str) -> str:
        answer = CliRunner().invoke(app, list(arguments))
        assert answer.exit_code == 0
        return str(answer.stdout)

    shown = said("repairs", workout)
    assert "gps_spike 1.0.0, 1 sample\n" in shown
    assert "of 100; intervals are" in shown
    assert "turned off" in said("repairs", workout, "--off", "gps_spike")
    assert "turned off" not in said("repairs", workout, "--on", "gps_spike")
    document = json.loads(said("repairs", workout, "--json"))
    assert document["workout"] == workout
    assert {one["name"] for one in document["repairs"]} == {"gps_spike", "hr_dropout"}


def test_samples_are_handed_out_as_repaired_unless_they_are_asked_for_as_recorded(
    bench: Workbench, tmp_path: Path
) -> None:
    workout = imported(bench, tmp_path)
    mended, raw = bench.samples("me", workout), bench.samples("me", workout, repaired=False)
    assert np.isnan(mended["lat"][SPIKE])
    assert np.isnan(mended["hr"][400:430]).all()
    assert raw["lat"][SPIKE] > 47.04
    assert (raw["hr"][400:430] == 40).all()


def test_samples_keep_the_fault_whose_repair_a_person_turned_off(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    bench.repairs(workout, off=["hr_dropout"])
    mended = bench.samples("me", workout)
    assert (mended["hr"][400:430] == 40).all()
    assert np.isnan(mended["lat"][SPIKE])


@pytest.mark.parametrize("off", [(), ("distance_jump", "gps_spike", "hr_dropout")])
def test_the_samples_handed_out_are_those_of_the_figures(
    bench: Workbench, tmp_path: Path, off: tuple[str, ...]
) -> None:
    workout = imported(bench, tmp_path)
    if off:
        bench.repairs(workout, off=off)
    (one,) = bench.store.recordings("me", [workout])
    samples = bench.samples("me", workout)
    stream = {name: values for name, values in samples.items() if name != "time"}
    made = figures(samples["time"], stream, one.pauses, float(samples["time"][0]), "walking")
    assert made == {name: value for name, value in one.figures.items() if name != "graded_speed"}


def test_graded_speed_is_made_from_the_repaired_samples(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    (one,) = bench.store.recordings("me", [workout])
    assert one.figures["graded_speed"] == pytest.approx(1.4, abs=0.05)
    bench.repairs(workout, off=["gps_spike", "distance_jump"])
    (one,) = bench.store.recordings("me", [workout])
    assert one.figures["graded_speed"] > 10.0, "a fix 5 km away, as it was recorded"


def older(bench: Workbench, workout: str, **changed: float | None) -> None:
    """Give a recording the figures that an earlier release might have made; None: it made none."""
    (one,) = bench.store.recordings("me", [workout])
    figures = {name: value for name, value in {**one.figures, **changed}.items() if value is not None}
    record = replace(bench.store.imports("me")[0], id="i-older", sha256="1" * 64)
    rows = bench.workouts("me", columns=tuple(COLUMNS)).replace(import_id=np.array([record.id], dtype=object))
    bench.store.save_import(record, rows, [], replaced=[workout], recordings=[
        replace(one, figures=figures, import_id=record.id)
    ])  # fmt: skip


def test_figures_of_an_earlier_release_are_made_again_from_the_kept_file(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    (before,) = bench.store.recordings("me", [workout])
    older(bench, workout, graded_speed=9.9, hr_mean=None)
    (made,) = bench.recompute()
    assert made.workout_id == workout
    assert set(made.changed) == {"graded_speed", "hr_mean"}
    assert made.changed["graded_speed"] == (9.9, before.figures["graded_speed"])
    (now,) = bench.store.recordings("me", [workout])
    assert now.figures == before.figures
    rows = len(bench.store.imports("me"))
    assert [one.changed for one in bench.recompute(workout)] == [{}]
    assert len(bench.store.imports("me")) == rows, "where nothing changes nothing is written"


def test_figures_made_again_keep_the_repairs_that_a_person_turned_off(bench: Workbench, tmp_path: Path) -> None:
    workout = imported(bench, tmp_path)
    bench.repairs(workout, off=["gps_spike", "distance_jump"])
    (before,) = bench.store.recordings("me", [workout])
    assert [one.changed for one in bench.recompute()] == [{}]
    older(bench, workout, graded_speed=2.0)
    bench.recompute()
    (now,) = bench.store.recordings("me", [workout])
    assert now.figures == before.figures
    assert {one.repair for one in bench.repairs(workout).repairs if not one.enabled} == {"gps_spike", "distance_jump"}


def test_the_command_makes_figures_again_and_says_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    with Workbench.open(tmp_path / "home") as bench:
        workout = imported(bench, tmp_path)
        older(bench, workout, graded_speed=9.9)
    said = CliRunner().invoke(app, ["repairs", "--again"])
    assert said.exit_code == 0
    assert (
        f"{workout}:\n  grade-adjusted speed: 35.6 km/h, now 5.1 km/h\n1 recording made again; 1 changed."
        in said.output
    )
    again = CliRunner().invoke(app, ["repairs", workout, "--again", "--json"])
    assert json.loads(again.output) == [{"workout": workout, "problem": "", "changed": {}}]
    assert isinstance(CliRunner().invoke(app, ["repairs"]).exception, UsageError)
    with Workbench.open(tmp_path / "home") as bench, pytest.raises(NotFound, match="no recording"):
        bench.recompute("w-none")
