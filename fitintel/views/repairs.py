"""Repairs of a recorded workout, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.recorded import KeptRepair, Recorded
from fitintel.core.units import JOULE_PER_KCAL, UnitSystem
from fitintel.views.language import _, counted, marked
from fitintel.views.numbers import plain, quantity
from fitintel.views.words.quality import quality_reasons
from fitintel.views.words.said import aside

KINDS: dict[str, tuple[str, str]] = {
    "distance": (marked("distance"), "distance"), "duration": (marked("duration"), "duration"),
    "elapsed": (marked("elapsed time"), "duration"), "speed_max": (marked("highest speed"), "speed"),
    "hr_mean": (marked("mean heart rate"), "heart rate"), "hr_max": (marked("highest heart rate"), "heart rate"),
    "beats": (marked("heart beats"), "count"), "elevation_gain": (marked("climbed"), "elevation"),
    "elevation_loss": (marked("descended"), "elevation"),
}  # fmt: skip
"""figure -> its name and quantity"""
WATTS = {"power_mean": marked("mean power"), "power_max": marked("highest power"),
         "weighted_power": marked("weighted power")}  # fmt: skip
NONE = marked("none")


def repairs_text(
    recorded: Recorded, repairs: Sequence[KeptRepair], says: Mapping[str, str], widening: float | None,
    units: UnitSystem,
) -> str:  # fmt: skip
    """Quality with its reasons, then each repair: what it found, and each figure before and after."""
    lines = [counted("Workout {workout}: {n} sample, as recorded", "Workout {workout}: {n} samples, as recorded",
                     recorded.samples, workout=recorded.workout_id)]  # fmt: skip
    if recorded.quality is not None:
        said = _("Quality {quality} of 100", quality=plain(recorded.quality))
        if widening and widening > 1.005:
            said = _("{quality}; intervals are {n} times as wide", quality=said, n=plain(widening, 2))
        lines.append(said)
        lines += ["  " + quality_reasons(f"{each['name']}: {each['detail']}") for each in recorded.reasons]
    if not repairs:
        lines.append(_("Nothing was repaired."))
    for one in repairs:
        found = one.changed["samples"]
        state = "" if one.enabled else aside(_("turned off: nothing is changed, this is what it would do"))
        lines.append(counted("{repair}, {n} sample{state}", "{repair}, {n} samples{state}", found,
                             repair=f"{one.repair} {one.version}", state=state))  # fmt: skip
        lines.append(f"  {_(says[one.repair]) if one.repair in says else ''}".rstrip())
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
    name = _(KINDS[figure][0]) if figure in KINDS else _(WATTS[figure]) if figure in WATTS else figure.replace("_", " ")
    return _("{name}: {before}, repaired {after}", name=name, before=_shown(figure, before, units),
             after=_shown(figure, after, units))  # fmt: skip


def again_text(found: Sequence[Any], units: UnitSystem) -> str:
    """What making figures again has changed: records of `fitintel.workbench.recomputing`."""
    lines = []
    for one in found:
        if one.problem:
            lines.append(_("{workout}: its file cannot be read again, and what is stored stays. {why}",
                           workout=one.workout_id, why=one.problem))  # fmt: skip
        elif one.changed:
            lines.append(f"{one.workout_id}:")
            lines += [f"  {_changed_text(name, before, after, units)}" for name, (before, after) in one.changed.items()]
    changed = sum(bool(one.changed) for one in found)
    lines.append(counted("{n} recording made again; {changed} changed.",
                         "{n} recordings made again; {changed} changed.", len(found),
                         changed=plain(changed)))  # fmt: skip
    return "\n".join(lines)


def again_dict(found: Sequence[Any]) -> list[dict[str, Any]]:
    """The same as plain values; figures are SI."""
    return [{"workout": one.workout_id, "problem": one.problem,
             "changed": {name: {"before": before, "after": after} for name, (before, after) in one.changed.items()}}
            for one in found]  # fmt: skip


def _changed_text(figure: str, before: float | None, after: float | None, units: UnitSystem) -> str:
    if figure == "graded_speed":
        said = [_(NONE) if value is None else quantity(value, "speed", units) for value in (before, after)]
        return _("{name}: {before}, now {after}", name=_("grade-adjusted speed"), before=said[0], after=said[1])
    name = _(KINDS[figure][0]) if figure in KINDS else _(WATTS[figure]) if figure in WATTS else figure.replace("_", " ")
    return _("{name}: {before}, now {after}", name=name, before=_shown(figure, before, units),
             after=_shown(figure, after, units))  # fmt: skip


def _shown(figure: str, value: float | None, units: UnitSystem) -> str:
    if value is None:
        return _(NONE)
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
