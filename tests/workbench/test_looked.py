"""An import killed between writing and comparing: the next import completes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core.recorded import LinkState
from fitintel.workbench import importing
from fitintel.workbench.door import Workbench
from tests.ingest.xml.files import gpx, tcx, track


class Killed(BaseException):
    """What ends a process here, as far as the code can tell."""


def ride(kind: str) -> bytes:
    """The same half hour by bicycle as a GPX or as a TCX file."""
    moments = [(second, 47.0 + second * 7.0 / 111_195.08) for second in range(0, 1800, 5)]

    def at(second: int) -> str:
        return f"2024-03-05T10:{second // 60:02d}:{second % 60:02d}Z"

    if kind == "gpx":
        points = "".join(
            f'<trkpt lat="{lat:.7f}" lon="8.0"><ele>500</ele><time>{at(second)}</time></trkpt>'
            for second, lat in moments
        )
        return gpx(track(f"<trkseg>{points}</trkseg>", name="ride", kind="cycling"))
    points = "".join(
        f"<Trackpoint><Time>{at(second)}</Time><Position><LatitudeDegrees>{lat:.7f}</LatitudeDegrees>"
        f"<LongitudeDegrees>8.0</LongitudeDegrees></Position><DistanceMeters>{second * 7.0:.1f}</DistanceMeters>"
        "</Trackpoint>"
        for second, lat in moments
    )
    lap = f'<Lap StartTime="{at(0)}"><TotalTimeSeconds>1795</TotalTimeSeconds>' + (
        f"<DistanceMeters>12565</DistanceMeters><Track>{points}</Track></Lap>"
    )
    return tcx(f'<Activity Sport="Biking"><Id>{at(0)}</Id>{lap}</Activity>')


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home") as opened:
        yield opened


def killed(bench: Workbench, monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(importing, "match_reports", die)
        with pytest.raises(Killed):
            bench.import_files(paths, workers=1)


def merged(bench: Workbench) -> int:
    return sum(link.state is LinkState.MERGED for link in bench.store.links("me"))


@pytest.fixture
def twice(tmp_path: Path) -> tuple[Path, Path]:
    paths = (tmp_path / "ride.gpx", tmp_path / "ride.tcx")
    for path in paths:
        path.write_bytes(ride(path.suffix[1:]))
    return paths


def test_the_next_import_compares_what_a_killed_one_had_written(bench, twice, tmp_path, monkeypatch) -> None:
    killed(bench, monkeypatch, *twice)
    assert len(bench.workouts("me")) == 2
    other = tmp_path / "other.csv"
    other.write_text("date,sport,distance (km),duration (min)\n2025-01-01,Run,5,30\n")
    bench.import_files([other])
    assert merged(bench) == 1
    assert len(bench.workouts("me")) == 2


def test_importing_the_same_files_again_completes_it_though_nothing_is_new(bench, twice, monkeypatch) -> None:
    killed(bench, monkeypatch, *twice)
    bench.import_files(twice, workers=1)
    assert merged(bench) == 1
    assert len(bench.workouts("me")) == 1


def test_a_dry_run_completes_nothing(bench, twice, monkeypatch) -> None:
    killed(bench, monkeypatch, *twice)
    bench.import_files(twice, workers=1, dry_run=True)
    assert merged(bench) == 0


def test_what_was_compared_is_not_compared_again(bench, twice, tmp_path, monkeypatch) -> None:
    from fitintel.workbench import duplicates

    bench.import_files(twice, workers=1)
    monkeypatch.setattr(duplicates, "match_new", lambda *_: pytest.fail("all were compared anew"))
    bench.import_files(twice, workers=1)
    other = tmp_path / "other.csv"
    other.write_text("date,sport,distance (km),duration (min)\n2025-01-01,Run,5,30\n")
    bench.import_files([other])
    assert merged(bench) == 1
