"""Names of tags as numbers, so that a column of them is compared and coded without making a single string."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.document import Bytes
from fitintel.ingest.xml.safe import LONGEST_NAME, MAX_NAMES

_SAMPLE = 4096

Keys = NDArray[np.uint64]
Places = NDArray[np.intp]


def keys(buffer: Bytes, begin: Ints, stop: Ints) -> list[Keys] | None:
    """Numbers that are equal for two tags if and only if their names are; None for a name that is too long.

    The first eight bytes, the last eight, and those between.
    """
    size = stop - begin
    longest = int(size.max())
    if longest > LONGEST_NAME or int(size.min()) < 1:
        return None
    words = np.ndarray((len(buffer) - 7,), "<u8", buffer, strides=(1,))
    masks = np.array([(1 << 8 * min(width, 8)) - 1 for width in range(longest + 1)], np.uint64)
    found = [words[begin] & masks[size], size.astype(np.uint64)]
    rest = np.flatnonzero(size > 8)
    if len(rest):
        found.append(np.zeros(len(size), np.uint64))
        found[-1][rest] = words[stop[rest] - 8]
    for part in range(8, longest - 8, 8):
        rest = rest[size[rest] > part + 8]
        found.append(np.zeros(len(size), np.uint64))
        found[-1][rest] = words[begin[rest] + part]
    return found


def coded(key: list[Keys], starts: Places) -> tuple[Ints, Places] | None:
    """A code for the name of each start tag, and which is the first to bear it, in the order of the document."""
    own = [part[starts] for part in key]
    mixed = own[0]
    for part in own[1:]:
        mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    known, first, code = _distinct(mixed)
    if len(known) > MAX_NAMES or not all((part == part[first][code]).all() for part in own):
        return None  # two names that were mixed to one number: nothing is believed
    order = np.argsort(first)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank[code], first[order]


def _distinct(values: Keys) -> tuple[Keys, Places, Places]:
    """Distinct values, the first place of each, and for each value which it is.

    Names repeat: those of the first tags are nearly all there are, and a look-up in them is cheaper than sorting all.
    """
    known = np.unique(values[:_SAMPLE])
    while True:
        place = np.searchsorted(known, values)
        np.minimum(place, len(known) - 1, out=place)
        missing = known[place] != values
        if not missing.any():
            break
        known = np.union1d(known, values[missing])
    first = np.full(len(known), len(values), np.intp)
    np.minimum.at(first, place[:_SAMPLE], np.arange(min(len(values), _SAMPLE)))
    for code in np.flatnonzero(first == len(values)).tolist():
        first[code] = int(np.argmax(place == code))
        if code > MAX_NAMES:
            break
    return known, first, place
