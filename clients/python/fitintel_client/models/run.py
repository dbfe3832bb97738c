from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.run_inputs import RunInputs
    from ..models.run_parameters import RunParameters


T = TypeVar("T", bound="Run")


@_attrs_define
class Run:
    """One execution of an algorithm: the audit row. Equal algorithm, parameters and inputs make the equal run id.

    Attributes:
        id (str):
        algorithm (str):
        version (str):
        parameters (RunParameters):
        inputs (RunInputs):
        parents (list[str]):
        output (str):
        at (datetime.datetime):
        seconds (float):
    """

    id: str
    algorithm: str
    version: str
    parameters: RunParameters
    inputs: RunInputs
    parents: list[str]
    output: str
    at: datetime.datetime
    seconds: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        algorithm = self.algorithm

        version = self.version

        parameters = self.parameters.to_dict()

        inputs = self.inputs.to_dict()

        parents = self.parents

        output = self.output

        at = self.at.isoformat()

        seconds = self.seconds

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "algorithm": algorithm,
                "version": version,
                "parameters": parameters,
                "inputs": inputs,
                "parents": parents,
                "output": output,
                "at": at,
                "seconds": seconds,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.run_inputs import RunInputs
        from ..models.run_parameters import RunParameters

        d = dict(src_dict)
        id = d.pop("id")

        algorithm = d.pop("algorithm")

        version = d.pop("version")

        parameters = RunParameters.from_dict(d.pop("parameters"))

        inputs = RunInputs.from_dict(d.pop("inputs"))

        parents = cast(list[str], d.pop("parents"))

        output = d.pop("output")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        seconds = d.pop("seconds")

        run = cls(
            id=id,
            algorithm=algorithm,
            version=version,
            parameters=parameters,
            inputs=inputs,
            parents=parents,
            output=output,
            at=at,
            seconds=seconds,
        )

        run.additional_properties = d
        return run

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
