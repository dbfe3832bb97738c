"""Prometheus, Alertmanager, our own figures, and the watch over all of them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from fitintel.workbench.production.guarding import EVENTS
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Probe, Process
from fitintel.workbench.production.stores import program
from fitintel.workbench.production.wishes import Wishes
from fitintel.workbench.serving import HOST, from_checkout

KEPT = "30d"
"""of figures"""


def monitors(place: Places, wishes: Wishes) -> list[Process]:
    """Those that are wanted, with their configuration written; raises ServiceMissing."""
    made = []
    if wishes.has("metrics"):
        port = wishes.ports["metrics"]
        made.append(Process("metrics", (sys.executable, "-m", "fitintel", "metrics", f"--port={port}"), {}, port,
                            _asked(port, "/metrics"), order=40))  # fmt: skip
    if wishes.has("prometheus"):
        port = wishes.ports["prometheus"]
        made.append(Process("prometheus", (
            program("prometheus", "prometheus"), f"--config.file={prometheus_file(place, wishes)}",
            f"--storage.tsdb.path={place.root / 'prometheus'}", f"--storage.tsdb.retention.time={KEPT}",
            f"--web.listen-address={HOST}:{port}", "--log.level=warn",
        ), {}, port, _asked(port, "/-/healthy"), order=45))  # fmt: skip
    if wishes.has("alertmanager"):
        port = wishes.ports["alertmanager"]
        made.append(Process("alertmanager", (
            program("prometheus-alertmanager", "prometheus-alertmanager"),
            f"--config.file={alertmanager_file(place)}", f"--storage.path={place.root / 'alertmanager'}",
            f"--web.listen-address={HOST}:{port}", "--cluster.listen-address=", "--log.level=warn",
        ), {}, port, _asked(port, "/-/healthy"), order=45))  # fmt: skip
    return made


def prometheus_file(place: Places, wishes: Wishes) -> Path:
    """Write what Prometheus reads, with the alert rules beside it."""
    folder = prometheus_folder(place)
    shutil.copyfile(from_checkout("deploy", "monitoring", "rules.yml"), folder / "rules.yml")
    target = {"static_configs": [{"targets": [f"{HOST}:{wishes.ports['metrics']}"]}]}
    itself = {"static_configs": [{"targets": [f"{HOST}:{wishes.ports['prometheus']}"]}]}
    tell = {"static_configs": [{"targets": [f"{HOST}:{wishes.ports['alertmanager']}"]}]}
    return _written(folder / "prometheus.yml", {
        "global": {"scrape_interval": "5s", "evaluation_interval": "5s"}, "rule_files": ["rules.yml"],
        "scrape_configs": [{"job_name": "fitintel", **target}, {"job_name": "prometheus", **itself}],
        "alerting": {"alertmanagers": [tell]},
    })  # fmt: skip


def alertmanager_file(place: Places) -> Path:
    """Copy who is told of what; one that the operator has put there stays."""
    mine = prometheus_folder(place) / "alertmanager.yml"
    if not mine.exists():
        shutil.copyfile(from_checkout("deploy", "monitoring", "alertmanager.yml"), mine)
    return mine


def watches(place: Places, processes: Sequence[Process]) -> list[Process]:
    """What looks at all of these, and what looks after it: either could be the one that is stopped."""
    alone = _written(prometheus_folder(place) / "guard.json", {"watch": None})
    guarded = Process("guard", _watching(alone, "--told"), order=90, hears=EVENTS)
    probes = {one.name: one.probe and asdict(one.probe) for one in (*processes, guarded)}
    return [Process("watch", _watching(_written(watched_file(place), probes)), order=90), guarded]


def watched_file(place: Places) -> Path:
    """What the watch is given."""
    return prometheus_folder(place) / "watch.json"


def probes_of(file: Path) -> dict[str, Probe | None]:
    """What is written for the watch."""
    held = json.loads(file.read_text(encoding="utf-8"))
    return {name: Probe(**one) if one else None for name, one in held.items()}


def _watching(file: Path, *more: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "fitintel", "up", "watch", str(file), *more)


def _asked(port: int, path: str) -> Probe:
    return Probe("http", f"{HOST}:{port}", path)


def prometheus_folder(place: Places) -> Path:
    """What monitoring is configured with."""
    folder = place.root / "monitoring"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _written(path: Path, held: object) -> Path:
    path.write_text(json.dumps(held, indent=1), encoding="utf-8")  # JSON is YAML
    return path
