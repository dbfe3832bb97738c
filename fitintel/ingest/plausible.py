"""Units of a table's columns: written ones are tested against the values, missing ones found only on clear evidence.

Evidence is the median speed per sport: people run, walk, ride and swim at known speeds.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.errors import AmbiguousFile, UnknownName
from fitintel.core.sports import known_sport
from fitintel.core.units import to_si
from fitintel.ingest.numbers import MISSING, clock, clocks, numbers
from fitintel.ingest.profile import CLOCKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = Mapping[tuple[str, str], NDArray[np.float64]]
    """(our column, unit tried) -> its values in SI"""

SPEEDS: dict[str, tuple[float, float]] = {
    "running": (1.2, 4.3), "walking": (0.7, 2.1), "hiking": (0.4, 1.8), "cycling": (3.0, 12.0),
    "swimming": (0.3, 1.8), "rowing": (1.5, 5.5),
}  # fmt: skip
"""m/s. Where the median speed of a person's workouts of a sport can lie."""
ANY_SPEED = (0.4, 12.0)
DURATIONS = (240.0, 5 * 3600.0)
"""s. Where a person's median duration can lie."""
WRONG_SPEED = (0.05, 40.0)
"""m/s. A median outside this contradicts a written unit, whatever the sport."""
ENOUGH = 5
"""rows that it takes to contradict a written unit: fewer may be single wrong entries, which have rules of their own"""

SAID: dict[str, dict[str, str]] = {
    "metric": {"distance": "km", "speed_max": "km/h", "elevation_gain": "m"},
    "imperial": {"distance": "mi", "speed_max": "mi/h", "elevation_gain": "ft"},
}
"""What `--units` means for columns that do not say their unit."""
UNIT_OF: dict[str, tuple[str, str]] = {
    "km": ("distance", "km"), "mi": ("distance", "mi"), "m": ("distance", "m"), "yd": ("distance", "yd"),
    "s": ("duration", "s"), "min": ("duration", "min"), "h": ("duration", "h"),
    "h:mm:ss": ("duration", "h:mm:ss"), "mm:ss": ("duration", "mm:ss"), "h:mm": ("duration", "h:mm"),
}  # fmt: skip
ALWAYS = {"hr_mean": "bpm", "hr_max": "bpm", "cadence": "spm"}
"""Columns that have one unit everywhere."""


def said_units(units: str | None) -> dict[str, str]:
    """Units per column that a person stated: `metric`, `imperial`, or names such as `mi,min`.

    >>> said_units("mi,min")
    {'distance': 'mi', 'duration': 'min'}
    """
    said: dict[str, str] = {}
    for word in (units or "").replace(" ", "").lower().split(","):
        if word in SAID:
            said |= SAID[word]
        elif word in UNIT_OF:
            said[UNIT_OF[word][0]] = UNIT_OF[word][1]
        elif word:
            raise UnknownName("unit", word, [*SAID, *UNIT_OF])
    return said


def resolve(
    cells: Mapping[str, Sequence[str]],
    written: Mapping[str, str],
    said: Mapping[str, str],
    decimal: str,
    thousands: str,
    name: str,
    *,
    headers: Mapping[str, str],
) -> dict[str, str]:
    """Our column -> unit. Optional columns without a unit are left out; required ones raise AmbiguousFile."""
    units = {ours: unit for ours, unit in written.items() if unit}
    for ours in written:
        if not units.get(ours):
            unit = said.get(ours) or ALWAYS.get(ours) or ("kcal" if ours == "energy" else "")
            if ours == "energy" and "energ" in headers[ours].lower():
                unit = ""  # "energy" alone may be kJ or kcal; "calories" is kcal everywhere
            units[ours] = unit
    if "duration" in written:
        units["duration"] = _clock_unit(cells["duration"], units["duration"], name, headers["duration"])
    options = {ours: _candidates(ours, units[ours]) for ours in ("distance", "duration") if ours in written}
    best = [dict(zip(options, choice, strict=True)) for choice in itertools.product(*options.values())]
    asserted = all(len(choices) == 1 for choices in options.values())
    values = {
        (ours, unit): _values(cells[ours], ours, unit, decimal, thousands)
        for ours, choices in options.items()
        for unit in choices
    }
    sports = [known_sport(cell) or "other" for cell in cells["sport"]] if "sport" in cells else []
    if asserted:
        _contradiction(best[0], values, sports, name, headers)
        units |= best[0]
    else:
        fitting = [choice for choice in best if _fits(choice, values, sports)]
        if len(fitting) != 1:
            raise _ask(options, fitting, name, headers)
        units |= fitting[0]
    return {ours: unit for ours, unit in units.items() if unit}


