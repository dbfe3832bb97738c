"""What a simulated athlete consists of: a person, workouts, and the truth that was planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fitintel.core.records import Athlete
from fitintel.core.workouts import Workouts


@dataclass(frozen=True, slots=True)
class Change:
    """A lasting change of habit: from `day` on, the expected weekly load is `factor` times what it was."""

    day: int
    field: str
    factor: float


@dataclass(frozen=True, slots=True)
class EntryError:
    """A workout whose entry is wrong by `factor` in `field` (for a watch left running: the resulting factor)."""

    workout_id: str
    kind: str
    field: str
    factor: float
    gross: bool
    """beyond what this athlete's own spread can produce (see faults.py); else the size of an ordinary bad day"""


@dataclass(frozen=True, slots=True)
class SensorFault:
    """A workout in which a sensor of the device failed."""

    workout_id: str
    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which something else than habit rules: injury, illness, holiday, taper; `factor` on expected load."""

    first: int
    last: int
    kind: str
    factor: float


@dataclass(frozen=True, slots=True)
class Race:
    """A race and the workout that is it."""

    day: int
    workout_id: str


@dataclass(frozen=True, slots=True)
class Truth:
    """All that was planted. An athlete without planted events has none of changes, errors, faults, injuries, races."""

    planted: bool
    changes: tuple[Change, ...]
    errors: tuple[EntryError, ...]
    faults: tuple[SensorFault, ...]
    stretches: tuple[Stretch, ...]
    races: tuple[Race, ...]
    types: Mapping[str, str]
    """workout id -> run, walk, hike, mixed or other"""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON or a snapshot."""
        plain = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


@dataclass(frozen=True, slots=True)
class SimulatedAthlete:
    """A person, their workouts (every column of COLUMNS, no flags) and the truth behind them."""

    athlete: Athlete
    workouts: Workouts
    truth: Truth
