"""What is kept of the repairs of a workout: plain records, and the reasons of its quality."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

from fitintel.core.recorded import KeptRepair
from fitintel.ingest.repairs.layer import ORDER, Repaired


def kept(workout_id: str, repaired: Repaired, off: Collection[str] = frozenset()) -> tuple[KeptRepair, ...]:
    """The repairs that found something, and those that a person turned off, whether they find something or not."""
    found = {one.name: one for one in repaired.repairs}
    made = []
    for step in ORDER:
        one = found.get(step.name)
        if one is not None:
            effect = {name: [_plain(before), _plain(after)] for name, (before, after) in one.effect.items()}
            made.append(KeptRepair(workout_id, one.name, one.version, one.enabled, one.changed(), effect))
        elif step.name in off:
            nothing: dict[str, Any] = {"channels": [], "samples": 0, "stretches": []}
            made.append(KeptRepair(workout_id, step.name, step.version, False, nothing, {}))
    return tuple(made)


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
