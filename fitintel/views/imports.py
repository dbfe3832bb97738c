"""What became of a file, as a person reads it."""

from __future__ import annotations

from typing import Any

from fitintel.core.records import ImportRecord, Outcome, Problem
from fitintel.core.rules import RULES, Severity, Spoils
from fitintel.core.units import UnitSystem
from fitintel.ingest.report import ImportReport
from fitintel.views.numbers import count, date, listed, plain

EXAMPLES = 3
"""Rows named per rule; the rest is counted."""


def import_text(report: ImportReport, units: UnitSystem | None = None) -> str:
    """The whole report: counts, totals, every rule that was breached, and what to do."""
    record = report.record
    if report.error is not None:
        return "\n".join(
            [
                f"{record.file_name}: not imported. {report.error}",
                "  The file is kept; see it with: fitintel quarantine",
            ]
        )
    lines = [f"{record.file_name}: {count(record.read, 'row')} read ({record.source})"]
    if report.dry_run:
        lines.append("  Nothing was changed: this was a dry run.")
    if report.already is not None:
        lines.append("  This file was imported before; nothing was added.")
    elif record.read and record.duplicate == record.read:
        lines.append("  Every row is already here; nothing was added.")
    lines += [
        f"  {plain(number):>7}  {words}"
        for number, words in (
            (record.imported, "imported"),
            (record.warned, "imported with a warning"),
            (record.duplicate, "already here"),
            (record.quarantined, "in quarantine"),
        )
        if number
    ]
    if report.values:
        days = f", {date(report.first_day)} to {date(report.last_day)}" if report.first_day and report.last_day else ""
        lines.append(f"  {count(report.values, 'value')} of wellness{days}")
    if report.totals.usable:
        lines.append(f"  {_totals(report, units or report.units or UnitSystem.METRIC)}")
    lines += _rules(report.problems)
    if record.quarantined:
        lines.append("  See what waits with: fitintel quarantine. Mend or explain, then: fitintel quarantine retry")
    return "\n".join(lines)


def _totals(report: ImportReport, units: UnitSystem) -> str:
    totals = report.totals
    length = f"{totals.miles:,.2f} mi" if units is UnitSystem.IMPERIAL else f"{totals.kilometres:,.2f} km"
    left_out = totals.workouts - totals.usable
    days = f", {date(report.first_day)} to {date(report.last_day)}" if report.first_day and report.last_day else ""
    kept_out = f" ({count(left_out, 'workout')} kept out of every statistic)" if left_out else ""
    return f"{count(totals.usable, 'workout')}: {totals.hours:,.2f} h, {length}{days}{kept_out}"


def _rules(problems: tuple[Problem, ...]) -> list[str]:
    by_rule: dict[str, list[Problem]] = {}
    for problem in problems:
        by_rule.setdefault(problem.rule, []).append(problem)
    gravest = sorted(by_rule.items(), key=lambda item: (_rank(item[0]), -len(item[1]), item[0]))
    return [f"  {_rule_line(name, found)}" for name, found in gravest]


def _rank(name: str) -> int:
    rule = RULES[name]
    return {Severity.QUARANTINE: 0, Severity.WARNING: 1 if rule.spoils else 2, Severity.NOTE: 3}[rule.severity]


def _rule_line(name: str, found: list[Problem]) -> str:
    rule = RULES[name]
    rows = [str(problem.row) for problem in found[:EXAMPLES] if problem.row]
    more = len(found) - len(rows)
    where = (
        f" (row {listed(rows)})" if rows and not more else f" (rows {', '.join(rows)} and {more} more)" if rows else ""
    )
    kept_out = ""
    if Spoils.EVERYTHING in rule.spoils:
        kept_out = "; kept out of every statistic"
    elif rule.spoils:
        kept_out = f"; kept out of {listed([spoiled.value for spoiled in rule.spoils])}"
    return f"{name} x{len(found)}: {rule.says}{kept_out}{where}"


def problem_dict(problem: Problem, record: ImportRecord) -> dict[str, Any]:
    """A problem with its file, and what to do, as plain values."""
    return {
        "id": problem.id, "file": record.file_name, "import": record.id, "athlete": problem.athlete_id,
        "row": problem.row, "line": problem.line, "column": problem.column, "rule": problem.rule,
        "value": problem.value, "detail": problem.detail, "says": RULES[problem.rule].says,
        "todo": RULES[problem.rule].todo, "outcome": Outcome(problem.outcome).value,
    }  # fmt: skip
