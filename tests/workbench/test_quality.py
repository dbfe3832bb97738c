"""Quality travels with every figure of a workout: into its interval, the load, and what a person reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core import snapshot
from fitintel.core.quality import left
from fitintel.core.recorded import Link, LinkState, Recorded
from fitintel.core.records import Insight
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from fitintel.workbench.quality import qualities
from fitintel.workbench.twins import merged_recordings
from fitintel.workbench.workouts import OpenWorkout
from tests.ingest.xml.files import gpx, track

SECONDS = 600


def walk(lost: range, *, pulse: bool = True) -> bytes:
    """Ten minutes at 1.4 m/s; the heart rate strap gives nothing for the seconds in `lost`."""
    lines = []
    for second in range(SECONDS):
        minute, rest = divmod(second, 60)
        beats = "" if second in lost or not pulse else f"<gpxtpx:hr>{120 + second % 5}</gpxtpx:hr>"
        lines.append(
            f'<trkpt lat="{47.0 + second * 1.4 / 111_195.08:.7f}" lon="8.0"><ele>500</ele>'
            f"<time>2024-03-05T10:{minute:02d}:{rest:02d}Z</time>"
            f"<extensions><gpxtpx:TrackPointExtension>{beats}</gpxtpx:TrackPointExtension></extensions></trkpt>"
        )
    return gpx(track(f"<trkseg>{''.join(lines)}</trkseg>", name="walk", kind="walking"))


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Workbench, Workbench]]:
    """Two workspaces that hold the same workout: recorded without a fault, and with half of the pulse lost."""
    benches = []
    for name, lost in (("clean", range(0)), ("dropouts", range(200, 500))):
        path = tmp_path / f"{name}.gpx"
        path.write_bytes(walk(lost))
        bench = Workbench.open(tmp_path / name)
        bench.import_files([path], workers=1)
        for kind, value in (("hr_rest", 50.0), ("hr_max", 190.0), ("heart_rate", 165.0)):
            bench.state("threshold", kind=kind, value=str(value), valid_from="2024-01-01")
        benches.append(bench)
    yield benches[0], benches[1]
    for bench in benches:
        bench.close()


def only(bench: Workbench) -> OpenWorkout:
    _, _, (row,) = bench.latest_workouts(None, 5)
    return bench.workout(row["id"])


def width(found: OpenWorkout, figure: str) -> float:
    return (found.trust[figure].high - found.trust[figure].low) / found.trust[figure].value


def load_state(bench: Workbench) -> Insight:
    (said,) = [one for one in bench.brief(day="2024-03-06").insights if one.code == "load_state"]
    return said


def test_dropouts_widen_the_interval_of_heart_rate_and_of_nothing_else(homes):
    clean, faulty = map(only, homes)
    assert width(faulty, "hr_mean") > 1.1 * width(clean, "hr_mean")
    assert width(faulty, "distance") == width(clean, "distance")
    assert clean.trust["hr_mean"].reasons == ()
    assert faulty.trust["hr_mean"].quality < 80
    assert faulty.trust["hr_mean"].reasons[0].startswith("hr: 5")


def test_load_made_from_a_bad_heart_rate_has_a_wider_interval(homes):
    clean, faulty = map(only, homes)
    assert clean.load["method"] == faulty.load["method"] == "heart rate"
    assert width(faulty, "load") > 1.1 * width(clean, "load")
    assert faulty.trust["load"].reasons == faulty.trust["hr_mean"].reasons


def test_the_brief_widens_its_load_and_names_the_workout_and_the_reason(homes):
    clean, faulty = map(load_state, homes)
    for name in ("ctl", "atl", "tsb"):
        assert faulty.values[f"{name}_half"] / abs(faulty.values[name]) > 1.1 * (
            clean.values[f"{name}_half"] / abs(clean.values[name])
        )
    assert clean.values["low"] == []
    (low,) = faulty.values["low"]
    assert low["quality"] < 80
    opened = homes[1].open_brief(day="2024-03-06")
    said = json.dumps(view_of(opened).as_dict(), ensure_ascii=False)
    assert "recordings of low quality: 5 Mar 2024 (75 of 100: hr: " in said
    assert "Quality 75 of 100: hr: " in said


def test_the_runs_that_widen_it_are_replayed_bit_for_bit(homes):
    bench = homes[1]
    found = load_state(bench)
    names = {bench.run(run).algorithm: run for run in found.run_ids}
    assert {"load_interval", "pmc_interval"} <= set(names)
    for name in ("load_interval", "pmc_interval"):
        assert snapshot.digest(bench.replay(names[name])) == bench.run(names[name]).output


def test_a_workout_shows_its_quality_beside_each_figure_and_says_why(homes):
    bench = homes[1]
    _, _, (row,) = bench.latest_workouts(None, 5)
    ran = CliRunner().invoke(app, ["workouts", "show", row["id"]], env={"FITINTEL_HOME": str(bench.settings.home)})
    assert ran.exit_code == 0, ran.output
    (pulse,) = [line for line in ran.output.splitlines() if "mean heart rate" in line]
    assert "quality 75 (hr)" in pulse
    assert "hr: 50" in ran.output
    shown = CliRunner().invoke(
        app, ["workouts", "show", row["id"], "--json"], env={"FITINTEL_HOME": str(bench.settings.home)}
    )
    intervals = json.loads(shown.output)["intervals"]
    assert intervals["load"]["low"] < intervals["load"]["value"] < intervals["load"]["high"]
    assert intervals["hr_mean"]["reasons"][0].startswith("hr: ")


def test_a_summary_without_samples_has_no_quality_and_a_middling_one_is_assumed_of_its_load(tmp_path):
    with Workbench.open(tmp_path / "home") as bench:
        bench.add(date="2024-03-05", sport="running", duration="30:00", distance="5 km")
        (row,) = bench.latest_workouts(None, 1)[2]
        found = bench.workout(row["id"])
        assert set(found.trust) == {"load"}
        assert found.trust["load"].quality is None
        assert width(found, "load") == pytest.approx(2 * 0.04 * np.sqrt(2.0))
        assert load_state(bench).values["judged"] == 0.0


class Kept:
    """A store that holds recordings and links."""

    def __init__(self, recordings: tuple[Recorded, ...], links: tuple[Link, ...]) -> None:
        self._recordings, self._links = recordings, links

    def recordings(self, _: str) -> tuple[Recorded, ...]:
        return self._recordings

    def links(self, _: str) -> tuple[Link, ...]:
        return self._links


def test_a_merged_workout_has_of_each_channel_the_quality_of_the_source_that_gave_it(homes):
    """The watch lost half of the pulse; the strap worn beside it, whose pulse was taken, knew no positions."""
    (watch,) = homes[1].store.recordings("me")
    given = (
        {"name": "hr", "share": 0.02, "weight": 0.5, "detail": "12 samples repaired"},
        {"name": "lat", "share": 0.9, "weight": 0.3, "detail": "no positions"},
    )
    strap = replace(watch, workout_id="w-strap", reasons=given, quality=left(given))
    link = Link(watch.workout_id, "w-strap", LinkState.MERGED, 9.0, {"channels": ["hr"]}, "person", datetime.now(UTC))
    (merged,) = merged_recordings(Kept((watch, strap), (link,)), "me")
    assert merged.quality == left(merged.reasons) > watch.quality
    judged = qualities([merged])
    assert judged["heart_rate"] == [pytest.approx(99.0)]
    assert judged["why"] == ["hr: 12 samples repaired"]
    assert judged["pace"] == [100.0], "the positions that the strap lacks are not the workout's"
