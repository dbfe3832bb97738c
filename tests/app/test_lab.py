"""JupyterLab as `fitintel serve lab` starts it, in a real browser: a template is opened from the launcher and runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import services
from fitintel.workbench.serving.running import running
from tests.app.browser import PATIENCE
from tests.browsers import chromium_open

pytest.importorskip("jupyterlab", reason="jupyterlab is not installed (pip install 'fitintel[lab]')")
pytestmark = pytest.mark.slow


def test_a_template_is_a_tile_of_the_launcher_and_its_copy_runs(squad: Path):
    with Workbench.open(squad) as bench:
        wanted = services(bench.settings, ("lab",), {"lab": 0})
        with running(wanted, squad / "serve") as started, chromium_open() as chromium:
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE)
            page.goto(started[0].service.address)
            for title in ("One athlete", "Bring an algorithm", "Two algorithms compared"):
                page.locator(".jp-LauncherCard", has_text=title).first.wait_for()
            page.locator(".jp-LauncherCard", has_text="One athlete").first.click()
            page.locator(".jp-NotebookPanel").wait_for()
            page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
            page.get_by_role("menuitem", name="Run").click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.locator(".jp-OutputArea-output", has_text="The brief").or_(
                page.locator(".jp-RenderedHTML", has_text="Readiness")).first.wait_for()  # fmt: skip
            page.get_by_text("Python (fitintel, warm)").first.wait_for()
            page.close()
    copied = list((squad / "lab" / "notebooks").glob("one_athlete*.ipynb"))
    assert len(copied) == 1
