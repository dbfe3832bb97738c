"""Tables of vendors, with their real headers in every language that is known; the rows are made here."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from fitintel.core import days
from fitintel.ingest import intake
from fitintel.ingest.intake import Intake
from fitintel.ingest.options import Options
from tests.conftest import _shared_data

TODAY = days.number(days.date(2026, 10, 8))


@pytest.fixture(scope="module")
def headers() -> dict[str, str]:
    path = _shared_data() / "export-headers" / "headers.json"
    if not path.is_file():
        pytest.skip(f"vendors' headers are not here: {path} (set FITINTEL_TEST_DATA)")
    return dict(json.loads(path.read_text(encoding="utf-8"))["headers"])


def table(header: str, *rows: dict[int | str, str], bom: bool = False, newline: str = "\n") -> bytes:
    """A file with a real header; cells are placed by position or by (first) name."""
    names = next(csv.reader([header]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(names)
    for row in rows:
        cells = [""] * len(names)
        for where, cell in row.items():
            cells[where if isinstance(where, int) else names.index(where)] = cell
        writer.writerow(cells)
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()


def read(data: bytes, **options: Any) -> Intake:
    return intake.read(data, name="x.csv", athlete_id="ann", import_id="i-1", options=Options(**options), today=TODAY)


def rows(taken: Intake) -> list[dict[str, Any]]:
    return list(taken.workouts.rows())


def rules(taken: Intake) -> list[str]:
    return [finding.rule for finding in taken.findings]


EN = {0: "17123456789", 1: "Sep 20, 2026, 10:12:12 PM", 2: "Evening Run", 3: "Run", 5: "3700", 6: "10.20", 15: "3700.0",
      16: "3600.0", 17: "10203.5", 18: "4.5", 20: "123.4", 29: "82.5", 30: "181.0", 31: "152.3", 34: "700.0",
      43: "6.0"}  # fmt: skip

GARMIN = {"Activity Type": "Running", "Date": "2026-03-04 07:01:02", "Title": "Berlin Laufen", "Distance": "10.01",
          "Calories": "1,336", "Avg HR": "151", "Max HR": "--", "Avg Run Cadence": "168", "Steps": "4,808"}  # fmt: skip
