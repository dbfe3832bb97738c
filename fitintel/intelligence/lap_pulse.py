"""How the heart rate goes from lap to lap: whether it falls where the speed does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

LEAST = 30.0
"""s. In a shorter lap the pulse is still that of the lap before."""
AS_FAST = 0.97
"""A lap is not faster than another if its speed is at most that of the other over this: 3 % is what laps of even
effort differ by."""
STEEPER, WIDEST = 30.0, 0.6
"""bpm by which the pulse may fall more for each unit of the log ratio of fastest to slowest lap, up to the second."""


@dataclass(frozen=True, slots=True)
class Fall:
    """The largest fall of a workout's heart rate from an earlier lap to a later one at no less speed."""

    by: float
    """bpm"""
    to: float
    """bpm, mean of the later lap"""
    spread: float
    """log ratio of the fastest to the slowest lap, at most WIDEST"""
    mean_before: float
    """bpm, mean of the laps that are nearer to the earlier than to the later one"""


def falls(laps: Mapping[str, Any]) -> dict[str, Fall]:
    """Workout id -> its largest fall; only of those with two laps or more that have distance and heart rate.

    `laps` has the columns `id`, `duration` [s], `distance` [m] and `hr_mean` [bpm], those of a workout together and in
    order of time; without `hr_mean` there is nothing to find.

    >>> falls({"id": ["a"] * 2, "duration": [300.0] * 2, "distance": [900.0] * 2, "hr_mean": [150.0, 90.0]})["a"].by
    60.0
    """
    of = np.asarray(laps["id"], dtype=object)
    if not len(of) or "hr_mean" not in laps:
        return {}
    duration, distance, pulse = (
        np.asarray(laps[name], dtype=np.float64) for name in ("duration", "distance", "hr_mean")
    )
    good = (duration >= LEAST) & (distance > 0) & (pulse > 0)
    starts = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1])))
    found = {}
    for first, end in zip(starts.tolist(), [*starts[1:].tolist(), len(of)], strict=True):
        use = first + np.flatnonzero(good[first:end])
        if len(use) >= 2:
            one = _fall(duration[use], distance[use], pulse[use])
            if one is not None:
                found[str(of[first])] = one
    return found


def _fall(duration: Any, distance: Any, pulse: Any) -> Fall | None:
    speed = distance / duration
    not_faster = speed[:, None] * AS_FAST <= speed[None, :]
    by = np.where(
        not_faster & np.triu(np.ones(not_faster.shape, dtype=bool), 1), pulse[:, None] - pulse[None, :], -np.inf
    )
    earlier, later = np.unravel_index(int(np.argmax(by)), by.shape)
    if not by[earlier, later] > 0:
        return None
    kept = pulse > (pulse[earlier] + pulse[later]) / 2
    return Fall(
        by=float(by[earlier, later]), to=float(pulse[later]),
        spread=min(float(np.log(speed.max() / speed.min())), WIDEST),
        mean_before=float(np.average(pulse[kept], weights=duration[kept])),
    )  # fmt: skip


def with_pulse(laps: Mapping[str, Any] | None, ids: Iterable[str]) -> dict[str, list[Any]] | None:
    """The laps of these workouts, as `falls` takes them; None where none has a heart rate.

    >>> laps = {"id": ["a", "b"], "duration": [300.0] * 2, "distance": [900.0] * 2, "hr_mean": [150.0, 90.0]}
    >>> with_pulse(laps, ["b"])["hr_mean"], with_pulse(laps, []), with_pulse(None, ["b"])
    ([90.0], None, None)
    """
    if not laps or "hr_mean" not in laps:
        return None
    there = set(ids)
    mine = [at for at, name in enumerate(laps["id"]) if name in there]
    if not any(laps["hr_mean"][at] > 0 for at in mine):
        return None
    return {name: [laps[name][at] for at in mine] for name in ("id", "duration", "distance", "hr_mean")}
