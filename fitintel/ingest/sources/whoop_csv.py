"""Physiological cycles of a Whoop export, in any language: 26 columns in one order, units in brackets.

A cycle belongs to the day on which its sleep ended. Times are local, the offset from UTC is in a column of its own.
Whoop's heart rate variability is the RMSSD. Energy "(cal)" is in kilocalories.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.units import JOULE_PER_KCAL, SECOND_PER_MINUTE
from fitintel.ingest.guess import order_by_evidence
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table
from fitintel.ingest.wellness.source import MOMENT, NUMBER, Plan, Take, WellnessSource

START, OFFSET, SLEPT, WOKE = 0, 2, 12, 13
WIDTH = 26
PLACES: tuple[tuple[int, str, float, str], ...] = (
    (3, "readiness", 1.0, NUMBER), (4, "resting_hr", 1.0, NUMBER), (5, "hrv_rmssd", 1.0, NUMBER),
    (7, "spo2", 1.0, NUMBER), (9, "energy", JOULE_PER_KCAL, NUMBER), (SLEPT, "sleep_start", 1.0, MOMENT),
    (WOKE, "sleep_end", 1.0, MOMENT), (15, "respiration", 1.0, NUMBER),
    (16, "sleep_duration", SECOND_PER_MINUTE, NUMBER),
)  # fmt: skip
"""place, metric, factor, how it is written."""


def recognises(header: Sequence[str]) -> bool:
    """Whether the units in brackets stand where Whoop writes them."""
    if len(header) != WIDTH:
        return False
    minutes = all("(min" in header[place].casefold() for place in range(16, 24))
    return minutes and "(ms)" in header[5].casefold() and "%" in header[3] and "%" in header[14]


def plan(table: Table, name: str, options: Options) -> Plan:
    """Columns by their places."""
    header = table.header
    used = {START, OFFSET, *(place for place, *_ in PLACES)}
    return Plan(
        day=(header[WOKE], header[START]), offset=header[OFFSET],
        takes=tuple(Take(header[place], metric, factor, written) for place, metric, factor, written in PLACES),
        date_order=order_by_evidence(table.column(header[START]), options.date_order, name),
        left_out=tuple(column for place, column in enumerate(header) if place not in used),
    )  # fmt: skip


SOURCE = WellnessSource("whoop_csv", "1", "physiological cycles of a Whoop export (CSV)", recognises, plan)
