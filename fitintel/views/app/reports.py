"""What happened to each file, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fitintel.core.records import Outcome
from fitintel.core.rules import RULES
from fitintel.core.units import UnitSystem
from fitintel.ingest.report import ImportReport
from fitintel.views import numbers
from fitintel.views.language import _, counted, marked

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.IMPORTED: (marked("Taken in"), "success"), Outcome.WARNED: (marked("Taken in, with remarks"), "warning"),
    Outcome.DUPLICATE: (marked("Already here"), "info"), Outcome.QUARANTINED: (marked("Needs a look"), "error"),
}  # fmt: skip
"""how a file ended -> its words, and how loudly they are said"""


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file."""

    name: str
    ended: str
    tone: str
    """success, info, warning or error"""
    said: str
    remarks: tuple[str, ...]


def file_reports(reports: Iterable[ImportReport], units: UnitSystem) -> tuple[FileReport, ...]:
    """A report a file, in the order given."""
    return tuple(_one(report, units) for report in reports)


def _one(report: ImportReport, units: UnitSystem) -> FileReport:
    record = report.record
    ended, tone = OUTCOMES[report.outcome]
    if report.error is not None:
        said = report.error.what
        remarks = [text for text in (report.error.why, report.error.next) if text]
        return FileReport(record.file_name, _(ended), tone, said, tuple(remarks))
    if report.already is not None:
        return FileReport(record.file_name, _(OUTCOMES[Outcome.DUPLICATE][0]), "info",
                          _("This very file was taken in before; nothing was added."), ())  # fmt: skip
    parts = []
    if report.totals.usable:
        parts.append(_("{workouts}: {distance} in {duration}").format(
            workouts=counted("{n} workout", "{n} workouts", report.totals.usable),
            distance=numbers.quantity(report.totals.distance, "distance", units),
            duration=numbers.clock(report.totals.duration)))  # fmt: skip
    if report.values:
        parts.append(counted("{n} value of wellness", "{n} values of wellness", report.values))
    if record.duplicate:
        parts.append(counted("{n} row already here", "{n} rows already here", record.duplicate))
    if record.quarantined:
        parts.append(counted("{n} row waits to be mended", "{n} rows wait to be mended", record.quarantined))
    if report.first_day is not None and report.last_day is not None:
        parts.append(numbers.date_range(report.first_day, report.last_day))
    remarks = [
        f"{_(RULES[name].says)} ({numbers.plain(number)}). {_(RULES[name].todo)}"
        for name, number in sorted(report.by_rule().items(), key=lambda item: -item[1])
        if name in RULES
    ]
    return FileReport(record.file_name, _(ended), tone, "; ".join(parts) or _("Nothing was added."), tuple(remarks))
