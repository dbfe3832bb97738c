"""Recordings without a fault, and ways to plant one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.recording import Recording

Floats = NDArray[np.float64]
START = 1_700_000_000.0
DEGREE = 111_195.08
"""m of a degree of latitude on the sphere that we count on"""


def recording(
    sport: str = "cycling", *, seconds: int = 3600, step: float = 1.0, seed: int = 1, **over: Any
) -> Recording:
    """A workout as a good device writes it: a winding way with hills, heart rate and power that follow effort."""
    random = np.random.default_rng(seed)
    clock = np.arange(0.0, seconds + 1.0)
    wave = np.sin(2 * np.pi * clock / 900.0)
    base = {"cycling": 8.0, "running": 3.2, "walking": 1.4}[sport]
    speed = base * (1.0 - 0.4 * wave)
    way = np.concatenate(([0.0], np.cumsum((speed[1:] + speed[:-1]) / 2)))
    heading = 0.6 * np.sin(2 * np.pi * clock / 700.0)
    north = np.concatenate(([0.0], np.cumsum((speed * np.cos(heading))[1:])))
    east = np.concatenate(([0.0], np.cumsum((speed * np.sin(heading))[1:])))
    hard = np.convolve(
        np.repeat(random.normal(0.0, 1.0, seconds // 60 + 2), 60)[: len(clock)], np.ones(90) / 90, "same"
    )
    stream = {
        "lat": 47.0 + north / DEGREE, "lon": 8.0 + east / (DEGREE * np.cos(np.radians(47.0))),
        "distance": way, "speed": speed, "elevation": np.round((500.0 + 60.0 * wave) * 5) / 5,
        "hr": np.round(140.0 + 8.0 * hard + 5.0 * wave),
        "cadence": np.round(85.0 + 2.0 * random.normal(size=len(clock))),
        "power": np.maximum(0.0, np.round(200.0 + 40.0 * wave + 25.0 * random.normal(size=len(clock)))),
    }  # fmt: skip
    stream["hr"] += np.round(random.normal(0.0, 0.6, len(clock)))
    every = slice(None, None, int(step))
    made = Recording(
        sport, sport, START, 0.0, {}, START + clock[every], {name: values[every] for name, values in stream.items()}
    )
    return replace(made, **over)


def planted(of: Recording, **channels: Sequence[tuple[int | slice, Any]]) -> Recording:
    """The recording with values of channels replaced: channel=[(place or slice, value)]."""
    stream = {name: values.copy() for name, values in of.stream.items()}
    for name, changes in channels.items():
        for place, value in changes:
            stream[name][place] = value
    return replace(of, stream=stream)


def frozen(of: Recording) -> Recording:
    """The same, with arrays that cannot be written."""
    stream = {name: values.copy() for name, values in of.stream.items()}
    for values in stream.values():
        values.flags.writeable = False
    time = of.time.copy()
    time.flags.writeable = False
    return replace(of, time=time, stream=stream)


def same(a: Recording, b: Recording) -> bool:
    """Equal times, and equal values wherever either has one."""
    return (
        np.array_equal(a.time, b.time)
        and set(a.stream) == set(b.stream)
        and all(np.array_equal(a.stream[name], b.stream[name], equal_nan=True) for name in a.stream)
    )
