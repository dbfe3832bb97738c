"""What a simulated athlete consists of: a person, workouts, what else is kept of them, and the truth behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from fitintel.core.records import Athlete
from fitintel.core.stated import Stated
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts
from fitintel.intelligence.simulate.planted import (
    Change,
    EntryError,
    Regime,
    SensorFault,
    Stretch,
    WellnessFault,
)


class Lap(NamedTuple):
    """A lap as the device wrote it, in order from the start of the workout, without breaks between."""

    duration: float
    """s"""
    distance: float
    """m"""
    hr_mean: float | None = None
    """bpm"""
    power: float | None = None
    """W, mean"""


@dataclass(frozen=True, slots=True)
class Race:
    """A race and the workout that is it."""

    day: int
    workout_id: str
    distance: float
    """m, of the course"""
    expected: float
    """s: the time that the athlete's fitness of that day gives over this distance"""
    time: float
    """s: the time that was run, before anything was written down wrongly"""


@dataclass(frozen=True, slots=True)
class Fitness:
    """What the athlete is capable of, by day: an impulse-response model with a person's own parameters (fitness.py)."""

    first: int
    """day number of the first value"""
    speed: tuple[float, ...]
    """m/s that the athlete could run for one hour, at the start of each day"""
    hr_rest: float
    hr_threshold: float
    hr_max: float
    """bpm, the person's own; taken as constant"""
    tau_fitness: float
    tau_fatigue: float
    """d"""
    gain: float
    cost: float
    """log speed per mean daily load, of fitness and of fatigue"""

    def speed_on(self, day: int) -> float:
        """Threshold speed [m/s] on a day number of the history."""
        return self.speed[day - self.first]


@dataclass(frozen=True, slots=True)
class ThresholdTruth:
    """What is true of a threshold the athlete stated: `right` (within 4 %) as long as it stood, `stale` (right when it
    was stated, and no longer when it was last in force), or `wrong` from the start."""

    kind: str
    verdict: str
    true: float
    """SI, on the day it was stated"""
    until: int
    """last day number on which it was in force within the history"""
    true_until: float
    """SI, on that day"""


@dataclass(frozen=True, slots=True)
class PlanTruth:
    """What became of a planned workout."""

    outcome: str
    """`done`, `shortened` (to 35-80 % of it), `moved` (done within two days of it), `missed`, `withdrawn` in time,
    `not recorded` (done without a device), or `ahead` of the end of the history"""
    workout_id: str | None
    """the workout that was meant; None where there is none"""


@dataclass(frozen=True, slots=True)
class Truth:
    """All that was planted. An athlete without planted events has none of changes, regimes, errors, faults,
    wellness_faults, injuries, overreaching, races; sessions, fitness, plans and illness are everybody's life.
    """

    planted: bool
    changes: tuple[Change, ...]
    errors: tuple[EntryError, ...]
    faults: tuple[SensorFault, ...]
    stretches: tuple[Stretch, ...]
    races: tuple[Race, ...]
    types: Mapping[str, str]
    """workout id -> activity as a person would label it (core.answers.ACTIVITIES): `outlier` where a gross entry error
    makes the record useless, else the same as in `activities`"""
    activities: Mapping[str, str]
    """workout id -> what was done: run, walk, hike, ride, swim, strength, mixed or other"""
    sessions: Mapping[str, str]
    """workout id -> kind of session (core.answers.SESSIONS), as it was done, not as it was meant; not of strength and
    other, whose kinds are no endurance sessions"""
    fitness: Fitness
    regimes: tuple[Regime, ...] = ()
    wellness_faults: tuple[WellnessFault, ...] = ()
    thresholds: Mapping[str, ThresholdTruth] = field(default_factory=dict)
    """statement id -> truth of it"""
    plans: Mapping[str, PlanTruth] = field(default_factory=dict)
    """planned workout id -> what became of it"""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON or a snapshot."""
        plain = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


@dataclass(frozen=True, slots=True)
class SimulatedAthlete:
    """A person, their workouts (every column of COLUMNS, no flags), laps, wellness, statements, and the truth."""

    athlete: Athlete
    workouts: Workouts
    truth: Truth
    laps: Mapping[str, tuple[Lap, ...]] = field(default_factory=dict)
    """workout id -> its laps; no entry where none were recorded"""
    names: Mapping[str, str] = field(default_factory=dict)
    """workout id -> name that the athlete or their structured workout gave it; most workouts have none"""
    wellness: tuple[Wellness, ...] = ()
    stated: tuple[Stated, ...] = ()
    """thresholds, goals, planned workouts, excused days, each dated when it was stated"""
    sex: str = ""
    born: int = 0
    """sex and year of birth, as the person says them; empty and 0 where they do not"""
