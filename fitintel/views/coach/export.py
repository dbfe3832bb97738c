"""The squad as a file for a spreadsheet. No cell of it is a formula, whatever somebody is called."""

from __future__ import annotations

import csv
import io

from fitintel.views.coach.squad import BoardRow, BoardView
from fitintel.views.language import _

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{MINUS SIGN}")
"""A spreadsheet takes a cell that begins with one of these for a formula, or would after an exchange of characters."""


def safe(text: str) -> str:
    """A cell that a spreadsheet shows as it is.

    >>> safe("=1+1"), safe("Ann"), safe(" =1+1")
    ("'=1+1", 'Ann', "' =1+1")
    """
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(DANGEROUS) else text


def squad_csv(view: BoardView) -> bytes:
    """One line an athlete, with a byte order mark, for spreadsheets read UTF-8 only with one."""
    names = {cell.code: cell.name for row in view.rows for cell in row.cells}
    text = io.StringIO()
    writer = csv.writer(text)
    head = (_("Athlete"), _("Id"), _("Day"), _("About"), _("Status"), _("Last data"), _("First reason"),
            _("Second reason"), *names.values(), _("Alerts"), _("Comments"))  # fmt: skip
    writer.writerow(map(safe, head))
    for row in view.rows:
        writer.writerow(map(safe, _line(row, view.day, tuple(names))))
    return text.getvalue().encode("utf-8-sig")


def _line(row: BoardRow, day: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    reasons = [*(one.text for one in row.reasons), "", ""][:2]
    cells = {cell.code: f"{cell.value} ({cell.note})" if cell.note else cell.value for cell in row.cells}
    alerts = "; ".join(f"{one.text} {one.since}. {one.answered}".strip() for one in row.alerts)
    return (
        row.athlete, row.athlete_id, day, ", ".join(row.about), row.status, row.fresh, *reasons,
        *(cells.get(code, "") for code in codes), alerts, "; ".join(one.text for one in row.comments),
    )  # fmt: skip
