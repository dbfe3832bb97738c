"""What a file that was read holds."""

from __future__ import annotations

from fitintel.core.recording import Recording
from fitintel.ingest.xml import XmlFile

NOON = 1709208000.0


def only(file: XmlFile) -> Recording:
    (made,) = file.recordings
    return made


def rules(file: XmlFile) -> list[str]:
    return [rule for rule, _ in file.remarks]


def detail(file: XmlFile, rule: str) -> str:
    (found,) = [said for name, said in file.remarks if name == rule]
    return found
