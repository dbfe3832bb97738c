"""The laps and names of recordings, as the classification and the check of workouts take them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fitintel.core.recorded import Recorded


def laps_of(kept: Iterable[Recorded]) -> dict[str, list[Any]]:
    """Columns `id`, `duration` [s], `distance` [m] and `hr_mean` [bpm, NaN unknown], by workout and time, of every
    lap that has the first two: the device's, else those cut from the samples by distance."""
    found: dict[str, list[Any]] = {"id": [], "duration": [], "distance": [], "hr_mean": []}
    for one in sorted(kept, key=lambda each: each.workout_id):
        # they are there only where the device wrote too few
        kind = "cut" if any(lap.kind == "cut" for lap in one.laps) else "lap"
        for lap in sorted(one.laps, key=lambda each: each.start):
            duration, distance = lap.device.get("duration"), lap.device.get("distance")
            if lap.kind == kind and duration and distance:
                found["id"].append(one.workout_id)
                found["duration"].append(float(duration))
                found["distance"].append(float(distance))
                found["hr_mean"].append(float(lap.device.get("hr_mean") or "nan"))
    return found


def names_of(kept: Iterable[Recorded]) -> dict[str, str]:
    """Workout id -> name that the device or the person gave it; those without one are left out."""
    return {one.workout_id: one.name for one in sorted(kept, key=lambda each: each.workout_id) if one.name}
