"""What a bad input is: its bytes, and what has to become of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from fitintel.core.records import Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """One variant of a case of the catalogue."""

    name: str
    """of the file"""
    data: bytes | Callable[[], bytes]
    outcome: Outcome
    classes: frozenset[str]
    """every class of the problems that are found, notes aside"""
    workouts: int = 0
    """that it brings"""
    says: tuple[str, ...] = ()
    """words that its messages must hold"""
    members: int = 0
    """ledger rows of members of an archive, beside its own"""
    options: Mapping[str, Any] = field(default_factory=dict)
    holds: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """column -> values that must be among the stored ones"""
    counts: Mapping[str, int] = field(default_factory=dict)
    """of the ledger row"""
    variant: str = ""
    slow: bool = False

    def bytes(self) -> bytes:
        """The content of the file."""
        return self.data if isinstance(self.data, bytes) else self.data()


def quarantined(name: str, data: bytes | Callable[[], bytes], classes: str, workouts: int = 0, **more: Any) -> Case:
    """A file of which something, or all, waits."""
    return Case(name, data, Outcome.QUARANTINED, frozenset(classes.split()), workouts, **more)


def warned(name: str, data: bytes | Callable[[], bytes], classes: str, workouts: int = 1, **more: Any) -> Case:
    """A file that is used, and of which something must be said."""
    return Case(name, data, Outcome.WARNED, frozenset(classes.split()), workouts, **more)


def imported(
    name: str, data: bytes | Callable[[], bytes], workouts: int = 1, notes: str = "", **more: Any
) -> Case:  # fmt: skip
    """A file that is used as it is; `notes` are classes of what is told beside it."""
    return Case(name, data, Outcome.IMPORTED, frozenset(notes.split()), workouts, **more)


def generated(*modules: ModuleType) -> dict[str, Callable[[], Iterator[Case]]]:
    """Case id -> its generator: the functions whose names are ids (`csv_01` makes CSV-01)."""
    return {
        name.upper().replace("_", "-"): thing
        for module in modules
        for name, thing in vars(module).items()
        if re.fullmatch(r"[a-z]{3}_\d\d", name)
    }
