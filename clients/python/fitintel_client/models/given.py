from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Given")


@_attrs_define
class Given:
    """What a person does with something told.

    Attributes:
        key (str):
        action (str):
        why (str | Unset):  Default: ''.
        until (None | str | Unset): Of a snooze: the first day on which it may be told again.
    """

    key: str
    action: str
    why: str | Unset = ""
    until: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        action = self.action

        why = self.why

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        else:
            until = self.until

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "key": key,
                "action": action,
            }
        )
        if why is not UNSET:
            field_dict["why"] = why
        if until is not UNSET:
            field_dict["until"] = until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        key = d.pop("key")

        action = d.pop("action")

        why = d.pop("why", UNSET)

        def _parse_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        given = cls(
            key=key,
            action=action,
            why=why,
            until=until,
        )

        return given
