"""Parts with a script of their own: it is run, and its results become figures. Each script also runs alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.figures import EXPONENT, RESULTS, Figure, missing, ratio_figure
from bench.peers import python_of

HERE = Path(__file__).parent
Told = dict[str, Any]


def run(script: str, *given: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a script of bench/; raises CalledProcessError where it fails."""
    subprocess.run([sys.executable, HERE / script, *given], check=True, env=environment)


def told(script: str, *given: str, environment: Mapping[str, str] | None = None) -> Told:
    """What a script writes with --json."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "told.json")
        run(script, *given, "--json", str(place), environment=environment)
        found: Told = json.loads(place.read_text())
        return found


def kept(name: str) -> Told:
    """What a script keeps in results/ by itself."""
    found: Told = json.loads((RESULTS / name).read_text())
    return found


def fit(short: bool) -> list[Figure]:
    """P4."""
    if find_spec("fitparse") is None:
        return [missing("decoding, fitparse", "fitparse is not installed beside the project", 150)]
    return [Figure(f"decoding {name}, fitparse", row["ratio"], 150) for name, row in told("ingest_fit.py").items()]


def bulk(short: bool) -> list[Figure]:
    """P5."""
    if find_spec("fitparse") is None:
        return [missing("files of FIT, a pipeline on fitparse", "fitparse is not installed beside the project", 60)]
    found = told("ingest.py")
    one, small, large = found["FIT"], found["small folder"], found["large folder"]
    return [
        ratio_figure("files of FIT, a pipeline on fitparse", one, 60, f"{one['cpu_ratio']:.1f} by processor time"),
        Figure("largest memory of a process", max(row[key] for row in (one, small, large)
                                                  for key in ("peak_mb", "worker_mb") if key in row), 512, "MB"),
    ]  # fmt: skip


def xml(short: bool) -> list[Figure]:
    """P7."""
    targets = {"GPX": 4.0, "TCX": 2.0}
    return [Figure(f"{name}, {'gpxpy' if name.startswith('GPX') else 'tcxreader'}", row["ratio"], targets[name[:3]])
            for name, row in told("ingest_xml.py").items()]  # fmt: skip


def kernels(short: bool) -> list[Figure]:
    """P8."""
    given = os.environ.get("FITINTEL_BENCH_SWEAT") or str(python_of("sweat") or "")
    found = told("kernels.py", environment={**os.environ, "FITINTEL_BENCH_SWEAT": given})
    targets = {"mean-max exact": 50, "mean-max grid": 500, "W'bal": 10, "weighted power": 3}
    figures = [ratio_figure(f"{what}, {hours}, sweat", one, targets.get(what))
               for hours in ("1 h", "2.3 h", "10 h") for what, one in found.get(hours, {}).items()]  # fmt: skip
    if not figures:
        figures = [missing(what, "no interpreter with sweat: python -m bench.peers sweat", aim)
                   for what, aim in targets.items()]  # fmt: skip
    return [*figures, ratio_figure("CTL and ATL of 1,000 athletes, a pandas loop", found["PMC"], 4)]


def fleet(short: bool) -> list[Figure]:
    """P10."""
    run("fleet.py")
    found = kept("fleet.json")
    rows, last = found["sizes"], found["sizes"][-1]
    points = tuple((row["athletes"], row["night_s"]) for row in rows)
    return [
        Figure(f"a brief of a night of {last['athletes']:,} athletes, a kernel per brief", last["kernel_ratio"], 100),
        Figure("growth of a night with the athletes", found.get("night_exponent"), 1.05, EXPONENT, points=points),
        Figure("largest memory of a worker, its share of what workers have in common", rows[0]["worker_mb"], 160, "MB",
               note=f"two processes of the pool, {rows[0]['athletes']} athletes; the bench's own process, which also "
                    f"makes the fleets and compares all files, has {last['peak_mb']:.0f} MB"),
    ]  # fmt: skip


def incremental(short: bool) -> list[Figure]:
    """P12, measured by the same script as P10."""
    if not (RESULTS / "fleet.json").is_file():
        run("fleet.py")
    last = kept("fleet.json")["sizes"][-1]
    what = f"a night of {last['athletes']:,} athletes of whom 1 % have something new, the whole night"
    return [Figure(what, last["increment_ratio"], 20)]


def columns(short: bool) -> list[Figure]:
    """P15."""
    run("fleet_columns.py")
    found = kept("fleet_columns.json")
    what = f"of {found['athletes']} athletes, {found['rows']:,} workouts, the same from the database"
    return [ratio_figure(f"a full read {what}", found["read"], 20),
            ratio_figure(f"an aggregate {what}", found["aggregate"], 20)]  # fmt: skip


def api(short: bool) -> list[Figure]:
    """P17."""
    run("api.py")
    found = kept("api.json")
    warm = found["warm"]
    return [
        Figure("requests a second of a kept brief, a bare program that sends the same bytes",
               found["brief_share_of_raw"], 0.2),
        Figure("a bare endpoint with the same document over a kept brief", found["brief_to_bare"], 2.5, "times slower"),
        Figure("a brief that is made over a kept one", found["one_at_a_time"]["cold_to_cached"], 15),
        Figure("p99 over p50 of a kept brief", warm["brief"]["p99_s"] / warm["brief"]["p50_s"], 5, "times slower",
               note="it grows with the load of the machine as well"),
        Figure("p99 without Redis over warm", found["p99_without_redis_to_warm"]["brief"], 3, "times slower"),
    ]  # fmt: skip


def pages(short: bool) -> list[Figure]:
    """P18."""
    run("pages_coach.py", "24")
    run("pages_app.py")
    coach, app = kept("pages_coach.json")["24"], kept("pages_app.json")
    return [
        Figure("the squad's page painted, an ordinary cold Voila page", 1 / coach["painted_share"]["median"], 3),
        Figure("the squad's page alive, an ordinary cold Voila page", 1 / coach["lives_share"]["median"], 1.5),
        Figure("Today over Streamlit's empty page", app["today_to_empty"], app["today_to_empty_at_most"],
               "times slower"),
    ]  # fmt: skip
