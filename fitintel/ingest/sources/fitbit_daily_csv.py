"""Daily tables of Fitbit as Fitabase merges them: steps, calories, sleep, weight; rows of many people, told by `Id`.

A day on which the device was not worn has 0 steps there, and 0 is taken for missing. Calories are kilocalories.
"""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.errors import UnknownFormat
from fitintel.core.units import JOULE_PER_KCAL, SECOND_PER_MINUTE
from fitintel.ingest.guess import order_by_evidence
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table
from fitintel.ingest.wellness.source import Plan, Take, WellnessSource

DAYS = ("activitydate", "activityday", "sleepday", "date")
COLUMNS: dict[str, tuple[str, float]] = {
    "totalsteps": ("steps", 1.0), "steptotal": ("steps", 1.0), "calories": ("energy", JOULE_PER_KCAL),
    "totalminutesasleep": ("sleep_duration", SECOND_PER_MINUTE), "weightkg": ("weight", 1.0),
}  # fmt: skip
"""their name, lower case -> (metric, factor)."""
MARKS = (*COLUMNS, "sedentaryminutes", "totaltimeinbed")


def recognises(header: Sequence[str]) -> bool:
    """Whether a header has their id, a day, and a column of theirs."""
    names = {name.casefold() for name in header}
    return "id" in names and bool(names.intersection(DAYS)) and bool(names.intersection(MARKS))


def plan(table: Table, name: str, options: Options) -> Plan:
    """Columns by name; raises UnknownFormat for a table of minutes of intensity, which no figure uses."""
    by_name = {column.casefold(): column for column in reversed(table.header)}
    takes = tuple(Take(column, *COLUMNS[column.casefold()]) for column in table.header if column.casefold() in COLUMNS)
    if not takes:
        raise UnknownFormat("The table holds no value that is used", where=f"{name}, line 1",
                            why=f"its columns are {', '.join(table.header[:6])}",
                            next="import dailyActivity, dailySteps, dailyCalories, sleepDay or weightLogInfo",
                            rule="columns_missing")  # fmt: skip
    day = next(by_name[each] for each in DAYS if each in by_name)
    used = {day, by_name["id"], *(take.header for take in takes)}
    return Plan(
        day=(day,), takes=takes, person=by_name["id"], zero_is_missing=("steps", "energy"),
        date_order=order_by_evidence(table.column(day), options.date_order, name),
        left_out=tuple(column for column in table.header if column not in used),
    )  # fmt: skip


SOURCE = WellnessSource("fitbit_daily_csv", "1", "a daily table of Fitbit (Fitabase CSV)", recognises, plan)
