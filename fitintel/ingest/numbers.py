"""Cells to numbers. Only ASCII digits, sign, point and exponent make a number: nothing is guessed from a cell alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fitintel.ingest.cell_numbers import decimals
from fitintel.ingest.cells import Cells
from fitintel.ingest.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

MISSING = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "none", "null"})
"""What programs write for no value."""

PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORDS = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_ALLOWED = b"0123456789.+-eE\n"
_CLOCK = re.compile(r"(?:(\d{1,7}):)?(\d{1,7}):(\d{1,2}(?:\.\d{0,9})?)", re.ASCII)
_SPELLED = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:h|hr|hrs|hours?|std)\.?)?\s*(?:(\d+(?:\.\d+)?)\s*(?:m|min|mins|minutes?|')\.?)?"
    r"\s*(?:(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?|\")\.?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers; NaN where missing or unusable."""

    values: NDArray[np.float64]
    unreadable: Sequence[int] = ()
    """places of cells that are no plain number"""
    infinite: Sequence[int] = ()
    """places of cells that say NaN or infinity, or are beyond what a float holds"""


def plain(cell: str, decimal: str = ".", thousands: str = "") -> float | None:
    """The number in a cell, NaN if the cell says there is none, None if it is no plain number.

    >>> plain("80,5", decimal=","), plain("1_000"), plain("1.2e3")
    (80.5, None, 1200.0)
    """
    text = cell.strip()
    if text.lower() in MISSING:
        return float("nan")
    if thousands and thousands in text:
        mark = re.escape(thousands)
        if not re.fullmatch(rf"[+-]?[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{re.escape(decimal)}[0-9]*)?", text):
            return None
        text = text.replace(thousands, "")
    if decimal != ".":
        if "." in text:
            return None
        text = text.replace(decimal, ".")
    return float(text) if PLAIN.fullmatch(text) else None


def numbers(cells: Sequence[str], decimal: str = ".", thousands: str = "") -> Numbers:
    """A column of cells as numbers [float64, as many as cells]."""
    if decimal == "." and thousands != "." and isinstance(cells, Cells):
        values, odd = decimals(cells)
        return _each(cells, decimal, thousands, values, odd.tolist())
    if decimal == ".":
        joined = "\n".join(cells)
        if joined.isascii() and not joined.encode().translate(None, _ALLOWED):
            try:
                filled = [cell or "nan" for cell in cells] if "" in cells else cells
                values = np.fromiter(map(float, filled), np.float64, len(cells))
            except ValueError:
                pass  # a lone sign or the like: look at each cell
            else:
                infinite = np.flatnonzero(np.isinf(values))
                values[infinite] = np.nan
                return Numbers(values, (), infinite.tolist())
    texts = list(cells)
    return _each(texts, decimal, thousands, np.full(len(texts), np.nan), range(len(texts)))


def _each(
    cells: Sequence[str], decimal: str, thousands: str, values: NDArray[np.float64], places: Iterable[int]
) -> Numbers:
    unreadable: list[int] = []
    infinite: list[int] = []
    for place in places:
        cell = cells[place]
        value = plain(cell, decimal, thousands)
        if value is None:
            (infinite if _WORDS.fullmatch(cell.strip()) else unreadable).append(place)
        elif np.isinf(value):
            infinite.append(place)
        else:
            values[place] = value
    return Numbers(values, unreadable, infinite)


def clock(cell: str, pair: str = "min:s") -> float | None:
    """Seconds in a duration written with colons or unit letters; NaN if missing, None if it is neither.

    `pair` says what two parts mean: `min:s` or `h:min`.

    >>> clock("1:02:03"), clock("45:30"), clock("1h05"), clock("2:30", pair="h:min"), clock("x")
    (3723.0, 2730.0, 3900.0, 9000.0, None)
    """
    text = cell.strip()
    if text.lower() in MISSING:
        return float("nan")
    found = _CLOCK.fullmatch(text)
    if found:
        first, middle, last = found.groups()
        if first is None and pair == "h:min":
            return None if float(last) >= 60 else int(middle) * 3600.0 + float(last) * 60.0
        if float(last) >= 60 or (first is not None and int(middle) >= 60):
            return None
        return int(first or 0) * 3600.0 + int(middle) * 60.0 + float(last)
    text = text.upper().removeprefix("PT").lower()
    short = re.fullmatch(r"(\d+)\s*h\s*(\d{1,2})", text, re.ASCII)
    if short:
        return int(short[1]) * 3600.0 + int(short[2]) * 60.0
    spelled = _SPELLED.fullmatch(text)
    if spelled and any(spelled.groups()):
        hours, minutes, seconds = (float(part or 0) for part in spelled.groups())
        return hours * 3600.0 + minutes * 60.0 + seconds
    return None


def clocks(cells: Sequence[str], pair: str = "min:s") -> Numbers:
    """A column of durations written with colons or unit letters, in seconds."""
    known, codes = distinct(cells)
    found = [clock(cell, pair) for cell in known]
    values = np.array([np.nan if value is None else value for value in found], dtype=np.float64)[codes]
    bad = np.array([value is None for value in found], dtype=bool)[codes]
    words = np.array([bool(_WORDS.fullmatch(cell.strip())) for cell in known], dtype=bool)[codes]
    return Numbers(values, np.flatnonzero(bad & ~words).tolist(), np.flatnonzero(bad & words).tolist())
