"""The athlete's app in a browser: Today beside Streamlit's own empty page, and how long a tap takes.

Both servers run at once, and pages are asked for in turn, so that a busy machine is busy for both. Run with:
.venv/bin/python bench/pages_app.py
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import HOST, Service, free_port, services
from fitintel.workbench.serving.running import running

TURNS = 12
ATHLETES = 24
EMPTY = "import streamlit as st\nst.title('empty')\n"
AT_MOST = 1.5
"""Today beside the empty page"""
TAP = 0.3
"""s in which a tap is answered"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder, "home")) as bench:
        bench.ensure_demo(athletes=ATHLETES, years=1.0)
        bench.brief("demo-01")
        script = Path(folder, "empty.py")
        script.write_text(EMPTY)
        port = free_port(0)
        address = f"http://{HOST}:{port}"
        command = (sys.executable, "-m", "streamlit", "run", str(script), f"--server.address={HOST}",
                   f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false")  # fmt: skip
        empty = Service("empty", address, f"{address}/_stcore/health", command)
        app = services(bench.settings, ("app",), {"app": 0})[0]
        with running([empty, app], Path(folder)), sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            times: dict[str, list[float]] = {"empty": [], "today": [], "tap": []}
            for turn in range(TURNS + 2):
                for name, service in (("empty", empty), ("today", app)):
                    page = browser.new_page(viewport={"width": 390, "height": 844})
                    began = time.perf_counter()
                    page.goto(service.address)
                    page.wait_for_selector('[data-testid="stMain"] h1')
                    if name == "today":
                        page.wait_for_selector('[data-testid="stPopover"]')
                    took = time.perf_counter() - began
                    if turn >= 2:  # the first two warm both up
                        times[name].append(took)
                    if name == "today":
                        page.wait_for_timeout(1000)
                        tap = page.locator('[data-testid="stMain"] [data-testid="stPopoverButton"]:visible').first
                        began = time.perf_counter()
                        tap.click()
                        page.wait_for_selector('[data-testid="stPopoverBody"] p')
                        if turn >= 2:
                            times["tap"].append(time.perf_counter() - began)
                    page.close()
            browser.close()
    median = {name: statistics.median(found) for name, found in times.items()}
    print(json.dumps({
        "turns": TURNS, "athletes": ATHLETES,
        "empty_s": round(median["empty"], 3), "today_s": round(median["today"], 3),
        "today_to_empty": round(median["today"] / median["empty"], 2), "at_most": AT_MOST,
        "tap_s": round(median["tap"], 3), "tap_at_most_s": TAP,
        "least": {name: round(min(found), 3) for name, found in times.items()},
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
