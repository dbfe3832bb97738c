"""supervisord, the manager of the processes: its configuration, and how it is started."""

from __future__ import annotations

import configparser
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from fitintel.core.errors import UsageError
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Process
from fitintel.workbench.production.status import by_name
from fitintel.workbench.serving import HOST

TRIES = 20
"""starts in a row that a process may fail, each later than the one before: a store may come after who needs it"""
LOG_BYTES, LOG_FILES = "10MB", 3


def write(place: Places, processes: Sequence[Process], common: Mapping[str, str]) -> Path:
    """Write the configuration; its path. Only its owner may read it."""
    made = configparser.RawConfigParser()
    made.optionxform = str  # type: ignore[assignment,method-assign]
    made["unix_http_server"] = {"file": str(place.manager), "chmod": "0700"}
    made["rpcinterface:supervisor"] = {
        "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface",
    }
    made["supervisord"] = {
        "nodaemon": "true", "logfile": _said(place.logs / "manager.log"), "pidfile": _said(place.run / "manager.pid"),
        "logfile_maxbytes": LOG_BYTES, "logfile_backups": str(LOG_FILES), "umask": "077", "silent": "true",
        "environment": _environment(common), **({"user": "root"} if os.geteuid() == 0 else {}),
    }  # fmt: skip
    for one in processes:
        if one.shared:
            # one section for all instances: the manager holds the socket that they take turns at
            many = sum(other.service == one.service for other in processes)
            made[f"fcgi-program:{one.service}"] = {
                **_program(place, one, f"{_said(place.logs)}/{one.service}-%(process_num)d.log"),
                "process_name": f"{one.service}-%(process_num)d", "numprocs": str(many), "numprocs_start": "1",
                "socket": f"tcp://{HOST}:{one.port}",
            }  # fmt: skip
        elif one.hears:
            made[f"eventlistener:{one.name}"] = {**_program(place, one), "events": one.hears, "buffer_size": "100"}
        else:
            made[f"program:{one.name}"] = _program(place, one)
    place.configuration.touch(mode=0o600)
    with place.configuration.open("w", encoding="utf-8") as file:
        made.write(file)
    return place.configuration


def running(place: Places) -> bool:
    """Whether a manager answers in this workspace."""
    return bool(by_name(place))


def start(place: Places) -> None:
    """Become the manager: this returns never. Raises UsageError where one runs already."""
    if running(place):
        raise UsageError("This workspace is up already", next="fitintel up status")
    line = [sys.executable, "-m", "supervisor.supervisord", "-c", str(place.configuration)]
    os.execv(sys.executable, line)


def _program(place: Places, one: Process, log: str = "") -> dict[str, str]:
    # a listener's output is what it says to the manager
    stream = "stderr" if one.hears else "stdout"
    return {
        "command": _said(shlex.join(one.command)), "environment": _environment(one.environment),
        "priority": str(one.order), "autostart": str(not one.waits).lower(), "autorestart": "true",
        "startretries": str(TRIES), "startsecs": "2",
        "stopsignal": one.stop, "stopwaitsecs": str(one.grace), "stopasgroup": str(not one.drains).lower(),
        "killasgroup": "true",
        "redirect_stderr": str(not one.hears).lower(),
        f"{stream}_logfile": log or _said(place.logs / f"{one.name}.log"),
        f"{stream}_logfile_maxbytes": LOG_BYTES, f"{stream}_logfile_backups": str(LOG_FILES),
    }  # fmt: skip


def _environment(held: Mapping[str, str]) -> str:
    return ",".join(f'{name}="{_said(value)}"' for name, value in sorted(held.items()))


def _said(value: object) -> str:
    # supervisord expands %(name)s
    return str(value).replace("%", "%%")
