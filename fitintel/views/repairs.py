"""Repairs of a recorded workout, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.recorded import KeptRepair, Recorded
from fitintel.core.units import JOULE_PER_KCAL, UnitSystem
from fitintel.views.numbers import count, plain, quantity

KINDS: dict[str, tuple[str, str]] = {
    "distance": ("distance", "distance"), "duration": ("duration", "duration"), "elapsed": ("elapsed time", "duration"),
    "speed_max": ("highest speed", "speed"), "hr_mean": ("mean heart rate", "heart rate"),
    "hr_max": ("highest heart rate", "heart rate"), "beats": ("heart beats", "count"),
    "elevation_gain": ("climbed", "elevation"), "elevation_loss": ("descended", "elevation"),
}  # fmt: skip
"""figure -> its name and quantity"""
WATTS = {"power_mean": "mean power", "power_max": "highest power", "weighted_power": "weighted power"}
NONE = "none"


def repairs_text(
    recorded: Recorded, repairs: Sequence[KeptRepair], says: Mapping[str, str], widening: float | None,
    units: UnitSystem,
) -> str:  # fmt: skip
    """Quality with its reasons, then each repair: what it found, and each figure before and after."""
    lines = [f"Workout {recorded.workout_id}: {count(recorded.samples, 'sample')}, as recorded"]
    if recorded.quality is not None:
        wider = f"; intervals are {plain(widening, 2)} times as wide" if widening and widening > 1.005 else ""
        lines.append(f"Quality {plain(recorded.quality)} of 100{wider}")
        lines += [f"  {each['name']}: {each['detail']}" for each in recorded.reasons]
    if not repairs:
        lines.append("Nothing was repaired.")
    for one in repairs:
        found = one.changed["samples"]
        state = "" if one.enabled else " (turned off: nothing is changed, this is what it would do)"
        lines.append(f"{one.repair} {one.version}, {count(found, 'sample')}{state}")
        lines.append(f"  {says.get(one.repair, '')}".rstrip())
        if one.changed.get("detail"):
            lines.append(f"  {one.changed['detail']}")
        lines += [f"  {effect_text(name, before, after, units)}" for name, (before, after) in one.effect.items()]
    return "\n".join(lines)


def effect_text(figure: str, before: float | None, after: float | None, units: UnitSystem) -> str:
    """A figure before and after a repair.

    >>> effect_text("power_max", 21000.0, 512.0, UnitSystem.METRIC)
    'highest power: 21,000 W, repaired 512 W'
    >>> effect_text("hr_mean", 0.0, None, UnitSystem.METRIC)
    'mean heart rate: 0 bpm, repaired none'
    """
    name = KINDS[figure][0] if figure in KINDS else WATTS.get(figure, figure.replace("_", " "))
    return f"{name}: {_shown(figure, before, units)}, repaired {_shown(figure, after, units)}"


def _shown(figure: str, value: float | None, units: UnitSystem) -> str:
    if value is None:
        return NONE
    if figure in KINDS:
        kind = KINDS[figure][1]
        return quantity(round(value) if kind == "count" else value, kind, units)
    if figure in WATTS:
        return f"{plain(value)} W"
    return f"{plain(value / JOULE_PER_KCAL)} kcal" if figure == "work" else plain(value, 1)


def repairs_dict(recorded: Recorded, repairs: Sequence[KeptRepair], widening: float | None) -> dict[str, Any]:
    """The same as plain values, in SI."""
    return {
        "workout": recorded.workout_id, "quality": recorded.quality, "widening": widening,
        "reasons": [dict(each) for each in recorded.reasons],
        "repairs": [
            {"name": one.repair, "version": one.version, "enabled": one.enabled, **one.changed,
             "effect": {name: list(pair) for name, pair in one.effect.items()}}
            for one in repairs
        ],
    }  # fmt: skip
