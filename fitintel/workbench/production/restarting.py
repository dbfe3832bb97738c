"""Processes started again one after another, each awaited: the other instances answer meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping

from fitintel.core.errors import NotFound, ServiceMissing, UnknownName
from fitintel.workbench.production.monitors import probes_of, watched_file
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.probing import answers
from fitintel.workbench.production.process import Probe, service_of
from fitintel.workbench.production.status import UP, Told, by_name, reload, start, stop

ROLLING = ("api", "app")
"""services with several instances"""
GATEWAY = "gateway"
PATIENCE = 180.0
"""s in which a process has to end, and then to be well"""
STEP = 0.2


def restart(place: Places, names: Collection[str] = ()) -> Iterator[str]:
    """Start these services or processes again, by default those of several instances; each name when it is well.

    The gateway is not ended: it reads its certificate anew, and what passes goes on. Raises NotFound where nothing is
    up, UnknownName, and ServiceMissing for a process that does not become well: those after it are left alone.
    """
    there = by_name(place)
    if not there:
        raise NotFound("Nothing is started in this workspace", where=str(place.root), next="fitintel up --production")
    wanted = list(chosen(there, names))
    probes = probes_of(watched_file(place))
    for one in wanted:
        if one.name == GATEWAY:
            reload(place, one)
        else:
            _again(place, one, probes.get(one.name))
        yield one.name


def chosen(there: Mapping[str, Told], names: Collection[str]) -> Iterator[Told]:
    """The processes that are meant, in the order of the names; raises UnknownName."""
    for name in names or ROLLING:
        found = [one for one in there.values() if name in (one.name, service_of(one.name)) and not one.waits]
        if not found and names:
            raise UnknownName("process", name, sorted({*there, *map(service_of, there)}))
        yield from sorted(found, key=lambda one: one.name)


def _again(place: Places, one: Told, probe: Probe | None) -> None:
    def now() -> Told:
        return by_name(place).get(one.name, one)

    stop(place, one)
    _until(lambda: not now().pid, one, "it does not end")
    start(place, one)
    _until(lambda: now().state == UP, one, "it does not start")
    if probe is not None:
        _until(lambda: answers(probe), one, "it does not answer")


def _until(there: Callable[[], bool], one: Told, why: str) -> None:
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            raise ServiceMissing(f"{one.name} could not be started again", why=f"{why}, {PATIENCE:g} s long",
                                 next=f"its log, {one.name}.log; those after it were left as they are")  # fmt: skip
        time.sleep(STEP)
