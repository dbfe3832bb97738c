"""Every notebook runs in a workspace that holds a small simulated squad; its source holds no outputs."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fitintel import Workbench
from fitintel.reporting.notebooks import declared

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
RESEARCH = {"algorithm_transparency", "capacity", "classification", "exploration", "forecast_backtests", "load",
            "recovery", "running", "statistics"}  # fmt: skip
OURS = {"fitintel", "fitintel.board", "fitintel.core", "fitintel.views", "fitintel.workbench"}
# nbval with none of the other plugins, and without the parser that Jupyter builds for a text format it never uses
PYTEST = "import sys; sys.modules['rfc3987_syntax'] = None; import pytest; sys.exit(pytest.main(sys.argv[1:]))"
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture(scope="session")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with four simulated athletes over two years."""
    home = tmp_path_factory.mktemp("notebooks") / "home"
    with Workbench.open(home) as bench:
        assert bench.ensure_demo(athletes=4, years=2.0) == 4
    return home


def run(path: Path, home: Path, **environment: str) -> str:
    options = ["-p", "nbval.plugin", "-p", "no:cacheprovider", "--nbval-lax", "--nbval-current-env",
               "--nbval-cell-timeout", "60", "-q", "-o", "addopts="]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PYTEST, *options, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=180,
        check=False,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "FITINTEL_HOME": str(home), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    return done.stdout


def code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_each_group_of_algorithms_has_its_notebook():
    assert {path.stem for path in NOTEBOOKS if path.parent.name == "research"} == RESEARCH


@every_notebook
def test_it_runs(path, squad):
    cells = len(code(path))
    assert f"{cells} passed" in run(path, squad)


@pytest.mark.parametrize("name", ["load", "statistics"])
def test_without_real_files_and_without_athletes_it_says_so_and_goes_on(name, tmp_path):
    path = ROOT / "notebooks" / "research" / f"{name}.ipynb"
    assert "passed" in run(path, tmp_path / "home", FITINTEL_TEST_DATA=str(tmp_path / "nothing"))


@every_notebook
def test_it_begins_with_its_question_and_typed_parameters_each_with_a_comment(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    title = "".join(cells[0]["source"])
    assert cells[0]["cell_type"] == "markdown"
    assert title.startswith("# ")
    assert "?" in title
    assert cells[1]["metadata"]["tags"] == ["parameters"]
    lines = "".join(cells[1]["source"]).splitlines()
    assert len(declared(path)) == len(lines)  # raises where a type is missing
    assert all("  # " in line for line in lines)
    assert sum("parameters" in cell["metadata"].get("tags", ()) for cell in cells) == 1


@every_notebook
def test_its_source_holds_no_outputs(path):
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code(path))


@every_notebook
def test_its_cells_are_thin_and_ask_the_package(path):
    for cell in code(path):
        source = "".join(cell["source"])
        assert len(source.splitlines()) <= 18, source
        assert "select " not in source.lower()
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda), source
            imported = (
                [node.module or ""] if isinstance(node, ast.ImportFrom)
                else [one.name for one in node.names] if isinstance(node, ast.Import) else []
            )  # fmt: skip
            for name in imported:
                assert not name.startswith("fitintel") or ".".join(name.split(".")[:2]) in OURS, name
