"""Columns of a brief (SI, arrays or lists) as tuples in the reader's units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core.units import UnitSystem, shown
from fitintel.views import numbers
from fitintel.views.language import _


@dataclass(frozen=True, slots=True)
class Scale:
    """How a quantity is drawn: SI value / `si` = drawn value."""

    kind: str
    unit: str
    si: float
    units: UnitSystem

    def drawn(self, values: Sequence[Any]) -> tuple[float | None, ...]:
        """Values to draw; missing is None."""
        return tuple(float(v) / self.si if numbers.known(v) else None for v in values)

    def exact(self, values: Sequence[Any]) -> tuple[float, ...]:
        """Values of which none is missing."""
        return tuple(float(v) / self.si for v in values)

    def text(self, value: Any) -> str:
        """A value as words use it."""
        return numbers.quantity(float(value), self.kind, self.units) if numbers.known(value) else _("missing")


def scale(subject: str, units: UnitSystem) -> Scale:
    """How a weekly quantity is drawn."""
    if subject in ("distance", "duration"):
        how = shown(subject, units)
        return Scale(subject, how.unit, how.si, units)
    return Scale(subject, _("sessions") if subject == "sessions" else "", 1.0, units)


def column(columns: Mapping[str, Any], name: str) -> list[Any]:
    """A column as a list of plain values."""
    values = columns[name]
    return list(values.tolist() if hasattr(values, "tolist") else values)


def days_of(columns: Mapping[str, Any], name: str) -> tuple[int, ...]:
    """A column of day numbers."""
    return tuple(int(value) for value in column(columns, name))
