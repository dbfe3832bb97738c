"""Plain decimal numbers from the bytes of their cells, many rows at once, each the float nearest to what is written.

Digits make a whole number below 2**53, and the point divides it by a power of ten below 10**22: both are exact as
floats, so the one division is rounded correctly, as Python's `float` is (W. D. Clinger, "How to read floating point
numbers accurately", 1990).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fitintel.ingest.cells import AT_ONCE, Cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGITS = 15
_POWER = 10.0 ** np.arange(DIGITS + 2)
_ZERO, _POINT = b"0."


def decimals(cells: Cells) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """(values, NaN where the cell is empty or odd; places of odd cells, which are to be looked at as text).

    A cell that is not odd has one to fifteen digits and at most one point.

    >>> data = np.frombuffer(b"3.25,,-7", np.uint8)
    >>> decimals(Cells(data, np.array([0, 5, 6]), np.array([4, 5, 8])))
    (array([3.25,  nan,  nan]), array([2]))
    """
    values = np.full(len(cells), np.nan)
    odd = np.zeros(len(cells), bool)
    if cells.stop.max(initial=0) == 0 or not cells.sizes().any():
        return values, np.flatnonzero(odd)
    for begin in range(0, len(cells), AT_ONCE):
        rows = slice(begin, begin + AT_ONCE)
        values[rows], odd[rows] = _some(cells.data, cells.start[rows], cells.stop[rows])
    return values, np.flatnonzero(odd)


def _some(
    data: NDArray[np.uint8], start: NDArray[np.integer], stop: NDArray[np.integer]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    size = stop - start
    whole = np.zeros(len(start), np.int64)
    digits = np.zeros(len(start), np.int8)
    points = np.zeros(len(start), np.int8)
    decimals_ = np.zeros(len(start), np.int8)
    last = len(data) - 1
    widest = min(int(size.max(initial=0)), DIGITS + 1)
    for place in range(widest):
        character = data[np.minimum(start + place, last)]
        character[place >= size] = 0
        digit = character - _ZERO  # wraps: what stands below "0" becomes large
        is_digit = digit < 10
        whole = np.where(is_digit, whole * 10 + digit, whole)
        digits += is_digit
        points += character == _POINT
        decimals_ += is_digit & (points > 0)
    plain = (digits + points == size) & (digits > 0) & (digits <= DIGITS) & (points <= 1)
    values = np.where(plain, whole / _POWER[decimals_], np.nan)
    return values, ~plain & (size > 0)
