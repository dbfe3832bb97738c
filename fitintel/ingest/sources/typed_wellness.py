"""Wellness typed by hand: one day. It becomes a table of one row and goes through the same checks as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.errors import UnreadableFile, UsageError
from fitintel.core.units import SECOND_PER_HOUR, TO_SI
from fitintel.core.wellness import METRICS
from fitintel.ingest.guess import order_by_evidence
from fitintel.ingest.numbers import PLAIN, clock
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table
from fitintel.ingest.text import Decoded
from fitintel.ingest.wellness.source import Plan, Take, WellnessSource

FIELDS = ("date", *METRICS)
ENTERED = "entered_at"
_CLOCK_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_WITH_UNIT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([a-z]+)", re.IGNORECASE)
NOON = 12
HALF_DAY = 86_400.0


def to_bytes(fields: Mapping[str, Any], *, entered_at: str = "") -> bytes:
    """The typed fields as the raw bytes that are kept: JSON with sorted keys, in the metrics' units.

    `entered_at` tells entries apart: a value that is corrected and corrected back is no repetition of the first.

    Raises:
        UsageError: a field does not exist, or a weight has no unit.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise UsageError(f"Wellness has no field {unknown[0]!r}", why=f"known: {', '.join(FIELDS)}")
    given = {name: _text(value) for name, value in fields.items() if value is not None and str(value).strip()}
    if not set(given) - {"date"}:
        raise UsageError("No value was given", next="give at least one, for example --resting-hr 52")
    for name, convert in (("sleep_duration", sleep), ("sleep_start", clock_time), ("sleep_end", clock_time),
                          ("weight", kilograms)):  # fmt: skip
        if name in given:
            given[name] = convert(given[name])
    if entered_at:
        given[ENTERED] = entered_at
    return json.dumps(given, sort_keys=True, ensure_ascii=False).encode()


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def sleep(text: str) -> str:
    """A typed time asleep in seconds; what is none stays as it is, for the checks to name. A plain number is hours.

    >>> sleep("7.5"), sleep("7h30"), sleep("7:30"), sleep("long")
    ('27000.0', '27000.0', '27000.0', 'long')
    """
    if PLAIN.fullmatch(text):
        return repr(float(text) * SECOND_PER_HOUR)
    value = clock(text, "h:min")
    return text if value is None else repr(value)


def clock_time(text: str) -> str:
    """A typed time of day in seconds after the day's midnight; from noon on it is the evening before.

    >>> clock_time("06:45"), clock_time("23:10")
    ('24300.0', '-3000.0')
    """
    found = _CLOCK_TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return text
    seconds = int(found[1]) * SECOND_PER_HOUR + int(found[2]) * 60.0
    return repr(seconds - HALF_DAY if int(found[1]) >= NOON else seconds)


def kilograms(text: str) -> str:
    """A typed weight in kg; its unit must be written.

    >>> kilograms("70.5kg"), kilograms("155 lb")
    ('70.5', '70.306817')
    """
    found = _WITH_UNIT.fullmatch(text)
    if found and found[2].lower().removesuffix("s") in TO_SI["mass"]:
        factor = TO_SI["mass"][found[2].lower().removesuffix("s")]
        return repr(round(float(found[1].replace(",", ".")) * factor, 6))
    if PLAIN.fullmatch(text):
        raise UsageError(f"The weight {text!r} has no unit", next=f"write {text}kg or {text}lb")
    return text


def read(data: bytes, name: str) -> Table:
    """The table of one row that the raw bytes hold."""
    try:
        fields = json.loads(data)
        header = tuple(column for column in FIELDS if column in fields)
        cells = tuple([str(fields[column])] for column in header)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableFile("This is not typed wellness", where=name, why=str(error)) from error
    if "date" not in header:
        raise UnreadableFile("This is not typed wellness", where=name, why="it has no date")
    return Table(header, cells, (1,), (1,), ",", Decoded([], "utf-8"))


def recognises(header: Sequence[str]) -> bool:
    """Never a file."""
    return False


def plan(table: Table, name: str, options: Options) -> Plan:
    """Typed fields have our names and units."""
    order = order_by_evidence(table.column("date"), options.date_order, name)
    takes = tuple(Take(column, column) for column in table.header if column != "date")
    return Plan(day=("date",), takes=takes, date_order=order)


SOURCE = WellnessSource("typed_wellness", "1", "wellness typed by hand", recognises, plan)