def _candidates(ours: str, unit: str) -> tuple[str, ...]:
    if unit:
        return (unit,)
    return ("km", "mi", "m") if ours == "distance" else ("s", "min", "h")


def _clock_unit(cells: Sequence[str], unit: str, name: str, header: str) -> str:
    """The way of writing durations, if they are written with colons or letters."""
    given = [cell.strip() for cell in cells if cell.strip().lower() not in MISSING]
    marked = [cell for cell in given if clock(cell) is not None or clock(cell, "h:min") is not None]
    if unit in CLOCKS or len(marked) * 2 < len(given) or not marked:
        return unit if unit in CLOCKS or not marked or unit else ""
    pairs = [cell for cell in marked if cell.count(":") == 1]
    if not pairs:
        return "h:mm:ss"
    if unit in ("min", "s"):
        return "mm:ss"
    if any(cell.count(":") == 2 for cell in marked) or any(int(cell.split(":")[0]) > 12 for cell in pairs):
        return "mm:ss"
    if unit == "h":
        return "h:mm"
    raise AmbiguousFile(f"{pairs[0]!r} can be read as minutes and seconds or as hours and minutes",
                        where=f"{name}, column {header!r}", why="no duration of the file settles which",
                        next="give --units mm:ss or --units h:mm")  # fmt: skip


def _values(cells: Sequence[str], ours: str, unit: str, decimal: str, thousands: str) -> NDArray[np.float64]:
    if unit in CLOCKS:
        values = clocks(list(cells), CLOCKS[unit]).values
    else:
        values = numbers(list(cells), decimal, thousands).values * to_si(ours, unit)
    return np.where(values > 0, values, np.nan)


def _medians(choice: Mapping[str, str], values: Values, sports: Sequence[str]) -> dict[str, float]:
    if "distance" not in choice or "duration" not in choice:
        return {}
    speed = values["distance", choice["distance"]] / values["duration", choice["duration"]]
    groups = np.array(sports) if sports else np.full(len(speed), "other")
    found = {}
    for sport in np.unique(groups):
        known = speed[(groups == sport) & np.isfinite(speed)]
        if known.size:
            found[str(sport)] = float(np.median(known))
    return found


def _fits(choice: Mapping[str, str], values: Values, sports: Sequence[str]) -> bool:
    if "duration" in choice:
        durations = values["duration", choice["duration"]]
        known = durations[np.isfinite(durations)]
        if known.size and not DURATIONS[0] <= float(np.median(known)) <= DURATIONS[1]:
            return False
    medians = _medians(choice, values, sports)
    return all(low <= medians[sport] <= high for sport in medians for low, high in [SPEEDS.get(sport, ANY_SPEED)])


def _contradiction(
    choice: Mapping[str, str], values: Values, sports: Sequence[str], name: str, headers: Mapping[str, str]
) -> None:
    if "distance" in choice and np.count_nonzero(np.isfinite(values["distance", choice["distance"]])) < ENOUGH:
        return
    medians = _medians(choice, values, sports)
    wrong = {sport: speed for sport, speed in medians.items() if not WRONG_SPEED[0] <= speed <= WRONG_SPEED[1]}
    if wrong and len(wrong) == len(medians):
        sport, speed = next(iter(wrong.items()))
        raise AmbiguousFile(
            f"The units of {' and '.join(repr(headers[ours]) for ours in choice)} contradict the values", where=name,
            why=f"read as {' and '.join(choice.values())}, the median speed of {sport} would be {speed:.4g} m/s",
            next="give the true units in a --profile, or correct the column names",
        )  # fmt: skip


def _ask(
    options: Mapping[str, Sequence[str]], fitting: Sequence[Mapping[str, str]], name: str, headers: Mapping[str, str]
) -> AmbiguousFile:
    open_ = [ours for ours, choices in options.items() if len(choices) > 1]
    named = " and ".join(f"{headers[ours]!r}" for ours in open_)
    ways = " or ".join(",".join(choice[ours] for ours in open_) for choice in fitting)
    why = f"its values make sense as {ways}" if fitting else "its values make sense in no unit tried"
    example = ways.split(" or ")[0] or ",".join(options[ours][0] for ours in open_)
    return AmbiguousFile(f"The unit of {named} is not written and cannot be told", where=name, why=why,
                         next=f"give --units, for example --units {example}")  # fmt: skip
