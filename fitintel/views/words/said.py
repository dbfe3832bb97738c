"""What a sentence is made from, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.views import numbers


@dataclass(frozen=True, slots=True)
class Figure:
    """One number to be seen at a glance: `value` and `unit`, what it is, and its interval in words."""

    value: str
    unit: str
    label: str
    interval: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A true sentence and what goes with it. `lead` stands before it (a date), `sign` is a mark that repeats it."""

    text: str
    notes: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    lead: str = ""
    sign: str = ""
    reason: str = ""
    minimum: str = ""
    effect: str = ""
    """what to expect of it, with an interval, or that it is not known"""
    avoid: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The SI values of an insight, the reader's units, and the parameters of the runs that made the values."""

    values: Mapping[str, Any]
    units: UnitSystem
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def has(self, *names: str) -> bool:
        """Whether all of these are known."""
        return all(numbers.known(self.values.get(name)) for name in names)

    def show(self, name: str, kind: str, *, signed: bool = False, times: float = 1.0) -> str:
        """One value (`times` a whole number of weeks) with its unit."""
        return numbers.quantity(self.values[name] * times, kind, self.units, signed=signed)

    def between(self, low: str, high: str, kind: str, *, signed: bool = False, times: float = 1.0) -> str:
        """Two values as an interval."""
        return numbers.between(self.values[low] * times, self.values[high] * times, kind, self.units, signed=signed)

    def norm(self, low: str, high: str, kind: str) -> str:
        """Two values as a usual range; a range from nothing is an upper limit."""
        if self.values[low] <= 0:
            return f"up to {self.show(high, kind)}"
        return self.between(low, high, kind)

    def interval(self, parameter: str) -> str:
        """`80 % interval`, as far as the run tells its level."""
        level = self.parameters.get(parameter)
        return f"{numbers.percent(level)} interval" if isinstance(level, float) else "interval"


Sentence = Callable[[Facts], Said]


@dataclass(frozen=True, slots=True)
class Subject:
    """A weekly quantity: its name in a sentence, its kind of number, and the words for up and down."""

    name: str
    kind: str
    up: str = "rising"
    down: str = "falling"

    @property
    def change(self) -> str:
        """The kind of number of a change."""
        return "speed change" if self.kind == "speed" else self.kind


SUBJECTS = {
    "distance": Subject("weekly distance", "distance"),
    "duration": Subject("weekly training time", "duration"),
    "sessions": Subject("the number of sessions a week", "sessions"),
    "distance_each": Subject("the distance of a typical workout", "distance"),
    "duration_each": Subject("the duration of a typical workout", "duration"),
    "load": Subject("weekly load", "load"),
    "ctl": Subject("chronic load (CTL)", "load"),
    "threshold_speed": Subject("threshold speed", "speed"),
    "threshold_power": Subject("threshold power", "power"),
    "threshold_critical_power": Subject("critical power", "power"),
    "race": Subject("race time", "duration"),
    # the values of pace are speeds, so that more is faster
    "pace": Subject("pace", "speed", "getting faster", "getting slower"),
}


def subject(name: str) -> Subject:
    """The subject of that name."""
    if name not in SUBJECTS:
        raise UnknownName("subject", name, SUBJECTS)
    return SUBJECTS[name]


FIELDS = {
    "duration": ("duration", "duration"), "distance": ("distance", "distance"), "speed": ("mean speed", "speed"),
    "pace": ("pace", "pace"), "hr_mean": ("mean heart rate", "heart rate"),
    "hr_max": ("highest heart rate", "heart rate"), "cadence": ("cadence", "cadence"),
    "elevation_gain": ("climb", "elevation"), "steps": ("number of steps", "count"), "energy": ("energy", "energy"),
    "speed_max": ("highest speed", "speed"), "rpe": ("effort rating", "count"), "load": ("load", "load"),
    "sessions": ("sessions", "sessions"),
}  # fmt: skip
"""field of a workout -> its name in a sentence, and its kind of number."""


def workout_field(name: str) -> tuple[str, str]:
    """How a field is called and shown."""
    if name not in FIELDS:
        raise UnknownName("field of a workout", name, FIELDS)
    return FIELDS[name]


def capital(text: str) -> str:
    """The first letter large, the rest as it is.

    >>> capital("weekly distance")
    'Weekly distance'
    """
    return text[:1].upper() + text[1:]
