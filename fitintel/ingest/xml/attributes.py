"""Attributes of tags: the latitude and longitude of all points at once, anything else one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]

ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_LAT, _LON = (int.from_bytes(key, "little") for key in (b' lat="', b' lon="'))
_SIX = np.uint64((1 << 48) - 1)


class Pairs(NamedTuple):
    """Where the values of ` lat="" lon=""` stand, for each of n tags; meaningless where not `found`."""

    found: Mask
    lat: tuple[Ints, Ints]
    """start and stop of the value"""
    lon: tuple[Ints, Ints]


def pairs(buffer: NDArray[np.uint8], quotes: Ints, begin: Ints, stop: Ints) -> Pairs:
    """The tags that hold a latitude and a longitude, in either order, and nothing else.

    Args:
        buffer: the text, at least eight bytes longer than its last tag.
        quotes: places of the double quotes inside of tags, sorted.
        begin: where the attributes of each tag begin, right after its name, shape (n,).
        stop: where they end, shape (n,).
    """
    words = np.ndarray((len(buffer) - 7,), "<u8", buffer, strides=(1,))
    at = np.searchsorted(quotes, begin)
    found = np.searchsorted(quotes, stop) - at == 4
    at = np.where(found, at, 0)
    if not found.any():
        return Pairs(found, (begin, begin), (begin, begin))
    first, second, third, fourth = (quotes[at + place] for place in range(4))
    one, other = words[begin] & _SIX, words[second + 1] & _SIX
    straight = (one == _LAT) & (other == _LON)
    found &= (first == begin + 5) & (third == second + 6) & (fourth == stop - 1)
    found &= straight | ((one == _LON) & (other == _LAT))
    return Pairs(
        found,
        (np.where(straight, first, third) + 1, np.where(straight, second, fourth)),
        (np.where(straight, third, first) + 1, np.where(straight, fourth, second)),
    )
