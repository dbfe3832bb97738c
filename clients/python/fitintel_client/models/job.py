from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.job_state import JobState
from ..types import UNSET, Unset

T = TypeVar("T", bound="Job")


@_attrs_define
class Job:
    """Work that goes on.

    Attributes:
        id (str):
        kind (str):
        athlete_id (None | str):
        state (JobState): How far a job is.
        done (int):
        total (int):
        at (datetime.datetime):
        heard_at (datetime.datetime):
        result (Any | Unset):
    """

    id: str
    kind: str
    athlete_id: None | str
    state: JobState
    done: int
    total: int
    at: datetime.datetime
    heard_at: datetime.datetime
    result: Any | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind = self.kind

        athlete_id: None | str
        athlete_id = self.athlete_id

        state = self.state.value

        done = self.done

        total = self.total

        at = self.at.isoformat()

        heard_at = self.heard_at.isoformat()

        result = self.result

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "athlete_id": athlete_id,
                "state": state,
                "done": done,
                "total": total,
                "at": at,
                "heard_at": heard_at,
            }
        )
        if result is not UNSET:
            field_dict["result"] = result

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        kind = d.pop("kind")

        def _parse_athlete_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        athlete_id = _parse_athlete_id(d.pop("athlete_id"))

        state = JobState(d.pop("state"))

        done = d.pop("done")

        total = d.pop("total")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        heard_at = datetime.datetime.fromisoformat(d.pop("heard_at"))

        result = d.pop("result", UNSET)

        job = cls(
            id=id,
            kind=kind,
            athlete_id=athlete_id,
            state=state,
            done=done,
            total=total,
            at=at,
            heard_at=heard_at,
            result=result,
        )

        job.additional_properties = d
        return job

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
