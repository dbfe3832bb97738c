"""A brief that has been made, with all that is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.core.answers import Told
from fitintel.core.audit import Entry
from fitintel.core.performance import Fared
from fitintel.core.records import Brief, Run


@dataclass(frozen=True, slots=True)
class MadeBrief:
    """A brief, its runs, what it told, what the audit chain notes of it, and how its algorithms fared."""

    brief: Brief
    runs: Sequence[Run]
    told: Sequence[Told] = ()
    noted: Sequence[Entry] = ()
    fared: Fared | None = None
