"""Small notebooks, and a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PARAMETERS = """name: str = "Ann"  # whose
count: int = 1  # how many
share: float = 0.5  # of what
loud: bool = False  # or not"""


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a notebook: texts that begin with # are headings, the rest is code."""

    def write(*cells: str, parameters: str | None = PARAMETERS, tags: dict[int, list[str]] | None = None) -> Path:
        made: list[dict[str, Any]] = []
        if parameters is not None:
            made.append({"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": parameters,
                         "execution_count": None, "outputs": []})  # fmt: skip
        for n, source in enumerate(cells):
            metadata = {"tags": (tags or {}).get(n, [])}
            if source.startswith("#"):
                made.append({"cell_type": "markdown", "metadata": metadata, "source": source})
            else:
                made.append({"cell_type": "code", "metadata": metadata, "source": source, "execution_count": None,
                             "outputs": []})  # fmt: skip
        for n, cell in enumerate(made):
            cell["id"] = f"c{n}"
        path = tmp_path / "asked.ipynb"
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path.write_text(json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4,
                                    "nbformat_minor": 5}))  # fmt: skip
        return path

    return write


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs headless Chromium on a file with more arguments; gives its output and log together."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        reason = "chromium is not installed (Debian: apt-get install chromium)"
        if os.environ.get("FITINTEL_REQUIRE_SERVICES") == "1":
            pytest.fail(f"FITINTEL_REQUIRE_SERVICES=1, but {reason}")
        pytest.skip(reason)

    def run(page: Path, *arguments: str) -> str:
        profile = tmp_path_factory.mktemp("profile")
        # --no-sandbox: the pages are our own, and a container has no user namespaces
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   f"--user-data-dir={profile}", *arguments, page.resolve().as_uri()]  # fmt: skip
        answer = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
        assert answer.returncode == 0, answer.stderr[-2000:]
        return answer.stdout

    return run


@pytest.fixture(scope="session")
def brief_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a brief with an insight of every kind: the shipped notebook, as though it had run."""
    from importlib.util import module_from_spec, spec_from_file_location

    from fitintel.reporting.html import render

    root = Path(__file__).resolve().parents[2]
    spec = spec_from_file_location("views_examples", root / "tests" / "views" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    examples = module_from_spec(spec)
    spec.loader.exec_module(examples)
    scope = {"view": examples.make_view(name="Ann <script>document.title='owned'</script>")}
    document = json.loads((root / "notebooks" / "briefs" / "daily_brief.ipynb").read_text())
    for cell in document["cells"]:
        shown = "".join(cell["source"]).splitlines()[-1]
        if cell["cell_type"] == "code" and shown.startswith("view."):
            part = eval(shown, scope)
            data = {"text/html": part._repr_html_(), "text/plain": repr(part)}
            cell["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}]
    path = tmp_path_factory.mktemp("page") / "brief.ipynb"
    path.write_text(json.dumps(document))
    return render(path, path.with_suffix(".html"))
