"""One program that runs in production, and how it is known to be well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Probe:
    """What a process that is well answers."""

    kind: Literal["http", "redis", "mariadb"]
    at: str
    """host:port, or the path of a socket"""
    path: str = ""
    """of http"""


@dataclass(frozen=True, slots=True)
class Process:
    """A program under the manager."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    """beside that of all"""
    port: int | None = None
    """on loopback, where the gateway or Prometheus finds it"""
    probe: Probe | None = None
    """None: it listens nowhere, and is well while it is not stopped"""
    order: int = 50
    """those with lower numbers are started first and stopped last"""
    stop: str = "TERM"
    grace: int = 30
    """s in which it may end what is under way"""
    shared: bool = False
    """its instances take turns at one listening socket, which the manager holds: `port`"""
    waits: bool = False
    """it is started when there is work for it"""
    drains: bool = False
    """only it is told to end, not what it has started: that is finished first"""
    hears: str = ""
    """events of the manager that it is told of"""

    @property
    def service(self) -> str:
        """What it is one of: instances are told apart by a number after a dash.

        >>> Process("app-2", ("true",)).service
        'app'
        """
        return service_of(self.name)


def service_of(name: str) -> str:
    """The service of a process, by its name."""
    head, _, tail = name.rpartition("-")
    return head if tail.isdecimal() else name
