"""What the manager says of its processes, and what it is asked to do with them."""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from fitintel.core.errors import NotFound, StorageUnavailable
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.probing import stopped
from fitintel.workbench.production.process import service_of

UP, STOPPED = "RUNNING", "STOPPED"
WORKERS = "schedule"
"""service whose instances beside the first are there while there is work for them"""
ENDED = ("EXITED", "FATAL")
"""states of a process that the manager does not start again by itself"""
ALREADY = {60, 70}
"""faults of the manager: it is started, it does not run"""
GONE = (OSError, http.client.HTTPException, Fault)


@dataclass(frozen=True, slots=True)
class Told:
    """A process, as the manager says."""

    name: str
    state: str
    """of supervisord: STARTING, RUNNING, BACKOFF, STOPPED, FATAL, ..."""
    says: str
    pid: int = 0
    """0: it does not run"""
    since: float = 0.0
    """s since 1970, of its last start"""
    group: str = ""

    @property
    def full(self) -> str:
        """As the manager calls it."""
        return f"{self.group}:{self.name}"

    @property
    def waits(self) -> bool:
        """Whether it is one more worker, and waits for work."""
        return self.state == STOPPED and service_of(self.name) == WORKERS and not self.name.endswith("-1")


def told(place: Places) -> list[Told]:
    """Every process; raises NotFound where nothing is started."""
    try:
        return [Told(str(one["name"]), str(one["statename"]), str(one["description"]), int(one["pid"]),
                     float(one["start"]), str(one["group"]))
                for one in _asked(place).supervisor.getAllProcessInfo()]  # fmt: skip
    except GONE as error:
        raise NotFound("Nothing is started in this workspace", where=str(place.root),
                       next="fitintel up --production") from error  # fmt: skip


def by_name(place: Places) -> dict[str, Told]:
    """Process -> how it is; empty where nothing is started."""
    if not place.manager.exists():
        return {}
    try:
        return {one.name: one for one in told(place)}
    except NotFound:
        return {}


def lives(place: Places) -> dict[str, float | None]:
    """Process -> since when it runs, s since 1970; None: it does not, or was stopped by a signal.

    One that waits for work is left out.
    """
    return {one.name: one.since if one.state == UP and not stopped(one.pid) else None
            for one in by_name(place).values() if not one.waits}  # fmt: skip


def again(place: Places, name: str) -> None:
    """Start a process again, also one that is stopped by a signal, with all that it has started.

    Raises StorageUnavailable without the manager.
    """
    one = by_name(place).get(name)
    if one is not None and one.pid:
        with suppress(ProcessLookupError):
            # not SIGTERM: a process that is stopped (SIGSTOP) does not hear it. The manager starts what has died
            os.killpg(one.pid, signal.SIGKILL)
    elif one is not None:
        start(place, one)


def start(place: Places, one: Told) -> None:
    """Have a process started; it need not run yet when this returns."""
    with _obeyed(place) as manager:
        manager.startProcess(one.full, False)


def stop(place: Places, one: Told, *, wait: bool = False) -> None:
    """Have a process told to end; it may finish what is under way."""
    with _obeyed(place) as manager:
        manager.stopProcess(one.full, wait)


def reload(place: Places, one: Told) -> None:
    """Have a process read its configuration anew."""
    with _obeyed(place) as manager:
        manager.signalProcess(one.full, "HUP")


@contextmanager
def _obeyed(place: Places) -> Iterator[Any]:
    try:
        yield _asked(place).supervisor
    except GONE as error:
        if isinstance(error, Fault) and error.faultCode in ALREADY:
            return
        raise StorageUnavailable("The manager of processes does not answer", where=str(place.manager),
                                 why=str(error), next="fitintel up status") from error  # fmt: skip


def _asked(place: Places) -> Any:
    from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

    return ServerProxy("http://127.0.0.1", transport=SupervisorTransport(None, None, f"unix://{place.manager}"))
