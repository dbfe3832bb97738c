"""Any table of wellness as CSV: a date, and columns named after metrics in English, German, French or Spanish.

Units are taken from the header; where it has none they must follow from the values, or are asked for. A column that
is only called "HRV" does not say which measure it is and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitintel.core.errors import AmbiguousFile, UnknownFormat
from fitintel.core.units import JOULE_PER_KCAL, SECOND_PER_HOUR, SECOND_PER_MINUTE, to_si
from fitintel.ingest.guess import order_by_evidence, signs
from fitintel.ingest.numbers import clock, numbers
from fitintel.ingest.options import Options
from fitintel.ingest.table import Table
from fitintel.ingest.wellness.source import CLOCK, NUMBER, Plan, Take, WellnessSource
from fitintel.ingest.words import COLUMN_WORDS, OWNER_WORDS, plainly, split_unit

WORDS: dict[str, tuple[str, ...]] = {
    "sleep_duration": ("sleep", "sleep duration", "sleep time", "asleep duration", "time asleep", "total sleep",
                       "hours of sleep", "sleep hours", "hours slept", "schlaf", "schlafdauer", "sommeil",
                       "duree de sommeil", "sueno", "horas de sueno"),
    "hrv_rmssd": ("rmssd", "hrv rmssd", "hrv (rmssd)"),
    "hrv_ln_rmssd": ("lnrmssd", "ln rmssd", "hrv ln rmssd"),
    "hrv_sdnn": ("sdnn", "hrv sdnn"),
    "resting_hr": ("resting hr", "resting heart rate", "rhr", "hr rest", "morning hr", "ruhepuls", "ruheherzfrequenz",
                   "fc repos", "frequence cardiaque au repos", "fc reposo", "frecuencia cardiaca en reposo"),
    "weight": ("weight", "body weight", "body mass", "gewicht", "korpergewicht", "poids", "peso"),
    "steps": ("steps", "step count", "total steps", "schritte", "pas", "pasos"),
    "energy": ("calories", "calories burned", "kalorien", "calorias"),
    "respiration": ("respiratory rate", "respiration", "atemfrequenz", "frequence respiratoire"),
    "spo2": ("spo2", "blood oxygen", "oxygen saturation", "sauerstoffsattigung"),
    "sleep_quality": ("hooper sleep", "sleep quality 1 7"),
    "stress": ("hooper stress", "stress 1 7"),
    "fatigue": ("hooper fatigue", "fatigue 1 7"),
    "soreness": ("hooper soreness", "soreness 1 7", "muscle soreness 1 7"),
    "rpe": ("rpe", "session rpe", "day rpe"),
    "readiness": ("readiness", "readiness score", "recovery score", "recovery"),
}  # fmt: skip
"""metric -> names, as `plainly` writes them."""
FACTORS: dict[str, dict[str, float]] = {
    "sleep_duration": {"h": SECOND_PER_HOUR, "min": SECOND_PER_MINUTE, "s": 1.0},
    "weight": {"kg": 1.0, "lb": to_si("mass", "lb")},
}
LIKELY: dict[str, dict[str, tuple[float, float]]] = {
    "sleep_duration": {"h": (3.0, 14.0), "min": (180.0, 840.0), "s": (10_800.0, 50_400.0)},
    "weight": {"kg": (20.0, 75.0), "lb": (160.0, 700.0)},
}
"""Where the median of a column shows its unit; between these two readings are possible."""
SAID = {"metric": "kg", "imperial": "lb", "kg": "kg", "lb": "lb"}


def _metrics(header: Sequence[str]) -> dict[str, tuple[str, str]]:
    """metric -> (column, unit word)."""
    found: dict[str, tuple[str, str]] = {}
    for column in header:
        word, unit = split_unit(column)
        unit = unit or _bracketed(column)
        word = word.removesuffix(" " + unit) if unit else word
        for metric, names in WORDS.items():
            if {word, plainly(column)} & set(names):
                found.setdefault(metric, (column, unit))
    return found


def _bracketed(column: str) -> str:
    last = column.replace("(", " ").replace(")", " ").replace("_", " ").split()[-1:]
    return last[0].lower() if last and last[0].lower() in ("kg", "lb", "lbs", "ms", "%") else ""


def _day(header: Sequence[str]) -> str:
    plain = {plainly(column): column for column in reversed(header)}
    return next((plain[word] for word in COLUMN_WORDS["date"] if word in plain), "")


def recognises(header: Sequence[str]) -> bool:
    """Whether a header names a day and a metric."""
    return bool(_day(header)) and bool(_metrics(header))


def plan(table: Table, name: str, options: Options) -> Plan:
    """Columns by name, units by header, else by values."""
    found, day = _metrics(table.header), _day(table.header)
    if not day or not found:
        raise UnknownFormat("The table names no day or no metric of wellness", where=f"{name}, line 1",
                            why=f"its columns are {', '.join(map(repr, table.header[:6]))}",
                            next="name them, for example, date, resting hr, rmssd, sleep (h), weight (kg)",
                            rule="columns_missing")  # fmt: skip
    cells = {metric: table.column(column) for metric, (column, _) in found.items()}
    every = {"energy": [cell for column in cells.values() for cell in column]}  # any name of a number
    decimal, thousands = signs(every, table.delimiter, None, name)
    takes = []
    for metric, (column, unit) in found.items():
        if metric == "sleep_duration" and _clocked(cells[metric]):
            takes.append(Take(column, metric, 1.0, CLOCK))
            continue
        factor = JOULE_PER_KCAL if metric == "energy" else 1.0
        if metric in FACTORS:
            values = numbers(cells[metric], decimal, thousands).values
            factor = _factor(metric, column, unit, values, options, name)
        takes.append(Take(column, metric, factor, NUMBER))
    owner = next((column for column in table.header if plainly(column) in OWNER_WORDS), "")
    used = {day, owner, *(take.header for take in takes)}
    return Plan(
        day=(day,), takes=tuple(takes), decimal=decimal, thousands=thousands, person=owner,
        date_order=order_by_evidence(table.column(day), options.date_order, name),
        left_out=tuple(column for column in table.header if column and column not in used),
    )  # fmt: skip


def _clocked(cells: Sequence[str]) -> bool:
    given = [cell for cell in cells if ":" in cell or "h" in cell.lower()]
    return bool(given) and all(clock(cell, "h:min") is not None for cell in given)


def _factor(
    metric: str, column: str, unit: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], options: Options,
    name: str,
) -> float:  # fmt: skip
    written = {"lbs": "lb", "hours": "h", "hr": "h", "hrs": "h", "std": "h", "stunden": "h", "minutes": "min",
               "mins": "min", "minuten": "min", "sec": "s", "seconds": "s"}.get(unit, unit)  # fmt: skip
    if metric == "sleep_duration" and any(word in plainly(column).split() for word in ("hours", "horas")):
        written = "h"
    if written in FACTORS[metric]:
        return FACTORS[metric][written]
    if metric == "weight" and options.units in SAID:
        return FACTORS[metric][SAID[options.units]]
    known = values[np.isfinite(values) & (values > 0)]
    middle = float(np.median(known)) if known.size else float("nan")
    fitting = [each for each, (low, high) in LIKELY[metric].items() if low <= middle <= high]
    if not known.size:
        return 1.0
    if len(fitting) != 1:
        raise AmbiguousFile(f"The unit of {column!r} is not written and cannot be told", where=name,
                            why=f"its median is {middle:g}",
                            next=f"write it into the name, for example {column} ({next(iter(FACTORS[metric]))})"
                                 + (", or give --units metric or imperial" if metric == "weight" else ""),
                            )  # fmt: skip
    return FACTORS[metric][fitting[0]]


SOURCE = WellnessSource("wellness_csv", "1", "any table of wellness (CSV)", recognises, plan)
