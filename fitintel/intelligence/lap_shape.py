"""The shape of a workout in its laps: how regular they are, how it began and ended, and how long it was fast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.lap_structure import FEWEST, LEAST

Numbers = NDArray[np.float64]

SHAPE = ("regular", "head", "tail", "inner", "spread", "rough", "even", "longest", "quick", "fastest")
AHEAD = 0.08
"""Log speed over the usual from which a lap is quick: assumed."""


def shapes(ids: list[str], laps: Mapping[str, Any], usual: Numbers) -> dict[str, Numbers]:
    """Figures of each workout, NaN where it has fewer than FEWEST laps with time and distance.

    `laps` as `lap_structure.structures` takes them; `usual` float64[n]: log of the athlete's usual speed on that day.
    In log units: `regular`, the typical difference of a lap's distance from the median (0 for a lap every kilometre);
    `head` and `tail`, first and last lap against the mean of those between; `inner`, the second fastest against the
    slowest; `spread` and `rough`, SD of speed and mean step from lap to lap; `even`, SD of the durations of fast
    laps; `fastest` lap against `usual`. Of the laps that are AHEAD of `usual`, log(1 + minutes): `longest` stretch of
    them without a break, and `quick`, all of them.

    >>> laps = {"id": ["a"] * 4, "duration": [60.0] * 4, "distance": [240.0, 120.0, 240.0, 120.0]}
    >>> found = shapes(["a"], laps, np.log([2.5]))
    >>> [round(float(found[name][0]), 2) for name in ("inner", "quick", "longest")]
    [0.69, 1.1, 0.69]
    """
    found = {name: np.full(len(ids), np.nan) for name in SHAPE}
    for place, duration, distance in _each(ids, laps):
        for name, value in _shape(duration, distance, float(usual[place])).items():
            found[name][place] = value
    return found


def _each(ids: list[str], laps: Mapping[str, Any]) -> Iterator[tuple[int, Numbers, Numbers]]:
    of = np.asarray(laps["id"], dtype=object)
    if not len(of):
        return
    duration, distance = (np.asarray(laps[name], dtype=np.float64) for name in ("duration", "distance"))
    place = {name: at for at, name in enumerate(ids)}
    starts = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1])))
    for first, end in zip(starts.tolist(), [*starts[1:].tolist(), len(of)], strict=True):
        at = place.get(of[first])
        good = (duration[first:end] >= LEAST) & (distance[first:end] > 0)
        if at is not None and good.sum() >= FEWEST:
            yield at, duration[first:end][good], distance[first:end][good]


def _shape(duration: Numbers, distance: Numbers, usual: float) -> dict[str, float]:
    speed = np.log(distance / duration)
    share, ranked = duration / duration.sum(), np.sort(speed)
    inside = float(speed[1:-1].mean())
    fast = speed > (speed.min() + speed.max()) / 2
    # the last lap is what was left over
    lengths = np.log(distance[:-1] / np.median(distance[:-1]))
    found = {
        "regular": float(np.median(np.abs(lengths))), "head": float(speed[0]) - inside,
        "tail": float(speed[-1]) - inside, "inner": float(ranked[-2] - ranked[0]),
        "spread": float(np.sqrt((share * (speed - (share * speed).sum()) ** 2).sum())),
        "rough": float(np.abs(np.diff(speed)).mean()),
        "even": float(np.std(np.log(duration[fast]))) if fast.sum() > 1 else 0.0,
    }  # fmt: skip
    if not np.isfinite(usual):
        return found
    ahead = speed > usual + AHEAD
    longest = lasting = 0.0
    for quick, seconds in zip(ahead.tolist(), duration.tolist(), strict=True):
        lasting = lasting + seconds if quick else 0.0
        longest = max(longest, lasting)
    quick_time = float(duration[ahead].sum())
    return {**found, "longest": float(np.log1p(longest / 60.0)), "quick": float(np.log1p(quick_time / 60.0)),
            "fastest": float(ranked[-1]) - usual}  # fmt: skip
