from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Said")


@_attrs_define
class Said:
    """What it was: its activity, its kind of session, or both.

    Attributes:
        activity (None | str | Unset):
        session (None | str | Unset):
        why (str | Unset):  Default: ''.
    """

    activity: None | str | Unset = UNSET
    session: None | str | Unset = UNSET
    why: str | Unset = ""

    def to_dict(self) -> dict[str, Any]:
        activity: None | str | Unset
        if isinstance(self.activity, Unset):
            activity = UNSET
        else:
            activity = self.activity

        session: None | str | Unset
        if isinstance(self.session, Unset):
            session = UNSET
        else:
            session = self.session

        why = self.why

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if activity is not UNSET:
            field_dict["activity"] = activity
        if session is not UNSET:
            field_dict["session"] = session
        if why is not UNSET:
            field_dict["why"] = why

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_activity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        activity = _parse_activity(d.pop("activity", UNSET))

        def _parse_session(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        session = _parse_session(d.pop("session", UNSET))

        why = d.pop("why", UNSET)

        said = cls(
            activity=activity,
            session=session,
            why=why,
        )

        return said
