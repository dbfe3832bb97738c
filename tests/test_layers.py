"""What may import what, and what may not be imported early."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"numpy", "pandas", "scipy", "sklearn", "statsmodels", "mlflow", "streamlit", "sqlalchemy", "alembic",
         "papermill", "nbconvert", "nbformat", "jinja2", "fsspec", "redis", "pymysql", "dogpile", "plotly",
         "opentelemetry"}  # fmt: skip
ALLOWED_IN_FRONT = {"fitintel", "fitintel.workbench", "fitintel.views", "fitintel.core", "fitintel.board"}


def loaded_by(code: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter holds after `code`."""
    show = "\nimport json, sys\nprint('\\n' + json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    answer = subprocess.run([sys.executable, "-c", code + show], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return set(json.loads(answer.stdout.splitlines()[-1]))


def imports(source: str) -> set[str]:
    """Every module that Python source imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def front_ends() -> list[Path]:
    # the pages of coaches are assembled in a package of their own, and held to the same
    files = [
        *ROOT.glob("fitintel/board/*.py"),
        *ROOT.glob("streamlit_app/**/*.py"),
        *ROOT.glob("notebooks/**/*.py"),
        *ROOT.glob("notebooks/**/*.ipynb"),
    ]
    return sorted(path for path in files if ".ipynb_checkpoints" not in path.parts)


def source_of(path: Path) -> str:
    if path.suffix == ".py":
        return path.read_text()
    cells = json.loads(path.read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n".join(line for line in "\n".join(code).splitlines() if not line.lstrip().startswith(("%", "!")))


def test_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_parts_do_not_reach_each_other_through_the_public_names():
    wrong = []
    for path in ROOT.glob("fitintel/**/*.py"):
        if "fitintel" in imports(path.read_text()) and path.relative_to(ROOT).parts[1] not in ("cli", "__main__.py"):
            wrong.append(str(path.relative_to(ROOT)))
    assert not wrong, "import the module that defines the name, not the package"


@pytest.mark.parametrize("path", front_ends(), ids=lambda path: str(path.relative_to(ROOT)))
def test_front_ends_import_workbench_views_and_core_only(path):
    ours = {name for name in imports(source_of(path)) if name.split(".")[0] == "fitintel"}
    assert {".".join(name.split(".")[:2]) for name in ours} <= ALLOWED_IN_FRONT


@pytest.mark.parametrize("package", ["core", "access"])
def test_the_lowest_parts_import_the_standard_library_only(package):
    standard = set(sys.stdlib_module_names) | {"fitintel"}
    # inside functions only, or in a module that is: the next tests hold that
    lazy = {"numpy", "pandas", "dotenv", "yaml", "argon2", "pyotp", "limits", "joserfc", "cryptography", "httpx",
            "authlib", "opentelemetry"}  # fmt: skip
    for path in (ROOT / "fitintel" / package).glob("*.py"):
        assert {name.split(".")[0] for name in imports(path.read_text())} <= standard | lazy, path.name


def test_importing_the_package_costs_nothing():
    assert not loaded_by("import fitintel") & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["brief", "--help"], ["import", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments):
    code = f"""
import sys
sys.argv = ["fitintel", *{arguments!r}]
from fitintel.cli.app import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""
    assert not loaded_by(code) & HEAVY


def test_python_m_fitintel_answers_like_the_command():
    answer = subprocess.run(
        [sys.executable, "-m", "fitintel", "--help"], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "COLUMNS": "120"},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    for command in ("import", "add", "brief", "algorithms", "replay", "quarantine", "demo", "doctor"):
        assert f" {command} " in answer.stdout


def test_what_the_brief_needs_is_imported_without_heavy_libraries():
    code = "import fitintel.intelligence.registry as r, fitintel.intelligence.brief; r.catalogue()"
    assert not loaded_by(code) & (HEAVY - {"numpy"})


def test_every_public_name_is_found_and_where_it_is_said_to_be():
    import fitintel

    assert len(fitintel.__all__) == len(set(fitintel.__all__))
    for name in fitintel.__all__:
        found = getattr(fitintel, name)
        assert getattr(import_module(found.__module__), found.__name__) is found
        assert found.__name__ == name
    assert set(fitintel.__all__) <= set(dir(fitintel))


def test_a_name_that_is_not_public_is_refused_with_the_list():
    import fitintel

    with pytest.raises(AttributeError, match="Workbench"):
        _ = fitintel.SomethingElse
