"""What a repair did to the figures of a workout: before and after, of samples as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.figures import axis_of, climbed, top_speed, total_distance, weighted_power

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def effect(before: Recording, after: Recording, channels: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Figures that changed: name -> (before, after); NaN where there is none."""
    old, new = _figures(before, channels), _figures(after, channels)
    missing = float("nan")
    pairs = {name: (old.get(name, missing), new.get(name, missing)) for name in {**old, **new}}
    return {name: (a, b) for name, (a, b) in pairs.items() if a != b and not (a != a and b != b)}


def _figures(recording: Recording, channels: Sequence[str]) -> dict[str, float]:
    stream = recording.stream
    made: dict[str, float] = {}
    if not len(recording.time):
        return made
    axis = axis_of(recording.time, recording.pauses, recording.start)
    wanted = tuple(stream) if "time" in channels else channels
    if "time" in channels:
        made["elapsed"], made["duration"] = axis.elapsed, axis.timer
    if "distance" in wanted and "distance" in stream:
        made["distance"] = total_distance(stream["distance"])
        if "speed" not in stream:
            made["speed_max"] = top_speed(axis.time, stream["distance"])
    if "speed" in wanted and "speed" in stream:
        made["speed_max"] = _top(stream["speed"])
    if "hr" in wanted and "hr" in stream:
        made["hr_mean"], time = axis.mean(stream["hr"])
        made["hr_max"] = _top(stream["hr"])
        made["beats"] = made["hr_mean"] * time / 60.0
    if "power" in wanted and "power" in stream:
        made["power_mean"], time = axis.mean(stream["power"])
        made["power_max"] = _top(stream["power"])
        made["weighted_power"] = weighted_power(axis, stream["power"])
        made["work"] = made["power_mean"] * time
    if "elevation" in wanted and "elevation" in stream:
        made["elevation_gain"], made["elevation_loss"] = climbed(stream["elevation"])
    return made


def _top(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else float("nan")
