"""The squad's page against an ordinary cold Voila page of the same data: first paint of the rows, and life.

Both in one run, in turns, in the Chromium of the system, over one workspace: ratios, for the machine may have other
work. `python bench/pages_coach.py [athletes] [pairs]`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from fitintel.core import settings as settings_
from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import coach

DAY, LAST_DAY = "2026-11-23", 20779
PATIENCE = 120_000
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


def free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(line: list[str], environment: dict[str, str], ready: str) -> Iterator[None]:
    done = subprocess.Popen(line, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(ready, timeout=5):
                break
            time.sleep(0.2)
        yield
    finally:
        done.terminate()
        done.wait(60)


def visit(browser: Any, address: str, alive: str) -> tuple[float, float]:
    """s until the rows are there, and until the page answers."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    # the ordinary template asks a host for icons: it is not waited for
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#rows > li h2")
    painted = time.perf_counter() - began
    page.wait_for_selector(alive)
    lives = time.perf_counter() - began
    context.close()
    return painted, lives


def main(athletes: int = 24, pairs: int = 5) -> None:
    folder = Path(tempfile.mkdtemp(prefix="fitintel-pages-"))
    settings = settings_.read(home=folder / "home")
    with Workbench(settings) as bench:
        bench.ensure_demo(athletes=athletes, years=1.0, end_day=LAST_DAY)
        bench.board(DAY)
    book = json.loads((coach.dashboards() / "squad_board.ipynb").read_text("utf-8"))
    cell = {"cell_type": "code", "id": "c1", "metadata": {}, "execution_count": None, "outputs": [], "source": ORDINARY}
    (folder / "ordinary").mkdir()
    (folder / "ordinary" / "squad.ipynb").write_text(json.dumps({**book, "cells": [cell]}))
    one, other = free(), free()
    line, environment = coach.command(settings, one)
    plain = [sys.executable, "-m", "voila", str(folder / "ordinary"), "--no-browser", f"--port={other}"]
    found: dict[str, list[float]] = {"painted": [], "lives": [], "painted/ordinary": [], "lives/ordinary": []}
    try:
        with serving(line, environment, f"http://127.0.0.1:{one}{coach.ready_at()}"), \
                serving(plain, {"FITINTEL_HOME": str(settings.home)}, f"http://127.0.0.1:{other}/"), \
                sync_playwright() as started:  # fmt: skip
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            time.sleep(10)  # kernels that wait are warm before the first pair
            for _ in range(pairs):
                cold = visit(browser, f"http://127.0.0.1:{other}/voila/render/squad.ipynb", "select")
                time.sleep(8)
                ours = visit(browser, f"http://127.0.0.1:{one}{coach.first_page()}?day={DAY}", "body[data-state=live]")
                time.sleep(8)
                for name, mine, theirs in zip(("painted", "lives"), ours, cold, strict=True):
                    found[name].append(mine)
                    found[f"{name}/ordinary"].append(mine / theirs)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said = {name: round(statistics.median(values), 3) for name, values in found.items()}
    print(json.dumps({"athletes": athletes, "pairs": pairs, **said}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
