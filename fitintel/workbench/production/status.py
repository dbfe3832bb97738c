"""What the manager says of its processes, and what it is asked to do with them."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from fitintel.core.errors import NotFound, StorageUnavailable
from fitintel.workbench.production.places import Places

UP = "RUNNING"
GONE = (OSError, http.client.HTTPException, Fault)


@dataclass(frozen=True, slots=True)
class Told:
    """A process, as the manager says."""

    name: str
    state: str
    """of supervisord: STARTING, RUNNING, BACKOFF, STOPPED, FATAL, ..."""
    says: str


def told(place: Places) -> list[Told]:
    """Every process; raises NotFound where nothing is started."""
    try:
        return [Told(str(one["name"]), str(one["statename"]), str(one["description"]))
                for one in _asked(place).supervisor.getAllProcessInfo()]  # fmt: skip
    except GONE as error:
        raise NotFound("Nothing is started in this workspace", where=str(place.root),
                       next="fitintel up --production") from error  # fmt: skip


def running(place: Places) -> dict[str, bool]:
    """Process -> whether it runs; empty where nothing is started."""
    if not place.manager.exists():
        return {}
    try:
        return {one.name: one.state == UP for one in told(place)}
    except NotFound:
        return {}


def again(place: Places, name: str) -> None:
    """Start a process again, also one that is stopped by a signal; raises StorageUnavailable without the manager."""
    try:
        asked = _asked(place).supervisor
        if name in {one["name"] for one in asked.getAllProcessInfo() if one["statename"] == UP}:
            # a process that is stopped (SIGSTOP) does not hear SIGTERM
            asked.signalProcessGroup(name, "KILL")
        else:
            asked.startProcess(name, False)
    except GONE as error:
        raise StorageUnavailable("The manager of processes does not answer", where=str(place.manager),
                                 why=str(error), next="fitintel up status") from error  # fmt: skip


def _asked(place: Places) -> Any:
    from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

    return ServerProxy("http://127.0.0.1", transport=SupervisorTransport(None, None, f"unix://{place.manager}"))
