"""Counts of several processes as one: each writes its own file, a reader adds them up.

Front ends are processes that come and go; what one of them has counted outlives it, so that no counter falls.
"""

from __future__ import annotations

import atexit
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from fitintel.core import counted
from fitintel.core.counted import Labels

EVERY = 5.0
"""s from one writing to the next"""
KEPT = 3600.0
"""s after which the file of an ended process is added to the one of the past"""
PAST = "past.json"
FOLDER = "FITINTEL_COUNTS"
"""variable of the environment that names the folder; without it counts stay in their process"""
Key = tuple[str, Labels]
_sharing: dict[int, Path] = {}


def share(folder: Path) -> None:
    """Write what this process counts to a file of its own from now on; a second call, and a folder away, do nothing."""
    if _sharing.get(os.getpid()) is not None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{os.getpid()}-{time.time_ns()}.json"
    _sharing[os.getpid()] = path
    owner = os.getpid()

    def write() -> None:
        # a forked child inherits this hook, and must not write what its parent counted
        if os.getpid() == owner:
            with suppress(OSError):  # figures are not worth a failure of what they are about
                put(path, counted.counts())

    def often() -> None:
        while True:
            time.sleep(EVERY)
            write()

    atexit.register(write)
    write()
    threading.Thread(target=often, name="counts", daemon=True).start()


def put(path: Path, held: Mapping[Key, int]) -> None:
    """Write counts; a reader sees the file before or after, never a part."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps([[name, dict(labels), number] for (name, labels), number in held.items()]))
    draft.replace(path)


def gathered(folder: Path) -> Counter[Key]:
    """What all processes together have counted."""
    total: Counter[Key] = Counter()
    for path in sorted(folder.glob("*.json")):
        total.update(_read(path))
    return total


def fold(folder: Path, now: float | None = None) -> int:
    """Add files of processes that ended long ago to that of the past; how many. For the one reader of the folder."""
    late = (time.time() if now is None else now) - KEPT
    old = [path for path in sorted(folder.glob("*-*.json")) if path.stat().st_mtime < late]
    if old:
        total = Counter(_read(folder / PAST))
        for path in old:
            total.update(_read(path))
        put(folder / PAST, total)
        for path in old:
            path.unlink(missing_ok=True)
    return len(old)


def _read(path: Path) -> dict[Key, int]:
    try:
        return {(str(name), tuple(sorted(labels.items()))): int(number)
                for name, labels, number in json.loads(path.read_text(encoding="utf-8"))}  # fmt: skip
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
