"""CONTRIBUTING.md's worked example does what it says: its blocks are run in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("fitintel", "tests", "registry", "docs", "notebooks", "Makefile", "pyproject.toml", "CONTRIBUTING.md")
GOES_WITH = shutil.ignore_patterns("__pycache__", "node_modules")
LONGEST = 80
"""lines that a person writes or types, from template to registered challenger"""


@dataclass(frozen=True)
class Block:
    kind: str
    text: str


def blocks() -> list[Block]:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    example = page.split("## Bring a challenger: a worked example")[1].split("\n## ")[0]
    return [Block(kind, text) for kind, text in re.findall(r"^```(\w+)\n(.*?)^```$", example, re.M | re.S)]


@dataclass
class Copy:
    """A copy of the project with a workspace and an environment of its own."""

    root: Path

    def run(self, command: str, *, stdin: str = "") -> subprocess.CompletedProcess[str]:
        tools, python = self.root / "tools", Path(sys.executable).parent
        # the copy's own code first; make must not install anything into the environment that the tests run in
        own = {name: value for name, value in os.environ.items() if not name.startswith("FITINTEL_")}
        environment = {**own, "PYTHONPATH": str(self.root), "PATH": f"{tools}:{python}:{os.environ['PATH']}",
                       "FITINTEL_HOME": str(self.root / "home"), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
        return subprocess.run(["bash", "-ec", command], cwd=self.root, env=environment, input=stdin,
                              capture_output=True, text=True, timeout=400, check=False)  # fmt: skip

    def must(self, command: str, *, stdin: str = "") -> str:
        done = self.run(command, stdin=stdin)
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def do(self, block: Block) -> str:
        """What a person does with a block: type it, apply it, or add it to the file that its first line names."""
        if block.kind == "sh":
            return self.must(block.text)
        if block.kind == "diff":
            return self.must("patch --strip=1 --fuzz=0", stdin=block.text)
        file, text = block.text.split("\n", 1)
        path = self.root / file.removeprefix("# ")
        path.write_text(path.read_text("utf-8") + "\n" + text, encoding="utf-8")
        return ""


@pytest.fixture
def project(tmp_path) -> Copy:
    root = tmp_path / "project"
    root.mkdir()
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree(source, root / name, ignore=GOES_WITH) if source.is_dir() else shutil.copy2(source, root))
    (root / "tools").mkdir()
    (root / ".venv").symlink_to(sys.prefix)
    make = root / "tools" / "make"
    make.write_text(f'#!/bin/sh\nexec {shutil.which("make")} --old-file .venv/.editable "$@"\n')
    make.chmod(0o755)
    return Copy(root)


def test_the_worked_example_runs_from_template_to_registered_challenger(project):
    said = [project.do(block) for block in blocks()]
    assert "daily_forecast_1_1_0.py" in said[0]
    golden = project.root / "tests" / "golden" / "daily_forecast@1.1.0.json"
    assert golden.is_file()
    assert golden.read_text() != golden.with_name("daily_forecast@1.0.0.json").read_text()
    judged, registered = said[-2:]
    assert "interval_score" in judged
    assert "too few" in judged
    assert "has the alias challenger" in registered
    versions = project.must(
        "python -c \"from fitintel.tracking.connection import connect\n"
        f"with connect('sqlite:///{project.root / 'home' / 'mlflow.db'}') as client:\n"
        "    for alias in ('champion', 'challenger'):\n"
        "        found = client.get_model_version_by_alias('fitintel.forecast.daily_forecast', alias)\n"
        "        print(alias, found.tags['version'])\""
    )  # fmt: skip
    assert versions.split() == ["champion", "1.0.0", "challenger", "1.1.0"]


def test_it_takes_under_80_lines():
    written = [line for block in blocks() for line in block.text.splitlines()
               if line.strip() and (block.kind != "diff" or re.match(r"[+-](?![+-])", line))]  # fmt: skip
    assert 5 < len(written) < LONGEST


def test_a_new_algorithm_from_the_template_passes_the_common_tests(project):
    project.must("fitintel algorithms new rest_share --family features && make golden")
    said = project.must(
        "python -m pytest -q tests/test_cards.py tests/test_golden.py tests/intelligence/test_rest_share.py "
        "-k 'rest_share or worked' -p no:cacheprovider"
    )
    assert re.search(r"\.{12}", said), said
    again = project.run("fitintel algorithms new rest_share --family features")
    assert again.returncode == 2
    assert "already" in again.stderr
