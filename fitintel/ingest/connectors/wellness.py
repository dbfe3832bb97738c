"""Days of wellness of intervals.icu as values of our metrics.

Its ratings (fatigue, soreness, stress, mood, motivation, sleep quality) go from 1 to 4 and are not Hooper's 1 to 7:
they are kept in the raw answer and not turned into another scale. Its `hrv` is the RMSSD.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fitintel.core import days
from fitintel.core.wellness import Wellness, allowed, breach
from fitintel.ingest.wellness.reading import identity

FIELDS: dict[str, str] = {
    "weight": "weight", "restingHR": "resting_hr", "hrv": "hrv_rmssd", "hrvSDNN": "hrv_sdnn",
    "sleepSecs": "sleep_duration", "spO2": "spo2", "respiration": "respiration", "steps": "steps",
    "readiness": "readiness",
}  # fmt: skip
"""their field -> our metric; their units are SI or the metric's own"""


@dataclass(frozen=True, slots=True)
class Days:
    """Values, and what was set aside: (row, field, rule, value, detail); the first row is 1."""

    values: tuple[Wellness, ...]
    problems: tuple[tuple[int, str, str, str, str], ...]


def read(rows: Sequence[Mapping[str, Any]], *, athlete_id: str, import_id: str, source: str) -> Days:
    """The values in days of wellness. A value that no person can have is set aside and said.

    >>> found = read([{"id": "2025-10-07", "restingHR": 48, "hrv": 5000.0}], athlete_id="a", import_id="i", source="s")
    >>> [(value.metric, value.value) for value in found.values], found.problems[0][1:3]
    ([('resting_hr', 48.0)], ('hrv', 'wellness_impossible'))
    """
    values, problems = [], []
    for row, each in enumerate(rows, 1):
        day = days.number(date.fromisoformat(each["id"]))
        for field, metric in FIELDS.items():
            found = each.get(field)
            if found is None:
                continue
            if isinstance(found, bool) or not isinstance(found, int | float):
                problems.append((row, field, "optional_cell_unreadable", str(found)[:200], "not a plain number"))
                continue
            rule = breach(metric, float(found))
            if rule is not None:
                problems.append((row, field, rule, str(found)[:200], f"expected {allowed(metric)}"))
                continue
            values.append(
                Wellness(identity(athlete_id, source, day, metric, None), athlete_id, day, metric, float(found), source,
                         import_id=import_id, row=row)
            )  # fmt: skip
    return Days(tuple(values), tuple(problems))
