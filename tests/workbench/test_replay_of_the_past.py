"""Runs of the past give identical results whatever has happened since: 200 of them, chosen at random."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import snapshot
from fitintel.core.errors import ReplayMismatch
from fitintel.core.records import Athlete
from fitintel.core.stated import Threshold, known
from fitintel.intelligence import registry
from fitintel.intelligence.brief import compose
from fitintel.workbench.demo import make_demo
from fitintel.workbench.door import Workbench
from tests.workbench.test_repairs import walk

END = 20366
DAYS = (END, END - 7, END - 45, END - 120)
MANY = 200
RUNNER = """
import json, sys
from fitintel.core import snapshot
from fitintel.workbench.door import Workbench
with Workbench.open(sys.argv[1]) as bench:
    print(json.dumps({name: snapshot.digest(bench.replay(name)) for name in json.load(sys.stdin)}))
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A workspace whose briefs were made some time ago, and run id -> digest of the result of 200 of its runs."""
    home = tmp_path_factory.mktemp("past") / "home"
    with Workbench.open(home) as bench:
        make_demo(bench.store, bench.blobs, end_day=END, athletes=6, years=1)
        for one in bench.athletes():  # so that files may be imported for them
            bench.store.put_athlete(replace(one, simulated=False))
        bench.store.put_athlete(Athlete("anna", "Anna"))
        file = home / "walk.gpx"
        file.write_bytes(walk(fault=True))
        bench.import_files([file], athlete_id="anna", workers=1)
        bench.state("threshold", athlete_id="anna", kind="heart_rate", value="165 bpm", valid_from="2024-01-01")
        made = [bench.brief(one.id, day) for one in bench.athletes() for day in (
            DAYS if one.id != "anna" else ("2024-03-05",))]  # fmt: skip
        runs = sorted({name for brief in made for name in brief.run_ids})
        chosen = random.Random(20260101).sample(runs, MANY)
        results = {run.id: run.output for run in bench.store.runs(chosen)}
    return home, results


@pytest.fixture
def past(kept: tuple[Path, dict[str, str]], tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A copy of it, in which something may happen."""
    home = tmp_path / "home"
    shutil.copytree(kept[0], home)
    return home, kept[1]


def replayed(home: Path, wanted: dict[str, str]) -> dict[str, str]:
    with Workbench.open(home) as bench:
        return {name: snapshot.digest(bench.replay(name)) for name in wanted}


def made_anew(home: Path, athlete: str, day: Any) -> set[str]:
    with Workbench.open(home) as bench:
        return set(bench.brief(athlete, day).run_ids)


def test_after_new_imports(past: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    home, results = past
    before = made_anew(home, "demo-01", END)
    file = tmp_path / "more.csv"
    file.write_text("Date,Activity,Distance (km),Duration\n2025-09-30,Run,12.5,3900\n2025-10-03,Run,8.2,2600\n")
    with Workbench.open(home) as bench:
        for one in ("demo-01", "demo-02", "demo-03"):
            (report,) = bench.import_files([file], athlete_id=one, workers=1)
            assert report.record.imported + report.record.warned
    assert made_anew(home, "demo-01", END) - before, "the imports changed the brief of that day"
    assert replayed(home, results) == results


def test_after_a_repair_is_turned_off(past: tuple[Path, dict[str, str]]) -> None:
    home, results = past
    with Workbench.open(home) as bench:
        (workout,) = bench.workouts("anna")["id"]
        before = bench.workouts("anna")["distance"][0]
        bench.repairs(str(workout), athlete_id="anna", off=["gps_spike"])
        assert bench.workouts("anna")["distance"][0] != before
        runs = bench.store.brief(bench.store.briefs("anna")[0][0]).run_ids
        results = results | {run.id: run.output for run in bench.store.runs(runs)}
    assert replayed(home, results) == results


def test_after_a_threshold_is_corrected(past: tuple[Path, dict[str, str]]) -> None:
    home, results = past
    with Workbench.open(home) as bench:
        said = next(found for one in bench.athletes() if (found := known(bench.store.stated(one.id, Threshold))))
        athlete = said[0].athlete_id
    before = made_anew(home, athlete, END)
    with Workbench.open(home) as bench:
        now = datetime.now(UTC)
        bench.store.state([replace(one, id=f"corrected-{place}", value=(one.value or 0.0) * 1.1, entered_at=now)
                           for place, one in enumerate(said)])  # fmt: skip
    assert made_anew(home, athlete, END) - before, "the correction changed the brief of that day"
    assert replayed(home, results) == results


def test_after_a_promotion(past: tuple[Path, dict[str, str]]) -> None:
    home, results = past
    other = next(
        name for name in registry.ids() if name in ("pmc", "theil_sen_trend") and len(registry.versions(name)) > 1
    )
    version = registry.versions(other)[0]
    assert version != registry.get(other).card.version
    with Workbench.open(home) as bench:
        athlete = bench.athlete("demo-01")
        made = compose(athlete, bench.workouts("demo-01"), END, champions={other: version})
        bench.blobs.put_many("snapshots", made.journal.snapshots)
        bench.store.save_brief(made.brief, list(made.journal.runs.values()))
        promoted = [run for run in made.journal.runs.values() if run.algorithm == other]
        assert promoted
        assert {run.version for run in promoted} == {version}
    wanted = results | {run.id: run.output for run in promoted}
    assert replayed(home, wanted) == wanted


def test_after_a_restart(past: tuple[Path, dict[str, str]]) -> None:
    home, results = past
    done = subprocess.run([sys.executable, "-c", RUNNER, str(home)], input=json.dumps(list(results)), text=True,
                          capture_output=True, check=True, env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "7",
                                                                "TZ": "Pacific/Auckland"})  # fmt: skip
    assert json.loads(done.stdout) == results


def test_a_run_whose_stored_result_was_changed_is_found_out(past: tuple[Path, dict[str, str]]) -> None:
    """The test that replay can fail: a result that its inputs do not give."""
    home, results = past
    with Workbench.open(home) as bench:
        run = bench.run(next(iter(results)))
        with pytest.raises(ReplayMismatch):
            registry.replay(replace(run, output="0" * 64), lambda digest: bench.blobs.get("snapshots", digest))
