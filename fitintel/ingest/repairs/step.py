"""What one repair is, what it finds, and the record of what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.recording import Recording

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

MAX_STRETCHES = 50
"""stretches that are kept in a record; the number of samples is always whole"""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a repair finds in a recording and makes of it."""

    after: Recording
    at: Mask
    """samples that it changes (or, for a mark, that it speaks of), shape (n,)"""
    channels: tuple[str, ...]
    """channels that it changes, `time` among them; empty for a mark"""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One repair of the layer."""

    name: str
    version: str
    says: str
    """what it detects and what it does about it"""
    find: Callable[[Recording], Found | None]
    """None where there is nothing to repair; never changes what it is given"""


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """What one repair found in one recording: the record that is kept and shown."""

    name: str
    version: str
    says: str
    enabled: bool
    """False: a person turned it off; then nothing was changed, and `effect` is what it would do"""
    channels: tuple[str, ...]
    at: Mask
    """samples, shape (n,)"""
    stretches: tuple[tuple[float, float], ...]
    """(first, last) time of neighbouring samples [s since 1970], at most MAX_STRETCHES"""
    effect: Mapping[str, tuple[float, float]]
    """figure -> (before, after); keys of core.recording.SUMMARY, `beats` (heart beats) and `work` [J]"""
    detail: str = ""

    @property
    def count(self) -> int:
        """Number of samples."""
        return int(np.count_nonzero(self.at))

    def changed(self) -> dict[str, Any]:
        """Plain values for storage: channels, number of samples, stretches."""
        made: dict[str, Any] = {
            "channels": list(self.channels), "samples": self.count, "stretches": [list(each) for each in self.stretches]
        }  # fmt: skip
        return made | ({"detail": self.detail} if self.detail else {})


def stretches(time: Floats, at: Mask) -> tuple[tuple[float, float], ...]:
    """First and last time of each run of marked samples.

    >>> stretches(np.arange(5.0), np.array([True, True, False, False, True]))
    ((0.0, 1.0), (4.0, 4.0))
    """
    first, last = runs(at)
    first, last = first[:MAX_STRETCHES], last[:MAX_STRETCHES]
    return tuple(zip(time[first].tolist(), time[last].tolist(), strict=True))


def runs(at: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places of the first and the last sample of each run of marked samples, each of shape (runs,)."""
    edges = np.diff(np.concatenate(([False], at, [False])).astype(np.int8))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1


def without(values: Floats, at: Mask) -> Floats:
    """A copy with the marked values missing."""
    made = values.copy()
    made[at] = np.nan
    return made
