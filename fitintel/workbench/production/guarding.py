"""What looks after the watch, and what a process that died has left behind: told by the manager, every few seconds."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

from fitintel.workbench.production.places import Places

TICK, EXITED = "TICK_5", "PROCESS_STATE_EXITED"
EVENTS = f"{TICK},{EXITED}"
"""of supervisord"""


def listen(place: Places, look: Callable[[], object]) -> None:
    """Hear of the manager's events until the process ends; `look` is called every 5 s.

    A process that was killed may have left others that hold its port or its data: they are in its group, and end too.
    """
    from supervisor.childutils import get_headers, listener  # type: ignore[import-untyped]

    while True:
        headers, payload = listener.wait(sys.stdin, sys.stdout)
        if headers["eventname"] == EXITED:
            for pid in left_behind(get_headers(payload)):
                print(f"what {pid} has left behind was ended", file=sys.stderr, flush=True)
        elif place.manager.exists():
            look()
        listener.ok(sys.stdout)


def left_behind(said: Mapping[str, str]) -> list[int]:
    """End the group of a process that has died, by what the manager says of it; the group, if there was one."""
    pid = int(said.get("pid", 0))
    if pid <= 1:
        return []
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
        return [pid]
    return []
