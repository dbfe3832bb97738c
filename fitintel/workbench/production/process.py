"""One program that runs in production, and how it is known to be well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Process:
    """A program under the manager."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    """beside that of all"""
    port: int | None = None
    """on loopback"""
    health: str | None = None
    """path that answers 200, 401 or 403 over HTTP while it is well"""
    order: int = 50
    """those with lower numbers are started first and stopped last"""
    stop: str = "TERM"
    grace: int = 30
    """s in which it may end what is under way"""

    @property
    def service(self) -> str:
        """What it is one of: instances are told apart by a number after a dash.

        >>> Process("app-2", ("true",)).service
        'app'
        """
        head, _, tail = self.name.rpartition("-")
        return head if tail.isdecimal() else self.name
