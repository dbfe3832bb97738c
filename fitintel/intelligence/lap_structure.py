"""What the laps of a workout say of its structure: how fast and slow parts alternate, and how long each lasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

FIGURES = ("contrast", "blocks", "share", "block", "best")
LEAST = 15.0
"""s. A shorter lap is a slip of the finger, or what is left at the end."""
LONG_ENOUGH = 60.0
"""s. The best lap is looked for among laps at least as long."""
FEWEST = 3
"""Laps that a structure needs."""


def structures(ids: list[str], laps: Mapping[str, Any]) -> dict[str, Numbers]:
    """Figures of each workout, NaN where it has fewer than FEWEST laps with time and distance.

    `laps` has the columns `id`, `duration` [s], `distance` [m], those of a workout together and in order of time.
    `contrast`: log of the speed of the faster part over that of the slower, split midway between slowest and fastest;
    `blocks`: separate stretches of the faster part; `share` of time in it; `block`: mean length of one [s]; `best`:
    highest speed of a lap of a minute or more [m/s].

    >>> laps = {"id": ["a"] * 4, "duration": [60.0] * 4, "distance": [240.0, 120.0, 240.0, 120.0]}
    >>> found = structures(["a"], laps)
    >>> [round(float(found[name][0]), 2) for name in FIGURES]
    [0.69, 2.0, 0.5, 60.0, 4.0]
    """
    found = {name: np.full(len(ids), np.nan) for name in FIGURES}
    of = np.asarray(laps["id"], dtype=object)
    if not len(of):
        return found
    duration, distance = (np.asarray(laps[name], dtype=np.float64) for name in ("duration", "distance"))
    place = {name: at for at, name in enumerate(ids)}
    starts = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1])))
    for first, end in zip(starts.tolist(), [*starts[1:].tolist(), len(of)], strict=True):
        at = place.get(of[first])
        good = (duration[first:end] >= LEAST) & (distance[first:end] > 0)
        if at is not None and good.sum() >= FEWEST:
            one = _structure(duration[first:end][good], distance[first:end][good])
            for name, value in zip(FIGURES, one, strict=True):
                found[name][at] = value
    return found


def _structure(duration: Numbers, distance: Numbers) -> tuple[float, ...]:
    speed = distance / duration
    fast = np.log(speed) > (np.log(speed.min()) + np.log(speed.max())) / 2
    if fast.all() or not fast.any():
        return 0.0, 0.0, 0.0, 0.0, float(speed.max())
    begins = int(fast[0]) + int(np.count_nonzero(fast[1:] & ~fast[:-1]))
    ahead, behind = (float(distance[part].sum() / duration[part].sum()) for part in (fast, ~fast))
    time = float(duration[fast].sum())
    lasting = speed[duration >= LONG_ENOUGH]
    best = float(lasting.max()) if len(lasting) else ahead
    return float(np.log(ahead / behind)), float(begins), time / float(duration.sum()), time / begins, best
