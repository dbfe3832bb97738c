"""Rows of the audit chain that several requests write together."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from fitintel.api.together import AuditTogether
from fitintel.workbench.auditing import AuditOffice


def test_when_rows_cannot_be_written_each_request_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Any = None  # neither store nor settings are reached
    audit = AuditTogether(nothing, nothing)
    first, others = threading.Event(), 3
    told: list[str] = []

    def broken(office: AuditOffice, entries: Any) -> None:
        if not first.is_set():  # until everybody else waits for the same write
            first.set()
            while len(audit._waiting) < others:
                time.sleep(0.01)
        raise ArithmeticError(f"{len(entries)} rows")

    def ask() -> None:
        entry: Any = object()
        try:
            audit.add([entry])
        except ArithmeticError as error:
            told.append(str(error))

    monkeypatch.setattr(AuditOffice, "add", broken)
    threads = [threading.Thread(target=ask) for _ in range(1 + others)]
    threads[0].start()
    first.wait(10)
    for one in threads[1:]:
        one.start()
    for one in threads:
        one.join(20)
    assert sorted(told) == ["1 rows", "3 rows", "3 rows", "3 rows"]
