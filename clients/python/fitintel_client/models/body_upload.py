from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import types
from ..types import UNSET, Unset

T = TypeVar("T", bound="BodyUpload")


@_attrs_define
class BodyUpload:
    """
    Attributes:
        files (list[str]):
        date_order (None | str | Unset): dmy or mdy, where a table's dates could be both.
    """

    files: list[str]
    date_order: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        files = self.files

        date_order: None | str | Unset
        if isinstance(self.date_order, Unset):
            date_order = UNSET
        else:
            date_order = self.date_order

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "files": files,
            }
        )
        if date_order is not UNSET:
            field_dict["date_order"] = date_order

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        for files_item_element in self.files:
            files.append(
                ("files", (None, str(files_item_element).encode(), "text/plain"))
            )

        if not isinstance(self.date_order, Unset):
            if isinstance(self.date_order, str):
                files.append(
                    ("date_order", (None, str(self.date_order).encode(), "text/plain"))
                )
            else:
                files.append(
                    ("date_order", (None, str(self.date_order).encode(), "text/plain"))
                )

        for prop_name, prop in self.additional_properties.items():
            files.append((prop_name, (None, str(prop).encode(), "text/plain")))

        return files

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        files = cast(list[str], d.pop("files"))

        def _parse_date_order(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        date_order = _parse_date_order(d.pop("date_order", UNSET))

        body_upload = cls(
            files=files,
            date_order=date_order,
        )

        body_upload.additional_properties = d
        return body_upload

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
