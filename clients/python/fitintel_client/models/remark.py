from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Remark")


@_attrs_define
class Remark:
    """Something said about an athlete.

    Attributes:
        text (str):
        key (str | Unset):  Default: ''.
    """

    text: str
    key: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        key = self.key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": text,
            }
        )
        if key is not UNSET:
            field_dict["key"] = key

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        text = d.pop("text")

        key = d.pop("key", UNSET)

        remark = cls(
            text=text,
            key=key,
        )

        return remark
