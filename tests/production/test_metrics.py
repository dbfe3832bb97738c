"""Figures for Prometheus: what is counted anywhere is seen at one place, and no figure names a person."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from fitintel.core.counted import COUNTERS, OTHER
from fitintel.core.counts_shared import KEPT, PAST, fold, gathered, put
from fitintel.core.settings import Settings
from fitintel.workbench.monitoring.families import Watched
from fitintel.workbench.monitoring.serving import text
from fitintel.workbench.monitoring.surfaces import BUCKETS, Surfaces
from tests.production.conftest import fill, settings_of

LINE = "2026-11-23T15:00:00+00:00 10.0.0.9 {method} {path} {status} 512 {seconds} 0f0f0f0f"
DENIED = ("denials", (("surface", "rest"),))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("metrics")
    made = settings_of(folder / "home", folder / "repository")
    made.home.mkdir()
    fill(made, folder)
    return made


def families(watched: Watched) -> dict[str, dict[tuple[str, ...], float]]:
    """Name of a sample -> values of its labels -> value."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text(watched)):
        for sample in family.samples:
            found.setdefault(sample.name, {})[
                tuple(value for _, value in sorted(sample.labels.items(), reverse=True))
            ] = sample.value
    return found


def log_of(folder: Path, *lines: tuple[str, str, str, float]) -> Path:
    path = folder / "access.log"
    with path.open("a") as file:
        for method, target, status, seconds in lines:
            file.write(LINE.format(method=method, path=target, status=status, seconds=seconds) + "\n")
    return path


def test_every_declared_counter_is_there_before_anything_happened(settings: Settings, tmp_path: Path) -> None:
    found = families(Watched(settings, tmp_path / "counts", Surfaces(tmp_path / "none")))
    assert {f"fitintel_{name}_total" for name in COUNTERS} <= found.keys()
    assert found["fitintel_database_up"] == {(): 1.0}


def test_the_workspace_is_counted(settings: Settings, tmp_path: Path) -> None:
    found = families(Watched(settings, tmp_path, Surfaces(tmp_path / "none")))
    assert found["fitintel_athletes"][()] == 1
    assert found["fitintel_workouts"][()] == 80
    assert found["fitintel_imported_rows"]["imported",] == 80
    assert found["fitintel_problems"]["open",] == 0


def test_a_database_that_is_away_is_said_to_be_and_the_other_figures_stay(tmp_path: Path) -> None:
    away = settings_of(tmp_path, tmp_path / "r", DATABASE_URL="mysql://u:secret@127.0.0.1:1/x")
    said = text(Watched(away, tmp_path, Surfaces(tmp_path / "none")))
    assert "fitintel_database_up 0.0" in said
    assert "fitintel_log_ins_total" in said
    assert "secret" not in said


def test_requests_of_each_surface_have_rate_errors_and_durations(settings: Settings, tmp_path: Path) -> None:
    log = log_of(tmp_path, ("GET", "/api/v1/athletes", "200", 0.004), ("GET", "/api/v1/x", "503", 0.3),
                 ("GET", "/coach/voila/render/squad_board.ipynb", "200", 2.0),
                 ("GET", "/app/_stcore/stream", "101", 90),
                 ("GET", "/wp-login.php", "404", 0.0))  # fmt: skip
    surfaces = Surfaces(log)
    watched = Watched(settings, tmp_path / "counts", surfaces)
    found = families(watched)
    assert found["fitintel_requests_total"] == {
        ("api", "200"): 1, ("api", "503"): 1, ("coach", "200"): 1, ("app", "101"): 1, ("other", "404"): 1,
    }  # fmt: skip
    assert found["fitintel_request_seconds_bucket"]["api", "0.005"] == 1
    assert found["fitintel_request_seconds_bucket"]["api", "+Inf"] == 2
    assert found["fitintel_request_seconds_sum"]["coach",] == pytest.approx(2.0)
    assert ("app", "+Inf") not in found["fitintel_request_seconds_bucket"]
    log_of(tmp_path, ("GET", "/api/v1/athletes", "200", BUCKETS[-1] + 1))
    with log.open("a") as file:
        file.write("2026-11-23T15:00:00+00:00 10.0.0.9 GET /api/v1/ha")
    assert families(watched)["fitintel_requests_total"]["api", "200"] == 2
    log.unlink()
    log_of(tmp_path, ("GET", "/api/v1/athletes", "200", 0.1))
    assert families(watched)["fitintel_requests_total"]["api", "200"] == 3, "a log that was put aside is begun anew"


def test_no_figure_names_an_athlete_a_file_an_address_or_a_path(settings: Settings, tmp_path: Path) -> None:
    put(tmp_path / "1-1.json", {("log_ins", (("outcome", "ok"), ("surface", "rest"), ("way", "password"))): 2})
    log = log_of(tmp_path, ("GET", "/api/v1/athletes/ann/workouts?x=ann@example.org", "200", 0.1),
                 ("GET", "/ann/secret", "404", 0.1))  # fmt: skip
    said = text(Watched(settings, tmp_path, Surfaces(log)))
    for word in ("ann", "first.csv", "10.0.0.9", "example.org", str(settings.home), "0f0f0f0f"):
        assert not re.search(rf"\b{re.escape(word)}\b", said), word
    assert 'fitintel_log_ins_total{outcome="ok",surface="rest",way="password"} 2.0' in said


def test_counts_of_processes_that_ended_are_not_lost_and_nothing_counts_twice(tmp_path: Path) -> None:
    program = "from fitintel.core.counted import count; import os\n" \
              "count('denials', surface='rest'); count('denials', surface='nobody@example.org')\n" \
              "if os.fork() == 0:\n    count('denials', surface='rest'); raise SystemExit\nos.wait()"  # fmt: skip
    environment = {**os.environ, "FITINTEL_COUNTS": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    assert gathered(tmp_path)[DENIED] == 4
    assert gathered(tmp_path)["denials", (("surface", OTHER),)] == 2
    assert fold(tmp_path) == 0
    assert fold(tmp_path, time.time() + KEPT + 60) == 4
    assert gathered(tmp_path)[DENIED] == 4
    assert [path.name for path in tmp_path.iterdir()] == [PAST]


def test_a_file_of_counts_that_is_damaged_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "1-1.json", {DENIED: 3})
    (tmp_path / "2-2.json").write_text('[["denials", {"surf')
    (tmp_path / "3-3.json").write_text(json.dumps({"no": "list"}))
    assert gathered(tmp_path)[DENIED] == 3
