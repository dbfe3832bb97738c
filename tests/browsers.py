"""The Chromium of the system, for tests that look at pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def chromium_open(*switches: str) -> Iterator[Any]:
    """The browser, with its own switches; without it the test is skipped, unless services are required."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install 'fitintel[dev]')")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        (pytest.fail if os.environ.get("FITINTEL_REQUIRE_SERVICES") == "1" else pytest.skip)(reason)
    with api.sync_playwright() as started:
        found = started.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu", *switches])
        yield found
        found.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for a module; Playwright holds the thread's event loop, so it may not stay for the next one."""
    with chromium_open() as found:
        yield found
