"""The squad's page against an ordinary cold Voila page of the same data: first paint of the rows, and life.

Both in one run, in turns, in the Chromium of the system, over one workspace: ratios, for the machine may have other
work. That both show the same rows is asserted first. Run with:
.venv/bin/python bench/pages_coach.py [athletes ...] [--pairs 5]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pages_served import DAY, free, serving, squad
from playwright.sync_api import sync_playwright

from fitintel.workbench.serving import coach

PATIENCE = 240_000
"""ms"""
KEPT = Path(__file__).parent / "results" / "pages_coach.json"
PAINT, PAINT_SHARE, LIFE_SHARE = 1.2, 1 / 3, 0.65
"""s to the rows of a warm page; that time, and the time to life, as shares of the ordinary page's"""
REST = 8.0
"""s after a visit: the next kernel of the pool is warm again, and no page is closed under the next one"""
SETTLES = 2000
"""ms in which a new window of Chromium loads parts of itself, on the same cores"""
ORDINARY = """
import ipywidgets as widgets
from IPython.display import HTML, display
from fitintel.board.squad import SquadBoard
from fitintel.views.coach.address import Address
from fitintel.workbench.door import Workbench
bench = Workbench.open()
choice = widgets.Dropdown(options=["all", "alert"], description="flag")
out = widgets.HTML(SquadBoard(bench, Address(day="2026-11-23")).painted())
choice.observe(lambda change: setattr(out, "value", out.value), "value")
display(choice, out)
"""
ROWS = """() => [...document.querySelectorAll("#rows > li")].map(row => row.querySelector("h2").textContent + " " +
  [...row.querySelectorAll(".fi-why li")].map(one => one.textContent.trim()).join(" | "))"""


def visit(browser: Any, address: str, alive: str) -> tuple[float, float, list[str]]:
    """s until the rows are there, s until the page answers, and the rows with their reasons."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    # the ordinary template asks a host for icons: it is not waited for
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    page = context.new_page()
    page.wait_for_timeout(SETTLES)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#rows > li h2")
    painted = time.perf_counter() - began
    page.wait_for_selector(alive)
    lives = time.perf_counter() - began
    rows = page.evaluate(ROWS)
    context.close()
    return painted, lives, rows


def measured(athletes: int, pairs: int) -> dict[str, Any]:
    """Medians of pairs over a squad of a size; a first pair warms both up and is not counted."""
    folder = Path(tempfile.mkdtemp(prefix="fitintel-pages-"))
    settings = squad(folder, athletes)
    book = json.loads((coach.dashboards() / "squad_board.ipynb").read_text("utf-8"))
    cell = {"cell_type": "code", "id": "c1", "metadata": {}, "execution_count": None, "outputs": [], "source": ORDINARY}
    (folder / "ordinary").mkdir()
    (folder / "ordinary" / "squad.ipynb").write_text(json.dumps({**book, "cells": [cell]}))
    one, other = free(), free()
    line, environment = coach.command(settings, one)
    plain = [sys.executable, "-m", "voila", str(folder / "ordinary"), "--no-browser", f"--port={other}"]
    ordinary = f"http://127.0.0.1:{other}/voila/render/squad.ipynb"
    ours = f"http://127.0.0.1:{one}{coach.first_page()}?day={DAY}"
    found: dict[str, list[float]] = {}
    try:
        with serving(line, environment, f"http://127.0.0.1:{one}{coach.ready_at()}"), \
                serving(plain, {"FITINTEL_HOME": str(settings.home)}, f"http://127.0.0.1:{other}/"), \
                sync_playwright() as started:  # fmt: skip
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            time.sleep(REST)
            for pair in range(pairs + 1):
                cold = visit(browser, ordinary, "select")
                time.sleep(REST)
                warm = visit(browser, ours, "body[data-state=live]")
                time.sleep(REST)
                assert len(warm[2]) == athletes
                assert warm[2] == cold[2]
                for name, mine, theirs in zip(("painted", "lives"), warm, cold, strict=False):
                    if pair:
                        found.setdefault(f"{name}_s", []).append(mine)
                        found.setdefault(f"ordinary_{name}_s", []).append(theirs)
                        found.setdefault(f"{name}_share", []).append(mine / theirs)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said = {name: {"median": round(statistics.median(values), 3), "least": round(min(values), 3)}
            for name, values in found.items()}  # fmt: skip
    return {"athletes": athletes, "pairs": pairs, "load_average": round(os.getloadavg()[0], 1), **said,
            "at_most": {"painted_s": PAINT, "painted_share": round(PAINT_SHARE, 3), "lives_share": LIFE_SHARE},
            }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("athletes", nargs="*", type=int, default=[24, 200])
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    kept = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    for athletes in asked.athletes:
        kept[str(athletes)] = measured(athletes, asked.pairs)
        print(json.dumps(kept[str(athletes)]), flush=True)
        KEPT.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
