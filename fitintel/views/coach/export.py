"""The squad as a file for a spreadsheet. No cell of it is a formula, whatever somebody is called."""

from __future__ import annotations

import csv
import io

from fitintel.core.spreadsheet import cell
from fitintel.views.coach.squad import BoardRow, BoardView
from fitintel.views.language import _


def squad_csv(view: BoardView) -> bytes:
    """One line an athlete, with a byte order mark, for spreadsheets read UTF-8 only with one."""
    names = {one.code: one.name for row in view.rows for one in row.cells}
    text = io.StringIO()
    writer = csv.writer(text)
    head = (_("Athlete"), _("Id"), _("Day"), _("About"), _("Status"), _("Last data"), _("First reason"),
            _("Second reason"), *names.values(), _("Alerts"), _("Comments"))  # fmt: skip
    writer.writerow(map(cell, head))
    for row in view.rows:
        writer.writerow(map(cell, _line(row, view.day, tuple(names))))
    return text.getvalue().encode("utf-8-sig")


def _line(row: BoardRow, day: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    reasons = [*(one.text for one in row.reasons), "", ""][:2]
    cells = {one.code: f"{one.value} ({one.note})" if one.note else one.value for one in row.cells}
    alerts = "; ".join(f"{one.text} {one.since}. {one.answered}".strip() for one in row.alerts)
    return (
        row.athlete, row.athlete_id, day, ", ".join(row.about), row.status, row.fresh, *reasons,
        *(cells.get(code, "") for code in codes), alerts, "; ".join(one.text for one in row.comments),
    )  # fmt: skip
