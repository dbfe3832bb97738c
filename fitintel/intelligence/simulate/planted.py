"""Records of what was planted in a history, each with its size: changes, regimes, errors, faults, stretches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A lasting change of habit: from `day` on, the expected weekly load is `factor` times what it was."""

    day: int
    field: str
    factor: float

    @property
    def size(self) -> str:
        """`small` (30-40 %), `medium` (40-50 %) or `large` (50-60 %)."""
        return size_class(abs(self.factor - 1), 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Regime:
    """A lasting change of how the athlete trains, other than of how much; weekly duration is expected to stay."""

    day: int
    """first day of the new regime"""
    kind: str
    """`sport`: part of the training moves to another sport; `weekdays`: other days of the week; `intensity`: more or
    fewer hard sessions"""
    moved: float
    """share of workouts that are of another sport, or on another weekday, or of another intensity than before"""
    size: str
    """`small` (under a fifth moved), `medium`, or `large` (two fifths and more)"""
    detail: Mapping[str, float | str]
    """sport: from, to; weekdays: shift [d]; intensity: before, after (share of hard sessions meant)"""


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
    effect: float
    """written value less the true one, in the field's SI unit (of `distance`: log of their ratio)"""
    size: str
    """`small` (under 2 SD of the athlete's own ordinary spread: nobody can see it), `medium` (2-4 SD), `large`"""


@dataclass(frozen=True, slots=True)
class WellnessFault:
    """A wellness value that the device got wrong."""

    wellness_id: str
    day: int
    metric: str
    kind: str
    effect: float
    """written less true, in the metric's unit"""
    size: str
    """as of SensorFault, by the athlete's day-to-day SD of that metric"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which something else than habit rules; `factor` on expected load.

    Kinds: injury, return from injury, illness, holiday, no device, taper, overreaching.
    """

    first: int
    last: int
    kind: str
    factor: float


def size_class(effect: float, medium: float, large: float) -> str:
    """The class of an effect: `small` below `medium`, `large` from `large` on.

    >>> size_class(1.9, 2, 4), size_class(2.0, 2, 4), size_class(9.0, 2, 4)
    ('small', 'medium', 'large')
    """
    return "small" if effect < medium else "medium" if effect < large else "large"
