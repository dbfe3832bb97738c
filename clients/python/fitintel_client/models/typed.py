from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.typed_values import TypedValues


T = TypeVar("T", bound="Typed")


@_attrs_define
class Typed:
    """Values of one day, as text with units where they have one.

    Attributes:
        day (datetime.date):
        values (TypedValues):
    """

    day: datetime.date
    values: TypedValues

    def to_dict(self) -> dict[str, Any]:
        day = self.day.isoformat()

        values = self.values.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "day": day,
                "values": values,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.typed_values import TypedValues

        d = dict(src_dict)
        day = datetime.date.fromisoformat(d.pop("day"))

        values = TypedValues.from_dict(d.pop("values"))

        typed = cls(
            day=day,
            values=values,
        )

        return typed
