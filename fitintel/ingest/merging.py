"""One workout made of several recordings of it: who leads, and from whom each figure and each channel is taken.

The sources stay as they are. What a merge chooses is written down by name, never copied: a source that is corrected
later, or a merge that is undone, needs no repair of figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.rules import Spoils, spoiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

KINDS = ("fit", "tcx", "gpx")
"""Recordings, nearest to the sensor first: what is exported from another loses channels and pauses."""
BY_CHANNEL: dict[str, tuple[str, ...]] = {
    "hr": ("hr_mean", "hr_max"), "cadence": ("cadence",), "elevation": ("elevation_gain",), "speed": ("speed_max",),
}  # fmt: skip
"""channel -> figures made of it, which come from the same source"""
MADE_OF: dict[str, tuple[str, ...]] = {
    **BY_CHANNEL, "elevation": ("elevation_gain", "elevation_loss"), "speed": ("speed_max", "graded_speed"),
    "power": ("power_mean", "power_max", "weighted_power"),
}  # fmt: skip
"""channel -> figures of a recording made of it"""
FIGURES = ("duration", "distance", "speed_max", "elevation_gain", "hr_mean", "hr_max", "cadence", "steps", "energy",
           "rpe", "notes")  # fmt: skip
"""what a merged workout may take from another than its leader"""
VAGUE, SPORT = "other", ("sport", "source_sport")
"""a leader that does not say what it was takes the word of one that does"""
SPOILT_BY = {"duration": Spoils.DURATION, "distance": Spoils.DISTANCE, "speed_max": Spoils.PACE}
BETTER = 1.1
"""times as much of the workout must a channel of another source cover to be taken instead of the leader's"""
POSITION = ("lat", "lon")
GAP = 10.0
"""s. Across longer gaps a channel of another source is not interpolated."""


@dataclass(frozen=True, slots=True)
class Part:
    """One source's account of the workout."""

    row: Mapping[str, Any]
    """columns of a workout; None is missing"""
    kind: str = ""
    """format of the recording, '' without"""
    covered: Mapping[str, int] = field(default_factory=dict)
    """channel -> s of the workout for which it was measured"""
    samples: int = 0
    quality: float | None = None

    @property
    def id(self) -> str:
        """Id of the workout."""
        return str(self.row["id"])

    @property
    def flags(self) -> str:
        """Rules it breached."""
        return self.row.get("flags") or ""


@dataclass(frozen=True, slots=True)
class Merged:
    """Who leads, and what is taken from others: id -> names."""

    leader: str
    columns: Mapping[str, tuple[str, ...]]
    channels: Mapping[str, tuple[str, ...]]


def ranked(parts: Sequence[Part]) -> list[Part]:
    """The parts, best first; equal ones by id, so that the order of arrival plays no part."""
    return sorted(parts, key=_rank)


def _rank(part: Part) -> tuple[Any, ...]:
    kind = KINDS.index(part.kind) if part.kind in KINDS else len(KINDS)
    row = part.row
    measured = sum(row.get(name) is not None for name in FIGURES)
    return (
        spoiled(part.flags, Spoils.EVERYTHING), part.samples == 0, kind, -len(part.covered), -part.samples,
        -(part.quality or 0.0), row.get("start") is None, row.get("utc_offset") is None,
        row.get("sport") in (None, VAGUE), row.get("distance") is None, -measured, part.id,
    )  # fmt: skip


def merged(parts: Sequence[Part]) -> Merged:
    """What the merged workout takes from whom.

    Power from the meter, heart rate from the strap, position from the receiver: a channel comes from the source that
    has it, of several from the one that covers clearly more of the workout, else from the leader. A figure comes with
    its channel; one that the leader lacks, or that is spoilt there, from the next source that has it.

    >>> watch = Part({"id": "a", "duration": 1800.0, "hr_mean": 140.0}, "fit", {"hr": 900, "lat": 1800}, 1800)
    >>> strap = Part({"id": "b", "duration": 1795.0, "hr_mean": 151.0, "rpe": 6.0}, "tcx", {"hr": 1795}, 1795)
    >>> merged([strap, watch])
    Merged(leader='a', columns={'b': ('hr_mean', 'rpe')}, channels={'b': ('hr',)})
    """
    order = ranked(parts)
    best = {name: _covers(order, name) for name in sorted({name for part in order for name in part.covered})}
    if "lat" in best and "lon" in best:
        best["lon"] = best["lat"]  # a position is of one source
    made_of = {figure: channel for channel, figures in BY_CHANNEL.items() for figure in figures}
    columns: dict[str, list[str]] = {}
    for name in FIGURES:
        first = best.get(made_of.get(name, ""))
        chosen = next((part for part in ([first] if first else []) + order if _usable(part, name)), None)
        if chosen is not None and chosen is not order[0]:
            columns.setdefault(chosen.id, []).append(name)
    if order[0].row.get("sport") == VAGUE:
        told = next((part for part in order if part.row.get("sport") not in (None, VAGUE)), None)
        if told is not None:
            columns.setdefault(told.id, []).extend(SPORT)
    channels: dict[str, list[str]] = {}
    for name, part in best.items():
        if part is not order[0]:
            channels.setdefault(part.id, []).append(name)
    return Merged(order[0].id, *({key: tuple(names) for key, names in sorted(each.items())}
                                 for each in (columns, channels)))  # fmt: skip


def _covers(order: Sequence[Part], name: str) -> Part:
    usable = [part for part in order if part.covered.get(name) and not spoiled(part.flags, Spoils.EVERYTHING)] or order
    most = max(part.covered.get(name, 0) for part in usable)
    return next(part for part in usable if part.covered.get(name, 0) * BETTER >= most)


def _usable(part: Part, name: str) -> bool:
    value = part.row.get(name)
    if value is None or value == "" or (name in ("duration", "distance") and value <= 0):
        return False
    what = SPOILT_BY.get(name)
    return not spoiled(part.flags, what or Spoils.EVERYTHING)


def merged_samples(
    leader: Mapping[str, Floats], others: Sequence[tuple[Mapping[str, Floats], Sequence[str], float]]
) -> dict[str, Floats]:
    """The leader's samples, with the channels of others on its time axis.

    Args:
        leader: `time` [s] and channels, each of shape (n,); without samples those of the first other are the axis.
        others: (samples, names of the channels to take, s by which their clock is behind the leader's).

    >>> ride = {"time": np.array([0.0, 1.0, 2.0]), "lat": np.array([1.0, 1.1, 1.2])}
    >>> meter = {"time": np.array([0.0, 2.0]), "power": np.array([200.0, 220.0])}
    >>> merged_samples(ride, [(meter, ["power"], 0.0)])["power"].tolist()
    [200.0, 210.0, 220.0]
    """
    made = dict(leader)
    for samples, names, shift in others:
        if not len(samples.get("time", ())):
            continue
        time = samples["time"] + shift
        if not len(made.get("time", ())):
            made["time"] = time
        for name in names:
            if name in samples:
                made[name] = _at(made["time"], time, samples[name])
    return made


def _at(wanted: Floats, time: Floats, values: Floats) -> Floats:
    known = ~np.isnan(values)
    if not known.any():
        return np.full(len(wanted), math.nan)
    time, values = time[known], values[known]
    made = np.interp(wanted, time, values, left=np.nan, right=np.nan)
    after = np.clip(np.searchsorted(time, wanted), 0, len(time) - 1)
    before = np.clip(np.searchsorted(time, wanted, "right") - 1, 0, len(time) - 1)
    return np.where(time[after] - time[before] <= GAP, made, np.nan)
