"""Measurements of EliteHRV as CSV. "HRV" is its own score of 0-100, kept apart from the RMSSD that it also gives.

Only measurements at rest count; open readings and breathing exercises are left out, and said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.ingest.guess import order_by_evidence, signs
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table
from fitintel.ingest.wellness.source import Plan, Take, WellnessSource
from fitintel.ingest.words import plainly

COLUMNS = {
    "hrv": "hrv_score", "hr": "resting_hr", "rmssd": "hrv_rmssd", "lnrmssd": "hrv_ln_rmssd", "ln rmssd": "hrv_ln_rmssd",
    "sdnn": "hrv_sdnn",
}  # fmt: skip
"""their name, as `plainly` writes it -> metric."""
DAY, KIND, PERSON = "date time start", "type", "member"
AT_REST = ("morning", "readiness", "hrv snapshot")


def recognises(header: Sequence[str]) -> bool:
    """Whether a header has their start, their score and the RMSSD."""
    return {DAY, "hrv", "rmssd", "morning readiness"} <= set(map(plainly, header))


def plan(table: Table, name: str, options: Options) -> Plan:
    """Columns by name."""
    by_name = {plainly(column): column for column in reversed(table.header)}
    takes = tuple(Take(column, COLUMNS[plainly(column)]) for column in table.header if plainly(column) in COLUMNS)
    decimal, thousands = signs({"rmssd": table.column(by_name["rmssd"])}, table.delimiter, None, name)
    used = {by_name[DAY], by_name.get(KIND), by_name.get(PERSON), *(take.header for take in takes)}
    return Plan(
        day=(by_name[DAY],), at=by_name[DAY], takes=takes, person=by_name.get(PERSON, ""), decimal=decimal,
        thousands=thousands, only=(by_name.get(KIND, ""), AT_REST),
        zero_is_missing=("resting_hr", "hrv_rmssd", "hrv_sdnn", "hrv_ln_rmssd", "hrv_score"),
        date_order=order_by_evidence(table.column(by_name[DAY]), options.date_order, name),
        left_out=tuple(column for column in table.header if column not in used),
    )  # fmt: skip


SOURCE = WellnessSource("elitehrv_csv", "1", "measurements of EliteHRV (CSV)", recognises, plan)
