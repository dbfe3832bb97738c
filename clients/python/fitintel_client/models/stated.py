from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.stated_fields import StatedFields


T = TypeVar("T", bound="Stated")


@_attrs_define
class Stated:
    """A statement in the words of the command line.

    Attributes:
        fields (StatedFields):
    """

    fields: StatedFields

    def to_dict(self) -> dict[str, Any]:
        fields = self.fields.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "fields": fields,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.stated_fields import StatedFields

        d = dict(src_dict)
        fields = StatedFields.from_dict(d.pop("fields"))

        stated = cls(
            fields=fields,
        )

        return stated
