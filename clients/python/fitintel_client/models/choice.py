from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="Choice")


@_attrs_define
class Choice:
    """Categories of data, and what for.

    Attributes:
        categories (list[str]):
        purpose (str):
    """

    categories: list[str]
    purpose: str

    def to_dict(self) -> dict[str, Any]:
        categories = self.categories

        purpose = self.purpose

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "categories": categories,
                "purpose": purpose,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        categories = cast(list[str], d.pop("categories"))

        purpose = d.pop("purpose")

        choice = cls(
            categories=categories,
            purpose=purpose,
        )

        return choice
