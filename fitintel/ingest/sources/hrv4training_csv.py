"""Measurements of HRV4Training as CSV: '-' stands for no value. Its recovery points are its own score.

Its answers about sleep, fatigue and soreness are not read: their scale is the user's choice and not in the file.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.units import SECOND_PER_HOUR
from fitintel.ingest.guess import order_by_evidence
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table
from fitintel.ingest.wellness.source import Plan, Take, WellnessSource
from fitintel.ingest.words import plainly

COLUMNS: dict[str, tuple[str, float]] = {
    "hr": ("resting_hr", 1.0), "hr lying": ("resting_hr", 1.0), "rmssd": ("hrv_rmssd", 1.0),
    "rmssd lying": ("hrv_rmssd", 1.0), "sdnn": ("hrv_sdnn", 1.0), "sdnn lying": ("hrv_sdnn", 1.0),
    "hrv4t recovery points": ("hrv_score", 1.0), "sleep time": ("sleep_duration", SECOND_PER_HOUR),
    "trainingrpe": ("rpe", 1.0),
}  # fmt: skip
"""their name, as `plainly` writes it -> (metric, factor)."""


def recognises(header: Sequence[str]) -> bool:
    """Whether a header has their date, the RMSSD and a column that only they write."""
    names = set(map(plainly, header))
    only_theirs = names & {"hrv4t recovery points", "avnn", "avnn lying"}
    return "date" in names and bool(names & {"rmssd", "rmssd lying"}) and bool(only_theirs)


def plan(table: Table, name: str, options: Options) -> Plan:
    """Columns by name; of two postures the one lying."""
    by_name = {plainly(column): column for column in reversed(table.header)}
    takes: dict[str, Take] = {}
    for word, (metric, factor) in COLUMNS.items():
        if word in by_name:
            takes.setdefault(metric, Take(by_name[word], metric, factor))
    day = by_name["date"]
    used = {day, *(take.header for take in takes.values())}
    return Plan(
        day=(day,), takes=tuple(takes.values()),
        zero_is_missing=("resting_hr", "hrv_rmssd", "hrv_sdnn", "hrv_score", "sleep_duration", "rpe"),
        date_order=order_by_evidence(table.column(day), options.date_order, name),
        left_out=tuple(column for column in table.header if column not in used),
    )  # fmt: skip


SOURCE = WellnessSource("hrv4training_csv", "1", "measurements of HRV4Training (CSV)", recognises, plan)
