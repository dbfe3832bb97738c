"""Pairs of a sequence that stand in falling order: counted and listed without looking at every pair."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

BLOCK = 16
"""Within a block every pair is compared, which is faster than sorting very short rows."""


def count(order: Array) -> int:
    """Number of pairs i < j with `order[i] > order[j]`; `order` (n,) holds each of 0 .. n-1 once. O(n log n) sorts.

    Two neighbouring blocks of w values are sorted together: the places of the right ones then add up to w (w-1) / 2 and
    the number of pairs that rise from left to right.

    >>> count(np.array([2, 0, 3, 1]))
    3
    """
    width, n = BLOCK, len(order)
    size = max(width, 1 << max(n - 1, 0).bit_length())
    values = np.arange(size, dtype=np.int64)  # what pads the end is larger than all and in order
    values[:n] = order
    blocks = np.ascontiguousarray(values.reshape(-1, width).T)
    total = sum(int(np.count_nonzero(blocks[:-step] > blocks[step:])) for step in range(1, width))
    keys = values << (size.bit_length() - 1) | np.arange(size)
    while width < size:
        keys = np.sort(keys.reshape(-1, 2 * width), axis=1)
        right = ((keys & width) != 0).sum(axis=0)
        total += len(keys) * (width * width + width * (width - 1) // 2) - int(right @ np.arange(2 * width))
        width *= 2
    return total


def pairs(order: Array) -> tuple[Array, Array]:
    """Places (i, j), i < j, of all pairs with `order[i] > order[j]`, in no order; O(n log n) and the answer's size.

    Merge sort from below: of two sorted neighbours, each value on the right is passed by a tail of the left ones.

    >>> sorted(zip(*(part.tolist() for part in pairs(np.array([2, 0, 3, 1])))))
    [(0, 1), (0, 3), (2, 3)]
    """
    n = len(order)
    size = 1 << max(n - 1, 0).bit_length()
    keys = np.arange(size, dtype=np.int64)  # what pads the end is larger than all and in order
    keys[:n] = order
    where = np.empty(size, dtype=np.int64)
    where[keys] = np.arange(size)
    first, second = [], []
    width = 1
    while width < size:
        blocks = np.sort(keys.reshape(-1, width), axis=1)
        left, right = blocks[0::2], blocks[1::2]
        lift = size * np.arange(len(left), dtype=np.int64)[:, None]
        below = np.searchsorted((left + lift).ravel(), (right + lift).ravel())
        end = np.repeat(np.arange(1, len(left) + 1) * width, width)
        passed = end - below
        listed = np.repeat(np.arange(len(passed)), passed)
        offset = np.arange(len(listed)) - np.repeat(np.cumsum(passed) - passed, passed)
        first.append(where[left.ravel()[below[listed] + offset]])
        second.append(where[right.ravel()[listed]])
        keys = blocks.ravel()
        width *= 2
    if not first:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(first), np.concatenate(second)
