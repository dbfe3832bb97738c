"""Alerts: each fires and clears in promtool's tests, each stands on figures that there are, and somebody is told."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from fitintel.workbench.monitoring.families import Watched
from fitintel.workbench.monitoring.surfaces import Surfaces
from tests.production.conftest import fill, settings_of
from tests.services import _program

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "monitoring"


def alerts() -> dict[str, dict[str, str]]:
    held = yaml.safe_load((FOLDER / "rules.yml").read_text())
    return {rule["alert"]: rule for group in held["groups"] for rule in group["rules"]}


def test_every_alert_fires_and_clears() -> None:
    done = subprocess.run([_program("promtool"), "test", "rules", "rules_test.yml"], cwd=FOLDER, capture_output=True,
                          text=True)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_a_test_in_which_it_fires_and_one_in_which_it_does_not() -> None:
    tests = yaml.safe_load((FOLDER / "rules_test.yml").read_text())["tests"]
    said = [(one["alertname"], bool(one["exp_alerts"])) for test in tests for one in test["alert_rule_test"]]
    names = set(alerts())
    assert {name for name, fires in said if fires} == names
    # the heartbeat is never quiet
    assert {name for name, fires in said if not fires} == names - {"AlwaysFiring"}


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    for name, rule in alerts().items():
        assert rule["annotations"]["says"], name
        assert rule["labels"]["severity"] in ("page", "ticket", "heartbeat"), name
        assert rule["annotations"].get("next") or name == "AlwaysFiring", name


def test_an_alert_without_its_cause_would_be_noticed(tmp_path: Path) -> None:
    """A rule that never fires makes promtool's tests fail: they are no formality."""
    text = (FOLDER / "rules.yml").read_text()
    assert "fitintel_backup_damaged_files > 0" in text
    (tmp_path / "rules.yml").write_text(text.replace("fitintel_backup_damaged_files > 0", "vector(0) > 1"))
    shutil.copy(FOLDER / "rules_test.yml", tmp_path)
    done = subprocess.run([_program("promtool"), "test", "rules", "rules_test.yml"], cwd=tmp_path, capture_output=True,
                          text=True)  # fmt: skip
    assert done.returncode == 1
    assert "BackupDamaged" in done.stdout + done.stderr


def test_the_figures_that_alerts_stand_on_are_there(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", tmp_path / "repository")
    settings.home.mkdir()
    fill(settings, tmp_path)
    watched = Watched(settings, tmp_path / "counts", Surfaces(tmp_path / "log"), Path("none"), lambda: {"api-1": 1.0})
    there = {family.name for family in watched.collect()}
    for name, rule in alerts().items():
        for used in re.findall(r"fitintel_\w+", rule["expr"]):
            assert re.sub(r"_(total|bucket)$", "", used) in there, (name, used)


def test_who_is_told_of_what_can_be_read_by_alertmanager() -> None:
    _program("amtool")
    done = subprocess.run(["amtool", "check-config", str(FOLDER / "alertmanager.yml")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("severity", "receiver"), [("page", "pages"), ("ticket", "tickets"), ("heartbeat", "heartbeat")]
)
def test_each_severity_has_its_receiver(severity: str, receiver: str) -> None:
    _program("amtool")
    done = subprocess.run(
        ["amtool", "config", "routes", "test", f"--config.file={FOLDER / 'alertmanager.yml'}", f"severity={severity}"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.split()[0] == receiver, done.stderr
