"""Grafana's dashboards: every panel asks for figures that there are. Grafana itself does not run here."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from fitintel.workbench.monitoring.families import Watched
from fitintel.workbench.monitoring.surfaces import Surfaces
from tests.production.conftest import fill, settings_of
from tests.production.panels import FOLDER, queries
from tests.services import _program


def test_every_panel_asks_something_that_prometheus_understands(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{number}", "expr": query} for number, query in enumerate(queries().values())]
    path = tmp_path / "panels.yml"
    path.write_text(json.dumps({"groups": [{"name": "panels", "rules": rules}]}))
    done = subprocess.run([_program("promtool"), "check", "rules", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(rules) >= 25


def test_every_panel_asks_for_figures_that_there_are(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", tmp_path / "repository")
    settings.home.mkdir()
    fill(settings, tmp_path)
    watched = Watched(settings, tmp_path, Surfaces(tmp_path / "log"), tmp_path, lambda: {"api": True})
    there = {family.name for family in watched.collect()} | {"fitintel_request_seconds"}
    for title, query in queries().items():
        for used in re.findall(r"fitintel_\w+", query):
            assert re.sub(r"_(total|bucket)$", "", used) in there, (title, used)


def test_dashboards_name_themselves_and_the_one_source() -> None:
    for path in FOLDER.glob("*.json"):
        held = json.loads(path.read_text())
        assert held["uid"] == f"fitintel-{path.stem}"
        assert '"uid": "prometheus"' in path.read_text()
