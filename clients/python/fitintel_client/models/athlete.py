from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.unit_system import UnitSystem
from ..types import UNSET, Unset

T = TypeVar("T", bound="Athlete")


@_attrs_define
class Athlete:
    """A person whose workouts are kept.

    Attributes:
        id (str):
        name (str):
        units (UnitSystem | Unset): What a person reads.
        goal_days (float | None | Unset):
        simulated (bool | Unset):  Default: False.
    """

    id: str
    name: str
    units: UnitSystem | Unset = UNSET
    goal_days: float | None | Unset = UNSET
    simulated: bool | Unset = False
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        units: str | Unset = UNSET
        if not isinstance(self.units, Unset):
            units = self.units.value

        goal_days: float | None | Unset
        if isinstance(self.goal_days, Unset):
            goal_days = UNSET
        else:
            goal_days = self.goal_days

        simulated = self.simulated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
            }
        )
        if units is not UNSET:
            field_dict["units"] = units
        if goal_days is not UNSET:
            field_dict["goal_days"] = goal_days
        if simulated is not UNSET:
            field_dict["simulated"] = simulated

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        _units = d.pop("units", UNSET)
        units: UnitSystem | Unset
        if isinstance(_units, Unset):
            units = UNSET
        else:
            units = UnitSystem(_units)

        def _parse_goal_days(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        goal_days = _parse_goal_days(d.pop("goal_days", UNSET))

        simulated = d.pop("simulated", UNSET)

        athlete = cls(
            id=id,
            name=name,
            units=units,
            goal_days=goal_days,
            simulated=simulated,
        )

        athlete.additional_properties = d
        return athlete

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
