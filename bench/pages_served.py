"""A squad for a bench, and a server of its pages: started, waited for, ended."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fitintel.core import settings as settings_
from fitintel.core.settings import Settings
from fitintel.workbench.door import Workbench

PATIENCE = 240.0
"""s"""
DAY, LAST_DAY = "2026-11-23", 20779
KEEP = "FITINTEL_BENCH_SQUADS"
"""folder in which squads are kept, so that the next run of a bench need not make them again"""


def squad(folder: Path, athletes: int) -> Settings:
    """A workspace in `folder` with a demo squad whose briefs of DAY are made."""
    kept = Path(os.environ.get(KEEP, folder)) / f"squad-{athletes}"
    if not kept.is_dir():
        draft = kept.with_name(f"{kept.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        with Workbench(settings_.read(home=draft)) as bench:
            bench.ensure_demo(athletes=athletes, years=1.0, end_day=LAST_DAY)
            bench.board(DAY)
        draft.rename(kept)
    if kept.parent != folder:
        shutil.copytree(kept, folder / kept.name)
    return settings_.read(home=folder / kept.name)


def free() -> int:
    """A port that is free."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(line: list[str], environment: dict[str, str], ready: str) -> Iterator[int]:
    """The process id of a server that answers at `ready`, until the block ends."""
    done = subprocess.Popen(line, env={**os.environ, **environment}, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(ready, timeout=5):
                break
            if done.poll() is not None:
                raise RuntimeError(f"the server of {ready} has ended with {done.returncode}")
            time.sleep(0.2)
        else:
            raise RuntimeError(f"nothing answers at {ready}")
        yield done.pid
    finally:
        done.terminate()
        done.wait(60)
