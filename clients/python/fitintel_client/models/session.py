from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Session")


@_attrs_define
class Session:
    """Tokens, shown this once.

    Attributes:
        access (str):
        refresh (str):
        expires_at (datetime.datetime):
        account (str):
        roles (list[str]):
        strong (bool):
    """

    access: str
    refresh: str
    expires_at: datetime.datetime
    account: str
    roles: list[str]
    strong: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        access = self.access

        refresh = self.refresh

        expires_at = self.expires_at.isoformat()

        account = self.account

        roles = self.roles

        strong = self.strong

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "access": access,
                "refresh": refresh,
                "expires_at": expires_at,
                "account": account,
                "roles": roles,
                "strong": strong,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        access = d.pop("access")

        refresh = d.pop("refresh")

        expires_at = datetime.datetime.fromisoformat(d.pop("expires_at"))

        account = d.pop("account")

        roles = cast(list[str], d.pop("roles"))

        strong = d.pop("strong")

        session = cls(
            access=access,
            refresh=refresh,
            expires_at=expires_at,
            account=account,
            roles=roles,
            strong=strong,
        )

        session.additional_properties = d
        return session

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
