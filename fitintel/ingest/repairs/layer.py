"""The layer: every repair in its order, over a recording that stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fitintel.core.errors import UnknownName
from fitintel.core.recording import Recording
from fitintel.ingest.figures import figures
from fitintel.ingest.repairs import (
    clock,
    distance_jump,
    elevation_drift,
    elevation_noise,
    elevation_spike,
    gaps,
    gps_spike,
    hr_cadence_lock,
    hr_doubling,
    hr_dropout,
    power_spike,
    speed_spike,
)  # fmt: skip
from fitintel.ingest.repairs.effect import effect
from fitintel.ingest.repairs.quality import Quality, judge
from fitintel.ingest.repairs.step import Repair, Step, stretches

ORDER: tuple[Step, ...] = (
    clock.STEP, gaps.STEP, gps_spike.STEP, distance_jump.STEP, speed_spike.STEP, elevation_spike.STEP,
    elevation_noise.STEP, elevation_drift.STEP, power_spike.STEP, hr_doubling.STEP, hr_cadence_lock.STEP,
    hr_dropout.STEP,
)  # fmt: skip
"""Time comes first, as all else is judged by it; spikes before what they would disturb; of the heart rate what has a
name of its own before what is merely impossible."""
NAMES = tuple(step.name for step in ORDER)


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """A recording with its repairs made."""

    recording: Recording
    repairs: tuple[Repair, ...]
    """those that found something, also those that are turned off"""
    quality: Quality
    figures: Mapping[str, float]
    """of the repaired samples, as of ingest.figures"""


def repair(recording: Recording, *, off: Collection[str] = frozenset()) -> Repaired:
    """A new recording with its faults repaired, what was repaired, and how far it can be trusted.

    The same recording and `off` give the same result; what is given is never changed. Repairing twice changes nothing
    more. Missing stays missing: no value is invented, and no gap is filled.

    Args:
        recording: as read from a file.
        off: names of repairs that a person turned off for this workout.

    Raises:
        UnknownName: `off` names no repair.

    >>> import numpy as np
    >>> watts = np.full(100, 200.0)
    >>> watts[50] = 21_000.0
    >>> ride = Recording("cycling", "", 0.0, 0.0, {}, np.arange(100.0), {"power": watts})
    >>> mended = repair(ride)
    >>> [(one.name, one.count, one.effect["power_max"]) for one in mended.repairs]
    [('power_spike', 1, (21000.0, 200.0))]
    >>> ride.stream["power"][50], mended.recording.stream["power"][50]
    (np.float64(21000.0), np.float64(nan))
    """
    for name in off:
        if name not in NAMES:
            raise UnknownName("repair", name, NAMES)
    mended, made = _through(recording, off)
    whole, all_made = _through(recording, ()) if off else (mended, made)
    own = _figures(mended)
    quality = judge(recording, whole, own if whole is mended else _figures(whole), all_made,
                    [one for one in made if not one.enabled])  # fmt: skip
    return Repaired(mended, tuple(made), quality, own)


def _figures(recording: Recording) -> Mapping[str, float]:
    return figures(recording.time, recording.stream, recording.pauses, recording.start, recording.sport)


def _through(recording: Recording, off: Collection[str]) -> tuple[Recording, list[Repair]]:
    now = recording
    made = []
    for step in ORDER:
        found = step.find(now)
        if found is None:
            continue
        enabled = step.name not in off
        changes = effect(now, found.after, found.channels) if found.channels else {}
        made.append(Repair(step.name, step.version, step.says, enabled, found.channels, found.at,
                           stretches(recording.time, found.at), changes, found.detail))  # fmt: skip
        now = found.after if enabled else now
    return now, made
