"""What a manager that died has left running: ended before everything is started anew."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from fitintel.core.counts_shared import FOLDER
from fitintel.workbench.production.places import Places

NAME = "SUPERVISOR_PROCESS_NAME"
"""that a manager gives to each of its processes"""
PATIENCE = 30.0
"""s in which a process may end by itself: a database writes what it has"""


def end_left_over(place: Places) -> list[str]:
    """End the processes of this workspace that no manager has; their names. To be called where none is up.

    A manager that is killed takes nobody with it, and what it leaves holds ports, sockets and the data of the database.
    """
    import psutil  # type: ignore[import-untyped]

    found: dict[int, Any] = {}
    names: list[str] = []
    for one in psutil.process_iter():
        try:
            given = one.environ() if one.uids().real == os.getuid() else {}
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        # a command on what is up has the workspace's environment too, and nobody to take it over from
        if given.get(FOLDER) == str(place.counts) and NAME in given:
            found[one.pid] = one
            names.append(given[NAME])
    for one in found.values():
        with suppress(psutil.NoSuchProcess):
            one.terminate()
            # one that is stopped hears of it when it goes on
            one.resume()
    _, there = psutil.wait_procs(list(found.values()), timeout=PATIENCE)
    for one in there:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(there, timeout=PATIENCE)
    return sorted(set(names))
