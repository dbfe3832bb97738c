"""What a file's wellness is beside the stored: new, the same again, or corrected at its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fitintel.core.records import Outcome
from fitintel.core.wellness import Wellness
from fitintel.ingest.intake import Finding, Intake

SAME = 1e-9
"""share by which a number may differ and be the same: units are converted"""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is to be written and said of the wellness in a file."""

    new: tuple[Wellness, ...] = ()
    """values to write, corrected ones among them"""
    replaced: tuple[str, ...] = ()
    """ids of stored values that are corrected"""
    rows: frozenset[int] = frozenset()
    """rows that bring something"""
    findings: tuple[Finding, ...] = ()
    imported: int = 0
    warned: int = 0
    duplicate: int = 0
    """counts of rows"""


def compare(taken: Intake, stored: Iterable[Wellness]) -> Compared:
    """Compare the values of a file with the athlete's stored ones of the same days."""
    if not taken.wellness and not taken.blank:
        return Compared()
    known = {each.id: each for each in stored}
    by_row: dict[int, list[Wellness]] = defaultdict(list)
    for each in taken.wellness:
        by_row[each.row].append(each)
    new: list[Wellness] = []
    replaced: list[str] = []
    findings: list[Finding] = []
    imported = warned = duplicate = 0
    bring: set[int] = set()
    for row, values in by_row.items():
        fresh = [each for each in values if each.id not in known]
        corrected = [each for each in values if each.id in known and not _same(each.value, known[each.id].value)]
        for each in corrected:
            detail = f"{each.metric} stored {known[each.id].value:.6g}, now {each.value:.6g}"
            findings.append(Finding(row, taken.line(row), "", "wellness_corrected", each.id, detail, Outcome.WARNED))
        new += [*fresh, *corrected]
        replaced += [each.id for each in corrected]
        if corrected or (fresh and row in taken.rows_warned):
            warned += 1
        elif fresh:
            imported += 1
        else:
            duplicate += 1
            continue
        bring.add(row)
    if new:
        imported += taken.blank
    else:
        duplicate += taken.blank
    return Compared(tuple(new), tuple(replaced), frozenset(bring), tuple(findings), imported, warned, duplicate)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(abs(one), abs(other))
