"""The athlete's app in a browser: Today beside Streamlit's own empty page, and how long a tap takes.

Both servers run at once, and pages are asked for in turn, so that a busy machine is busy for both. First it is asserted
that what is measured is right: the page says what the brief says, and each tap has been kept. Run with:
.venv/bin/python bench/pages_app.py
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from fitintel.core.answers import Action
from fitintel.views.app.cards import today_view
from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import HOST, Service, free_port, services
from fitintel.workbench.serving.running import running

RESULT = Path(__file__).parent / "results" / "pages_app.json"
TURNS = 12
WARM = 2
"""turns that warm both servers up and are not counted"""
ATHLETES = 24
EMPTY = "import streamlit as st\nst.title('empty')\n"
AT_MOST = 1.5
"""Today beside the empty page"""
TAP = 0.3
"""s in which a tap is answered"""
CLICK = """async ([tapped, answered]) => {
  const there = new Function(`return ${answered}`);
  const began = performance.now();
  document.querySelector(tapped).click();
  while (!there()) await new Promise(requestAnimationFrame);
  return (performance.now() - began) / 1000;
}"""
"""s from a tap to the frame in which its answer stands on the page"""
SHOWN, TAPPED = "demo-01", "demo-02"
"""whose Today is timed, and whose cards are tapped: an answer makes the next brief another one"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, Workbench.open(Path(folder, "home")) as bench:
        bench.ensure_demo(athletes=ATHLETES, years=1.0)
        for one in (SHOWN, TAPPED):
            bench.brief(one)
        empty, app = _empty(Path(folder)), services(bench.settings, ("app",), {"app": 0})[0]
        times: dict[str, list[float]] = {}
        with running([empty, app], Path(folder)), sync_playwright() as started:
            browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for turn in range(TURNS + WARM):
                took = {}
                for name, service in (("empty", empty), ("today", app)):
                    page = browser.new_page(viewport={"width": 390, "height": 844})
                    took[name] = _opened(page, service.address, name)
                    if name == "today":
                        _equal(page, bench)
                    page.close()
                page = browser.new_page(viewport={"width": 390, "height": 844})
                took |= _cards(page, app.address, bench) | _workout(page, app.address, bench)
                page.close()
                for what, seconds in took.items() if turn >= WARM else ():
                    times.setdefault(what, []).append(seconds)
            browser.close()
    median = {name: round(statistics.median(found), 3) for name, found in times.items()}
    result = {
        "turns": TURNS, "athletes": ATHLETES, "load_average": round(os.getloadavg()[0], 1), "median_s": median,
        "least_s": {name: round(min(found), 3) for name, found in times.items()},
        "today_to_empty": round(median["today"] / median["empty"], 2), "today_to_empty_at_most": AT_MOST,
        "slowest_tap_s": max(seconds for name, seconds in median.items() if name.startswith("tap")),
        "tap_at_most_s": TAP,
    }  # fmt: skip
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


def _empty(folder: Path) -> Service:
    """Streamlit with nothing but a title."""
    script = folder / "empty.py"
    script.write_text(EMPTY)
    port = free_port(0)
    command = (sys.executable, "-m", "streamlit", "run", str(script), f"--server.address={HOST}",
               f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false")  # fmt: skip
    address = f"http://{HOST}:{port}"
    return Service("empty", address, f"{address}/_stcore/health", command)


def _opened(page: Any, address: str, name: str) -> float:
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector('[data-testid="stMain"] h1')
    if name == "today":
        page.wait_for_selector(".fi-card")
    return time.perf_counter() - began


def _equal(page: Any, bench: Workbench) -> None:
    """What the page says is what the brief says."""
    opened = bench.open_brief(SHOWN)
    cards = today_view(opened, opened.athlete.units, bench.answers(SHOWN)).cards
    drawn = [text.split() for text in page.locator(".fi-cards > .fi-card > .fi-strong").all_inner_texts()]
    assert drawn == [f"{card.sign} {card.text}".split() for card in cards], drawn


def _cards(page: Any, address: str, bench: Workbench) -> dict[str, float]:
    """s that taps on Today take: how a figure was computed, computed again, a thumb, put off."""
    page.goto(f"{address}?athlete={TAPPED}")
    page.wait_for_selector(".fi-card .fi-later")
    page.wait_for_timeout(1000)  # the page has come to rest
    one = "document.querySelector"
    took = {"tap how": page.evaluate(CLICK, [".fi-how summary", f"{one}('.fi-how[open] .fi-run')"])}
    took["tap again"] = page.evaluate(CLICK, [".fi-run button", f"{one}('.fi-run [role=status]')"])
    thumb = page.locator(".fi-answers button[aria-label]:not([aria-pressed])").first.get_attribute("data-at")
    pressed = f"[data-at={thumb}]"
    took["tap thumb"] = page.evaluate(CLICK, [pressed, f"{one}('{pressed}[aria-pressed]')"])
    assert bench.answers(TAPPED)[-1].action.value == str(thumb).partition("-")[2]
    later = page.locator(".fi-cards > .fi-card:has(.fi-later)")
    key, count = later.first.get_attribute("data-key"), later.count()
    page.locator(".fi-later summary").first.click()
    gone = f"document.querySelectorAll('.fi-cards > .fi-card .fi-later').length < {count}"
    took["tap snooze"] = page.evaluate(CLICK, [".fi-later button", gone])
    answer = bench.answers(TAPPED)[-1]
    assert (answer.key, answer.action) == (key, Action.SNOOZE)
    bench.answer(str(key), Action.REOPEN.value, athlete_id=TAPPED)
    return took


def _workout(page: Any, address: str, bench: Workbench) -> dict[str, float]:
    """s that it takes to keep a label."""
    workout = str(bench.workouts(TAPPED)["id"][-1])
    bench.label(workout, "activity", "hike", athlete_id=TAPPED)
    page.goto(f"{address}workouts?athlete={TAPPED}&workout={workout}")
    page.wait_for_selector('[data-testid="stFormSubmitButton"] button')
    page.wait_for_timeout(1500)
    before = len(bench.labels(TAPPED))
    took = page.evaluate(CLICK, ['[data-testid="stFormSubmitButton"] button',
                                 "document.querySelector('[data-testid=stAlert]')"])  # fmt: skip
    assert len(bench.labels(TAPPED)) >= before
    return {"tap label": took}


if __name__ == "__main__":
    main()
