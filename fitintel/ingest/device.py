"""The device's own summary held against its samples: what they contradict is flagged, with both values."""

from __future__ import annotations

from collections.abc import Mapping

RULE = "device_summary_wrong"
TOLERANCE: dict[str, tuple[float, float]] = {
    "distance": (100.0, 0.05), "hr_mean": (5.0, 0.05), "hr_max": (5.0, 0.05), "power_mean": (10.0, 0.1),
    "power_max": (50.0, 0.2), "speed_max": (2.0, 0.3), "weighted_power": (10.0, 0.1),
}  # fmt: skip
"""figure -> how far the device may be from its samples: at most this much, or this share, whichever is more.

Highest values have more room: a device takes them from finer samples than it writes.
"""
UNITS = {"distance": "m", "hr_mean": "bpm", "hr_max": "bpm", "power_mean": "W", "power_max": "W", "speed_max": "m/s",
         "weighted_power": "W", "duration": "s"}  # fmt: skip
TIME_SLACK, TIME_SHARE = 30.0, 0.02
"""s, share. The timer may run a little longer than there are samples, and than they show movement."""
HOUR = 3600.0
BEYOND = 1.05
"""Threshold power is what can be held for about an hour: nobody holds this many times as much for longer."""

Remark = tuple[str, str]


def contradictions(device: Mapping[str, float], figures: Mapping[str, float], *, counts_lengths: bool) -> list[Remark]:
    """(rule, both values) for each figure of the device that its samples contradict.

    Args:
        device: the device's summary, keys of core.recording.SUMMARY.
        figures: the same from samples.
        counts_lengths: a pool swim, whose distance is the lengths' and not the samples'.

    >>> contradictions({"hr_mean": 90.0}, {"hr_mean": 151.2}, counts_lengths=False)
    [('device_summary_wrong', 'hr_mean: the device says 90 bpm, its samples 151.2 bpm')]
    """
    found = []
    for name, (most, share) in TOLERANCE.items():
        said, made = device.get(name, 0.0), figures.get(name, 0.0)
        if said <= 0 or made <= 0 or (name == "distance" and counts_lengths):
            continue  # a figure that is absent contradicts nothing
        if abs(said - made) > max(most, share * made):
            found.append((RULE, _both(name, said, made)))
    if not believes_timer(device, figures):
        found.append((RULE, _both("duration", device["duration"], figures["duration"])))
    return found + _threshold(device, figures)


def believes_timer(device: Mapping[str, float], figures: Mapping[str, float]) -> bool:
    """Whether the device's timer can be right: no longer than its samples, no shorter than they show movement."""
    said = device.get("duration", 0.0)
    if said <= 0 or figures.get("elapsed", 0.0) <= 0:
        return True
    longest = figures["elapsed"] * (1 + TIME_SHARE) + TIME_SLACK
    shortest = figures.get("moving", 0.0) * (1 - TIME_SHARE) - TIME_SLACK
    return shortest <= said <= longest


def _threshold(device: Mapping[str, float], figures: Mapping[str, float]) -> list[Remark]:
    threshold, power = device.get("threshold_power", 0.0), figures.get("weighted_power", 0.0)
    time = figures.get("duration", 0.0)
    if threshold <= 0 or time < HOUR or power <= BEYOND * threshold:
        return []
    said = f"threshold_power: the device says {threshold:.0f} W, its samples hold {power:.0f} W for {time / HOUR:.1f} h"
    score = device.get("stress_score")
    return [(RULE, said + (f"; its stress score {score:.1f} is as wrong" if score else ""))]


def _both(name: str, said: float, made: float) -> str:
    unit = UNITS[name]
    return f"{name}: the device says {said:.5g} {unit}, its samples {made:.5g} {unit}"


def chosen(device: Mapping[str, float], figures: Mapping[str, float], *, counts_lengths: bool) -> dict[str, float]:
    """The figures of the workout: those of its samples where there are any, else the device's.

    Timer time and distance are the device's where its samples do not contradict them: it counts between samples, and
    after the last one.
    """
    made = {**device, **figures}
    wrong = {text.partition(":")[0] for _, text in contradictions(device, figures, counts_lengths=counts_lengths)}
    for name in ("duration", "distance"):
        if device.get(name, 0.0) > 0 and name not in wrong:
            made[name] = device[name]
    return made
