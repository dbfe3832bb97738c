"""One workout typed by hand. It becomes a table of one row and goes through the same checks as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fitintel.core.errors import UnreadableFile, UsageError
from fitintel.core.rules import MAX_CELL
from fitintel.core.units import SECOND_PER_MINUTE, TO_SI
from fitintel.ingest.numbers import PLAIN, clock
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile, Use
from fitintel.ingest.source import Source
from fitintel.ingest.table import Table
from fitintel.ingest.text import Decoded

FIELDS: dict[str, str] = {
    "date": "", "sport": "", "duration": "s", "distance": "m", "elevation_gain": "m", "hr_mean": "bpm",
    "hr_max": "bpm", "cadence": "spm", "steps": "", "energy": "kcal", "rpe": "", "notes": "",
}  # fmt: skip
"""what can be typed -> unit in which it is kept as raw bytes."""

_WITH_UNIT = re.compile(r"([+-]?[0-9.,]+)\s*([a-z]+)", re.IGNORECASE)


def to_bytes(fields: Mapping[str, Any]) -> bytes:
    """The typed fields as the raw bytes that are kept: JSON with sorted keys.

    Raises:
        UsageError: a field does not exist or is too long, or a duration or distance could mean two things.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise UsageError(f"A workout has no field {unknown[0]!r}", why=f"known: {', '.join(FIELDS)}")
    given = {name: _text(value) for name, value in fields.items() if value is not None and str(value).strip()}
    long = next((name for name, text in given.items() if len(text) > MAX_CELL), None)
    if long is not None:
        raise UsageError(f"{long} has {len(given[long]):,} characters", next=f"shorten it to {MAX_CELL:,}")
    if "duration" in given:
        given["duration"] = seconds(given["duration"])
    if "distance" in given:
        given["distance"] = metres(given["distance"])
    return json.dumps(given, sort_keys=True, ensure_ascii=False).encode()


def _text(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value).strip()


def seconds(text: str) -> str:
    """A typed duration in seconds; what is no duration stays as it is, for the checks to name. A plain number is min.

    >>> seconds("45"), seconds("45min"), seconds("0:45:00"), seconds("1h05"), seconds("soon")
    ('2700.0', '2700.0', '2700.0', '3900.0', 'soon')
    """
    pair = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text, re.ASCII)
    if pair and int(pair[1]) <= 12:
        raise UsageError(f"The duration {text!r} can be minutes and seconds or hours and minutes",
                         next=f"write {text}:00 for hours and minutes, or 0:{text} for minutes and seconds",
                         )  # fmt: skip
    if PLAIN.fullmatch(text):
        return repr(float(text) * SECOND_PER_MINUTE)
    value = clock(text)
    return text if value is None else repr(value)


def metres(text: str) -> str:
    """A typed distance in metres; its unit must be written.

    >>> metres("8.2km"), metres("5 mi")
    ('8200.0', '8046.72')
    """
    found = _WITH_UNIT.fullmatch(text)
    if found and found[2].lower() in TO_SI["distance"]:
        number = found[1]
        if re.fullmatch(r"\d+,\d{1,2}", number):
            number = number.replace(",", ".")
        return repr(round(float(number) * TO_SI["distance"][found[2].lower()], 6)) if PLAIN.fullmatch(number) else text
    if PLAIN.fullmatch(text):
        raise UsageError(f"The distance {text!r} has no unit", next=f"write {text}km, {text}mi or {text}m")
    return text


def read(data: bytes, name: str) -> Table:
    """The table of one row that the raw bytes hold."""
    try:
        fields = json.loads(data)
        header = tuple(column for column in FIELDS if column in fields)
        cells = tuple([str(fields[column])] for column in header)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableFile("This is not a typed workout", where=name, why=str(error)) from error
    return Table(header, cells, (1,), (1,), ",", Decoded([], "utf-8"))


def profile(table: Table, name: str, options: Options) -> Profile:
    """Typed fields have our names and units; a date is read as in a file."""
    return Profile(
        columns=tuple(Use(column, column, FIELDS[column]) for column in table.header),
        date_order=options.date_order or "",
    )


SOURCE = Source(
    name="manual", version="1", says="a workout typed by hand", recognises=lambda header: False,
    wanted=lambda header: header, profile=profile, identity=lambda cells: ["" for _ in cells], global_identity=False,
    units=lambda used: None,
)  # fmt: skip
