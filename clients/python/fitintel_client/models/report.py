from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.report_problems_item import ReportProblemsItem


T = TypeVar("T", bound="Report")


@_attrs_define
class Report:
    """What became of a file: every row is counted once.

    Attributes:
        id (str):
        file (str):
        outcome (str):
        source (str):
        read (int):
        imported (int):
        warned (int):
        duplicate (int):
        quarantined (int):
        said (str):
        problems (list[ReportProblemsItem]):
        error (str | Unset):  Default: ''.
    """

    id: str
    file: str
    outcome: str
    source: str
    read: int
    imported: int
    warned: int
    duplicate: int
    quarantined: int
    said: str
    problems: list[ReportProblemsItem]
    error: str | Unset = ""
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        file = self.file

        outcome = self.outcome

        source = self.source

        read = self.read

        imported = self.imported

        warned = self.warned

        duplicate = self.duplicate

        quarantined = self.quarantined

        said = self.said

        problems = []
        for problems_item_data in self.problems:
            problems_item = problems_item_data.to_dict()
            problems.append(problems_item)

        error = self.error

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "file": file,
                "outcome": outcome,
                "source": source,
                "read": read,
                "imported": imported,
                "warned": warned,
                "duplicate": duplicate,
                "quarantined": quarantined,
                "said": said,
                "problems": problems,
            }
        )
        if error is not UNSET:
            field_dict["error"] = error

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.report_problems_item import ReportProblemsItem

        d = dict(src_dict)
        id = d.pop("id")

        file = d.pop("file")

        outcome = d.pop("outcome")

        source = d.pop("source")

        read = d.pop("read")

        imported = d.pop("imported")

        warned = d.pop("warned")

        duplicate = d.pop("duplicate")

        quarantined = d.pop("quarantined")

        said = d.pop("said")

        problems = []
        _problems = d.pop("problems")
        for problems_item_data in _problems:
            problems_item = ReportProblemsItem.from_dict(problems_item_data)

            problems.append(problems_item)

        error = d.pop("error", UNSET)

        report = cls(
            id=id,
            file=file,
            outcome=outcome,
            source=source,
            read=read,
            imported=imported,
            warned=warned,
            duplicate=duplicate,
            quarantined=quarantined,
            said=said,
            problems=problems,
            error=error,
        )

        report.additional_properties = d
        return report

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
