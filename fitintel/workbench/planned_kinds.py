"""What plans say of kinds of session: of their words only the kind travels on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fitintel.core.stated import PlannedWorkout
from fitintel.intelligence.session_said import kind_planned


def planned_kinds(plans: Iterable[PlannedWorkout]) -> list[dict[str, Any]]:
    """Those plans that say a kind or an effort, as `session_context` takes them, by day.

    `plans` are those that hold (`stated.known`).
    """
    found = [
        {"day": one.day, "number": one.number, "sport": one.sport, "duration": one.duration, "rpe": one.rpe,
         "kind": kind_planned(one.notes)}
        for one in plans
    ]  # fmt: skip
    saying = [one for one in found if one["kind"] or one["rpe"] is not None]
    return sorted(saying, key=lambda one: (one["day"], one["number"]))
