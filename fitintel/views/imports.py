"""What became of a file, as a person reads it."""

from __future__ import annotations

from typing import Any

from fitintel.core.records import ImportRecord, Outcome, Problem
from fitintel.core.rules import RULES, Severity, Spoils
from fitintel.core.units import UnitSystem
from fitintel.ingest.report import ImportReport
from fitintel.views.language import _, counted, marked
from fitintel.views.numbers import date, listed, plain, span
from fitintel.views.words.recent import SPOILED
from fitintel.views.words.said import aside

NAMED = {**SPOILED, Spoils.DURATION: marked("duration")}
EXAMPLES = 3
"""Rows named per rule; the rest is counted."""


def import_text(report: ImportReport, units: UnitSystem | None = None) -> str:
    """The whole report: counts, totals, every rule that was breached, and what to do."""
    record = report.record
    if report.error is not None:
        return "\n".join(
            [
                _("{file}: not imported. {error}", file=record.file_name, error=report.error),
                "  " + _("The file is kept; see it with: {command}", command="fitintel quarantine"),
            ]
        )
    lines = [counted("{file}: {n} row read ({source})", "{file}: {n} rows read ({source})", record.read,
                     file=record.file_name, source=record.source)]  # fmt: skip
    if report.dry_run:
        lines.append("  " + _("Nothing was changed: this was a dry run."))
    if report.already is not None:
        lines.append("  " + _("This file was imported before; nothing was added."))
    elif record.read and record.duplicate == record.read:
        lines.append("  " + _("Every row is already here; nothing was added."))
    lines += [
        f"  {plain(number):>7}  {words}"
        for number, words in (
            (record.imported, _("imported")),
            (record.warned, _("imported with a warning")),
            (record.duplicate, _("already here")),
            (record.quarantined, _("in quarantine")),
        )
        if number
    ]
    if report.values:
        lines.append("  " + counted("{n} value of wellness{days}", "{n} values of wellness{days}", report.values,
                                    days=_days(report)))  # fmt: skip
    if report.totals.usable:
        lines.append(f"  {_totals(report, units or report.units or UnitSystem.METRIC)}")
    lines += _rules(report.problems)
    if record.quarantined:
        lines.append(
            "  "
            + _(
                "See what waits with: {show}. Mend or explain, then: {retry}",
                show="fitintel quarantine",
                retry="fitintel quarantine retry",
            )
        )
    return "\n".join(lines)


def doubtful_text(pairs: int) -> str:
    """That pairs of workouts wait for a decision."""
    return counted("{n} pair of workouts may be one; until you decide both count. See: {command}",
                   "{n} pairs of workouts may be one; until you decide both count. See: {command}", pairs,
                   command="fitintel duplicates")  # fmt: skip


def _totals(report: ImportReport, units: UnitSystem) -> str:
    totals = report.totals
    length = f"{plain(totals.miles, 2)} mi" if units is UnitSystem.IMPERIAL else f"{plain(totals.kilometres, 2)} km"
    left_out = totals.workouts - totals.usable
    kept_out = ""
    if left_out:
        kept_out = aside(counted("{n} workout kept out of every statistic", "{n} workouts kept out of every statistic",
                                 left_out))  # fmt: skip
    return counted("{n} workout: {time}, {length}{days}{kept_out}", "{n} workouts: {time}, {length}{days}{kept_out}",
                   totals.usable, time=f"{plain(totals.hours, 2)} h", length=length, days=_days(report),
                   kept_out=kept_out)  # fmt: skip


def _days(report: ImportReport) -> str:
    if not report.first_day or not report.last_day:
        return ""
    return f", {span(date(report.first_day), date(report.last_day))}"


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
    where = ""
    if rows:
        where = aside(_("rows {rows} and {n} more", rows=", ".join(rows), n=more) if more else
                      _("row {rows}", rows=listed(rows)))  # fmt: skip
    kept_out = ""
    if Spoils.EVERYTHING in rule.spoils:
        kept_out = _("; kept out of every statistic")
    elif rule.spoils:
        kept_out = _("; kept out of {figures}", figures=listed([_(NAMED[spoiled]) for spoiled in rule.spoils]))
    return f"{name} x{len(found)}: {_(rule.says)}{kept_out}{where}"


def problem_dict(problem: Problem, record: ImportRecord) -> dict[str, Any]:
    """A problem with its file, and what to do, as plain values."""
    return {
        "id": problem.id, "file": record.file_name, "import": record.id, "athlete": problem.athlete_id,
        "row": problem.row, "line": problem.line, "column": problem.column, "rule": problem.rule,
        "value": problem.value, "detail": problem.detail, "says": _(RULES[problem.rule].says),
        "todo": _(RULES[problem.rule].todo), "outcome": Outcome(problem.outcome).value,
    }  # fmt: skip
