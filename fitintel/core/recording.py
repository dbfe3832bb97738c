"""A recorded workout as a file holds it: streams, laps, legs, pauses, and what the device itself says.

Every format reader gives `Recording`s; everything after reads nothing else. SI units; a stream's values are float64
with NaN for missing, on one time axis in seconds since 1970-01-01 UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CHANNELS: dict[str, str] = {
    "lat": "deg", "lon": "deg", "elevation": "m", "distance": "m", "speed": "m/s", "hr": "bpm", "cadence": "1/min",
    "power": "W", "temperature": "degC", "vertical_oscillation": "m", "ground_contact": "s", "respiration": "1/min",
}  # fmt: skip
"""Channels of a stream and their units; developer fields are kept as `dev:NAME`."""

SUMMARY: dict[str, str] = {
    "duration": "s", "elapsed": "s", "distance": "m", "hr_mean": "bpm", "hr_max": "bpm", "speed_mean": "m/s",
    "speed_max": "m/s", "cadence": "1/min", "power_mean": "W", "power_max": "W", "weighted_power": "W",
    "stress_score": "1", "threshold_power": "W", "elevation_gain": "m", "elevation_loss": "m", "energy": "J",
    "steps": "1", "laps": "1", "lengths": "1", "pool_length": "m",
}  # fmt: skip
"""What a device may say of a whole session, leg or lap. `duration` is timer time, without pauses."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A single-sport part of a recording (a session of the file)."""

    sport: str
    source_sport: str
    start: float
    end: float
    device: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Recording:
    """One workout of a file. Several legs where the device changed sport without ending the workout."""

    sport: str
    source_sport: str
    start: float
    """s since 1970-01-01 UTC"""
    utc_offset: float | None
    """s; None where the file does not say"""
    device: Mapping[str, float]
    """the device's own summary, keys of SUMMARY"""
    time: Floats
    """s since 1970-01-01 UTC, strictly increasing, shape (n,)"""
    stream: Mapping[str, Floats]
    """channel -> values, each of shape (n,)"""
    legs: tuple[Leg, ...] = ()
    laps: tuple[Mapping[str, Any], ...] = ()
    """each: start, end [s], and SUMMARY keys the device gave"""
    lengths: tuple[Mapping[str, Any], ...] = ()
    """pool lengths: start, duration [s], strokes, active"""
    pauses: tuple[tuple[float, float], ...] = ()
    """(start, end) [s]"""
    rr: Floats | None = None
    """R-R intervals [s]"""
    source_id: str = ""
    maker: str = ""
    name: str = ""
    notes: str = ""
    remarks: tuple[tuple[str, str], ...] = field(default=())
    """(rule name, detail) of what was odd in the file"""
