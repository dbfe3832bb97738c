"""A page on paper, printed by the Chromium of the system; it asks no host for anything while it prints."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from fitintel.core.errors import FitintelError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS = 60


class PrintFailed(FitintelError):
    """The browser that prints did not."""


def browser() -> str | None:
    """The first browser here that can print, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def printed(document: str) -> bytes | None:
    """A whole HTML document as PDF; None where no browser is installed.

    Raises PrintFailed where it gives none.
    """
    program = browser()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="fitintel-print-") as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(document, encoding="utf-8")
        # its headings become the outline: in a long squad a name is found without reading all of it
        # no name is looked up: a page that were to ask for something would get nothing
        options = ["--headless=new", "--disable-gpu", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
                   f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
                   "--generate-pdf-document-outline", f"--print-to-pdf={out}"]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium refuses its sandbox to the administrator, as in a container
        try:
            done = subprocess.run([program, *options, page.as_uri()], capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(program, str(error)) from None
        if done.returncode or not out.is_file():
            raise _failed(program, f"it ended with code {done.returncode}")
        return out.read_bytes()


def _failed(program: str, why: str) -> PrintFailed:
    return PrintFailed("The page could not be printed", where=Path(program).name, why=why,
                       next="print it from your browser")  # fmt: skip
