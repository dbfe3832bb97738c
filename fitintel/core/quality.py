"""How far the figures of a recorded workout can be trusted, and by how much that widens their intervals.

A quality is made of reasons, each with the share of the workout that is affected and how much of the quality is lost
with all of it; a figure answers for the faults of the channels that it is made from, and for those of its time axis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDEST = 4.0
"""largest factor of an interval"""
EVERYWHERE = ("gaps", "clock", "device")
"""reasons that matter to every figure, as do repairs that are turned off"""
TOLD = 0.005
"""A reason that takes less of the quality than this is not told."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a workout: the channels it is made from, and its usual error on a clean recording."""

    channels: tuple[str, ...]
    error: float
    """half-width of its interval, as a share of the figure"""


@dataclass(frozen=True, slots=True)
class Trust:
    """How far one figure of a workout can be trusted. Low and high in the unit of the figure."""

    value: float
    low: float
    high: float
    quality: float | None
    """0-100, of the channels that the figure is made from; None where it was not judged"""
    reasons: tuple[str, ...]
    """why it is not 100, the worst first"""


FIGURES: dict[str, Measure] = {
    "duration": Measure((), 0.002),
    "moving": Measure(("distance", "speed"), 0.02),
    "distance": Measure(("lat", "distance"), 0.02),
    "speed_max": Measure(("lat", "distance", "speed"), 0.05),
    "elevation_gain": Measure(("elevation",), 0.10),
    "hr_mean": Measure(("hr",), 0.02),
    "hr_max": Measure(("hr",), 0.02),
    "cadence": Measure(("cadence",), 0.02),
    "power_mean": Measure(("power",), 0.02),
    "power_max": Measure(("power",), 0.05),
    "weighted_power": Measure(("power",), 0.02),
    "graded_speed": Measure(("lat", "distance", "elevation"), 0.03),
}
"""Errors are assumptions: a watch and its sensors at their makers' word (docs/decisions/quality-and-intervals.md)."""
LOADS: dict[str, tuple[str, ...]] = {
    "power": FIGURES["weighted_power"].channels,
    "pace": FIGURES["graded_speed"].channels,
    "heart_rate": FIGURES["hr_mean"].channels,
    "time": (),
}
"""what load is made from -> its channels"""
MADE_OF = {"power": "power", "grade-adjusted pace": "pace", "MET minutes": "pace", "heart rate": "heart_rate"}
"""method of a load -> what it is made from; any other is made of `time` alone"""


def widening(score: float) -> float:
    """Factor for the half-width of an interval, 1 at quality 100: `sqrt(100 / quality)`, at most 4.

    The standard error of a mean grows with the root of what is lost; a quality of 25 makes an interval twice as wide.

    >>> widening(100.0), widening(25.0), widening(0.0)
    (1.0, 2.0, 4.0)
    """
    return min(WIDEST, math.sqrt(100.0 / max(score, 100.0 / WIDEST**2)))


def left(reasons: Iterable[Mapping[str, Any]]) -> float:
    """The quality that these reasons leave, 0-100.

    >>> left([{"name": "hr", "share": 0.5, "weight": 0.5}, {"name": "gaps", "share": 0.125, "weight": 0.8}])
    67.5
    """
    found = 100.0
    for reason in reasons:
        found *= 1.0 - reason["weight"] * reason["share"]
    return found


def concerning(reasons: Iterable[Mapping[str, Any]], channels: Iterable[str]) -> list[Mapping[str, Any]]:
    """The reasons that matter to a figure made from these channels.

    >>> [each["name"] for each in concerning([{"name": "hr"}, {"name": "gaps"}, {"name": "off:hr_dropout"}], ["power"])]
    ['gaps', 'off:hr_dropout']
    """
    wanted = {*channels, *EVERYWHERE}
    return [each for each in reasons if each["name"] in wanted or each["name"].startswith("off:")]


def told(reasons: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The reasons in words, the worst first; those that take next to nothing are left out.

    >>> told([{"name": "hr", "share": 0.5, "weight": 0.5, "detail": "half of the time without a value"}])
    ('hr: half of the time without a value',)
    """
    worst = sorted(reasons, key=lambda each: -each["weight"] * each["share"])
    return tuple(f"{each['name']}: {each['detail']}" for each in worst if each["weight"] * each["share"] >= TOLD)
