"""The screen Me: thresholds as they are read."""

from __future__ import annotations

from collections.abc import Iterable

from fitintel.core.stated import THRESHOLDS, Threshold
from fitintel.core.units import UnitSystem
from fitintel.views import numbers
from fitintel.views.app.forms import KINDS
from fitintel.views.app.workouts import sport_word
from fitintel.views.language import _

QUANTITIES = {"W": "power", "bpm": "heart rate"}
PACED = ("", "running", "walking", "hiking", "swimming")
"""sports whose threshold speed is read as a pace"""


def threshold_rows(
    held: Iterable[Threshold], units: UnitSystem
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:  # fmt: skip
    """Header and a row for each threshold that holds, the newest first."""
    header = (_("Threshold"), _("Value"), _("Valid from"), _("Sport"), _("How it was found"))
    return header, [
        (_(KINDS[one.kind]), threshold_text(one, units), numbers.date(one.valid_from),
         sport_word(one.sport) if one.sport else _("every sport"), one.protocol)
        for one in sorted(held, key=lambda each: -each.valid_from)
    ]  # fmt: skip


def threshold_text(one: Threshold, units: UnitSystem) -> str:
    """The value in the reader's units; a speed on foot or in water as a pace."""
    if one.value is None:
        return ""
    unit = THRESHOLDS[one.kind][0]
    if unit == "m/s":
        return (numbers.pace(1 / one.value, units) if one.sport in PACED
                else numbers.quantity(one.value, "speed", units))  # fmt: skip
    if unit in QUANTITIES:
        return numbers.quantity(one.value, QUANTITIES[unit], units)
    return f"{numbers.plain(one.value, 0 if unit == 'J' else 1)} {unit}"
