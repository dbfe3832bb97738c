"""The activity list that Garmin Connect exports as CSV, in the languages below.

Special in these files: '--' stands for no value; distance, height and speed have no unit (that of the person's
profile; pool swims are in metres); numbers follow the page's language even under an English header; times of day are
local, without a zone. Highest speed and paces are not read: whether one is a speed or a pace depends on the sport.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from fitintel.core.errors import AmbiguousFile, UnknownFormat
from fitintel.core.sports import known_sport
from fitintel.core.units import SECOND_PER_MINUTE, UnitSystem, to_si
from fitintel.ingest import plausible
from fitintel.ingest.guess import order_by_evidence
from fitintel.ingest.numbers import clocks, numbers
from fitintel.ingest.options import Options
from fitintel.ingest.profile import Profile, Use
from fitintel.ingest.source import Source
from fitintel.ingest.table import Table
from fitintel.ingest.words import plainly

BEGINNINGS = (
    ("activity type", "date", "favorite", "title"), ("aktivitatstyp", "datum", "favorit", "titel"),
    ("type d activite", "date", "favori", "titre"), ("tipo de actividad", "fecha", "favorito", "titulo"),
)  # fmt: skip
"""the first four names, as `plainly` writes them: English, German, French, Spanish."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "sport": ("activity type", "aktivitatstyp", "type d activite", "tipo de actividad"),
    "date": ("date", "datum", "fecha"),
    "notes": ("title", "titel", "titre", "titulo"),
    "distance": ("distance", "distanz", "distancia"),
    "duration": ("time", "activity time", "zeit", "dauer", "duree", "temps", "tiempo"),
    "energy": ("calories", "kalorien", "calorias"),
    "hr_mean": ("avg hr", "avg hf", "durchschnittliche hf", "frequence cardiaque moyenne", "fc moyenne",
                "frecuencia cardiaca media", "fc media"),
    "hr_max": ("max hr", "max hf", "maximale hf", "frequence cardiaque maximale", "fc max",
               "frecuencia cardiaca maxima", "fc maxima"),
    "cadence": ("avg run cadence", "avg schrittfrequenz laufen", "avg bike cadence", "avg trittfrequenz rad",
                "cadence de course moyenne", "cadence de velo moyenne", "cadencia de carrera media",
                "cadencia de ciclismo media"),
    "elevation_gain": ("total ascent", "elev gain", "positiver hohenunterschied", "anstieg gesamt", "ascension totale",
                       "ascenso total"),
    "steps": ("steps", "schritte", "pas", "pasos"),
}  # fmt: skip
"""our column -> their names, as `plainly` writes them; where several are there the first fills first."""
STRIDE = ("avg stride length", "avg schrittlange", "longueur moyenne des foulees", "longitud media de zancada")
SAME_LENGTH = 0.1
"""share by which steps times their length may differ from the distance; a mile is 61 % longer than a kilometre"""
UNITS = {"energy": "kcal", "hr_mean": "bpm", "hr_max": "bpm", "cadence": "spm", "duration": "h:mm:ss"}
_DECIMALS = re.compile(r"\d+([.,])\d{1,2}")
_THOUSANDS = re.compile(r"\d{1,3}([.,])\d{3}")


def _found(header: Sequence[str]) -> list[tuple[str, str]]:
    """(column, ours) of those that are read."""
    plain = {plainly(column): column for column in reversed(header)}
    return [(plain[word], ours) for ours, words in COLUMNS.items() for word in words if word in plain]


def recognises(header: Sequence[str]) -> bool:
    """Whether the header begins as theirs does, in one of the languages."""
    return tuple(map(plainly, header[:4])) in BEGINNINGS


