"""Columns of numbers from slices of a text, with NumPy where a slice has the usual form, else one by one.

Both ways give the very same value, the double nearest to the written decimal: an integer below 2**53 divided by a power
of ten up to 10**22 is rounded once (Clinger 1990, PLDI). Longer numbers are left to Python.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.document import Bytes

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_NUMBER = re.compile(rb"\s*[-+]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][-+]?\d{1,4})?\s*")
FEW = 64
"""rows below which arrays cost more than they save"""
_DIGITS = 15
_LONGEST = 40
"""letters of a number that is looked at in columns"""
_TENS = np.array([10.0**power for power in range(_DIGITS + 1)])


def floats(text: bytes, buffer: Bytes, start: Ints, stop: Ints) -> tuple[Floats, Mask]:
    """Numbers written in `text[start:stop]`, and which of them hold something that is no finite number.

    A blank slice is NaN and not unreadable.

    >>> data = b"12.5,-3,NaN,"
    >>> floats(data, np.frombuffer(data + bytes(64), np.uint8), np.array([0, 5, 8, 12]), np.array([4, 7, 11, 12]))
    (array([12.5, -3. ,  nan,  nan]), array([False, False,  True, False]))
    """
    count = len(start)
    values, odd = np.full(count, np.nan), np.zeros(count, bool)
    size = stop - start
    plain = np.zeros(count, bool)
    if count >= FEW:
        usual = np.flatnonzero((size >= 1) & (size <= _LONGEST))
        if len(usual) == count:
            values, plain, short = _decimals(buffer, start, size)
        else:
            values[usual], plain[usual], short = _decimals(buffer, start[usual], size[usual])
        long = usual[plain[usual] & ~short]
        if len(long):
            values[long] = [float(text[a:b]) for a, b in zip(start[long].tolist(), stop[long].tolist(), strict=True)]
    for row in np.flatnonzero(~plain).tolist():
        values[row], odd[row] = _number(text[start[row] : stop[row]])
    return values, odd


def number(text: str) -> float | None:
    """A finite number, or None.

    >>> number(" 2.50 "), number("1e400"), number("12,5"), number("0x10")
    (2.5, None, None, None)
    """
    value, _ = _number(text.encode())
    return None if np.isnan(value) else value


def _number(one: bytes) -> tuple[float, bool]:
    if _NUMBER.fullmatch(one):
        value = float(one)
        if np.isfinite(value):
            return value, False
    return np.nan, bool(one.strip())


def _decimals(buffer: Bytes, start: Ints, size: Ints) -> tuple[Floats, Mask, Mask]:
    """Sign, digits, one point: values, which rows have that form, and which of these are short enough to be exact."""
    first = buffer[start]
    minus = first == 45
    signed = minus | (first == 43)
    at, size = start + signed, size - signed
    mantissa = np.zeros(len(start), np.int64)
    digits = np.zeros(len(start), np.int8)
    decimals = np.zeros(len(start), np.int8)
    points = np.zeros(len(start), np.int8)
    widest = int(size.max(initial=0))
    for step in range(widest):
        digit = buffer[at + step] - np.uint8(48)
        inside = step < size
        is_digit = (digit < 10) & inside
        is_point = (digit == 254) & inside  # 46 - 48 in eight bits
        if step < _DIGITS + 2:  # a longer mantissa is not used
            mantissa = np.where(is_digit, mantissa * 10 + digit, mantissa)
        decimals += is_digit & (points > 0)
        digits += is_digit
        points += is_point
    plain = (digits + points == size) & (digits >= 1) & (points <= 1)
    short = plain & (digits <= _DIGITS)
    values = mantissa / _TENS[np.minimum(decimals, _DIGITS)]
    np.negative(values, out=values, where=minus)
    return values, plain, short
