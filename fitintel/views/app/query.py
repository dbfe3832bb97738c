"""The screen Query: examples, the tables, and an answer as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fitintel.core.spreadsheet import cell as quoted
from fitintel.views.language import _, counted, marked

EXAMPLES: tuple[tuple[str, str], ...] = (
    (marked("Distance and time by month"),
     "SELECT strftime(date, '%Y-%m') AS month, count(*) AS workouts, round(sum(distance) / 1000, 1) AS km,\n"
     "       round(sum(duration) / 3600, 1) AS hours\nFROM workouts\nGROUP BY month\nORDER BY month DESC"),
    (marked("My longest workouts"),
     "SELECT date, sport, round(distance / 1000, 1) AS km, round(duration / 60) AS minutes\nFROM workouts\n"
     "WHERE distance IS NOT NULL\nORDER BY distance DESC\nLIMIT 20"),
    (marked("On which weekdays I train"),
     "SELECT dayname(date) AS weekday, count(*) AS workouts, round(avg(duration) / 60) AS minutes\nFROM workouts\n"
     "GROUP BY weekday, isodow(date)\nORDER BY isodow(date)"),
    (marked("Sleep and the workout of the day"),
     "SELECT w.date, round(s.value / 3600, 1) AS hours_asleep, w.sport, round(w.duration / 60) AS minutes\n"
     "FROM workouts w JOIN wellness s ON s.date = w.date AND s.metric = 'sleep_duration'\n"
     "ORDER BY w.date DESC\nLIMIT 50"),
    (marked("Planned against done by week"),
     "SELECT date_trunc('week', p.date) AS week, count(DISTINCT p.date) AS planned_days,\n"
     "       count(DISTINCT w.date) AS of_them_trained\n"
     "FROM plans p LEFT JOIN workouts w ON w.date = p.date\nGROUP BY week\nORDER BY week DESC\nLIMIT 26"),
    (marked("What became of what I was told"),
     "SELECT section, outcome, count(*) AS times\nFROM told\nWHERE outcome <> ''\nGROUP BY ALL\nORDER BY times DESC"),
)  # fmt: skip
"""what is asked, and how"""


def examples() -> dict[str, str]:
    """Question in words -> SQL."""
    return {_(words): sql for words, sql in EXAMPLES}


def table_rows(tables: Mapping[str, Sequence[tuple[str, str]]]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and a row for each table."""
    header = (_("Table"), _("Columns"))
    rows = {name: ", ".join(f"{column} {kind}" for column, kind in columns) for name, columns in tables.items()}
    return header, list(rows.items())


def summary(rows: int, more: bool) -> str:
    """How much the answer holds."""
    said = counted("{n} row", "{n} rows", rows)
    return _("The first {rows}; there are more.").format(rows=said) if more else said


def cell(value: Any) -> str:
    """A cell as text.

    >>> cell(None), cell(2.50), cell(7), cell("a")
    ('', '2.5', '7', 'a')
    """
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The answer for a spreadsheet; text that it would run as a formula is quoted.

    >>> csv_text(["a", "b"], [["=1+1", -2.0]])
    "a,b\\r\\n'=1+1,-2\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out)  # ends lines with CR LF, and so quotes a text that has either of them
    for row in (columns, *rows):
        writer.writerow([quoted(one) if isinstance(one, str) else cell(one) for one in row])
    return out.getvalue()