def profile(table: Table, name: str, options: Options) -> Profile:
    """Columns by name, unit of the distance by evidence or as said."""
    found = _found(table.header)
    ours = {column for _, column in found}
    missing = [column for column in ("date", "distance", "duration") if column not in ours]
    if missing:
        raise UnknownFormat(f"The Garmin table has no column for {' and '.join(missing)}", where=f"{name}, line 1",
                            why=f"recognised: {', '.join(repr(column) for column, _ in found) or 'nothing'}",
                            next="export it with its columns, or give --profile", rule="columns_missing")  # fmt: skip
    cells = {column: table.column(header) for header, column in reversed(found)}
    for header in _strides(table.header):
        cells["stride"] = table.column(header)
    decimal, thousands = _signs(cells, name)
    headers = {column: header for header, column in reversed(found)}
    distance = _distance_unit(cells, headers, options, decimal, thousands, name)
    units = {**UNITS, "distance": distance, "elevation_gain": "ft" if distance == "mi" else "m"}
    columns = tuple(Use(header, column, units.get(column, "")) for header, column in found)
    used = {use.header for use in columns}
    return Profile(
        columns=columns, date_order=order_by_evidence(cells["date"], options.date_order, name), decimal=decimal,
        thousands=thousands, delimiter=table.delimiter, encoding=table.decoded.encoding,
        zero_is_missing=("hr_mean", "hr_max", "cadence", "energy", "steps"), by_sport=(("swimming", "distance", "m"),),
        ignored=tuple(column for column in table.header if column and column not in used),
    )  # fmt: skip


def _signs(cells: dict[str, Sequence[str]], name: str) -> tuple[str, str]:
    """(decimal, thousands): distances have one or two decimals, so they show the sign of both."""
    marks = {found[1] for cell in cells["distance"] if (found := _DECIMALS.fullmatch(cell.strip()))}
    if len(marks) == 1:
        decimal = marks.pop()
        return decimal, "," if decimal == "." else "."
    grouped = {found[1] for column in ("distance", "energy", "steps") for cell in cells.get(column, ())
               if (found := _THOUSANDS.fullmatch(cell.strip()))}  # fmt: skip
    if not marks and len(grouped) < 2:
        return (".", ",") if not grouped or grouped == {","} else (",", ".")
    raise AmbiguousFile("Numbers of the file are written in two ways", where=f"{name}, column of the distance",
                        why="both a point and a comma stand before the decimals",
                        next="export the file again, or give a --profile with its decimal sign")  # fmt: skip


def _distance_unit(
    cells: dict[str, Sequence[str]], headers: dict[str, str], options: Options, decimal: str, thousands: str, name: str
) -> str:
    said = plausible.said_units(options.units)
    if "distance" in said:
        return said["distance"]
    sports = [known_sport(cell) for cell in cells.get("sport", [""] * len(cells["date"]))]
    dry = [place for place, sport in enumerate(sports) if sport != "swimming"]
    if not any(_DECIMALS.fullmatch(cells["distance"][place].strip()) for place in dry):
        return "km"  # nothing but swims and indoor hours: no figure depends on it
    shown = _by_strides(cells, decimal, thousands)
    if shown:
        return shown
    chosen: dict[str, Sequence[str]] = {
        column: [cells[column][place] for place in dry]
        for column in ("distance", "duration", "sport")
        if column in cells
    }
    return plausible.resolve(chosen, {"distance": "", "duration": "h:mm:ss"}, said, decimal, thousands, name,
                             headers=headers)["distance"]  # fmt: skip


def wanted(header: Sequence[str]) -> list[str]:
    """The columns that are read."""
    return [column for column, _ in _found(header)] + _strides(header)


def _strides(header: Sequence[str]) -> list[str]:
    return [column for column in header if plainly(column) in STRIDE][:1]


def _by_strides(cells: dict[str, Sequence[str]], decimal: str, thousands: str) -> str:
    """Unit of the distance by steps taken: the length of a step is in metres for everyone; '' if it says nothing."""
    if not {"stride", "cadence"} <= cells.keys():
        return ""
    per_minute = numbers(cells["cadence"], decimal, thousands).values
    minutes = clocks(cells["duration"]).values / SECOND_PER_MINUTE
    metres = numbers(cells["stride"], decimal, thousands).values * per_minute * minutes
    said = numbers(cells["distance"], decimal, thousands).values
    known = (metres > 0) & (said > 0)
    ratio = float(np.median(metres[known] / said[known])) if known.any() else 0.0
    return next((unit for unit in ("km", "mi") if abs(ratio / to_si("distance", unit) - 1) < SAME_LENGTH), "")


def identity(cells: Sequence[str]) -> list[str]:
    """The file has no number of the activity."""
    return ["" for _ in cells]


def units(used: Profile) -> UnitSystem | None:
    """Units of the distance."""
    distance = used.use("distance")
    return UnitSystem.IMPERIAL if distance and distance.unit == "mi" else UnitSystem.METRIC


SOURCE = Source(
    name="garmin_csv", version="1", says="Garmin Connect activities (CSV)", recognises=recognises, wanted=wanted,
    profile=profile, identity=identity, global_identity=False, units=units,
)  # fmt: skip
