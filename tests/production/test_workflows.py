"""Workflows say what is run where; the notes of a release come from the changelog."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"


@pytest.fixture(scope="module")
def release_notes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release_notes", ROOT / "deploy" / "release_notes.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_tests_run_on_what_the_package_says_it_runs_on() -> None:
    test = yaml.safe_load((WORKFLOWS / "test.yml").read_text())["jobs"]
    matrix = test["test"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos"}
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    assert set(test["mysql"]["services"]) == {"mysql", "redis"}


def test_production_comes_after_staging_and_asks_for_approval() -> None:
    release = yaml.safe_load((WORKFLOWS / "release.yml").read_text())["jobs"]
    assert "staging" in release["production"]["needs"]
    deploy = yaml.safe_load((WORKFLOWS / "deploy.yml").read_text())["jobs"]["deploy"]
    assert deploy["environment"] == "${{ inputs.stage }}"


def test_no_workflow_may_write_unless_a_job_says_so() -> None:
    for path in WORKFLOWS.glob("*.yml"):
        held = yaml.safe_load(path.read_text())
        assert held["permissions"]["contents"] == "read", path.name
        for name, job in held["jobs"].items():
            assert "uses" in job or job["timeout-minutes"], (path.name, name)


def test_the_notes_of_this_release_stand_in_the_changelog(release_notes: ModuleType) -> None:
    from fitintel.core.release import RELEASE

    assert len(release_notes.notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), f"v{RELEASE}")) > 100


def test_a_release_that_the_changelog_does_not_know_is_refused(release_notes: ModuleType) -> None:
    with pytest.raises(LookupError):
        release_notes.notes("# Changelog\n## 1.0.0\n- first\n", "v2.0.0")
